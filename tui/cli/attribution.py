"""Who said what, as text and as JSON: shared by ``show`` and ``extract``."""

from __future__ import annotations

import textwrap
from typing import Any

from store.models import Analysis, Person, Quote, SpeakerKind
from tui.wording.quotation import quotation

UNKNOWN = "unknown"


def speaker_name(quote: Quote, analysis: Analysis) -> str:
    """The best name of the speaker: the person's, else the words printed, else '' when unknown."""
    return analysis.people[quote.person].name if quote.person is not None else quote.speaker


def quote_text(quote: Quote, text: str) -> str:
    """The words of a statement, its pieces joined by an ellipsis."""
    return " … ".join(text[span.start : span.end] for span in quote.spans)


def analysis_lines(analysis: Analysis, text: str, *, explain: bool = False) -> list[str]:
    """The people, each followed by their statements; then the speakers without a name, and unknown ones."""
    lines: list[str] = []
    spoken: dict[tuple[int | None, str], list[Quote]] = {}
    for quote in analysis.quotes:
        spoken.setdefault((quote.person, "" if quote.person is not None else quote.speaker), []).append(quote)
    for (index, name), quotes in sorted(spoken.items(), key=lambda item: item[0][0] is None):
        person = analysis.people[index] if index is not None else None
        lines.append(_heading(person) if person else name or UNKNOWN)
        for quote in quotes:
            lines += _quote_lines(quote, text, explain=explain)
        lines.append("")
    silent = [
        person
        for index, person in enumerate(analysis.people)
        if person.kind is SpeakerKind.PERSON and (index, "") not in spoken
    ]
    if silent:
        lines += ["Also named:", *("  " + _heading(person) for person in silent)]
    if not lines:
        lines.append("Nobody is named or quoted.")
    return lines[:-1] if lines[-1] == "" else lines


def _heading(person: Person) -> str:
    return f"{person.name} ({person.role})" if person.role else person.name


def _quote_lines(quote: Quote, text: str, *, explain: bool) -> list[str]:
    words = " ".join(quote_text(quote, text).split())
    lines = textwrap.wrap(quotation(words, quote.kind), 78, initial_indent="  ", subsequent_indent="  ")
    if explain:
        why = f"[{quote.kind}, {_cue(quote, text)}, {quote.confidence:.0%}, {quote.rule}] {quote.reason}"
        lines += textwrap.wrap(why, 78, initial_indent="    ", subsequent_indent="    ")
    return lines


def _cue(quote: Quote, text: str) -> str:
    """The cue as printed, with its verb and the verb's class."""
    if quote.cue is None:
        return "no cue"
    printed = " ".join(text[quote.cue.start : quote.cue.end].split())
    return f"cue “{printed}” ({quote.verb}, {quote.verb_class})"


def analysis_as_json(analysis: Analysis, text: str) -> dict[str, Any]:
    """The whole analysis, each statement with all its spans; offsets are into ``text``."""
    return {
        "people": [{"name": person.name, "kind": person.kind, **_person_as_json(person)} for person in analysis.people],
        "quotes": [
            {
                "kind": quote.kind,
                "text": quote_text(quote, text),
                "spans": [[span.start, span.end] for span in quote.spans],
                "speaker": speaker_name(quote, analysis) or None,
                "person": quote.person,
                "speaker_span": [quote.speaker_span.start, quote.speaker_span.end] if quote.speaker_span else None,
                "cue": [quote.cue.start, quote.cue.end] if quote.cue else None,
                "verb": quote.verb,
                "verb_class": quote.verb_class,
                "confidence": round(quote.confidence, 3),
                "rule": quote.rule,
                "reason": quote.reason,
            }
            for quote in analysis.quotes
        ],
    }


def _person_as_json(person: Person) -> dict[str, Any]:
    return {
        "role": person.role,
        "aliases": person.aliases,
        "mentions": [[mention.start, mention.end] for mention in person.mentions],
    }


def pieces_as_json(analysis: Analysis, text: str) -> dict[str, Any]:
    """The flat form of ``extract --jsonl``: one entry for each contiguous piece of a statement; persons only."""
    return {
        "quotes": [
            {
                "start": span.start,
                "end": span.end,
                "kind": quote.kind,
                "speaker": speaker_name(quote, analysis) or None,
                "speaker_start": quote.speaker_span.start if quote.speaker_span else None,
                "speaker_end": quote.speaker_span.end if quote.speaker_span else None,
                "cue": text[quote.cue.start : quote.cue.end] if quote.cue else None,
            }
            for quote in analysis.quotes
            for span in quote.spans
        ],
        "people": [
            {"name": person.name, **_person_as_json(person)}
            for person in analysis.people
            if person.kind is SpeakerKind.PERSON
        ],
    }
