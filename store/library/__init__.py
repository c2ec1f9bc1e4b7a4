"""The one door to everything below the screen: :class:`Library` and its services.

library        opens the store and has the services
context        what the services share: database, lock, indexes
articles       one article: text, analysis, marks, earlier versions
listing        the articles of a view: order and groups
feeds          followed feeds and their settings
refresh        fetches feeds and stores what is new
files          articles from seed files
full_text      articles from their web pages
pictures       the pictures of an article
quotes         people and quotations of a view
corrections    your corrections
rules          what happens to new articles automatically
notifications  new articles and quotations you asked to be told about
import_export  lists of feeds of other programs
maintenance    settings, checks, backups, retention
ingest         an entry becomes a stored article, once
analysis       analyses articles that are stored already
network        the fetcher and the worker processes
worker_tasks   what worker processes do for the library

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
