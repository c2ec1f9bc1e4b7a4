"""Keeps the people index in step with the store.

It is derived, as the search index is: it lies in the cache folder, may be deleted at any time, and is then rebuilt
in the background, oldest articles first. What you decided about people (:mod:`store.people.user_decisions`) lies in
the store and is applied to it again. No method here may be called with the library's lock held.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from store.derived.background_sync import BackgroundSync
from store.derived.sqlite_file import DamagedError, SqliteFile
from store.errors import StoreError
from store.models import Analysis, Article, Correction, Document, IsCancelled, OnProgress
from store.people.schema import FILE, SCHEMA
from store.people.stories import Stories, all_stories
from store.people.writer import ArticleInput, PeopleWriter

if TYPE_CHECKING:
    from store.database.database import Database

CHUNK = 50
"""Articles indexed at once: the longest that an update waits."""
LOOK = 500
"""The newest articles, which are compared with the index when it is opened."""
AT_ONCE = 100
"""Up to this many missing articles are indexed before a question is answered; more are indexed in the background."""

_ERRORS = (sqlite3.Error, DamagedError, OSError, TypeError, ValueError, LookupError)
"""What reading and writing the file may raise. A damaged one may also read well and make no sense."""
_NO_DAMAGE = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM,
}  # fmt: skip

Result = TypeVar("Result")


class IdentityIndex(BackgroundSync):
    """The people of one database. May be used from any thread, without the library's lock held."""

    label = "Learning who is who"

    def __init__(
        self,
        database: Database,
        lock: threading.RLock,
        tables: SqliteFile,
        path: Path | None,
        on_complete: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(database, lock, path)
        self.tables = tables
        self._on_complete = on_complete or (lambda: None)
        self._stories = Stories()
        self._pending: list[int] = []
        self._rebuilt = False
        """Rebuilt, and not complete since."""

    @classmethod
    def open(
        cls, cache: Path, database: Database, lock: threading.RLock, on_complete: Callable[[], None] | None = None
    ) -> IdentityIndex:
        """Open the index in a folder, made when missing; where that is impossible, an empty one with a notice.

        ``on_complete`` is called, from any thread, whenever everything missing was indexed.
        """
        path = cache / FILE
        try:
            if database.read_only:
                return cls(database, lock, SqliteFile.reading(path, SCHEMA), None)
            try:
                tables = SqliteFile.on_disk(path, SCHEMA)
            except DamagedError:
                SqliteFile.remove(path)
                tables = SqliteFile.on_disk(path, SCHEMA)
            self = cls(database, lock, tables, path, on_complete)
            self._guard(self._compare)
        except (OSError, sqlite3.Error, DamagedError) as error:
            self = cls(database, lock, SqliteFile.in_memory(SCHEMA), None)
            reason = str(error) or "the file is damaged or of another version"
            self.notice = f"People are not remembered across articles: {reason}."
        return self

    def close(self) -> None:
        """Stop what runs in the background; what is in the index stays."""
        self._stop()
        self.tables.close()

    @property
    def writer(self) -> PeopleWriter | None:
        """Changes the index; None where it cannot be changed."""
        return PeopleWriter(self.tables) if self._path is not None else None

    # --- keeping in step ----------------------------------------------------------------------------------

    def update(self, ids: Iterable[int]) -> None:
        """Index articles that are new or changed, and remove those that are gone. Never raises: after a failure they
        are missing until the next start."""
        if self._path is None:
            return
        if self._pending:  # it is being built: they are indexed in their turn
            with self._turn:
                self._pending.extend(set(ids).difference(self._pending))
            return
        self._guard(lambda: self._put(list(ids)))

    def forget_gone(self) -> None:
        """Remove the articles that have left the store."""
        if self._path is not None:
            self._guard(self._drop_gone)

    def _drop_gone(self) -> None:
        with self._turn:
            with self._lock:
                stored = set(self._database.articles.ids())
            if gone := set(all_stories(self.tables)) - stored:
                PeopleWriter(self.tables).remove(gone)
                self._stories.changed(gone)

    def keep_up(self) -> None:
        """Index what is missing: now when it is little, in the background when it is much."""
        if self._path is None or not self._pending or self._closing.is_set():
            return
        if len(self._pending) <= AT_ONCE and not self._building():
            self.catch_up()
        else:
            self._build(self.catch_up)

    def catch_up(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> None:
        """Index everything that is missing. When stopped, it continues from there the next time."""

        def index_all() -> None:
            while True:
                with self._turn:
                    if self._stopped(cancelled):
                        return
                    chunk = self._pending[:CHUNK]
                    self._put(chunk)
                    del self._pending[: len(chunk)]
                    if not self._pending:
                        break
                if on_progress and (progress := self.progress()):
                    on_progress(progress)
            self._rebuilt = False
            self._on_complete()

        self._guard(index_all)

    def rebuild(self) -> None:
        """Build it again from the store, in the background."""
        with self._turn:
            self._start_over()
        self.keep_up()

    def ask(self, question: Callable[[SqliteFile], Result]) -> Result:
        """Answer a question; when the file turns out to be damaged, from the one that replaces it.

        :raises StoreError: when it cannot be read at all.
        """
        self.keep_up()
        try:
            try:
                return question(self.tables)
            except _ERRORS as error:
                if self._path is None or not self._may_rebuild(error):
                    raise
                self.rebuild()
                return question(self.tables)
        except _ERRORS as error:
            raise StoreError(f"The people index cannot be read: {error}.") from error

    def stories(self) -> dict[int, int]:
        """The story, as a number, of every article in the index.

        :raises StoreError: when they cannot be read.
        """
        return self.ask(all_stories if self._path is None else self._stories.of_all)

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            try:
                work()
            except _ERRORS as error:
                if not self._may_rebuild(error):
                    raise
                with self._turn:
                    self._start_over()
        except _ERRORS as error:
            self.notice = f"New articles are missing in the people index, which cannot be written: {error}."

    def _may_rebuild(self, error: Exception) -> bool:
        """Whether rebuilding helps: not when it was rebuilt just now and something is wrong again."""
        return not self._rebuilt and _is_damage(error)

    def _start_over(self) -> None:
        if self._path is None or self._closing.is_set():
            return
        self._rebuilt = True
        self.tables.close()
        SqliteFile.remove(self._path)
        self.tables = SqliteFile.on_disk(self._path, SCHEMA)
        with self._lock:
            self._pending = sorted(self._database.articles.ids())

    def _compare(self) -> None:
        """Find out what is missing, what changed and what is gone."""
        with self._lock:
            ids, corrected = sorted(self._database.articles.ids()), self._database.corrections.article_ids()
        known = set(all_stories(self.tables))
        if gone := known.difference(ids):
            PeopleWriter(self.tables).remove(gone)
        pending = [article_id for article_id in ids if article_id not in known]
        # Only the newest and the corrected are compared: every other change comes through `update`.
        for article_id in sorted(known.intersection((*ids[-LOOK:], *corrected))):
            with self._lock:
                article, corrections = (
                    self._database.articles.get(article_id),
                    self._database.corrections.of(article_id),
                )
            stamp = self.tables.value("SELECT stamp FROM entries WHERE article = ?", article_id)
            if article and stamp != stamp_of(article, corrections):
                pending.append(article_id)
        self._pending = pending

    def _put(self, ids: Sequence[int]) -> None:
        with self._turn:
            found = {article_id: self._read(article_id) for article_id in ids}
            writer = PeopleWriter(self.tables)
            if gone := [article_id for article_id, item in found.items() if item is None]:
                writer.remove(gone)
            writer.add(item for item in found.values() if item is not None)
            self._stories.changed(ids)

    def _read(self, article_id: int) -> ArticleInput | None:
        with self._lock:
            article = self._database.articles.get(article_id)
            if article is None:
                return None
            document, analysis = Document(), Analysis()
            with suppress(StoreError):  # damaged: the doctor speaks of it
                document, analysis = (
                    self._database.texts.document(article_id),
                    self._database.texts.analysis(article_id),
                )
            return ArticleInput(
                article, document, analysis, stamp_of(article, self._database.corrections.of(article_id))
            )


def _is_damage(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF not in _NO_DAMAGE
    return not isinstance(error, OSError)


def stamp_of(article: Article, corrections: Sequence[Correction]) -> str:
    """Changes when the text, the engine or the corrections of an article do."""
    made = "".join(f" {correction.number}@{correction.made.isoformat()}" for correction in corrections)
    return f"{article.engine} {article.digest}{made}"
