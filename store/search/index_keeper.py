"""The search index, kept in step with the store.

It is derived: it lies in the cache folder, may be deleted at any time, and is then made again in the
background, newest articles first, while searches find what is in it already: much of it by a process of its own
(:mod:`store.search.bulk_indexer`). Locks are taken in one order: the turn to put articles in, then the library's.
So no method here may be called with the library's lock held.
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
from store.search.bulk_indexer import LostError, put_apart
from store.search.fts_index import MERGED, FtsIndex, Indexed, indexed

if TYPE_CHECKING:
    from store.database.database import Database

FILE = "search.db"
CHUNK = 1_000
"""Articles put in at once: about half a second, the longest that an update waits."""
MANY = 3_000
"""So many articles are put in by a process of its own."""
AT_ONCE = 300
"""So many articles a search puts in by itself; more are put in in the background."""
RECENT = 500
"""So many of the newest articles are compared with the index at each opening; all, when it was not closed."""
BOUND = 2_000
"""How many articles can be searched without an index on disk."""
MOST_UNLISTED = 2_000
"""So many articles may be put in before the index's vocabulary is made again."""
MOST_WASTE = 0.25
_LOOK = 0.1
"""Seconds between two looks whether to stop."""
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
        """Articles whose words the index's vocabulary may lack."""
        self._listing = threading.Lock()
        self._pending: set[int] = set()
        self._apart = False
        """Whether a process of its own is putting articles in."""
        self._touched: set[int] = set()
        """Articles that changed since that began: it may have read them as they were."""
        self._putting = threading.Lock()
        """Held by who puts in everything that is pending."""
        self._compare_all = False

    @classmethod
    def open(cls, cache: Path, database: Database, lock: threading.RLock) -> IndexKeeper:
        """Open the index in a folder, made when missing. Where that cannot be, it is in memory and has the newest.

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
        """Answer a question; when damage is met, from the new index that replaces the damaged one.

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
        """Whether every article is in it, as it is now."""
        return self._path is not None and not self._pending and not self._compare_all

    # --- keeping in step ----------------------------------------------------------------------------------

    def update(self, ids: Iterable[int]) -> None:
        """Put in articles that are new or have changed, later when very many are being put in.

        A failure costs their being found, never the caller.
        """
        if self._path is None:
            return
        ids = list(ids)
        with self._turn:
            if self._apart:
                self._pending.update(ids)
                self._touched.update(ids)
                return
        index = self._index
        try:
            for start in range(0, len(ids), CHUNK):
                self._put(ids[start : start + CHUNK])
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
        """Put in what is missing and what changed, newest first. Stopped, it goes on from there the next time.

        ``list_words``: then see to the index's vocabulary, which can take some seconds.
        """
        index = self._index
        try:
            try:
                if self._compare_all and self._path is not None:
                    self._compare(cancelled)
                self._put_pending(on_progress, cancelled)
                if list_words:
                    self._list_words(cancelled)
            except DamagedError:
                self._replace(index)
                self._put_pending(on_progress, cancelled)
        except (sqlite3.Error, OSError, DamagedError) as error:
            self._cannot_write(error)

    def _begin(self) -> None:
        """Find out what the index lacks."""
        self._compare_all = bool(self._index.note(_OPEN))
        self._index.save_note(_OPEN, 1)
        self._index.merge_at(MERGED)  # not so after a process that put in many articles and was stopped
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
        """Find articles whose text is not the one that was put in."""
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

    def _put_pending(self, on_progress: OnProgress | None, cancelled: IsCancelled | None) -> None:
        def tell() -> None:
            progress = self.progress()
            if on_progress and progress:
                on_progress(progress)

        while not self._putting.acquire(timeout=_LOOK):
            if self._stopped(cancelled):
                return
            tell()
        try:
            waiting = self._waiting()
            if len(waiting) > MANY:
                self._put_apart(waiting, tell, cancelled)
                waiting = self._waiting()  # what changed meanwhile, or everything where there can be no process
            with self._index.many() if len(waiting) > MANY else nullcontext():
                for start in range(0, len(waiting), CHUNK):
                    if self._stopped(cancelled):
                        return
                    self._put(waiting[start : start + CHUNK], pending_only=True)
                    tell()
        finally:
            self._putting.release()

    def _waiting(self) -> list[int]:
        """What is pending, newest first."""
        with self._lock:
            ids = self._database.articles.ids()
        with self._turn:
            self._pending.intersection_update(ids)
            return list(filter(self._pending.__contains__, ids))

    def _put_apart(self, waiting: Sequence[int], tell: Callable[[], None], cancelled: IsCancelled | None) -> None:
        """Put these in by a process of its own. What it did not do is still pending afterwards."""
        index, path = self._index, self._path
        assert path is not None
        with self._turn:
            self._apart = True
            self._touched.clear()
        before = 0
        try:
            with closing(put_apart(self._database.folder, path, waiting)) as steps:
                for done in steps:
                    with self._turn:
                        if self._stopped(cancelled) or self._index is not index:
                            return
                        self._pending.difference_update(set(waiting[before:done]) - self._touched)
                    if done > before:
                        before = done
                        tell()
        except (LostError, OSError):
            pass  # the rest is put in here
        finally:
            with self._turn:
                self._apart = False
        self._unlisted = self._index.unlisted()

    def _put(self, ids: Sequence[int], *, pending_only: bool = False) -> None:
        with self._turn:
            if pending_only:  # somebody else may be catching up as well
                ids = [article_id for article_id in ids if article_id in self._pending]
            self._index.put([item for article_id in ids if (item := self._read(article_id)) is not None])
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
        """Begin an empty index in place of this one, unless another thread did."""
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
        """Put in what is missing: now when it is little, in the background when it is much."""
        if self._path is None:
            if not self._kept_by_another:
                self._index_newest()
            return
        busy = self._putting.locked() or self._building()
        if self._compare_all or len(self._pending) > AT_ONCE or self._unlisted > MOST_UNLISTED:
            self.catch_up_in_background()
        elif self._pending and not busy:
            self.catch_up(list_words=False)

    def catch_up_in_background(self) -> None:
        """Begin :meth:`catch_up` in a thread of its own, unless one is at it."""
        self._build(self.catch_up)

    def _index_newest(self) -> None:
        with self._turn:
            with self._lock:
                newest = list(self._database.articles.ids()[:BOUND])
            known = set(self._index.ids())
            missing = [article_id for article_id in newest if article_id not in known]
            for start in range(0, len(missing), CHUNK):
                self._put(missing[start : start + CHUNK])
