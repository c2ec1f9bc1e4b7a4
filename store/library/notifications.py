"""What arrived that you want to hear of: quotations of people you follow, articles of saved searches and rules."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from store.errors import NewsdashError
from store.models import News, NewsCount, Scope, View

if TYPE_CHECKING:
    from store.library.context import LibraryContext
    from store.library.listing import Listing
    from store.library.rules import Rules


class Notifications:
    """News among the articles that arrived."""

    def __init__(self, context: LibraryContext, listing: Listing, rules: Rules) -> None:
        self._context = context
        self._listing = listing
        self._rules = rules

    def newest_article(self) -> int:
        """The greatest number of an article, 0 without articles: what arrives later has a greater one."""
        with self._context.lock:
            return max(self._context.database.articles.ids(), default=0)

    def news(self, after: int, *, people: bool, names: Sequence[str]) -> News:
        """What is new in articles with greater numbers than ``after``.

        With ``people`` the new quotations of those you follow are counted, and always the unread articles that match
        the saved searches and rules of these names, letter case aside. One that cannot be run counts nothing.

        :raises StoreError: when people are asked for and the people index cannot be read.
        """
        newest = self.newest_article()
        if newest <= after:
            return News(newest)
        quoted = self._context.derived.people.quoted_since(after) if people else []
        return News(newest, tuple(quoted), tuple(self._matches(after, names)))

    def _matches(self, after: int, names: Sequence[str]) -> list[NewsCount]:
        wanted = {name.casefold() for name in names}
        queries = {rule.name: rule.query for rule in self._rules.all()}
        queries |= {search.name: search.query for search in self._context.derived.search.saved.all()}
        fresh = {article for article in self._listing.ids(View(Scope.UNREAD)) if article > after}
        found = []
        for name, query in queries.items():
            if name.casefold() in wanted:
                with suppress(NewsdashError):
                    if count := len(fresh.intersection(self._listing.ids(View(query=query)))):
                        found.append(NewsCount(name, count))
        return found
