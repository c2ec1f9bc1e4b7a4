"""Small tables whose rows are found by their name: settings and saved searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from store.database.engine.storage import JournalStorage
from store.database.engine.texts import Change

Row = dict[str, Any]


class NamedRows:
    """A table of a storage whose rows have a ``name``, each name once. Writes are one commit each."""

    def __init__(self, storage: JournalStorage, table: str, commit: Callable[[Sequence[Change]], None]) -> None:
        self._storage = storage
        self._table = table
        self._commit = commit

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        """Number and row of each, in the order in which they came."""
        for doc_id in sorted(self._storage.rows(self._table)):
            row = self._storage.document(self._table, doc_id)
            if row is not None:
                yield doc_id, row

    def find(self, name: str) -> tuple[int, Row] | None:
        return next(((doc_id, row) for doc_id, row in self if row["name"] == name), None)

    def put(self, row: Row, instead_of: str = "") -> None:
        """Store a row in place of the one of this name (or of another), or beside the others."""
        found = self.find(instead_of or row["name"])
        self._commit([(self._table, found[0] if found else self._storage.next_id(self._table), row)])

    def remove(self, name: str) -> bool:
        """False when there is none of this name."""
        found = self.find(name)
        if found:
            self._commit([(self._table, found[0], None)])
        return found is not None
