"""Search: runs queries against the full-text index and the store.

A search takes the locks of the index and of the library one after the other, so no method here may be called with
the library's lock held.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from store.models import Snippet, Span
from store.search.evaluate import Matcher, ranking_of
from store.search.index_keeper import IndexKeeper
from store.search.query import Query
from store.search.snippets import MOST_MARKS, find, marker, snippet

if TYPE_CHECKING:
    from store.database.database import Database
    from store.search.fts_index import FtsIndex

MOST_RANKED = 5_000
"""Relevance is weighed among this many of the newest hits."""


class Search:
    """The searches of one database. May be used from any thread, without the library's lock held."""

    def __init__(self, cache: Path, database: Database, lock: threading.RLock | None = None) -> None:
        """The index is opened in this folder, made when missing.

        ``lock`` guards the database; it is taken for short moments.
        """
        self._database = database
        self._lock = lock or threading.RLock()
        self.index = IndexKeeper.open(cache, database, self._lock)
        self.notice = self.index.notice
        """'' or one sentence on what the last search could not do."""

    def close(self) -> None:
        """Stop what runs in the background; what is in the index stays."""
        self.index.close()

    def run(
        self,
        query: Query,
        limit: int | None = None,
        *,
        relevance: bool = False,
        among: Sequence[int] | None = None,
    ) -> list[int]:
        """The articles that fit, newest first, or the most relevant of the newest :data:`MOST_RANKED` first.

        ``among`` narrows them to these ids, and gives their order.
        """
        self.index.keep_up()
        self.notice = self.index.notice
        if among is None:
            with self._lock:
                among = self._database.article_ids()
        ids = self.index.ask(lambda index: self._matching(index, query, among))
        if relevance and (ranking := ranking_of(query.root)):
            newest = ids[:MOST_RANKED]
            return self.index.ask(lambda index: index.ranked(ranking, newest, limit or len(newest)))
        return ids[:limit]

    def _matching(self, index: FtsIndex, query: Query, among: Sequence[int]) -> list[int]:
        if query.root is None:
            return list(among)
        matcher = Matcher(self._database, self._lock, index, whole=self.index.whole())
        found = matcher.matching(query.root)
        if matcher.untested:
            found = found - matcher.untested
            tested = len(self._database.article_ids()) - len(matcher.untested)
            self.notice = (
                f"The regular expression was tried on {tested:,} articles only, the newest;"
                " words beside it make the search quicker."
            )
        return list(filter(found.__contains__, among))

    def snippets(self, ids: Sequence[int], query: Query) -> list[Snippet]:
        """Why these were found, from the stored text; articles that are gone are passed over."""
        marks = marker(query.root)
        found = []
        for article_id in ids:
            with self._lock:
                texts = self._database.plain_text(article_id)
            if texts is not None:
                found.append(snippet(article_id, *texts, marks))
        return found

    def places(self, article_id: int, query: Query) -> list[Span]:
        """Where an article's text has what the query looks for."""
        with self._lock:
            _, text = self._database.plain_text(article_id) or ("", "")
        return [Span(start, end) for start, end, _ in islice(find(text, marker(query.root)), MOST_MARKS)]
