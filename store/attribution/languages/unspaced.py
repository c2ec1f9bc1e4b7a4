"""Who said what in Arabic, Chinese, Japanese and Korean: quotations, and people only where they speak plainly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.attribution.languages.marks import Quotation
from store.attribution.languages.people import Human
from store.attribution.languages.records import CONFIDENCE, unknown
from store.attribution.languages.speakers import TAG
from store.attribution.languages.unspaced_patterns import Named, has_verb, plain_speaker
from store.models import Quote, QuoteKind, Span

HONORIFICS = frozenset(("氏", "さん", "씨"))
SHORTEST = 8
"""Characters of a quotation that nothing reports; fewer are a title or a term."""


def quotes_of(code: str, text: str, quotations: Sequence[Quotation]) -> tuple[list[Human], list[Quote]]:
    """The people who speak plainly, and the quotations, whose speakers are numbers of these people."""
    humans: list[Human] = []
    numbers: dict[str, int] = {}
    quotes: list[Quote] = []
    floor = 0
    for quotation in quotations:
        named = plain_speaker(text, code, quotation, floor)
        floor = quotation.outer_end
        span = Span(quotation.start, quotation.end)
        if quotation.continues and quotes and named is None:
            quotes[-1] = replace(quotes[-1], spans=(*quotes[-1].spans, span))
        elif named is not None:
            quotes.append(_plain_quote(text, span, named, _number(text, named, humans, numbers)))
        elif _is_statement(text, code, quotation):
            quotes.append(unknown((span,)))
    return humans, quotes


def _number(text: str, named: Named, humans: list[Human], numbers: dict[str, int]) -> int:
    name = text[named.name.start : named.name.end]
    if name not in numbers:
        numbers[name] = len(humans)
        honorific = named.role in HONORIFICS
        humans.append(Human(name, role="" if honorific else named.role, title=named.role if honorific else ""))
    human = humans[numbers[name]]
    human.spans.append((named.name.start, named.name.end))
    return numbers[name]


def _plain_quote(text: str, span: Span, named: Named, person: int) -> Quote:
    name = text[named.name.start : named.name.end]
    verb = text[named.verb.start : named.verb.end] if named.verb is not None else ""
    return Quote(
        QuoteKind.DIRECT, (span,), name, person, named.name, named.verb, verb, named.verb_class, CONFIDENCE[TAG],
        f"direct-{TAG}", f"“{verb}” stands beside the quotation; its subject is {name}.",
    )  # fmt: skip


def _is_statement(text: str, code: str, quotation: Quotation) -> bool:
    """Whether the words are reported or read as a sentence; titles and terms stand between the same marks."""
    sentence = code != "ja" and text[quotation.end - 1] in "。！？!?.؟…"
    if sentence or has_verb(text, code, quotation):
        return quotation.end - quotation.start >= SHORTEST // 2
    before = text[max(0, quotation.outer_start - 2) : quotation.outer_start].rstrip()
    return before.endswith((":", "：")) and quotation.end - quotation.start >= SHORTEST
