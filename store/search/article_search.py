"""Search: runs queries against the full-text index and the store.

A search takes the locks of the index and of the library one after the other, so no method here may be called with the
library's lock held. What it needs is imported when it is first used: a list of headlines needs no SQLite.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.search.saved_searches import SavedSearches

if TYPE_CHECKING:
    from store.database import Database
    from store.models import IsCancelled, OnProgress, Progress, Snippet, Span
    from store.search.fts_index import FtsIndex
    from store.search.index_keeper import IndexKeeper
    from store.search.query import Query


class ArticleSearch:
    """The searches of one database. The first search opens the full-text index; nothing else waits for it."""

    def __init__(self, database: Database, lock: threading.RLock, cache: Path) -> None:
        """``lock`` guards the database and is taken for short moments; the index is kept in the folder ``cache``."""
        self._database = database
        self._lock = lock
        self._cache = cache
        self._opening = threading.Lock()
        self._index: IndexKeeper | None = None
        self.saved = SavedSearches(database, lock)
        self.notice = ""
        """'' or one sentence on what the last search could not do."""

    # --- asking ---------------------------------------------------------------------------------------------

    def check(self, query: str) -> None:
        """Quick enough for each key.

        :raises QueryError: when the query cannot be understood.
        """
        from store.search.query import parse

        parse(query)

    def matching(self, query: Query, among: Sequence[int] | None = None) -> list[int]:
        """The articles that match, newest first; those of ``among`` in their order when it is given."""
        index = self._opened()
        index.keep_up()
        self.notice = index.notice
        if among is None:
            with self._lock:
                among = self._database.articles.ids()
        ids = among
        return index.ask(lambda tables: self._matching(tables, query, ids, whole=index.whole()))

    def _matching(self, index: FtsIndex, query: Query, among: Sequence[int], *, whole: bool) -> list[int]:
        if query.root is None:
            return list(among)
        from store.search.evaluate import Matcher

        matcher = Matcher(self._database, self._lock, index, whole=whole)
        found = matcher.matching(query.root)
        if matcher.untested:
            found = found - matcher.untested
            tested = len(self._database.articles.ids()) - len(matcher.untested)
            self.notice = (
                f"The regular expression was tried on {tested:,} articles only, the newest;"
                " words beside it make the search quicker."
            )
        return list(filter(found.__contains__, among))

    def snippets(self, ids: Sequence[int], query: str) -> list[Snippet]:
        """Why a search found these articles: a passage of each, with the matches marked. Articles that are gone are
        left out.

        :raises QueryError: when the query cannot be understood.
        """
        from store.search.query import parse
        from store.search.snippets import marker, snippet

        marks = marker(parse(query).root)
        found = []
        for article_id in ids:
            with self._lock:
                texts = self._database.texts.plain_text(article_id)
            if texts is not None:
                found.append(snippet(article_id, *texts, marks))
        return found

    def places(self, article_id: int, query: str) -> list[Span]:
        """Where the text of an article has what a query looks for.

        :raises QueryError: when the query cannot be understood.
        """
        from store.search.query import parse
        from store.search.snippets import places

        with self._lock:
            _, text = self._database.texts.plain_text(article_id) or ("", "")
        return places(text, parse(query).root)

    # --- the index ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Open the index and load the query language, which takes as long as a hundred searches."""
        self.check("")
        self._opened()

    def prepare(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> None:
        """Index all articles now, which the first search else starts in the background."""
        self._opened().catch_up(on_progress, cancelled)

    def progress(self) -> Progress | None:
        """How far indexing is; None when it is complete or no search was made yet."""
        return self._index.progress() if self._index else None

    def update(self, ids: Iterable[int]) -> None:
        """Index articles that were added or changed. An index that is not open finds them when it is opened."""
        if self._index is not None:
            self._index.update(ids)

    def update_now(self, ids: Iterable[int]) -> None:
        """Index articles again whose change the index could not find out when it is opened later."""
        self._opened().update(ids)

    def close(self) -> None:
        """Stop what runs in the background; what is in the index stays."""
        with self._opening:
            if self._index is not None:
                self._index.close()

    def _opened(self) -> IndexKeeper:
        with self._opening:
            if self._index is None:
                from store.search.index_keeper import IndexKeeper

                self._index = IndexKeeper.open(self._cache, self._database, self._lock)
                self.notice = self._index.notice
            return self._index
