"""What the user waits for: quotations of people who are followed, what fits saved searches and rules."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from store.errors import NewsdashError
from store.library.people import People
from store.library.rules import Ruling
from store.library.search import Searching
from store.models import News, NewsCount, Scope, View


class Awaited(People, Ruling, Searching):
    """News among the articles that arrived."""

    def newest_article(self) -> int:
        """The greatest number of an article, 0 without articles: what arrives later has a greater one."""
        with self._lock:
            return max(self._database.article_ids(), default=0)

    def news(self, after: int, *, people: bool, names: Sequence[str]) -> News:
        """What there is in articles with greater numbers than ``after``: with ``people`` the new quotations of those
        who are followed, and the unread articles that fit the saved searches and rules of these names, letter case
        aside. One that cannot be run tells nothing.

        :raises StoreError: when people are asked for and the memory of them cannot be read.
        """
        newest = self.newest_article()
        if newest <= after:
            return News(newest)
        quoted = self._people.quoted_since(after) if people else []
        return News(newest, tuple(quoted), tuple(self._fitting(after, names)))

    def _fitting(self, after: int, names: Sequence[str]) -> list[NewsCount]:
        wanted = {name.casefold() for name in names}
        queries = {rule.name: rule.query for rule in self.rules()}
        queries |= {search.name: search.query for search in self.saved_searches()}
        fresh = {article for article in self.view(View(Scope.UNREAD)) if article > after}
        found = []
        for name, query in queries.items():
            if name.casefold() in wanted:
                with suppress(NewsdashError):
                    if count := len(fresh.intersection(self.view(View(query=query)))):
                        found.append(NewsCount(name, count))
        return found
