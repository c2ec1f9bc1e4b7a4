"""Anchors: places in a text that are found again after the text was revised, and corrections anchored by them."""

from __future__ import annotations

from itertools import takewhile

from store.models import NoStatement, Passage, Quote, Span, SpeakerIs

CONTEXT = 40
"""Characters kept on each side of a passage."""
CERTAIN = 12
"""Characters of context that identify a passage among others of the same words."""
LONG = 24
"""Characters of a passage that needs no context when it is the only one of these words."""


def passage_at(text: str, start: int, end: int) -> Passage:
    """``text[start:end]`` with its surroundings."""
    return Passage(start, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def locate(passage: Passage, text: str) -> Span | None:
    """Where a passage is in a text that may have been revised; None when it is gone or ambiguous.

    Takes time linear in the length of the text.
    """
    size, start = len(passage.text), passage.start
    if not size:
        return None
    if passage_at(text, start, start + size) == passage:
        return Span(start, start + size)
    best, kept, count = -1, -1, 0
    at = text.find(passage.text)
    while at >= 0:
        count += 1
        context = _shared(passage, passage_at(text, at, at + size))
        if (context, -abs(at - start)) > (kept, -abs(best - start)):
            best, kept = at, context
        at = text.find(passage.text, at + size)
    certain = kept >= min(CERTAIN, len(passage.before) + len(passage.after))
    if best < 0 or not (certain or (count == 1 and size >= LONG)):
        return None
    return Span(best, best + size)


def locate_all(passages: tuple[Passage, ...], text: str) -> tuple[Span, ...]:
    """Where those passages are that can be found, in text order; of overlapping ones the first."""
    found: list[Span] = []
    spans = (span for passage in passages if (span := locate(passage, text)) is not None)
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return tuple(found)


def _shared(one: Passage, other: Passage) -> int:
    """How many characters next to two passages are the same."""
    return _begin_alike(one.before[::-1], other.before[::-1]) + _begin_alike(one.after, other.after)


def _begin_alike(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


# --- anchored corrections -----------------------------------------------------------------------------------


def speaker_is(text: str, quote: Quote, name: str = "") -> SpeakerIs:
    """The correction that a statement has this speaker (a person, organisation or group); '' for an unknown one."""
    return SpeakerIs(_passages(text, quote), name, quote.kind, quote.verb, quote.verb_class)


def no_statement(text: str, quote: Quote) -> NoStatement:
    """The correction that this is not a statement."""
    return NoStatement(_passages(text, quote), quote.kind)


def _passages(text: str, quote: Quote) -> tuple[Passage, ...]:
    return tuple(passage_at(text, span.start, span.end) for span in quote.spans)
