"""Which articles a view shows: its scope, narrowed by its query through the full-text index."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.models import Scope
from store.search.scopes import in_scope

if TYPE_CHECKING:
    from store.database import Database
    from store.library.saved_searches import SavedSearches
    from store.models import IsCancelled, OnProgress, Progress, Snippet, Span, View
    from store.people.service import People
    from store.search.query import Query
    from store.search.search import Search


class ArticleSearch:
    """Finds articles. The full-text index is opened by the first search; nothing else waits for it.

    The library's lock is never held when a method is called: see :mod:`store.search.search`.
    """

    def __init__(
        self,
        database: Database,
        lock: threading.RLock,
        cache: Path,
        saved: SavedSearches,
        people: Callable[[], People],
    ) -> None:
        self._database = database
        self._saved = saved
        self._people = people
        self._lock = lock
        self._cache = cache
        self._opening = threading.Lock()
        self._search: Search | None = None

    def ids(self, view: View, *, muted: bool = False) -> Sequence[int]:
        """The ids of a view's articles, newest first, with ``muted`` those that are muted as well.

        :raises QueryError: when its query cannot be understood.
        :raises NotFoundError: when it is of a saved search that is not there.
        """
        saved = self._saved.find(view.saved).query if view.scope is Scope.SAVED else ""
        queries = [self._parsed(text) for text in (saved, view.query) if text.strip()]
        with self._lock:
            ids = in_scope(self._database, view, muted=muted or any(asked for _, asked in queries))
        if view.scope is Scope.FOLLOWED:
            followed = self._people().followed_articles()
            ids = [article_id for article_id in ids if article_id in followed]
        elif view.scope is Scope.PERSON:
            named = set(self._people().articles_of(view.person))
            ids = [article_id for article_id in ids if article_id in named]
        for query, _ in queries:
            ids = self._opened().run(query, among=ids)
        return ids

    def _parsed(self, text: str) -> tuple[Query, bool]:
        """A query, and whether it speaks of muted articles."""
        from store.search.query import asks_for_muted, parse

        query = parse(text)
        return query, asks_for_muted(query.root)

    def matching(self, query: Query) -> set[int]:
        """The ids of all articles that fit a parsed query."""
        return set(self._opened().run(query))

    def snippets(self, ids: Sequence[int], query: str) -> list[Snippet]:
        """Why these articles were found.

        :raises QueryError: when the query cannot be understood.
        """
        from store.search.query import parse

        return self._opened().snippets(ids, parse(query))

    def places(self, article_id: int, query: str) -> list[Span]:
        """Where an article's text has what a query looks for.

        :raises QueryError: when the query cannot be understood.
        """
        from store.search.query import parse

        return self._opened().places(article_id, parse(query))

    @property
    def notice(self) -> str:
        """'' or one sentence on what the last search could not do."""
        return self._search.notice if self._search else ""

    def progress(self) -> Progress | None:
        """How far the index is; None when it has everything or nobody has searched yet."""
        return self._search.index.progress() if self._search else None

    def update(self, ids: Iterable[int]) -> None:
        """Articles came or changed. An index that is not open finds out when it is opened."""
        if self._search is not None:
            self._search.index.update(ids)

    def update_now(self, ids: Iterable[int]) -> None:
        """Who said what in articles is told otherwise, which an index that is not open could not find out."""
        self._opened().index.update(ids)

    def prepare(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> None:
        """Put everything into the index that it lacks."""
        self._opened().index.catch_up(on_progress, cancelled)

    def rebuild(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> None:
        """Make the index again from the store."""
        self._opened().index.rebuild(on_progress, cancelled)

    def close(self) -> None:
        with self._opening:
            if self._search is not None:
                self._search.close()

    def open(self) -> None:
        """Open the index, so that the first search finds it open."""
        self._opened()

    def _opened(self) -> Search:
        with self._opening:
            if self._search is None:
                from store.search.search import Search

                self._search = Search(self._cache, self._database, self._lock)
            return self._search
