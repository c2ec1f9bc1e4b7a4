"""The database: typed records in, typed records out, one durable commit for each call that writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from store.database import records
from store.database.access import reading, writing
from store.database.corrections import CorrectionRows
from store.database.engine.compaction import compact
from store.database.engine.files import Files
from store.database.engine.lock import WriteLock
from store.database.engine.opening import open_storage
from store.database.engine.storage import JournalStorage
from store.database.feeds import FeedRows
from store.database.people import PeopleRows
from store.database.settings import NamedRows
from store.database.tinydb import JournalDB
from store.models import Problem, SavedSearch


class Database(FeedRows, CorrectionRows, PeopleRows):
    """Articles, feeds, statuses and corrections of one folder.

    Not thread-safe: the library's lock serialises the calls. Only compaction runs beside them. Any method may
    raise :class:`StoreError` when the disk fails; what was stored before is then as it was, here and on disk.
    """

    def __init__(self, storage: JournalStorage, lock: WriteLock, notice: str) -> None:
        super().__init__(storage, lock, notice)
        self.tinydb = JournalDB(storage)
        """The TinyDB below, with the tables feeds, feed_states, articles, bodies, people, quotes, status,
        corrections, searches, settings, decisions, followed."""
        self._settings = NamedRows(storage, "settings", self._commit)
        self._searches = NamedRows(storage, "searches", self._commit)

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, files: Files | None = None) -> Database:
        """Open a store, made when missing. Where it cannot be written (another process does, or the folder is
        read-only), it opens for reading and ``notice`` says why.

        :raises StoreError: when it can be neither read nor made.
        """
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

    def close(self) -> None:
        self._compactor.finish()
        self._storage.close()
        self._lock.release()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _see_to_damage(self) -> None:
        """Say what was damaged, and write the rest down anew without it."""
        names = ", ".join(problem.name for problem in self._storage.problems()[:3])
        self.notice = self.notice or f"Damage in the store was set aside ({names}); run newsdash doctor."
        if not self.read_only:
            try:
                self._storage.compact()
            except OSError:
                pass  # tried again later; until then each start meets the same damage

    # --- settings and upkeep ------------------------------------------------------------------------------

    def setting(self, name: str, default: object = None) -> Any:
        """A small JSON value."""
        with reading():
            found = self._settings.find(name)
        return found[1]["value"] if found else default

    def save_setting(self, name: str, value: object) -> None:
        self._settings.put({"name": name, "value": value})

    def saved_searches(self) -> list[SavedSearch]:
        """In the order in which they were saved."""
        with reading():
            return [records.to_search(row) for _, row in self._searches]

    def save_search(self, search: SavedSearch, instead_of: str = "") -> None:
        """Keep a search in place of the one of its name, or of the name given."""
        self._searches.put(records.search_row(search), instead_of)

    def remove_search(self, name: str) -> bool:
        """False when there is none of this name."""
        return self._searches.remove(name)

    def check(self, repair: bool = False) -> list[Problem]:
        """Read everything; one problem for each record that is damaged or refers to nothing.

        ``repair`` sets aside what is damaged and removes what refers to nothing, so that a second check finds nothing.
        """
        from store.database.integrity import check

        if repair:
            self.require_writable()
        with writing() if repair else reading():
            return check(self._storage, repair=repair)

    def compact(self) -> None:
        """Write everything down anew without what is no longer used; a crash meanwhile loses nothing."""
        self.require_writable()
        with writing():
            compact(self._storage)

    def backup(self, file: Path) -> None:
        """Write everything into one zip file; changes may go on meanwhile."""
        from store.database.backup import write_backup

        with writing("The backup could not be written"):
            write_backup(self._storage, file)

    @staticmethod
    def restore(folder: Path, file: Path, files: Files | None = None) -> Path:
        """Put a backup in place of the store in ``folder``, which is kept beside it under the name returned.

        :raises StoreError: when the store is in use, or the file is no whole backup; then nothing has changed.
        """
        from store.database.backup import restore_backup

        with writing("The backup could not be restored"):
            return restore_backup(files or Files(), folder, file)
