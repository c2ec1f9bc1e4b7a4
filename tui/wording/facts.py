"""Who said what, explained: what is known of a statement or a person of an article, as facts with labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from store.models import Analysis, Mention, MentionKind, OpenArticle, Person, Quote, QuoteKind, Span, SpeakerKind
from tui.wording.quotation import quotation

AROUND = 70
"""Characters of the text shown on each side of what is pointed to."""
KINDS = {
    QuoteKind.DIRECT: "direct: word for word, between quotation marks",
    QuoteKind.MIXED: "partly quoted: some words stand between quotation marks",
    QuoteKind.INDIRECT: "indirect: told in the article's own words",
}
SURE = ((0.9, "almost certain"), (0.7, "likely"), (0.5, "more likely than not"), (0.0, "unsure"))
"""Least confidence, and how it is said."""
MENTIONS = {MentionKind.NAME: "by name", MentionKind.NOMINAL: "by description", MentionKind.PRONOUN: "by pronoun"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of an explanation; ``marks`` are ranges of ``text`` that it is about."""

    label: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


def explain_quote(opened: OpenArticle, quote: Quote) -> Iterator[Fact]:
    """What kind of statement it is, whose, how sure that is, and why."""
    text, analysis = opened.document.text, opened.analysis
    said = " … ".join(_line(text[span.start : span.end]) for span in quote.spans)
    yield Fact("Statement", quotation(said, quote.kind))
    yield Fact("Speaker", speaker_of(quote, analysis))
    yield Fact("Kind", KINDS[quote.kind])
    yield Fact("Certainty", certainty(quote))
    if quote.cue is not None:
        printed = _line(text[quote.cue.start : quote.cue.end])
        of_class = f", listed under “{quote.verb_class}”" if quote.verb_class else ""
        yield Fact("Verb", f"“{printed}” ({quote.verb}){of_class}")
    else:
        yield Fact("Verb", f"{quote.verb} ({quote.verb_class})" if quote.verb else "none stands with it")
    yield Fact("Why", quote.reason or "No rule says more.")
    if quote.rule:
        yield Fact("Rule", quote.rule)
    if quote.speaker_span is not None:
        yield in_context("In the text", text, quote.speaker_span)


def explain_person(opened: OpenArticle, person: Person, quotes: int) -> Iterator[Fact]:
    """What the article calls a person, how often, and what it says of them first."""
    yield Fact("Name", person.name)
    if person.aliases:
        yield Fact("Also called", ", ".join(person.aliases))
    about = ", ".join(filter(None, (person.title, person.role, person.affiliation)))
    yield Fact("Role", about or "The article gives none.")
    if person.kind is not SpeakerKind.PERSON:
        yield Fact("Kind", person.kind.value)
    yield Fact("Statements", str(quotes) if quotes else "none")
    counts = Counter(mention.kind for mention in person.mentions)
    mentioned = ", ".join(f"{counts[kind]} {words}" for kind, words in MENTIONS.items() if counts[kind])
    yield Fact("Mentions", mentioned or "The text does not print the name.")
    for place, mention in enumerate(person.mentions[:3]):
        yield in_context("In the text" if place == 0 else "", opened.document.text, Span(mention.start, mention.end))


def certainty(quote: Quote) -> str:
    """How sure the speaker of a statement is, in words."""
    if quote.rule == "corrected":
        return "certain: you corrected it"
    if not quote.speaker:
        return "unknown: nothing tells clearly who said it"
    words = next(words for least, words in SURE if quote.confidence >= least)
    return f"{words} ({quote.confidence:.0%})"


def speaker_of(quote: Quote, analysis: Analysis) -> str:
    """The speaker's name and role; "unknown" when there is none."""
    if quote.person is None:
        return quote.speaker or "unknown"
    person = analysis.people[quote.person]
    return ", ".join(filter(None, (person.name, person.role or person.title)))


def in_context(label: str, text: str, span: Span, around: int = AROUND) -> Fact:
    """A place of the text with up to so many characters on each side of it, on one line."""
    start, end = max(0, span.start - around), min(len(text), span.end + around)
    before, after = text[start : span.start], text[span.end : end]
    if start > 0:
        before = "… " + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + " …"
    before, after = _line(before, keep_end=True), _line(after, keep_start=True)
    place = _line(text[span.start : span.end])
    return Fact(label, before + place + after, ((len(before), len(before) + len(place)),))


def likely_speakers(analysis: Analysis, quote: Quote) -> list[int]:
    """The other people of an article, the likeliest speaker of a statement first: near it, and often quoted."""
    spoken = Counter(other.person for other in analysis.quotes)
    inside = [(span.start, span.end) for span in quote.spans]

    def rank(index: int) -> tuple[bool, float, int]:
        person = analysis.people[index]
        outside = (mention for mention in person.mentions if not any(a <= mention.start < b for a, b in inside))
        nearest = min((_distance(mention, quote) for mention in outside), default=1_000_000)
        speaks = person.kind is SpeakerKind.PERSON or spoken[index] > 0
        return not speaks, nearest / (1 + spoken[index]) * (1 if person.kind is SpeakerKind.PERSON else 3), index

    return sorted((index for index in range(len(analysis.people)) if index != quote.person), key=rank)


def forms_of(person: Person, text: str) -> list[tuple[str, int]]:
    """The names by which the text calls a person, the most used first."""
    names = (mention for mention in person.mentions if mention.kind is MentionKind.NAME)
    return Counter(_line(text[mention.start : mention.end]) for mention in names).most_common()


def _distance(mention: Mention, quote: Quote) -> int:
    return mention.start - quote.end if mention.start >= quote.end else max(0, quote.start - mention.end)


def _line(text: str, *, keep_start: bool = False, keep_end: bool = False) -> str:
    """A run of text on one line, without the blanks around it unless they are kept."""
    line = " ".join(text.split())
    start = " " if keep_start and text[:1].isspace() else ""
    end = " " if keep_end and line and text[-1:].isspace() else ""
    return start + line + end
