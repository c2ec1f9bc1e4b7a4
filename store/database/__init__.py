"""Where articles, feeds and statuses are kept: TinyDB tables that lose nothing and stay fast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.database.database import Database as Database

__all__ = ["Database"]


def __getattr__(name: str) -> Any:
    """Worker processes prepare rows and need no database: it is loaded when it is asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'store.database' has no attribute {name!r}")
    from store.database.database import Database

    return Database
