"""What the user is looking at: the view, how it is listed, and the articles kept in it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from store.errors import NewsdashError, NotFoundError
from store.models import (
    ArticleList,
    Grouping,
    Order,
    Scope,
    Snippet,
    Sorting,
    Span,
    Status,
    View,
)

if TYPE_CHECKING:
    from store.library import Library


class ListFilter(StrEnum):
    """Which articles of a view are listed."""

    ALL = "all"
    UNREAD = "unread"
    STARRED = "starred"
    QUOTING = "quoting"


FILTER_WORDS: Mapping[ListFilter, str] = {
    ListFilter.UNREAD: "unread only",
    ListFilter.STARRED: "starred only",
    ListFilter.QUOTING: "with quotations only",
}
ORDERS: Mapping[tuple[Order, bool], str] = {
    (Order.DATE, False): "Newest first",
    (Order.DATE, True): "Oldest first",
    (Order.SOURCE, False): "By source",
    (Order.SOURCE, True): "By source, backwards",
    (Order.TITLE, False): "By title",
    (Order.TITLE, True): "By title, backwards",
    (Order.UNREAD, False): "Unread first",
    (Order.UNREAD, True): "Read first",
    (Order.QUOTED, False): "Most people quoted first",
    (Order.QUOTED, True): "Fewest people quoted first",
}
"""Every order, and the same turned round, in words."""


class Session:
    """The state behind the list of headlines, on top of an open library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.view = View()
        self.title = "All"
        self.list_filter = ListFilter.ALL
        self.sorting = Sorting()
        self._touched: dict[int, bool] = {}
        """Articles marked while in this view, and whether they were read before: they stay in it, and where they
        are in it, until one leaves it."""

    # --- views ----------------------------------------------------------------------------------------------

    def enter(self, view: View, title: str) -> None:
        """Look at another view; what stayed in the last one goes."""
        self.view, self.title = view, title
        self._touched.clear()

    def keep(self, before: Sequence[Status]) -> int:
        """Keep marked articles in the list until it is left, given their statuses before; returns how many."""
        for status in before:
            self._touched.setdefault(status.article_id, status.read)
        return len(before)

    @property
    def listing(self) -> str:
        """How the list differs from all articles, newest first; '' when it does not."""
        words = [FILTER_WORDS[self.list_filter]] if self.list_filter in FILTER_WORDS else []
        order = (self.sorting.order, self.sorting.reverse)
        return " · ".join(words if order == (Order.DATE, False) else [*words, ORDERS[order].lower()])

    def listed(self, view: View, shown: Sequence[int]) -> ArticleList:
        """The view's articles now, with those of ``shown`` that only left it by being marked. For a job's thread."""
        touched = dict(self._touched)
        asked = self.list_filter is ListFilter.UNREAD or self.sorting.order is Order.UNREAD
        unread = set(self.library.listing.ids(View(Scope.UNREAD))) if asked else set()
        ids = self._filtered(self.library.listing.ids(view), unread)
        kept = touched.keys() & set(shown)
        if kept and not kept <= set(ids):
            ids = self.library.listing.newest_first({*ids, *kept})
        as_unread = unread.difference(touched).union(each for each, read in touched.items() if not read)
        return self.library.listing.arrange(ids, self.sorting, as_unread, datetime.now().astimezone())

    def _filtered(self, ids: Sequence[int], unread: Container[int]) -> Sequence[int]:
        match self.list_filter:
            case ListFilter.UNREAD:
                return [article_id for article_id in ids if article_id in unread]
            case ListFilter.STARRED:
                starred = set(self.library.listing.ids(View(Scope.STARRED)))
                return [article_id for article_id in ids if article_id in starred]
            case ListFilter.QUOTING:
                return self.library.listing.quoting(ids)
            case _:
                return ids

    def next_unread(self, ids: Sequence[int], start: int, step: int) -> int | None:
        """The nearest unread article from a place on, going down (``step`` 1) or up (-1)."""
        places = range(start, len(ids)) if step > 0 else range(start, -1, -1)
        return self.library.articles.first_unread(ids[place] for place in places)

    def all_read(self, ids: Iterable[int]) -> bool:
        return set(self.library.listing.ids(View(Scope.UNREAD))).isdisjoint(ids)

    @property
    def query(self) -> str:
        """What the list was found by: the search typed and the saved one that it narrows."""
        saved = ""
        if self.view.scope is Scope.SAVED:
            with suppress(NotFoundError):
                saved = self.library.search.saved.find(self.view.saved).query
        return f"({saved}) {self.view.query}" if saved and self.view.query else saved or self.view.query

    @property
    def notice(self) -> str:
        """'' or one sentence on what the list could not be made with."""
        if self.query and self.library.search.notice:
            return self.library.search.notice
        return self.library.people.notice if self.sorting.grouping is Grouping.STORY else ""

    def passage(self, article_id: int) -> Snippet | None:
        """Why the list has an article; None when nothing can be shown."""
        try:
            found = self.library.search.snippets([article_id], self.query)
        except NewsdashError:
            return None
        return found[0] if found else None

    def found_places(self, article_id: int) -> Sequence[Span]:
        """What a search found in an article's text; nothing without a search. For a job's thread."""
        try:
            return self.library.search.places(article_id, self.query) if self.query else ()
        except NewsdashError:
            return ()

    def search(self, query: str) -> None:
        """Narrow the view by a search; '' ends it."""
        self.enter(replace(self.view, query=query), self.title)
