"""Who is named and quoted in the library's articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.errors import NotFoundError
from store.library.articles import Articles
from store.library.search import Searching
from store.models import View

if TYPE_CHECKING:
    from store.models import OpenArticle, PersonSummary, QuoteRecord
    from store.search.query import Field, Query
    from store.search.quote_filter import QuoteFilter


class Voices(Searching, Articles):
    """People and quotations."""

    def people(self, query: str = "", view: View | None = None) -> list[PersonSummary]:
        """Everybody named in a view's articles, most quoted first; words and names of ``query`` ask for the person.

        :raises QueryError: when the query cannot be understood.
        """
        from store.library.quote_lists import people
        from store.search.quote_filter import PERSON_FIELDS

        narrowing = self._narrowing(query, PERSON_FIELDS)
        return people(self._articles(view or View(), narrowing.articles), narrowing)

    def quotes(self, query: str = "", view: View | None = None) -> Iterator[QuoteRecord]:
        """The quotations of a view's articles, newest article first; words of ``query`` ask for what was said or who
        said it, ``said:`` for who said it, everything else for the article.

        :raises QueryError: when the query cannot be understood.
        """
        from store.library.quote_lists import quotes
        from store.search.quote_filter import QUOTE_FIELDS

        narrowing = self._narrowing(query, QUOTE_FIELDS)
        return quotes(self._articles(view or View(), narrowing.articles), narrowing)

    def _narrowing(self, query: str, own: Sequence[Field | None]) -> QuoteFilter:
        from store.search.query import parse
        from store.search.quote_filter import QuoteFilter

        return QuoteFilter(parse(query), own, self._finding.matching)

    def _articles(self, view: View, query: Query) -> Iterator[OpenArticle]:
        """A view's articles one by one; the lock is free between them, and one deleted meanwhile is passed over."""
        fitting = self._finding.matching(query) if query.root is not None else None
        for article_id in self.view(view):
            if fitting is not None and article_id not in fitting:
                continue
            try:
                yield self.open_article(article_id)
            except NotFoundError:
                continue
