"""TinyDB on the journal: its tables read one document for one question and write what changed, not everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, cast

from tinydb import TinyDB
from tinydb.table import Table

from store.database.engine.storage import JournalStorage
from store.database.engine.texts import Change

Document = dict[str, Any]


class JournalTable(Table):
    """A table of a :class:`JournalStorage`, with all of TinyDB's methods. Each call that writes is one commit."""

    def __init__(self, storage: JournalStorage, name: str) -> None:
        # No query cache: commits that come past this object would leave it stale.
        super().__init__(storage, name, cache_size=0)
        self._next_insert = 1

    @property
    def _journal(self) -> JournalStorage:
        return cast(JournalStorage, self._storage)

    def _read_table(self) -> Mapping[str, Document]:  # type: ignore[override]
        return self._journal.view(self.name)

    def _get_next_id(self) -> int:
        next_id = max(self._next_insert, self._journal.next_id(self.name))
        self._next_insert = next_id + 1
        return next_id

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._journal.lock:
            draft = Draft(self._journal.view(self.name))
            updater(cast(dict[int, Mapping[str, Any]], draft))
            changes = draft.changes(self.name)
            if changes:
                self._journal.commit(changes)


class Draft(MutableMapping[int, Document]):
    """A table during an update: documents are copies, and what was touched is known."""

    def __init__(self, view: Mapping[str, Document]) -> None:
        self._view = view
        self._touched: dict[int, Document | None] = {}

    def __getitem__(self, doc_id: int) -> Document:
        if doc_id not in self._touched:
            self._touched[doc_id] = self._view[str(doc_id)]
        document = self._touched[doc_id]
        if document is None:
            raise KeyError(doc_id)
        return document

    def __setitem__(self, doc_id: int, document: Document) -> None:
        self._touched[doc_id] = document

    def __delitem__(self, doc_id: int) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self._touched[doc_id] = None

    def __contains__(self, doc_id: object) -> bool:
        if doc_id in self._touched:
            return self._touched[doc_id] is not None
        return self._view.get(str(doc_id)) is not None

    def __iter__(self) -> Iterator[int]:
        for key in self._view:
            if self._touched.get(int(key), self) is not None:
                yield int(key)
        yield from [
            doc_id
            for doc_id, document in self._touched.items()
            if document is not None and str(doc_id) not in self._view
        ]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        for doc_id in list(self):
            del self[doc_id]

    def changes(self, table: str) -> list[Change]:
        """What to commit: touched documents that differ from the stored ones."""
        return [
            (table, doc_id, document)
            for doc_id, document in self._touched.items()
            if document != self._view.get(str(doc_id))
        ]


class JournalDB(TinyDB):
    """TinyDB with these tables."""

    table_class: type[Table] = JournalTable

    def __init__(self, storage: JournalStorage) -> None:
        super().__init__(storage=lambda: storage)
