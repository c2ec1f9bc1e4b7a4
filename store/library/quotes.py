"""Who is named and quoted in a view's articles: the lists behind ``newsdash people`` and ``newsdash quotes``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from store.errors import NotFoundError
from store.models import PersonSummary, QuoteRecord, SpeakerKind, View
from store.search.query import parse
from store.search.quote_filter import PERSON_FIELDS, QUOTE_FIELDS, QuoteFilter, of_person, of_quote

if TYPE_CHECKING:
    from store.library.articles import Articles
    from store.library.listing import Listing
    from store.models import OpenArticle
    from store.search.article_search import ArticleSearch
    from store.search.query import Field, Query


class Quotes:
    """People and quotations, read from the articles themselves."""

    def __init__(self, articles: Articles, listing: Listing, search: ArticleSearch) -> None:
        self._articles = articles
        self._listing = listing
        self._search = search

    def people(self, query: str = "", view: View | None = None) -> list[PersonSummary]:
        """Everybody named in a view's articles, one entry a name, most quoted first, with the newest role printed.

        Words and names in ``query`` look for the person, everything else for the article.

        :raises QueryError: when the query cannot be understood.
        """
        wanted = self._filter(query, PERSON_FIELDS)
        tallies: dict[str, _Tally] = defaultdict(_Tally)
        for opened in self._opened(view or View(), wanted.articles):
            quoted = [quote.person for quote in opened.analysis.quotes]
            for index, person in enumerate(opened.analysis.people):
                if person.kind is SpeakerKind.PERSON and wanted.matches(opened.article.id, of_person(opened, index)):
                    tally = tallies[person.name]
                    tally.role = tally.role or person.role
                    tally.articles += 1
                    tally.mentions += len(person.mentions)
                    tally.quotes += quoted.count(index)
                    tally.latest = max(tally.latest or opened.article.published, opened.article.published)
        found = [
            PersonSummary(name, tally.role, tally.articles, tally.mentions, tally.quotes, tally.latest)
            for name, tally in tallies.items()
        ]
        return sorted(found, key=lambda person: (-person.quotes, -person.mentions, person.name.casefold()))

    def search(self, query: str = "", view: View | None = None) -> Iterator[QuoteRecord]:
        """The quotations of a view's articles, newest article first.

        Words in ``query`` look for what was said or who said it, ``said:`` for who said it, everything else for the
        article.

        :raises QueryError: when the query cannot be understood.
        """
        wanted = self._filter(query, QUOTE_FIELDS)
        return self._matching(view or View(), wanted)

    def _matching(self, view: View, wanted: QuoteFilter) -> Iterator[QuoteRecord]:
        for opened in self._opened(view, wanted.articles):
            for quote in opened.analysis.quotes:
                if wanted.matches(opened.article.id, of_quote(opened, quote)):
                    person = opened.analysis.people[quote.person] if quote.person is not None else None
                    text = " … ".join(opened.document.text[span.start : span.end] for span in quote.spans)
                    cue = opened.document.text[quote.cue.start : quote.cue.end] if quote.cue else ""
                    yield QuoteRecord(opened.article, opened.source, quote, text, person.role if person else "", cue)

    def _filter(self, query: str, own: Sequence[Field | None]) -> QuoteFilter:
        return QuoteFilter(parse(query), own, lambda part: set(self._search.matching(part)))

    def _opened(self, view: View, query: Query) -> Iterator[OpenArticle]:
        """A view's articles one by one. The lock is free between them; an article deleted meanwhile is skipped."""
        matching = set(self._search.matching(query)) if query.root is not None else None
        for article_id in self._listing.ids(view):
            if matching is not None and article_id not in matching:
                continue
            try:
                yield self._articles.open(article_id)
            except NotFoundError:
                continue


@dataclass
class _Tally:
    role: str = ""
    articles: int = 0
    mentions: int = 0
    quotes: int = 0
    latest: datetime | None = None
