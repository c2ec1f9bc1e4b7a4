"""What the index needs of the storage below it; the index imports nothing of the engine."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from store.database.columns import Columns, Numbers

UNKNOWN = b""
"""Stands for a row that is damaged, so that only its id is known."""

Watcher = Callable[[int, bytes | None, bytes | None], None]
"""Told of each change of a row: id, old and new value as JSON. Both are None when the row turned out to be damaged."""


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
