"""Everything of newsdash that is not screen: articles, feeds, people, quotations and where they are kept.

The public names are loaded when first used (PEP 562), so that ``import store`` costs nothing::

    from store import Library
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from store.version import __version__

if TYPE_CHECKING:
    from store.errors import NewsdashError as NewsdashError
    from store.library import Library as Library
    from store.paths import Places as Places


_HOMES = {"Library": "store.library", "NewsdashError": "store.errors", "Places": "store.paths"}

__all__ = ["Library", "NewsdashError", "Places", "__version__"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'store' has no attribute {name!r}")
