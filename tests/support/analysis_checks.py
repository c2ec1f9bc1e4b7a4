"""What holds for the analysis of any text, and texts that were tampered with."""

from __future__ import annotations

from itertools import pairwise

from store.attribution import ENGINE_VERSION
from store.models import Analysis
from tui.cli.attribution import pieces_as_json, quote_text


def check(text: str, analysis: Analysis) -> None:
    """Every offset of ``analysis`` lies inside ``text`` and every reference inside the analysis."""
    assert analysis.engine == ENGINE_VERSION
    for person in analysis.people:
        for mention in person.mentions:
            assert 0 <= mention.start < mention.end <= len(text)
    for quote in analysis.quotes:
        assert quote.spans
        for span in quote.spans:
            assert 0 <= span.start < span.end <= len(text)
        for before, after in pairwise(quote.spans):
            assert before.end <= after.start
        assert quote.person is None or 0 <= quote.person < len(analysis.people)
        assert 0.0 <= quote.confidence <= 1.0
        assert quote.rule
        assert quote.reason
        for place in (quote.cue, quote.speaker_span):
            assert place is None or 0 <= place.start < place.end <= len(text)
        if not quote.speaker:
            assert quote.person is None
        assert quote_text(quote, text) == " … ".join(text[span.start : span.end] for span in quote.spans)
    for piece in pieces_as_json(analysis, text)["quotes"]:
        assert text[piece["start"] : piece["end"]].strip() == text[piece["start"] : piece["end"]]


def mutated(text: str, edits: list[tuple[int, int, str | None]]) -> str:
    """``text`` after each edit: from a place on, some characters are replaced by a piece, or written twice."""
    for place, length, piece in edits:
        start = place % (len(text) + 1)
        old = text[start : start + length]
        text = text[:start] + (2 * old if piece is None else piece) + text[start + length :]
    return text
