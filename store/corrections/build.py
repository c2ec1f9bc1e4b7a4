"""Corrections of a statement as it is shown now, anchored in the text it is in."""

from __future__ import annotations

from store.corrections.anchors import passage_at
from store.models import NoStatement, Passage, Quote, SpeakerIs


def speaker_is(text: str, quote: Quote, name: str = "") -> SpeakerIs:
    """This statement is of the person (or body, or group) called so; '' when nobody knows."""
    return SpeakerIs(_passages(text, quote), name, quote.kind, quote.verb, quote.verb_class)


def no_statement(text: str, quote: Quote) -> NoStatement:
    """This is no statement at all."""
    return NoStatement(_passages(text, quote))


def _passages(text: str, quote: Quote) -> tuple[Passage, ...]:
    return tuple(passage_at(text, span.start, span.end) for span in quote.spans)
