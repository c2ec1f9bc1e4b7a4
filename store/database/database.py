"""The database: typed records in, typed records out, one durable commit for each call that writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from store.database import records
from store.database.files import Files
from store.database.index import DELETED, STATUS, Index
from store.database.lock import WriteLock
from store.database.named import NamedRows
from store.database.opening import open_storage
from store.database.reasons import reason
from store.database.retention import expired
from store.database.segments import Pointer
from store.database.snapshot import Damaged
from store.database.storage import JournalStorage
from store.database.tables import JournalDB
from store.database.texts import ARTICLES, TEXTS, Change
from store.database.upkeep import Compactor
from store.errors import ReadOnlyError, StoreError
from store.models import (
    Analysis,
    Article,
    Block,
    BlockKind,
    Document,
    Feed,
    FeedState,
    Problem,
    Revision,
    SavedSearch,
    Status,
)

FEEDS, FEED_STATES, SETTINGS, SEARCHES = "feeds", "feed_states", "settings", "searches"
Item = tuple[Article, Document, Analysis]
MOST_REVISIONS = 50
"""Earlier texts kept of one article: some feeds put counters or clocks into their texts."""


class DamagedTextError(StoreError):
    """A text that is stored and cannot be read."""


class Database:
    """Articles, feeds and statuses of one folder.

    Not thread-safe: the library's lock serialises the calls. Only compaction runs beside them. Any method may
    raise :class:`StoreError` when the disk fails; what was stored before is then as it was, here and on disk.
    """

    def __init__(self, storage: JournalStorage, lock: WriteLock, notice: str) -> None:
        self.tinydb = JournalDB(storage)
        """The TinyDB below, with the tables feeds, feed_states, articles, bodies, people, quotes, status,
        searches, settings."""
        self.notice = notice
        """'' or one sentence: why it is read-only, what was set aside."""
        self.read_only = not storage.writable
        self._storage = storage
        self._lock = lock
        self._compactor = Compactor(storage)
        self._index = Index(storage)
        self._settings = NamedRows(storage, SETTINGS, self._commit)
        self._searches = NamedRows(storage, SEARCHES, self._commit)

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

    def require_writable(self) -> None:
        """:raises ReadOnlyError: when the store is open for reading only."""
        if self.read_only:
            raise ReadOnlyError(self.notice or "The store is open for reading only.")

    def refresh(self) -> bool:
        """See what the writing process changed; True when anything did."""
        if not self.read_only:
            return False
        with _reading():
            changed = self._storage.refresh()
        if changed and self._storage.reloaded:
            self._index = Index(self._storage)
            self._storage.reloaded = False
        return changed

    def _see_to_damage(self) -> None:
        """Say what was damaged, and write the rest down anew without it."""
        names = ", ".join(problem.name for problem in self._storage.problems()[:3])
        self.notice = self.notice or f"Damage in the store was set aside ({names}); run newsdash doctor."
        if not self.read_only:
            try:
                self._storage.compact()
            except OSError:
                pass  # tried again later; until then each start meets the same damage

    # --- feeds --------------------------------------------------------------------------------------------

    def feeds(self) -> list[Feed]:
        """Those that are followed."""
        found = []
        for feed_id in self._storage.rows(FEEDS):
            row = self._storage.document(FEEDS, feed_id)
            if row is not None and not row.get("removed"):
                found.append(records.to_feed(feed_id, row))
        return found

    def feed(self, feed_id: int) -> Feed | None:
        """Also one that was removed, while starred articles of it are kept."""
        row = self._document(FEEDS, feed_id)
        return records.to_feed(feed_id, row) if row is not None else None

    def add_feed(self, feed: Feed) -> Feed:
        feed = replace(feed, id=self._storage.next_id(FEEDS))
        self._commit([(FEEDS, feed.id, records.feed_row(feed))])
        return feed

    def update_feed(self, feed: Feed) -> None:
        self._commit([(FEEDS, feed.id, records.feed_row(feed))])

    def remove_feed(self, feed_id: int, *, keep_starred: bool = True) -> int:
        """Remove a feed and its articles; starred ones stay readable unless told otherwise. Returns how many went."""
        ids = self.ids_of_feed(feed_id)
        starred = self.starred() if keep_starred else set()
        gone = [article_id for article_id in ids if article_id not in starred]
        row = self._document(FEEDS, feed_id)
        kept = {**row, "removed": True} if row is not None and len(gone) < len(ids) else None
        tombstones = [
            doc_id
            for doc_id in self._storage.rows(DELETED)
            if (entry := self._document(DELETED, doc_id)) is not None and entry["feed_id"] == feed_id
        ]
        changes: list[Change] = [(FEEDS, feed_id, kept), (FEED_STATES, feed_id, None)]
        changes += [(DELETED, doc_id, None) for doc_id in tombstones]
        for article_id in gone:
            changes += self._removal(article_id)
        self._commit(changes)
        return len(gone)

    def feed_state(self, feed_id: int) -> FeedState:
        row = self._document(FEED_STATES, feed_id)
        return records.to_feed_state(feed_id, row) if row is not None else FeedState(feed_id)

    def save_feed_states(self, states: Iterable[FeedState], feeds: Iterable[Feed] = ()) -> None:
        """Store what refreshes found, and the feeds that they changed, in one commit."""
        changes: list[Change] = [(FEED_STATES, state.feed_id, records.feed_state_row(state)) for state in states]
        self._commit(changes + [(FEEDS, feed.id, records.feed_row(feed)) for feed in feeds])

    # --- articles -----------------------------------------------------------------------------------------

    def article_ids(self) -> Sequence[int]:
        """Newest first."""
        return self._index.newest_first()

    def article(self, article_id: int) -> Article | None:
        row = self._document(ARTICLES, article_id)
        return records.to_article(article_id, row) if row is not None else None

    def find(self, feed_id: int, guid: str) -> Article | None:
        """The article of this entry of the feed."""
        return next(
            (
                article
                for article_id in self._index.by_guid(feed_id, guid)
                if (article := self.article(article_id)) and (article.feed_id, article.guid) == (feed_id, guid)
            ),
            None,
        )

    def was_deleted(self, feed_id: int, guid: str) -> bool:
        """True for an entry that was here and was removed: it must not come back as unread."""
        rows = (self._document(DELETED, doc_id) for doc_id in self._index.deleted(feed_id, guid))
        return any(row is not None and (row["feed_id"], row["guid"]) == (feed_id, guid) for row in rows)

    def find_digest(self, digest: str, feed_id: int | None = None) -> Article | None:
        """An article of this content, from anywhere or of one feed."""
        found = (self.article(article_id) for article_id in self._index.by_digest(digest))
        return next(
            (
                article
                for article in found
                if article and article.digest == digest and feed_id in (None, article.feed_id)
            ),
            None,
        )

    def document(self, article_id: int) -> Document:
        """Its text; one sentence saying so when that is damaged."""
        try:
            row = self._text("bodies", article_id)
        except DamagedTextError as error:
            return Document(error.message, (Block(BlockKind.PARAGRAPH, 0, len(error.message)),))
        return records.to_document(row) if row is not None else Document()

    def analysis(self, article_id: int) -> Analysis:
        """Who said what in it; nobody and nothing when that is damaged."""
        try:
            people, quotes = self._text("people", article_id), self._text("quotes", article_id)
        except DamagedTextError:
            return Analysis()
        return records.to_analysis(people, quotes) if people is not None and quotes is not None else Analysis()

    def revisions(self, article_id: int) -> list[Revision]:
        """Earlier titles and texts of an article, oldest first."""
        row = self._document(ARTICLES, article_id) or {}
        found = []
        for when, pointer, *title in row.get("revisions", ()):
            with suppress(DamagedTextError):
                text = self._text("bodies", article_id, pointer)
                assert text is not None
                # Without a title it was written when only texts were kept.
                earlier = title[0] if title else row["title"]
                found.append(Revision(records.to_time(when), earlier, records.to_document(text)))
        return found

    def status(self, article_id: int) -> Status:
        row = self._document(STATUS, article_id)
        return records.to_status(article_id, row) if row is not None else Status(article_id)

    def counts(self) -> Mapping[int, tuple[int, int]]:
        """Feed id to how many articles it has and how many are unread."""
        return self._index.counts()

    def unread(self) -> Set[int]:
        return self._index.unread()

    def starred(self) -> Set[int]:
        return self._index.starred()

    def ids_of_feed(self, feed_id: int) -> Sequence[int]:
        """Newest first."""
        return self._index.of_feed(feed_id)

    @property
    def index(self) -> Index:
        """The sets that searching combines."""
        return self._index

    def add_articles(self, items: Sequence[Item]) -> list[int]:
        """Store new articles (their ids are ignored) in one commit; returns the ids given."""
        first = self._storage.next_id(ARTICLES)
        ids = list(range(first, first + len(items)))
        changes: list[Change] = []
        for article_id, (article, document, analysis) in zip(ids, items, strict=True):
            changes.append((ARTICLES, article_id, records.article_row(article)))
            changes.append(("bodies", article_id, records.body_row(document)))
            changes += _analysis_changes(article_id, analysis)
        self._commit(changes)
        return ids

    def update_articles(self, items: Sequence[Item]) -> None:
        """Store new versions of known articles; the status stays.

        An earlier title or text that differs stays as a revision, of which the newest ``MOST_REVISIONS`` are kept.
        """
        changes: list[Change] = []
        now = datetime.now(UTC).isoformat()
        for article, document, analysis in items:
            stored = self._document(ARTICLES, article.id)
            if stored is None:
                raise StoreError(f"There is no article {article.id} to update.")
            row = records.article_row(article)
            body = records.body_row(document)
            pointer = stored.get("at", {}).get("bodies")
            new_text = pointer is None or not self._is_stored(body, article.id, pointer)
            if pointer is not None and (new_text or stored["title"] != article.title):
                earlier = [*stored.get("revisions", ()), [now, pointer, stored["title"]]]
                row["revisions"] = earlier[-MOST_REVISIONS:]
            if new_text:
                changes.append(("bodies", article.id, body))
            changes.append((ARTICLES, article.id, row))
            changes += _analysis_changes(article.id, analysis)
        self._commit(changes)

    def _is_stored(self, body: dict[str, Any], article_id: int, pointer: Pointer) -> bool:
        try:
            return self._text("bodies", article_id, pointer) == body
        except DamagedTextError:
            return False

    def remove_articles(self, ids: Iterable[int]) -> int:
        """Remove articles for good; their entries are remembered and do not come back. Returns how many went."""
        changes: list[Change] = []
        gone = 0
        for article_id in ids:
            row = self._document(ARTICLES, article_id)
            if row is not None:
                changes += self._removal(article_id)
                changes.append((DELETED, article_id, {"feed_id": row["feed_id"], "guid": row["guid"]}))
                gone += 1
        self._commit(changes)
        return gone

    def _removal(self, article_id: int) -> list[Change]:
        gone: list[Change] = [(ARTICLES, article_id, None)]
        if article_id in self._storage.rows(STATUS):
            gone.append((STATUS, article_id, None))
        return gone

    def expire(
        self,
        feed_id: int | None = None,
        *,
        older_than: timedelta | None = None,
        keep: int | None = None,
        protected: Callable[[int], bool] | None = None,
    ) -> int:
        """Remove old articles of a feed (None: of each feed); see :mod:`store.database.retention`."""
        feed_ids = [feed_id] if feed_id is not None else list(self._index.counts())
        gone = expired(self._index, feed_ids, older_than, keep, protected)
        return self.remove_articles(gone) if gone else 0

    def save_statuses(self, statuses: Iterable[Status]) -> None:
        """Statuses of articles that are gone are passed over."""
        articles = self._storage.rows(ARTICLES)
        self._commit(
            [
                (STATUS, status.article_id, records.status_row(status))
                for status in statuses
                if status.article_id in articles
            ]
        )

    def save_analyses(self, items: Iterable[tuple[int, Analysis]]) -> None:
        """Analyses of articles that are gone are passed over."""
        changes: list[Change] = []
        for article_id, analysis in items:
            row = self._document(ARTICLES, article_id)
            if row is not None:
                changes.append((ARTICLES, article_id, {**row, "quoted": analysis.quoted, "engine": analysis.engine}))
                changes += _analysis_changes(article_id, analysis)
        self._commit(changes)

    # --- settings and upkeep ------------------------------------------------------------------------------

    def setting(self, name: str, default: object = None) -> Any:
        """A small JSON value."""
        with _reading():
            found = self._settings.find(name)
        return found[1]["value"] if found else default

    def save_setting(self, name: str, value: object) -> None:
        self._settings.put({"name": name, "value": value})

    def saved_searches(self) -> list[SavedSearch]:
        """In the order in which they were saved."""
        with _reading():
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
        from store.database.doctor import check

        if repair:
            self.require_writable()
        with _writing() if repair else _reading():
            return check(self, self._storage, repair=repair)

    def compact(self) -> None:
        """Write everything down anew without what is no longer used; a crash meanwhile loses nothing."""
        from store.database.upkeep import compact

        self.require_writable()
        with _writing():
            compact(self._storage)

    def backup(self, file: Path) -> None:
        """Write everything into one zip file; changes may go on meanwhile."""
        from store.database.backup import write_backup

        with _writing("The backup could not be written"):
            write_backup(self._storage, file)

    @staticmethod
    def restore(folder: Path, file: Path, files: Files | None = None) -> Path:
        """Put a backup in place of the store in ``folder``, which is kept beside it under the name returned.

        :raises StoreError: when the store is in use, or the file is no whole backup; then nothing has changed.
        """
        from store.database.backup import restore_backup

        with _writing("The backup could not be restored"):
            return restore_backup(files or Files(), folder, file)

    # --- reading and committing ---------------------------------------------------------------------------

    def _document(self, table: str, doc_id: int) -> dict[str, Any] | None:
        with _reading():
            return self._storage.document(table, doc_id)

    def _text(self, table: str, article_id: int, pointer: Pointer | None = None) -> dict[str, Any] | None:
        try:
            return self._text_now(table, article_id, pointer)
        except FileNotFoundError:
            # The writer compacted under a reader: the text is elsewhere now.
            self.refresh()
        except Damaged:
            pass
        try:
            return self._text_now(table, article_id, None if self.read_only else pointer)
        except FileNotFoundError as error:
            raise DamagedTextError("The file with the text of this article is missing; run newsdash doctor.") from error
        except Damaged as error:
            raise DamagedTextError("The stored text of this article is damaged; run newsdash doctor.") from error

    def _text_now(self, table: str, article_id: int, pointer: Pointer | None) -> dict[str, Any] | None:
        with _reading(passing=(FileNotFoundError,)):
            if pointer is not None:
                return self._storage.text_at(pointer, table, article_id)
            return self._storage.text(table, article_id)

    def _commit(self, changes: Sequence[Change]) -> None:
        self.require_writable()
        if not changes:
            return
        with _writing():
            self._storage.commit(changes)
        self._compactor.commit_was_made()


def _analysis_changes(article_id: int, analysis: Analysis) -> list[Change]:
    return [
        ("people", article_id, records.people_row(analysis)),
        ("quotes", article_id, records.quotes_row(analysis)),
    ]


@contextmanager
def _writing(what: str = "The change could not be stored") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{what}: {reason(error)}.") from error


@contextmanager
def _reading(passing: tuple[type[OSError], ...] = ()) -> Iterator[None]:
    try:
        yield
    except passing:
        raise
    except OSError as error:
        raise StoreError(f"The store could not be read: {reason(error)}.") from error


__all__ = ["TEXTS", "Database"]
