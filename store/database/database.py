"""The database: repositories over the tables of a TinyDB, typed records in and out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store.database.articles import Articles
from store.database.corrections import Corrections
from store.database.feeds import Feeds
from store.database.index.articles import ArticleIndex
from store.database.people import PeopleDecisions
from store.database.settings import SavedSearches, Settings
from store.database.texts import Texts
from store.database.tinydb import StoreDB
from store.errors import StoreError
from store.models import Amendment, Correction, Problem

if TYPE_CHECKING:
    from store.database.engine.files import Files


class Database:
    """What one folder holds. Each call that writes is one durable commit.

    Not thread-safe: the library's lock serialises the calls. Only compaction and the writer thread run beside them.
    Any method may raise :class:`StoreError` when the disk fails; what was stored before is then as it was, here and on
    the disk.
    """

    def __init__(self, folder: Path, tinydb: StoreDB) -> None:
        self.folder = folder
        self.tinydb = tinydb
        """The TinyDB that all of this reads and writes."""
        self.index = ArticleIndex(tinydb.storage)
        tinydb.on_reload = self.index.reload
        self.corrections = Corrections(tinydb)
        self.texts = Texts(tinydb, self.corrections)
        self.articles = Articles(tinydb, self.index, self.texts)
        self.feeds = Feeds(tinydb, self.index, self.articles)
        self.people = PeopleDecisions(tinydb)
        self.settings = Settings(tinydb)
        self.searches = SavedSearches(tinydb)

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, files: Files | None = None) -> Database:
        """Open a store, made when missing. Where it cannot be written (another process does, or the folder is
        read-only), it opens for reading and ``notice`` says why.

        :raises StoreError: when it can be neither read nor made.
        """
        return cls(folder, StoreDB.open(folder, read_only=read_only, files=files))

    def close(self) -> None:
        """Wait until everything is on the disk, and close the files."""
        self.tinydb.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        return self.tinydb.read_only

    @property
    def notice(self) -> str:
        """'' or one sentence: why it is read-only, what was set aside."""
        return self.tinydb.notice

    def require_writable(self) -> None:
        """:raises ReadOnlyError: when the store is open for reading only."""
        self.tinydb.require_writable()

    def refresh(self) -> bool:
        """See what the writing process changed; True when anything did."""
        return self.tinydb.refresh()

    def write_in_background(self, on_refused: Callable[[StoreError], None]) -> None:
        """See :meth:`StoreDB.write_in_background`."""
        self.tinydb.write_in_background(on_refused)

    # --- corrections --------------------------------------------------------------------------------------

    def correct(self, article_id: int, what: Amendment) -> Correction:
        """Keep a correction of an article, and count its speakers again in the same commit."""
        if self.articles.get(article_id) is None:
            raise StoreError(f"There is no article {article_id} to correct.")
        with self.tinydb.transaction():
            correction = self.corrections.add(article_id, what)
            self.articles.count_quoted(article_id)
        return correction

    def remove_correction(self, number: int) -> Correction | None:
        """Take a correction back; None when there is none of this number."""
        with self.tinydb.transaction():
            correction = self.corrections.remove(number)
            if correction is not None:
                self.articles.count_quoted(correction.article_id)
        return correction

    # --- upkeep -------------------------------------------------------------------------------------------

    def check(self, repair: bool = False) -> list[Problem]:
        """Read everything; one problem for each record that is damaged or refers to nothing.

        ``repair`` sets aside what is damaged and removes what refers to nothing, so that a second check finds nothing.
        """
        from store.database.integrity import check

        if repair:
            self.require_writable()
        return check(self.tinydb, repair=repair)

    def compact(self) -> None:
        """Write everything down again without what is no longer used; a crash meanwhile loses nothing."""
        self.tinydb.compact()

    def backup(self, file: Path) -> None:
        """Write everything into one zip file; changes may go on meanwhile."""
        self.tinydb.backup(file)

    @staticmethod
    def restore(folder: Path, file: Path, files: Files | None = None) -> Path:
        """Put a backup in place of the store in ``folder``, which is kept beside it under the name returned.

        :raises StoreError: when the store is in use, or the file is no whole backup; then nothing has changed.
        """
        return StoreDB.restore(folder, file, files)
