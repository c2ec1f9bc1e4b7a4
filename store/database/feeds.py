"""The feeds that are followed, and what refreshes found of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tinydb import where

from store.database import records
from store.database.articles import Articles
from store.database.index.articles import ArticleIndex
from store.database.tables import DELETED, FEED_STATES, FEEDS
from store.database.tinydb import StoreDB
from store.database.tinydb_table import put
from store.models import Feed, FeedState


class Feeds:
    """The tables ``feeds`` and ``feed_states``. Articles go with their feed."""

    def __init__(self, db: StoreDB, index: ArticleIndex, articles: Articles) -> None:
        self._db = db
        self._index = index
        self._articles = articles
        self._feeds = db.table(FEEDS)
        self._states = db.table(FEED_STATES)

    def all(self) -> list[Feed]:
        """Those that are followed."""
        read = map(self._read, self._feeds.ids)
        return [found[0] for found in read if found is not None and not found[1]]

    def get(self, feed_id: int) -> Feed | None:
        """Also one that was removed, while starred articles of it are kept."""
        found = self._read(feed_id)
        return found[0] if found is not None else None

    def _read(self, feed_id: int) -> tuple[Feed, bool] | None:
        """A feed, and whether it was removed; read again only when it changed."""
        known = self._index.feed_records
        if feed_id not in known:
            found = self._feeds.record(feed_id, lambda key, row: (records.to_feed(key, row), bool(row.get("removed"))))
            if found is None:
                return None
            known[feed_id] = found
        return known[feed_id]

    def add(self, feed: Feed) -> Feed:
        """Follow a feed; returns it with its number."""
        return replace(feed, id=self._feeds.insert(records.feed_row(feed)))

    def update(self, feed: Feed) -> None:
        put(self._feeds, {feed.id: records.feed_row(feed)})

    def remove(self, feed_id: int, *, keep_starred: bool = True) -> int:
        """Remove a feed and its articles; starred ones stay readable unless told otherwise. Returns how many went."""
        ids = self._articles.ids_of_feed(feed_id)
        starred = self._articles.starred() if keep_starred else set()
        gone = [article_id for article_id in ids if article_id not in starred]
        with self._db.transaction():
            if len(gone) < len(ids):
                self._feeds.update({"removed": True}, doc_ids=[feed_id])
            else:
                self._feeds.remove(doc_ids=[feed_id])
            self._states.remove(doc_ids=[feed_id])
            self._db.table(DELETED).remove(where("feed_id") == feed_id)
            self._articles.drop(gone)
        return len(gone)

    def state(self, feed_id: int) -> FeedState:
        return self._states.record(feed_id, records.to_feed_state) or FeedState(feed_id)

    def shown_state(self, feed_id: int) -> FeedState:
        """What there is to show of its state: all except the hashes of its items; read again only when it changed."""
        known = self._index.state_records
        if feed_id not in known:
            state = self._states.record(
                feed_id, lambda key, row: records.to_feed_state(key, {**row, "item_hashes": []})
            )
            known[feed_id] = state or FeedState(feed_id)
        return known[feed_id]

    def save_states(self, states: Iterable[FeedState], feeds: Iterable[Feed] = ()) -> None:
        """Store what refreshes found, and the feeds that they changed, in one commit."""
        with self._db.transaction():
            put(self._states, {state.feed_id: records.feed_state_row(state) for state in states})
            put(self._feeds, {feed.id: records.feed_row(feed) for feed in feeds})
