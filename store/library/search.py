"""Which articles the library shows: views, what a query finds, searches kept under a name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from store.library.parts import Parts

if TYPE_CHECKING:
    from store.models import (
        ArticleList,
        IsCancelled,
        OnProgress,
        Progress,
        SavedSearch,
        SearchSummary,
        Snippet,
        Sorting,
        Span,
        View,
    )


class Searching(Parts):
    """Views and searches."""

    def view(self, view: View) -> Sequence[int]:
        """The ids of a view's articles, newest first.

        :raises QueryError: when its query cannot be understood.
        """
        return self._finding.ids(view)

    def listed(self, ids: Sequence[int], sorting: Sorting, unread: Collection[int], now: datetime) -> ArticleList:
        """Articles, given newest first, in another order and in groups.

        ``unread``: the articles that count as unread. ``now`` gives the zone in which days begin. Stories are
        grouped as far as they are known: see :meth:`people_progress`.
        """
        return self._ordering.listed(ids, sorting, unread, now)

    def newest_first(self, ids: Collection[int]) -> list[int]:
        """Those of these articles that are there, in the order of their dates."""
        return self._ordering.newest_first(ids)

    def quoting(self, ids: Sequence[int]) -> list[int]:
        """Those of these articles in which somebody is quoted."""
        return self._ordering.quoting(ids)

    def snippets(self, article_ids: Sequence[int], query: str) -> list[Snippet]:
        """Why a search found these articles: a passage of each with what fits marked.

        :raises QueryError: when the query cannot be understood.
        """
        return self._finding.snippets(article_ids, query)

    def open_search(self) -> None:
        """Get ready to search, which takes as long as a hundred searches. Not for the keyboard's thread."""
        self.check_query("")
        self._finding.open()

    def check_query(self, query: str) -> None:
        """Quick enough for each key.

        :raises QueryError: when the query cannot be understood.
        """
        from store.search.query import parse

        parse(query)

    def found_places(self, article_id: int, query: str) -> list[Span]:
        """Where an article's text has what a query looks for, to be marked.

        :raises QueryError: when the query cannot be understood.
        """
        return self._finding.places(article_id, query)

    @property
    def search_notice(self) -> str:
        """'' or one sentence on what the last search could not do."""
        return self._finding.notice

    def prepare_search(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> None:
        """Make all articles ready for searching, which a first search else does in the background."""
        self._finding.prepare(on_progress, cancelled)

    def search_progress(self) -> Progress | None:
        """How far the articles are made ready for searching; None when all are, or nobody has searched yet."""
        return self._finding.progress()

    def saved_searches(self) -> list[SavedSearch]:
        """By name."""
        return self._saved.all()

    def find_search(self, name: str) -> SavedSearch:
        """The saved search of this name, letter case aside.

        :raises NotFoundError: when there is none.
        """
        return self._saved.find(name)

    def save_search(self, search: SavedSearch, instead_of: str = "") -> SavedSearch:
        """Keep a search in place of the one of its name; ``instead_of`` names one that it changes or renames.

        :raises QueryError: when its query cannot be understood or asks for nothing.
        :raises StoreError: when it has no name, or is to get the name of another.
        """
        return self._saved.save(search, instead_of)

    def remove_search(self, name: str) -> None:
        """:raises NotFoundError: when no search has this name."""
        self._saved.remove(name)

    def search_summaries(self, cancelled: IsCancelled | None = None) -> list[SearchSummary]:
        """The saved searches with what they find. Runs them all: not for the keyboard's thread."""
        return self._saved.summaries(self.view, cancelled)
