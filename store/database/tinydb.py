"""The store as a TinyDB: :func:`open_tinydb` gives the database that newsdash itself uses.

Everything of TinyDB is there (tables, queries, ``insert``, ``update``, ``upsert`` …); each call that writes is one
commit, on the disk when it returns. Two things are added:

* :meth:`StoreDB.transaction` makes one commit of the changes of several calls and tables.
* :meth:`StoreDB.insert_json` inserts documents that are JSON already, such as a worker process made them.

TinyDB's extension points do the rest: the :class:`~store.database.engine.storage.JournalStorage` below, and
:class:`StoreTable`, which reads one document for one question and writes what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from orjson import Fragment
from tinydb import TinyDB

from store.database.engine.compaction import Compactor, compact
from store.database.engine.files import Files
from store.database.engine.opening import open_storage
from store.database.engine.snapshot import Damaged
from store.database.engine.storage import JournalStorage
from store.database.engine.texts import TEXTS
from store.database.os_errors import reading, reason, refused, writing
from store.database.tinydb_table import Draft, DraftView, Row, StoreTable, TableView
from store.errors import ReadOnlyError, StoreError

if TYPE_CHECKING:
    from store.database.engine.lock import WriteLock
    from store.models import Problem


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
        return TableView(self, name) if draft is None else DraftView(draft)

    def next_in_draft(self, name: str) -> int:
        """The lowest id above those that the transaction gave."""
        draft = self._drafts.get(name) if self._drafts is not None else None
        return draft.next_id if draft is not None else 1

    def draft(self, name: str) -> Draft:
        """A table that the transaction changes."""
        assert self._drafts is not None
        if name not in self._drafts:
            self._drafts[name] = Draft(TableView(self, name), self.storage.next_id(name))
        return self._drafts[name]

    def document(self, table: str, doc_id: int) -> Row | None:
        """A document as it is now; None when there is none.

        :raises DamagedTextError: for a text that is stored and cannot be read.
        """
        draft = self._drafts.get(table) if self._drafts is not None else None
        return self.stored_document(table, doc_id) if draft is None else draft.read(str(doc_id))

    def stored_document(self, table: str, doc_id: int) -> Row | None:
        """The same, whatever the transaction changed."""
        try:
            if table in TEXTS:
                return self._text(table, doc_id)
            return self.storage.document(table, doc_id) if isinstance(doc_id, int) else None
        except OSError as error:
            raise StoreError(f"The store could not be read: {reason(error)}.") from error

    def _text(self, table: str, article_id: int) -> Row | None:
        """A long text. One whose file is gone is looked for again: the writing process may have moved it."""
        try:
            try:
                return self.storage.text(table, article_id)
            except FileNotFoundError:
                self.refresh()
                return self.storage.text(table, article_id)
        except FileNotFoundError as error:
            raise DamagedTextError("The file with the text of this article is missing; run newsdash doctor.") from error
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
        self.storage.queue.begin(lambda error: on_refused(refused(error)))

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

        if not file.name:
            raise StoreError("A backup needs a name.")
        if file.exists() and not file.is_file():
            raise StoreError(f"{file.name} is there already and is not a regular file.")
        self.flush()
        with writing("The backup could not be written"):
            write_backup(self.storage, file)

    @staticmethod
    def restore(folder: Path, file: Path, files: Files | None = None) -> Path:
        """Put a backup in place of the store in ``folder``, which is kept beside it under the name returned.

        :raises StoreError: when the store is in use, or the file is no whole backup; then nothing has changed.
        """
        from store.database.engine.restore import restore_backup

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
