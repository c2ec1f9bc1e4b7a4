"""The search index, kept in step with the store.

It is derived: it lies in the cache folder, may be deleted at any time, and is then rebuilt in the background, newest
articles first, while searches find what is in it already. A process of its own does most of that
(:mod:`store.search.bulk_indexer`). Locks are taken in one order: the turn to index articles, then the library's. So no
method here may be called with the library's lock held.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from store.derived.background_sync import BackgroundSync
from store.derived.sqlite_file import DamagedError, SqliteFile
from store.errors import StoreError
from store.models import IsCancelled, OnProgress
from store.search.bulk_indexer import LostError, index_in_process
from store.search.fts_index import MERGED, FtsIndex, Indexed, indexed

if TYPE_CHECKING:
    from store.database.database import Database

FILE = "search.db"
CHUNK = 1_000
"""Articles indexed at once: about half a second, the longest that an update waits."""
MANY = 3_000
"""More articles than this are indexed by a process of its own."""
AT_ONCE = 300
"""Up to this many missing articles are indexed before a search; more are indexed in the background."""
RECENT = 500
"""The newest articles, which are compared with the index when it is opened; all are when it was not closed."""
BOUND = 2_000
"""How many articles can be searched without an index on disk."""
MOST_UNLISTED = 2_000
"""Articles that may be added before the vocabulary is brought up to date."""
MOST_WASTE = 0.25
_LOOK = 0.1
"""Seconds between checks whether to stop."""
_OPEN = "open"

Result = TypeVar("Result")


class IndexKeeper(BackgroundSync):
    """The index of one database. May be used from any thread, without the library's lock held."""

    label = "Indexing articles for search"

    def __init__(
        self, database: Database, lock: threading.RLock, index: FtsIndex, path: Path | None, notice: str
    ) -> None:
        super().__init__(database, lock, path, notice)
        self._index = index
        self._kept_by_another = path is None and not notice
        self._unlisted = 0
        """Articles whose words the vocabulary may lack."""
        self._listing = threading.Lock()
        self._pending: set[int] = set()
        self._in_process = False
        """Whether a process of its own is indexing articles."""
        self._touched: set[int] = set()
        """Articles that changed since that process was started, which may have read their old texts."""
        self._catching_up = threading.Lock()
        """Held by the thread that indexes everything pending."""
        self._compare_all = False

    @classmethod
    def open(cls, cache: Path, database: Database, lock: threading.RLock) -> IndexKeeper:
        """Open the index in a folder, made when missing. Where that is impossible, it is in memory and has the newest.

        ``lock`` guards the database; it is taken for short moments.
        """
        path = cache / FILE
        try:
            if database.read_only:
                return cls(database, lock, FtsIndex.reading(path), None, "")
            try:
                index = FtsIndex.on_disk(path)
            except DamagedError:
                SqliteFile.remove(path)
                index = FtsIndex.on_disk(path)
            self = cls(database, lock, index, path, "")
            self._begin()
        except (OSError, sqlite3.Error, DamagedError):
            notice = f"Only the newest {BOUND:,} articles are searched: there is no search index that can be used."
            return cls(database, lock, FtsIndex.in_memory(), None, notice)
        return self

    def close(self) -> None:
        """Stop what runs in the background; what is in the index stays."""
        self._stop()
        if self._path is not None and not self._compare_all and not self._pending:
            with suppress(sqlite3.Error, DamagedError):
                self._index.save_note(_OPEN, 0)
        self._index.close()

    # --- asking -------------------------------------------------------------------------------------------

    def ask(self, question: Callable[[FtsIndex], Result]) -> Result:
        """Answer a question; when the file turns out to be damaged, from the index that replaces it.

        :raises StoreError: when the index cannot be used at all.
        """
        index = self._index
        try:
            try:
                return question(self._index)
            except DamagedError:
                if self._path is None:
                    raise
                self._replace(index)
                self.keep_up()
                return question(self._index)
        except (sqlite3.Error, DamagedError, OSError) as error:
            raise StoreError(f"The search index cannot be read: {error}.") from error

    def whole(self) -> bool:
        """Whether it has the current revision of every article."""
        return self._path is not None and not self._pending and not self._compare_all

    # --- keeping in step ----------------------------------------------------------------------------------

    def update(self, ids: Iterable[int]) -> None:
        """Index articles that are new or changed, later when a process is indexing very many.

        Never raises: after a failure they are not found until the index is repaired.
        """
        if self._path is None:
            return
        ids = list(ids)
        with self._turn:
            if self._in_process:
                self._pending.update(ids)
                self._touched.update(ids)
                return
        index = self._index
        try:
            for start in range(0, len(ids), CHUNK):
                self._add(ids[start : start + CHUNK])
        except DamagedError:
            self._replace(index)
        except (sqlite3.Error, OSError) as error:
            self._cannot_write(error)

    def catch_up(
        self,
        on_progress: OnProgress | None = None,
        cancelled: IsCancelled | None = None,
        *,
        list_words: bool = True,
    ) -> None:
        """Index what is missing and what changed, newest first. When stopped, it continues from there the next time.

        ``list_words``: then bring the vocabulary up to date, which can take some seconds.
        """
        index = self._index
        try:
            try:
                if self._compare_all and self._path is not None:
                    self._compare(cancelled)
                self._index_pending(on_progress, cancelled)
                if list_words:
                    self._list_words(cancelled)
            except DamagedError:
                self._replace(index)
                self._index_pending(on_progress, cancelled)
        except (sqlite3.Error, OSError, DamagedError) as error:
            self._cannot_write(error)

    def _begin(self) -> None:
        """Find out what is missing."""
        self._compare_all = bool(self._index.note(_OPEN))
        self._index.save_note(_OPEN, 1)
        self._index.merge_at(MERGED)  # a process that was stopped may have left another value
        with self._lock:
            ids = self._database.articles.ids()
            recent = {
                article_id: article.text_digest
                for article_id in ids[:RECENT]
                if (article := self._database.articles.get(article_id)) is not None
            }
        known = self._index.digests(list(recent))
        if any(known.get(article_id, digest) != digest for article_id, digest in recent.items()):
            self._compare_all = True
        self._pending = set(ids).difference(self._index.ids())
        self._unlisted = self._index.unlisted()
        if self._index.waste() > MOST_WASTE and len(ids) > RECENT:
            self._replace(self._index)

    def _compare(self, cancelled: IsCancelled | None) -> None:
        """Find articles whose text is not the one that was indexed."""
        with self._lock:
            ids = self._database.articles.ids()
        for start in range(0, len(ids), RECENT):
            if self._stopped(cancelled):
                return
            part = ids[start : start + RECENT]
            known = self._index.digests(part)
            with self._lock:
                found = {article_id: self._database.articles.get(article_id) for article_id in part}
            changed = {key for key, article in found.items() if article and known.get(key) != article.text_digest}
            self._pending |= changed
        self._compare_all = False

    def _index_pending(self, on_progress: OnProgress | None, cancelled: IsCancelled | None) -> None:
        def report() -> None:
            progress = self.progress()
            if on_progress and progress:
                on_progress(progress)

        while not self._catching_up.acquire(timeout=_LOOK):
            if self._stopped(cancelled):
                return
            report()
        try:
            waiting = self._waiting()
            if len(waiting) > MANY:
                self._index_in_process(waiting, report, cancelled)
                waiting = self._waiting()  # what changed meanwhile, or everything where no process can be started
            with self._index.bulk() if len(waiting) > MANY else nullcontext():
                for start in range(0, len(waiting), CHUNK):
                    if self._stopped(cancelled):
                        return
                    self._add(waiting[start : start + CHUNK], pending_only=True)
                    report()
        finally:
            self._catching_up.release()

    def _waiting(self) -> list[int]:
        """The pending articles, newest first."""
        with self._lock:
            ids = self._database.articles.ids()
        with self._turn:
            self._pending.intersection_update(ids)
            return list(filter(self._pending.__contains__, ids))

    def _index_in_process(
        self, waiting: Sequence[int], report: Callable[[], None], cancelled: IsCancelled | None
    ) -> None:
        """Index these in a process of its own. What it did not index is still pending afterwards."""
        index, path = self._index, self._path
        assert path is not None
        with self._turn:
            self._in_process = True
            self._touched.clear()
        before = 0
        try:
            with closing(index_in_process(self._database.folder, path, waiting)) as steps:
                for done in steps:
                    with self._turn:
                        if self._stopped(cancelled) or self._index is not index:
                            return
                        self._pending.difference_update(set(waiting[before:done]) - self._touched)
                    if done > before:
                        before = done
                        report()
        except (LostError, OSError):
            pass  # the rest is indexed here
        finally:
            with self._turn:
                self._in_process = False
        self._unlisted = self._index.unlisted()

    def _add(self, ids: Sequence[int], *, pending_only: bool = False) -> None:
        with self._turn:
            if pending_only:  # another thread may be catching up as well
                ids = [article_id for article_id in ids if article_id in self._pending]
            self._index.add([item for article_id in ids if (item := self._read(article_id)) is not None])
            self._pending.difference_update(ids)
            self._unlisted = self._index.unlisted()

    def _list_words(self, cancelled: IsCancelled | None) -> None:
        with self._listing:
            if self._path is None or self._unlisted <= MOST_UNLISTED:
                return
            for _ in self._index.list_words():
                if self._stopped(cancelled):
                    return
            self._unlisted = self._index.unlisted()

    def _read(self, article_id: int) -> Indexed | None:
        with self._lock:
            found = self._database.texts.searched(article_id)
        return indexed(*found) if found is not None else None

    def _replace(self, index: FtsIndex) -> None:
        """Replace this index by an empty one, unless another thread did."""
        with self._turn:
            if self._path is None or self._index is not index or self._closing.is_set():
                return
            self._index.close()
            SqliteFile.remove(self._path)
            self._index = FtsIndex.on_disk(self._path)
            self._index.save_note(_OPEN, 1)
            self._compare_all = False
            with self._lock:
                self._pending = set(self._database.articles.ids())

    def _cannot_write(self, error: Exception) -> None:
        self._compare_all = True  # the next time
        self.notice = f"The search index cannot be written, so that new articles are missing: {error}."

    def keep_up(self) -> None:
        """Index what is missing: now when it is little, in the background when it is much."""
        if self._path is None:
            if not self._kept_by_another:
                self._index_newest()
            return
        busy = self._catching_up.locked() or self._building()
        if self._compare_all or len(self._pending) > AT_ONCE or self._unlisted > MOST_UNLISTED:
            self.catch_up_in_background()
        elif self._pending and not busy:
            self.catch_up(list_words=False)

    def catch_up_in_background(self) -> None:
        """Start :meth:`catch_up` in a thread of its own, unless one is running."""
        self._build(self.catch_up)

    def _index_newest(self) -> None:
        with self._turn:
            with self._lock:
                newest = list(self._database.articles.ids()[:BOUND])
            known = set(self._index.ids())
            missing = [article_id for article_id in newest if article_id not in known]
            for start in range(0, len(missing), CHUNK):
                self._add(missing[start : start + CHUNK])
