"""Importing and exporting lists of feeds, from and for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import FeedError, NewsdashError
from store.feeds.feed_lists import LARGEST, read_list
from store.models import SEEDS_URL, ImportReport, Problem, SavedSearch
from store.paths import read_regular

if TYPE_CHECKING:
    from store.library.context import LibraryContext
    from store.library.feeds import Feeds


class FeedLists:
    """Lists of the followed feeds and saved searches."""

    def __init__(self, context: LibraryContext, feeds: Feeds) -> None:
        self._context = context
        self._feeds = feeds
        self._search = context.derived.search

    def import_file(self, path: Path, *, dry_run: bool = False) -> ImportReport:
        """Follow the feeds of a list and save its searches: OPML, newsboat's ``urls``, or addresses line by line.
        Nothing is fetched.

        :raises FeedError: when the file cannot be read or is no list of feeds.
        """
        if not dry_run:
            self._context.database.require_writable()
        plan = read_list(_read(path))
        refused = list(plan.refused)
        fresh, known = self._feeds.partition(plan.feeds)
        added = fresh if dry_run else self._feeds.follow(fresh)
        searches: list[SavedSearch] = []
        for search in plan.searches:
            try:
                self._search.check(search.query) if dry_run else self._search.saved.save(search)
            except NewsdashError as error:
                refused.append(Problem(search.name, f"Its query is not understood: {error.message}"))
            else:
                searches.append(search)
        return ImportReport(tuple(added), tuple(known), tuple(searches), tuple(refused))

    def export(self, kind: str = "opml") -> bytes:
        """The followed feeds and saved searches as ``opml`` or newsboat's ``urls``, without passwords."""
        with self._context.lock:
            feeds = [feed for feed in self._context.database.feeds.all() if feed.url != SEEDS_URL]
        if kind == "urls":
            from store.feeds.newsboat_urls import write_urls

            return write_urls(feeds, self._search.saved.all())
        from store.feeds.opml import write_opml

        return write_opml(feeds, self._search.saved.all())


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, LARGEST + 1)
    except OSError as error:
        raise FeedError(f"{path.name} cannot be read: {error.strerror}.") from error
