"""The records that an analysis of another language is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from store.attribution.languages.people import Human
from store.attribution.languages.speakers import LABEL, LEAD, SAME, TAG, UNKNOWN
from store.models import Analysis, Mention, Person, Quote, QuoteKind, Span

CONFIDENCE = {TAG: 0.95, LEAD: 0.95, LABEL: 0.85, SAME: 0.75, UNKNOWN: 0.6}
"""How sure a speaker is by what tells it; of one that is unknown, that these words are a statement."""


def analysis_of(version: int, humans: Sequence[Human], quotes: Iterable[Quote]) -> Analysis:
    """The records, with people numbered by their first mention."""
    order = sorted((min(human.spans), number) for number, human in enumerate(humans) if human.spans)
    place = {number: at for at, (_, number) in enumerate(order)}
    people = tuple([_person(humans[number]) for _, number in order])
    numbered = (quote if quote.person is None else replace(quote, person=place[quote.person]) for quote in quotes)
    return Analysis(version, people, tuple(numbered))


def _person(human: Human) -> Person:
    mentions = tuple([Mention(start, end) for start, end in sorted(set(human.spans))])
    return Person(human.name, human.role, aliases=tuple(human.aliases), mentions=mentions, title=human.title)


def unknown(spans: Sequence[Span], cue: Span | None = None, verb: str = "", verb_class: str = "") -> Quote:
    """A quotation whose speaker nothing beside it tells."""
    return Quote(
        QuoteKind.DIRECT,
        tuple(spans),
        cue=cue,
        verb=verb,
        verb_class=verb_class,
        confidence=CONFIDENCE[UNKNOWN],
        rule=f"direct-{UNKNOWN}",
        reason="No speaker is named plainly beside it.",
    )
