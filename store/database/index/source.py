"""What the index needs of the storage below it; the index imports nothing of the engine."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

import orjson

from store.database.columns import Columns, Numbers
from store.database.records import to_time

UNKNOWN = b""
"""Stands for a row that is damaged, so that only its id is known."""

Watcher = Callable[[int, bytes | None, bytes | None], None]
"""Told of each change of a row: id, old and new value as JSON. Both are None when the row turned out to be damaged."""


def article_row(value: bytes | None) -> dict[str, Any] | None:
    """An article's row as the index needs it; None for none, and for one that has not what the index needs.

    Such a row is in no list. ``newsdash doctor`` names it.
    """
    row = json_row(value)
    return row if row is not None and is_listed(row) else None


def is_listed(row: Mapping[str, Any]) -> bool:
    """Whether an article's row has what lists are made of."""
    if not (_is_number(row.get("feed_id")) and _is_number(row.get("quoted", 0))):
        return False
    if not all(isinstance(row.get(name), str) for name in ("guid", "digest", "title", "published")):
        return False
    try:
        to_time(row["published"])
    except ValueError:
        return False
    return True


def json_row(value: bytes | None) -> dict[str, Any] | None:
    """A row from its JSON; None for none, and for what is no row."""
    try:
        row = orjson.loads(value) if value else None
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value < 1 << 62


class IndexSource(Protocol):
    """The rows of a store as JSON, their changes, and the columns of its last snapshot."""

    watchers: dict[str, Watcher]
    """Table to who is told of its changes."""
    freeze_columns: Callable[[], Columns]
    """Asked for the columns of the moment when a new snapshot is begun."""

    @property
    def lock(self) -> AbstractContextManager[Any]:
        """Held while the rows are looked through."""

    def column(self, name: str) -> Numbers | None:
        """A column of the snapshot, empty when there is no snapshot; None when it is missing or damaged."""

    def snapshot_count(self, table: str) -> int:
        """How many rows the snapshot has."""

    def snapshot_ids(self, table: str) -> array[int]:
        """Their ids, ascending."""

    def snapshot_value(self, table: str, doc_id: int) -> bytes | None:
        """A row of the snapshot, :data:`UNKNOWN` when it is damaged."""

    def since_snapshot(self, table: str) -> dict[int, bytes | None]:
        """The rows that are not as the snapshot has them; None for removed ones."""

    def ids(self, table: str) -> Iterable[int]:
        """All ids of a table, ascending."""

    def value(self, table: str, doc_id: int) -> bytes | None:
        """A row as it is now."""

    def document(self, table: str, doc_id: int) -> dict[str, Any] | None:
        """The same, read."""
