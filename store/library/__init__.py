"""The one door to everything below the screen: :class:`Library` and its services.

The class is loaded when it is first asked for (PEP 562): worker processes need only :mod:`store.library.worker_tasks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.library.library import Library as Library

__all__ = ["Library"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'store.library' has no attribute {name!r}")
    from store.library.library import Library

    return Library
