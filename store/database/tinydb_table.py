"""TinyDB's tables over the storage: they read one document for one question, and write what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from orjson import Fragment
from tinydb.table import Document, Table

from store.database.os_errors import reading, writing
from store.database.stored_json import WRONG_SHAPE

if TYPE_CHECKING:
    from tinydb.queries import QueryLike

    from store.database.engine.storage import JournalStorage
    from store.database.tinydb import StoreDB

Row = dict[str, Any]
"""A document as JSON has it."""
Record = TypeVar("Record")


class StoreTable(Table):
    """A table of a :class:`StoreDB`, with all of TinyDB's methods."""

    def __init__(
        self,
        storage: JournalStorage,
        name: str,
        cache_size: int = Table.default_query_cache_capacity,
        persist_empty: bool = False,
        *,
        database: StoreDB,
    ) -> None:
        self._database = database
        super().__init__(storage, name, cache_size=cache_size, persist_empty=False)
        self._next_insert = 1
        if persist_empty:
            with writing():
                storage.persist(name)

    # TinyDB reads and writes a table by the next three methods; what follows them saves reading all of it.

    def _read_table(self) -> Mapping[str, Row]:  # type: ignore[override]
        return self._database.view(self.name)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._database.transaction():
            updater(cast(dict[int, Mapping[str, Any]], self._database.draft(self.name)))

    def _get_next_id(self) -> int:
        next_id = max(
            self._next_insert, self._database.storage.next_id(self.name), self._database.next_in_draft(self.name)
        )
        self._next_insert = next_id + 1
        return next_id

    def get(
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: Sequence[int] | None = None
    ) -> Any:
        """As TinyDB's; documents asked for by id are read alone."""
        if doc_id is not None:
            row = self._database.document(self.name, doc_id)
            return Document(row, doc_id) if row is not None else None
        if doc_ids is None:
            return super().get(cond)  # type: ignore[arg-type]
        found = ((each, self._database.document(self.name, each)) for each in sorted(set(doc_ids)))
        return [Document(row, each) for each, row in found if row is not None]

    def contains(self, cond: QueryLike | None = None, doc_id: int | None = None) -> bool:
        """As TinyDB's; a document asked for by id is not read."""
        return super().contains(cond) if doc_id is None else str(doc_id) in self._read_table()

    def search(self, cond: QueryLike) -> list[Document]:
        """As TinyDB's; inside of a transaction nothing is remembered of the answer, which may be taken back."""
        if not self._database.in_transaction:
            return super().search(cond)
        return [Document(row, int(key)) for key, row in self._read_table().items() if cond(row)]

    def truncate(self) -> None:
        """As TinyDB's: the next document is number 1 again."""
        super().truncate()
        self._next_insert = 1
        self._database.storage.forget_ids(self.name)

    def transaction(self) -> AbstractContextManager[None]:
        """See :meth:`StoreDB.transaction`."""
        return self._database.transaction()

    def record(self, doc_id: int, decode: Callable[[int, Any], Record]) -> Record | None:
        """A document as a record. None when there is none; also for one that is not of this table, which is treated as
        damaged: from then on it is not there, and newsdash doctor names it."""
        row = self._database.document(self.name, doc_id)
        if row is None:
            return None
        try:
            return decode(doc_id, row)
        except WRONG_SHAPE:
            self.leave_out(doc_id)
            return None

    def leave_out(self, doc_id: int) -> None:
        """Treat a document as damaged: it is set aside, and from now on not there."""
        self._database.storage.leave_out(self.name, doc_id)

    def records(self, decode: Callable[[int, Any], Record]) -> list[Record]:
        """All documents as records, by their ids, without those that :meth:`record` leaves out."""
        found = (self.record(doc_id, decode) for doc_id in self.ids)
        return [record for record in found if record is not None]

    @property
    def ids(self) -> list[int]:
        """The ids of all documents, none of which is read."""
        return [int(key) for key in self._read_table()]


class Draft(MutableMapping[int, Row]):
    """A table during a transaction: documents are copies, and what was touched is known."""

    def __init__(self, view: Mapping[str, Row], first_new: int) -> None:
        """No document of an id from ``first_new`` on is stored yet."""
        self._view = view
        self._first_new = first_new
        self.touched: dict[int, Row | None] = {}
        self.json: dict[int, Fragment] = {}
        """New documents that are JSON already."""
        self.next_id = 1
        """Greater than the ids of all new documents."""

    def __getitem__(self, doc_id: int) -> Row:
        if doc_id not in self.touched:
            self.touched[doc_id] = dict(self._view[str(doc_id)])
        document = self.touched[doc_id]
        if document is None:
            raise KeyError(doc_id)
        return document

    def read(self, key: str) -> Row | None:
        """A document for reading only; None when there is none."""
        touched = self.touched.get(int(key), self._view) if key.isdecimal() else self._view
        return self._view.get(key) if touched is self._view else cast("Row | None", touched)

    def __setitem__(self, doc_id: int, document: Row) -> None:
        self.touched[doc_id] = document
        self.next_id = max(self.next_id, doc_id + 1)

    def __delitem__(self, doc_id: int) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self.touched[doc_id] = None

    def __contains__(self, doc_id: object) -> bool:
        if doc_id in self.touched:
            return self.touched[doc_id] is not None
        return str(doc_id) in self._view

    def __iter__(self) -> Iterator[int]:
        for key in self._view:
            if self.touched.get(int(key), self) is not None:
                yield int(key)
        new = [doc_id for doc_id, row in self.touched.items() if row is not None and str(doc_id) not in self._view]
        yield from sorted(new)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        for doc_id in list(self):
            self.touched[doc_id] = None

    def changes(self) -> Iterator[tuple[int, Row | Fragment | None]]:
        """Touched documents that differ from the stored ones."""
        for doc_id, row in self.touched.items():
            if row is None or doc_id >= self._first_new or row != self._view.get(str(doc_id)):
                yield doc_id, row
        yield from self.json.items()


class DraftView(Mapping[str, Row]):
    """A draft as TinyDB reads tables: by ids as ``str``."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def __getitem__(self, key: str) -> Row:
        row = self._draft.read(key)
        if row is None:
            raise KeyError(key)
        return row

    def __contains__(self, key: object) -> bool:
        return str(key).isdecimal() and int(str(key)) in self._draft

    def __iter__(self) -> Iterator[str]:
        return map(str, self._draft)

    def __len__(self) -> int:
        return len(self._draft)


class TableView(Mapping[str, Row]):
    """A stored table, with the errors of the disk as errors of the store."""

    def __init__(self, database: StoreDB, name: str) -> None:
        self._database = database
        self._name = name

    @property
    def _view(self) -> Mapping[str, Row]:
        return self._database.storage.view(self._name)

    def __getitem__(self, key: str) -> Row:
        row = self._database.stored_document(self._name, int(key)) if key.isdecimal() else None
        if row is None:
            raise KeyError(key)
        return row

    def __contains__(self, key: object) -> bool:
        with reading():
            return key in self._view

    def __iter__(self) -> Iterator[str]:
        with reading():
            return iter(self._view)

    def __len__(self) -> int:
        with reading():
            return len(self._view)


def put(table: StoreTable, rows: Mapping[int, Row]) -> None:
    """Store documents whole, in place of those of the same ids. (TinyDB's ``upsert`` leaves fields that are gone.)"""
    with table.transaction():
        table.remove(doc_ids=list(rows))
        table.insert_multiple(Document(row, doc_id) for doc_id, row in rows.items())
