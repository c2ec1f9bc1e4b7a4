"""The store of record: TinyDB tables that lose nothing and stay fast.

database            repositories of one folder, opened together
tinydb              :func:`open_tinydb`: the TinyDB subclass, with transactions
tinydb_table        the Table subclass, and a table during a transaction
tables              the names of the tables
articles            articles, their marks, and entries that were removed
texts               bodies, pages, revisions, people and quotations of articles
feeds               feeds and what refreshes found
corrections         what the user corrected
people              whom the user merged, split and follows
settings            small values and saved searches by name
records             rows to typed records and back
correction_records  the same for corrections
prepared            an entry as the JSON of its rows, made in a worker process
retention           which articles are old enough to go
integrity           checks of every record and reference, and repairs
columns             arrays of numbers as the snapshot has them
os_errors           errors of the disk in words
index/              arrays behind lists and counts, which follow each commit
engine/             the storage: journal, snapshot and segments; only ``tinydb`` and ``tinydb_table`` import it
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.database.database import Database as Database
    from store.database.tinydb import open_tinydb as open_tinydb

_HOMES = {"Database": "store.database.database", "open_tinydb": "store.database.tinydb"}

__all__ = ["Database", "open_tinydb"]


def __getattr__(name: str) -> Any:
    """Worker processes prepare rows and need no database: it is loaded when it is asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'store.database' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
