"""A corrected article as gold data, to measure attribution by.

One JSON object: ``id source licence text quotes people``. Offsets are Python ``str`` offsets into ``text``. Each
contiguous piece of a statement is an entry of ``quotes``; ``group`` joins those of one statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from store.models import Analysis, MentionKind, OpenArticle, Quote, SpeakerKind

LICENCE = "The text belongs to its publisher; for measuring only."


def gold_record(opened: OpenArticle) -> dict[str, Any]:
    """All statements and people of an article as they are shown, corrected."""
    text, analysis = opened.document.text, opened.analysis
    return {
        "id": f"newsdash/{opened.article.id}",
        "source": opened.source,
        "licence": LICENCE,
        "title": opened.article.title,
        "link": opened.article.link,
        "text": text,
        "quotes": [entry for number, quote in enumerate(analysis.quotes) for entry in _pieces(quote, number, opened)],
        "people": [
            {
                "name": person.name,
                "mentions": [[mention.start, mention.end, mention.kind] for mention in person.mentions],
            }
            for person in analysis.people
            if person.kind is SpeakerKind.PERSON
        ],
    }


def _pieces(quote: Quote, number: int, opened: OpenArticle) -> Iterator[dict[str, Any]]:
    text, span = opened.document.text, quote.speaker_span
    for piece in quote.spans:
        yield {
            "start": piece.start,
            "end": piece.end,
            "text": text[piece.start : piece.end],
            "kind": quote.kind,
            "group": f"E{number + 1}",
            "cue": text[quote.cue.start : quote.cue.end] if quote.cue else None,
            "speech": True,
            "speaker": (text[span.start : span.end] if span else quote.speaker) or None,
            "speaker_start": span.start if span else None,
            "speaker_end": span.end if span else None,
            "speaker_type": _speaker_type(quote, opened.analysis),
            "speaker_name": _speaker_name(quote, opened.analysis),
        }


def _speaker_name(quote: Quote, analysis: Analysis) -> str | None:
    person = analysis.people[quote.person] if quote.person is not None else None
    return person.name if person is not None and person.kind is SpeakerKind.PERSON else None


def _speaker_type(quote: Quote, analysis: Analysis) -> str | None:
    """How the text names the speaker where it says so: name, nominal, pronoun or org; None for nobody."""
    if quote.person is None:
        return "nominal" if quote.speaker else None
    person = analysis.people[quote.person]
    if person.kind is SpeakerKind.ORGANISATION:
        return "org"
    span = quote.speaker_span
    if span is None:
        return "name"
    kinds = {mention.kind for mention in person.mentions if span.start <= mention.start and mention.end <= span.end}
    return next((kind.value for kind in MentionKind if kind in kinds), "nominal")
