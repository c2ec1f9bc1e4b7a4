"""What the lists and counts need of all articles, in memory: about 25 bytes an article.

Each part comes with the snapshot as columns when it is first asked for, then follows each change of the rows.
Sets, lists and counts are made from the parts when first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from store.database.columns import Columns
from store.database.index.flags import MUTED, NOT_UNREAD, READ, STARRED, Flags
from store.database.index.hashes import HashIndex, name_hash
from store.database.index.publication_order import NewestFirst, PublicationOrder
from store.database.index.sort_keys import SortKeys
from store.database.index.source import UNKNOWN, IndexSource, article_row, json_row
from store.database.tables import ARTICLES, DELETED, FEED_STATES, FEEDS, STATUS
from store.models import Feed, FeedState


class ArticleIndex:
    """The articles of a storage, as lists, sets and counts. It follows the storage by itself."""

    def __init__(self, source: IndexSource) -> None:
        self._source = source
        self.reload()

    def reload(self) -> None:
        """Begin again: the rows are others now."""
        source = self._source
        self._order: PublicationOrder | None = None
        self._flags: Flags | None = None
        self._guids = HashIndex(source, "guid", ARTICLES, _guid)
        self._digests = HashIndex(source, "digest", ARTICLES, lambda row: name_hash(row.get("digest")))
        self._deleted = HashIndex(source, "deleted", DELETED, _guid)
        self.sort_keys = SortKeys()
        self._newest_first: NewestFirst | None = None
        self._by_feed: dict[int, list[int]] | None = None
        self._counts: dict[int, list[int]] | None = None
        self._unread: set[int] | None = None
        self._starred: set[int] | None = None
        self._muted: set[int] | None = None
        self._hidden_feeds: set[int] | None = None
        self.feed_records: dict[int, tuple[Feed, bool]] = {}
        """Feeds as they were last read, and whether they were removed; one whose row changed is not here."""
        self.state_records: dict[int, FeedState] = {}
        """The same for their states, without the hashes of items, which are many."""
        source.watchers = {
            ARTICLES: self._article,
            STATUS: self._status,
            DELETED: self._tombstone,
            FEEDS: self._feed,
            FEED_STATES: self._feed_state,
        }
        source.freeze_columns = self.freeze

    @property
    def order(self) -> PublicationOrder:
        """Loaded when first asked for."""
        if self._order is None:
            with self._source.lock:
                self._order = PublicationOrder(self._source)
        return self._order

    @property
    def flags(self) -> Flags:
        """Loaded when first asked for."""
        if self._flags is None:
            with self._source.lock:
                self._flags = Flags(self._source)
        return self._flags

    # --- following ----------------------------------------------------------------------------------------

    def _article(self, article_id: int, old: bytes | None, new: bytes | None) -> None:
        """Both None: the row turned out to be damaged."""
        row = article_row(new)
        if self._order is not None:
            self._order.follow(article_id, old if old or new else UNKNOWN, row)
        if self._flags is not None:
            self._recount(article_id, lambda flags: flags.follow_article(article_id, row))
        self.sort_keys.follow(article_id, row)
        if row is not None:
            self._guids.follow(article_id, row)
            self._digests.follow(article_id, row)
        self._newest_first = self._by_feed = None

    def _status(self, article_id: int, _old: bytes | None, new: bytes | None) -> None:
        if self._flags is not None:
            row = json_row(new)
            self._recount(article_id, lambda flags: flags.follow_status(article_id, row))

    def _feed(self, feed_id: int, _old: bytes | None, _new: bytes | None) -> None:
        self._hidden_feeds = None
        self.feed_records.pop(feed_id, None)

    def _feed_state(self, feed_id: int, _old: bytes | None, _new: bytes | None) -> None:
        self.state_records.pop(feed_id, None)

    def _tombstone(self, article_id: int, _old: bytes | None, new: bytes | None) -> None:
        row = json_row(new)
        if row is not None:
            self._deleted.follow(article_id, row)

    def _recount(self, article_id: int, change: Callable[[Flags], None]) -> None:
        """Make a change to the marks, and to the counts and sets that were made from them."""
        self._count(article_id, -1)
        change(self.flags)
        self._count(article_id, 1)

    def _count(self, article_id: int, step: int) -> None:
        found = self.flags.of(article_id)
        feed, flags = found or (0, READ)
        sets = (
            (self._unread, not flags & NOT_UNREAD),
            (self._starred, bool(flags & STARRED)),
            (self._muted, bool(flags & MUTED)),
        )
        for ids, among in sets:
            if ids is not None:
                (ids.add if step > 0 and among else ids.discard)(article_id)
        if self._counts is not None and found is not None:
            total = self._counts.setdefault(feed, [0, 0])
            total[0] += step
            total[1] += step * (not flags & NOT_UNREAD)
            if not total[0]:
                del self._counts[feed]

    # --- asking -------------------------------------------------------------------------------------------

    def newest_first(self) -> NewestFirst:
        """All ids. It is not changed later: a change makes a new one."""
        if self._newest_first is None:
            self._newest_first = self.order.newest_first()
        return self._newest_first

    def of_feed(self, feed_id: int) -> list[int]:
        """Its ids, newest first."""
        if self._by_feed is None:
            self._by_feed = {}
            feed_of = dict(zip(self.flags.ids, self.flags.feeds, strict=True))
            for article_id in self.newest_first():
                if article_id in feed_of:  # columns of the snapshot may not agree
                    self._by_feed.setdefault(feed_of[article_id], []).append(article_id)
        return self._by_feed.get(feed_id, [])

    def counts(self) -> dict[int, tuple[int, int]]:
        """Feed id to articles and unread articles."""
        if self._counts is None:
            self._counts = self.flags.counts()
        return {feed: (total[0], total[1]) for feed, total in self._counts.items()}

    def unread(self) -> set[int]:
        if self._unread is None:
            self._unread = self.with_flags(NOT_UNREAD, 0)
        return self._unread

    def starred(self) -> set[int]:
        if self._starred is None:
            self._starred = self.with_flags(STARRED, STARRED)
        return self._starred

    def muted(self) -> set[int]:
        if self._muted is None:
            self._muted = self.with_flags(MUTED, MUTED)
        return self._muted

    def of_hidden_feeds(self) -> set[int]:
        """The articles of feeds that the user hid."""
        if self._hidden_feeds is None:
            rows = ((feed_id, self._source.document(FEEDS, feed_id)) for feed_id in self._source.ids(FEEDS))
            self._hidden_feeds = {feed_id for feed_id, row in rows if row is not None and row.get("hidden")}
        return {article_id for feed_id in self._hidden_feeds for article_id in self.of_feed(feed_id)}

    def with_flags(self, mask: int, value: int) -> set[int]:
        """Ids whose flags, of those in ``mask``, are ``value``."""
        return self.flags.with_flags(mask, value)

    def between(self, since: int | None, until: int | None) -> set[int]:
        """Ids published at or after ``since`` and before ``until`` (microseconds since 1970, UTC)."""
        return self.order.between(since, until)

    def newest_between(self, since: int, until: int) -> list[int]:
        """The same as a list, newest first."""
        return self.order.newest_between(since, until)

    def by_guid(self, feed_id: int, guid: str) -> list[int]:
        return self._guids.candidates(feed_id, guid)

    def by_digest(self, digest: str) -> list[int]:
        return self._digests.candidates(digest)

    def deleted(self, feed_id: int, guid: str) -> list[int]:
        return self._deleted.candidates(feed_id, guid)

    # --- for the snapshot ---------------------------------------------------------------------------------

    def freeze(self) -> Columns:
        """The columns of this moment, to be stored beside its rows; each is made when it is its turn."""
        parts = [*self.order.columns(), *self.flags.columns()]
        kept = set(self.flags.ids)
        names = [self._guids.freeze(), self._digests.freeze()]
        tombstones, deleted = self._deleted.freeze(), set(self._source.ids(DELETED))

        def columns() -> Columns:
            yield from parts
            for index in names:
                yield from index(kept)
            yield from tombstones(deleted)

        return columns()


def _guid(row: dict[str, Any]) -> int:
    return name_hash(row.get("feed_id"), row.get("guid"))
