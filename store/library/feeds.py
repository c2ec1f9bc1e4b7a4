"""The library's feeds: which are followed, following more and fewer, lists of them from and for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import FeedError, NotFoundError
from store.library.parts import Parts
from store.models import SEEDS_URL

if TYPE_CHECKING:
    from store.library.feed_transfer import Moved
    from store.models import Candidate, Counts, Feed, FeedEdit, FeedPage, FeedSummary


class Feeds(Parts):
    """Feeds."""

    def feeds(self) -> list[FeedSummary]:
        """All feeds with their counts: articles from files first, then by title."""
        from store.models import FeedSummary

        with self._lock:
            counts = self._database.counts()
            summaries = [
                FeedSummary(feed, self._database.shown_state(feed.id), *counts.get(feed.id, (0, 0)))
                for feed in self._database.feeds()
            ]
        return sorted(summaries, key=lambda row: (row.feed.url != SEEDS_URL, row.feed.title.casefold(), row.feed.id))

    def counts(self) -> Counts:
        """The numbers of the sidebar; quick enough to be asked after each mark."""
        from store.library.feed_settings import counts

        with self._lock:
            return counts(self._database)

    def feed_page(self, feed_id: int) -> FeedPage:
        """All there is to say of a feed.

        :raises NotFoundError: when there is no such feed.
        """
        from store.library.feed_settings import feed_page

        with self._lock:
            return feed_page(self._database, self._following.network, feed_id)

    def edit_feed(self, feed_id: int, edit: FeedEdit) -> Feed:
        """Change what the user sets for a feed: title, tags, interval, full texts, hidden.

        :raises NotFoundError: when there is no such feed.
        :raises FeedError: for a value that cannot be.
        """
        from store.library.feed_settings import edit_feed

        with self._lock:
            return edit_feed(self._database, feed_id, edit)

    def feed_tags(self) -> list[str]:
        """The tags of all feeds, those of most feeds first."""
        from store.library.feed_settings import known_tags

        with self._lock:
            return known_tags(self._database)

    def rename_tag(self, old: str, new: str) -> str:
        """Give the feeds of one tag another in its place; returns it as it is spelled now.

        :raises FeedError: when the new tag has no letter.
        """
        from store.library.feed_settings import rename_tag

        with self._lock:
            return rename_tag(self._database, old, new)

    def remove_tag(self, name: str) -> int:
        """Take a tag from all feeds, which stay; returns how many had it."""
        from store.library.feed_settings import remove_tag

        with self._lock:
            return remove_tag(self._database, name)

    def find_feed(self, name: str) -> Feed:
        """The feed with this number, address or title.

        :raises NotFoundError: when there is none, or several have that title.
        """
        from store.text.urls import same_feed

        with self._lock:
            feeds = self._database.feeds()
        address = same_feed(name)
        found = [feed for feed in feeds if str(feed.id) == name or same_feed(feed.url) == address]
        found = found or [feed for feed in feeds if feed.title.casefold() == name.casefold()]
        if len(found) != 1:
            raise NotFoundError(f"{'Several feeds are' if found else 'No feed is'} called “{name}”.")
        return found[0]

    def discover(self, url: str) -> list[Candidate]:
        """The feeds that an address offers: itself when it is a feed, else what its page links to.

        :raises FeedError: when the address cannot be fetched or offers no feed.
        """
        return self._following.discover(url)

    def add_feed(self, url: str, title: str = "") -> Feed:
        """Follow the (first) feed at an address and take in its entries.

        :raises FeedError: when there is no feed, or it is followed already.
        """
        self._database.require_writable()
        return self._following.add(url, title)

    def import_list(self, path: Path, *, dry_run: bool = False) -> Moved:
        """Follow the feeds of a list from another program and keep its searches; nothing is fetched.

        :raises FeedError: when the file cannot be read or is no list of feeds.
        """
        from store.library.feed_transfer import take_in_list

        if not dry_run:
            self._database.require_writable()
        return take_in_list(self._database, self._lock, path, self._saved.save, dry_run=dry_run)

    def follow(self, feeds: Sequence[Feed]) -> list[Feed]:
        """Follow feeds without fetching them; returns those that were not followed already."""
        from store.library.feed_transfer import follow

        self._database.require_writable()
        return follow(self._database, self._lock, feeds)[0]

    def export_list(self, kind: str = "opml") -> bytes:
        """The followed feeds and saved searches as ``opml`` or newsboat's ``urls``, without passwords."""
        from store.library.feed_transfer import write_list

        with self._lock:
            feeds = self._database.feeds()
        return write_list(feeds, self._saved.all(), kind)

    def remove_feed(self, feed_id: int) -> int:
        """Stop following a feed; its articles go, the starred ones stay. Returns how many articles went."""
        with self._lock:
            feed = self._database.feed(feed_id)
            if feed is None:
                raise NotFoundError(f"There is no feed {feed_id}.")
            if feed.url == SEEDS_URL:
                raise FeedError("Articles from files are not a feed and cannot be removed.")
            gone = self._database.remove_feed(feed_id)
        self._forget_gone()
        return gone
