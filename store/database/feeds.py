"""The feeds of the database, and what refreshes found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from store.database import records
from store.database.articles import ArticleRows
from store.database.engine.texts import Change
from store.database.index.articles import DELETED, FEED_STATES, FEEDS
from store.models import Feed, FeedState


class FeedRows(ArticleRows):
    """Feeds, whose articles go with them."""

    def feeds(self) -> list[Feed]:
        """Those that are followed."""
        read = (self._feed(feed_id) for feed_id in self._storage.rows(FEEDS))
        return [found[0] for found in read if found is not None and not found[1]]

    def feed(self, feed_id: int) -> Feed | None:
        """Also one that was removed, while starred articles of it are kept."""
        found = self._feed(feed_id)
        return found[0] if found is not None else None

    def _feed(self, feed_id: int) -> tuple[Feed, bool] | None:
        """A feed, and whether it was removed; read again only when it changed."""
        known = self._index.feed_records
        if feed_id not in known:
            row = self._document(FEEDS, feed_id)
            if row is None:
                return None
            known[feed_id] = records.to_feed(feed_id, row), bool(row.get("removed"))
        return known[feed_id]

    def shown_state(self, feed_id: int) -> FeedState:
        """What there is to show of its state: all but the hashes of its items; read again only when it changed."""
        known = self._index.state_records
        if feed_id not in known:
            row = self._document(FEED_STATES, feed_id) or {}
            known[feed_id] = records.to_feed_state(feed_id, {**row, "item_hashes": []})
        return known[feed_id]

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
