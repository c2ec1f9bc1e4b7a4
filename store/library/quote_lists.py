"""Who is named and quoted over many articles: the lists behind ``newsdash people`` and ``newsdash quotes``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from store.models import OpenArticle, PersonSummary, QuoteRecord, SpeakerKind
from store.search.quote_filter import QuoteFilter, of_person, of_quote


@dataclass
class _Tally:
    role: str = ""
    articles: int = 0
    mentions: int = 0
    quotes: int = 0
    latest: datetime | None = None


def people(articles: Iterable[OpenArticle], narrowing: QuoteFilter) -> list[PersonSummary]:
    """Everybody in these articles who fits, one a name, most quoted first; the role is the newest one printed."""
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for opened in articles:
        quoted = [quote.person for quote in opened.analysis.quotes]
        for index, person in enumerate(opened.analysis.people):
            if person.kind is not SpeakerKind.PERSON:
                continue
            if not narrowing.fits(opened.article.id, of_person(opened, index)):
                continue
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


def quotes(articles: Iterable[OpenArticle], narrowing: QuoteFilter) -> Iterator[QuoteRecord]:
    """Every quotation of these articles that fits."""
    for opened in articles:
        for quote in opened.analysis.quotes:
            if narrowing.fits(opened.article.id, of_quote(opened, quote)):
                person = opened.analysis.people[quote.person] if quote.person is not None else None
                text = " … ".join(opened.document.text[span.start : span.end] for span in quote.spans)
                cue = opened.document.text[quote.cue.start : quote.cue.end] if quote.cue else ""
                yield QuoteRecord(opened.article, opened.source, quote, text, person.role if person else "", cue)
