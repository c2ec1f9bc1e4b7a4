"""The store as a TinyDB: :func:`open_tinydb` gives the database that newsdash itself uses.

Everything of TinyDB is there (tables, queries, ``insert``, ``update``, ``upsert`` …); each call that writes is one
commit, on the disk when it returns. Two things are added:

* :meth:`StoreDB.transaction` makes one commit of the changes of several calls and tables.
* :meth:`StoreDB.insert_json` inserts documents that are JSON already, such as a worker process made them.

TinyDB's extension points do the rest: the :class:`~store.database.engine.storage.JournalStorage` below, and
:class:`StoreTable`, which reads one document for one question and writes what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from orjson import Fragment
from tinydb import TinyDB
from tinydb.table import Document, Table

from store.database.engine.compaction import Compactor, compact
from store.database.engine.files import Files
from store.database.engine.opening import open_storage
from store.database.engine.snapshot import Damaged
from store.database.engine.storage import JournalStorage
from store.database.engine.texts import TEXTS
from store.database.os_errors import reason
from store.errors import ReadOnlyError, StoreError

if TYPE_CHECKING:
    from tinydb.queries import QueryLike

    from store.database.engine.lock import WriteLock
    from store.models import Problem

Row = dict[str, Any]
"""A document as JSON has it."""


class DamagedTextError(StoreError):
    """A text that is stored and cannot be read."""


def open_tinydb(folder: Path | str, read_only: bool = False) -> StoreDB:
    """Open the store in a folder, made when it is missing. Where another process writes it, it opens for reading.

    The tables: ``articles``, ``bodies``, ``people``, ``quotes``, ``pages``, ``revisions``, ``status``, ``feeds``,
    ``feed_states``, ``deleted``, ``corrections``, ``searches``, ``settings``, ``decisions`` and ``followed``;
    docs/STORE.md says what is in each.

    :raises StoreError: when it can be neither read nor made.
    """
    return StoreDB.open(Path(folder), read_only=read_only)


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
        if doc_id is not None or doc_ids is None:
            return super().get(cond, doc_id)  # type: ignore[arg-type]
        view = self._read_table()
        found = ((each, view.get(str(each))) for each in sorted(set(doc_ids)))
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

    @property
    def ids(self) -> list[int]:
        """The ids of all documents, none of which is read."""
        return [int(key) for key in self._read_table()]


class Draft(MutableMapping[int, Row]):
    """A table during a transaction: documents are copies, and what was touched is known."""

    def __init__(self, view: Mapping[str, Row]) -> None:
        self._view = view
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
            if row is None or row != self._view.get(str(doc_id)):
                yield doc_id, row
        yield from self.json.items()


class _DraftView(Mapping[str, Row]):
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


class _TableView(Mapping[str, Row]):
    """A stored table, with the errors of the disk as errors of the store."""

    def __init__(self, database: StoreDB, name: str) -> None:
        self._database = database
        self._name = name
        self._view = database.storage.view(name)

    def __getitem__(self, key: str) -> Row:
        with reading():
            return self._database.read_text(self._view, key) if self._name in TEXTS else self._view[key]

    def __contains__(self, key: object) -> bool:
        with reading():
            return key in self._view

    def __iter__(self) -> Iterator[str]:
        with reading():
            return iter(self._view)

    def __len__(self) -> int:
        with reading():
            return len(self._view)


class StoreDB(TinyDB):
    """The tables of one folder. Not thread-safe: whoever uses it from several threads holds a lock around each use.

    Any method may raise :class:`StoreError` when the disk fails; what was stored before is then as it was.
    """

    def __init__(self, storage: JournalStorage, lock: WriteLock, notice: str) -> None:
        super().__init__(storage=lambda: storage)
        self.notice = notice
        """'' or one sentence: why it is read-only, what was set aside."""
        self.lock = lock
        """What keeps other processes from writing; held when this one may."""
        self.on_reload: Callable[[], None] = lambda: None
        """Told when a reader had to read everything again."""
        self._compactor = Compactor(storage)
        storage.on_written = self._compactor.commit_was_made
        self._drafts: dict[str, Draft] | None = None

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, files: Files | None = None) -> StoreDB:
        """See :func:`open_tinydb`; ``notice`` says why it is read-only when it was not to be."""
        storage, lock, notice = open_storage(folder, files or Files(), read_only=read_only)
        try:
            self = cls(storage, lock, notice)
            if storage.damage or storage.missing:
                self._see_to_damage()
        except BaseException:
            storage.close()
            lock.release()
            raise
        return self

    @property
    def storage(self) -> JournalStorage:
        return cast(JournalStorage, self._storage)

    @property
    def read_only(self) -> bool:
        return not self.storage.writable

    def table(self, name: str, **kwargs: Any) -> StoreTable:
        """As TinyDB's."""
        known = self._tables.get(name)
        if known is None:
            with reading():
                known = self._tables[name] = StoreTable(self.storage, name, database=self, **kwargs)
        return cast(StoreTable, known)

    def drop_tables(self) -> None:
        """As TinyDB's."""
        self.require_writable()
        with writing():
            super().drop_tables()

    def close(self) -> None:
        """Write down what waits, and close the files."""
        self._opened = False
        self._compactor.finish()
        self.storage.close()
        self.lock.release()

    # --- the two additions --------------------------------------------------------------------------------

    @property
    def in_transaction(self) -> bool:
        return self._drafts is not None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make one commit of everything that is changed inside: all of it is stored, or nothing.

        Inside, tables read as changed so far. One that is begun inside of another belongs to that.

        :raises (StoreError, ReadOnlyError): at its end, when it cannot be stored.
        """
        if self._drafts is not None:
            yield
            return
        self.require_writable()
        drafts: dict[str, Draft] = {}
        self._drafts = drafts
        try:
            yield
        finally:
            self._drafts = None
        changes = [(name, doc_id, row) for name, draft in drafts.items() for doc_id, row in draft.changes()]
        if changes:
            with writing():
                self.storage.commit(changes)
        for name in drafts:
            self.table(name).clear_cache()

    def insert_json(self, table: str, documents: Mapping[int, Fragment]) -> None:
        """Insert documents that are JSON already, by id; they are not looked at, and stored as they are."""
        with self.transaction():
            self.draft(table).json.update(documents)

    # --- for tables ---------------------------------------------------------------------------------------

    def view(self, name: str) -> Mapping[str, Row]:
        """A table as it is now."""
        draft = self._drafts.get(name) if self._drafts is not None else None
        return _TableView(self, name) if draft is None else _DraftView(draft)

    def next_in_draft(self, name: str) -> int:
        """The lowest id above those that the transaction gave."""
        draft = self._drafts.get(name) if self._drafts is not None else None
        return draft.next_id if draft is not None else 1

    def draft(self, name: str) -> Draft:
        """A table that the transaction changes."""
        assert self._drafts is not None
        if name not in self._drafts:
            self._drafts[name] = Draft(_TableView(self, name))
        return self._drafts[name]

    def read_text(self, view: Mapping[str, Row], key: str) -> Row:
        """A long text. One whose file is gone is looked for again: the writing process may have moved it.

        :raises DamagedTextError: when it is stored and cannot be read.
        """
        with suppress(FileNotFoundError):
            return self._undamaged(view, key)
        self.refresh()
        try:
            return self._undamaged(view, key)
        except FileNotFoundError as error:
            raise DamagedTextError("The file with the text of this article is missing; run newsdash doctor.") from error

    @staticmethod
    def _undamaged(view: Mapping[str, Row], key: str) -> Row:
        try:
            return view[key]
        except Damaged as error:
            raise DamagedTextError("The stored text of this article is damaged; run newsdash doctor.") from error

    # --- upkeep -------------------------------------------------------------------------------------------

    def require_writable(self) -> None:
        """:raises ReadOnlyError: when the store is open for reading only."""
        if self.read_only:
            raise ReadOnlyError(self.notice or "The store is open for reading only.")

    def refresh(self) -> bool:
        """See what the writing process changed; True when anything did."""
        if not self.read_only:
            return False
        with reading():
            changed = self.storage.refresh()
        if changed:
            for table in self._tables.values():
                table.clear_cache()
            if self.storage.reloaded:
                self.on_reload()
                self.storage.reloaded = False
        return changed

    def write_in_background(self, on_refused: Callable[[StoreError], None]) -> None:
        """From now on no change waits for the disk: one thread writes them down in their order.

        A change that the disk refuses is taken back, together with those made after it; ``on_refused`` is told why, in
        that thread. :meth:`flush` waits.
        """
        self.storage.queue.begin(lambda error: on_refused(_refused(error)))

    def flush(self) -> None:
        """Wait until every change made so far is on the disk, or was refused."""
        self.storage.queue.flush()

    def wait_for_room(self) -> None:
        """Wait while very many changes wait for the disk. Not to be called with a lock that a key needs."""
        self.storage.queue.wait_for_room()

    def compact(self) -> None:
        """Write everything down again without what is no longer used; a crash meanwhile loses nothing."""
        self.require_writable()
        with writing():
            compact(self.storage)

    def backup(self, file: Path) -> None:
        """Write everything into one zip file; changes may go on meanwhile."""
        from store.database.engine.backup import write_backup

        self.flush()
        with writing("The backup could not be written"):
            write_backup(self.storage, file)

    @staticmethod
    def restore(folder: Path, file: Path, files: Files | None = None) -> Path:
        """Put a backup in place of the store in ``folder``, which is kept beside it under the name returned.

        :raises StoreError: when the store is in use, or the file is no whole backup; then nothing has changed.
        """
        from store.database.engine.backup import restore_backup

        with writing("The backup could not be restored"):
            return restore_backup(files or Files(), folder, file)

    def damage(self) -> list[Problem]:
        """Read every row; what is damaged, missing or was set aside."""
        from store.database.engine.checks import check_files

        with reading():
            return check_files(self.storage)

    def set_damage_aside(self) -> None:
        """Write the rows down again without what is damaged, and no longer report that."""
        with writing():
            self.storage.compact()
            self.storage.forget_damage()

    def _see_to_damage(self) -> None:
        """Say what was damaged, and write the rest down again without it."""
        names = ", ".join(problem.name for problem in self.storage.problems()[:3])
        self.notice = self.notice or f"Damage in the store was set aside ({names}); run newsdash doctor."
        if not self.read_only:
            with suppress(OSError):  # tried again later; until then each start meets the same damage
                self.storage.compact()


def put(table: StoreTable, rows: Mapping[int, Row]) -> None:
    """Store documents whole, in place of those of the same ids. (TinyDB's ``upsert`` leaves fields that are gone.)"""
    with table.transaction():
        table.remove(doc_ids=list(rows))
        table.insert_multiple(Document(row, doc_id) for doc_id, row in rows.items())


@contextmanager
def writing(what: str = "The change could not be stored") -> Iterator[None]:
    """:raises StoreError: in place of an error of the disk."""
    try:
        yield
    except OSError as error:
        raise _refused(error, what) from error


@contextmanager
def reading() -> Iterator[None]:
    """:raises StoreError: in place of an error of the disk."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"The store could not be read: {reason(error)}.") from error


def _refused(error: Exception, what: str = "The change could not be stored") -> StoreError:
    return StoreError(f"{what}: {reason(error) if isinstance(error, OSError) else error}.")
