"""Who speaks in an article, in the order and with the marks that the article and the people pane share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from store.models import Analysis, MentionKind, Quote, Span, SpeakerKind

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
COLOURS = 8
"""How many speaker colours there are; more speakers share them and differ by letter."""
NOBODY = "?"
"""The mark of quotations whose speaker is not known."""


@dataclass(slots=True)
class Speaker:
    """A speaker, or somebody who is only mentioned. ``mark`` is a letter, '' for those who say nothing."""

    name: str
    role: str = ""
    kind: SpeakerKind = SpeakerKind.PERSON
    known: bool = True
    """False for quotations without a speaker."""
    mark: str = ""
    colour: int = 0
    quotes: list[int] = field(default_factory=list)
    """Indexes into the analysis's quotations, in text order."""
    mentions: tuple[Span, ...] = ()
    person: int | None = None
    """Index into the analysis's people; None for speakers who are none of them."""


@dataclass(frozen=True, slots=True)
class SpeakerList:
    """Everybody in an article: speakers by number of quotations, then by first mention; then those only named."""

    voices: tuple[Speaker, ...] = ()
    quotes: tuple[Quote, ...] = ()
    voice_of: tuple[int, ...] = ()
    """For each quotation the index of its voice."""

    @classmethod
    def of(cls, analysis: Analysis) -> SpeakerList:
        voices = [
            Speaker(
                person.name,
                person.role or " ".join(part for part in (person.title, person.affiliation) if part),
                person.kind,
                mentions=tuple(Span(mention.start, mention.end) for mention in person.mentions),
                person=index,
            )
            for index, person in enumerate(analysis.people)
        ]
        unlisted: dict[str, Speaker] = {}
        for index, quote in enumerate(analysis.quotes):
            if quote.person is not None and 0 <= quote.person < len(analysis.people):
                voices[quote.person].quotes.append(index)
                continue
            voice = unlisted.setdefault(quote.speaker, _unlisted(quote.speaker))
            voice.quotes.append(index)
        named = [voice for voice in voices if voice.quotes or _has_a_name(analysis, voice)]
        ordered = sorted([*named, *unlisted.values()], key=lambda voice: _rank(voice, analysis.quotes))
        voice_of = [0] * len(analysis.quotes)
        for place, voice in enumerate(ordered):
            if voice.quotes and voice.known:
                voice.mark = LETTERS[place] if place < len(LETTERS) else "·"
                voice.colour = 1 + place % COLOURS
            elif voice.quotes:
                voice.mark = NOBODY
            for index in voice.quotes:
                voice_of[index] = place
        return cls(tuple(ordered), analysis.quotes, tuple(voice_of))

    def voice(self, quote: int) -> Speaker:
        return self.voices[self.voice_of[quote]]


def _has_a_name(analysis: Analysis, voice: Speaker) -> bool:
    """Whether somebody who says nothing is worth a line: "the plan" and "the ministry" are not."""
    mentions = analysis.people[voice.person].mentions if voice.person is not None else ()
    return voice.kind is SpeakerKind.PERSON or any(mention.kind is MentionKind.NAME for mention in mentions)


def _unlisted(speaker: str) -> Speaker:
    if speaker:
        return Speaker(speaker, kind=SpeakerKind.GROUP)
    return Speaker("Unknown speaker", "The text does not say clearly who said this.", SpeakerKind.GROUP, known=False)


def _rank(voice: Speaker, quotes: Sequence[Quote]) -> tuple[bool, bool, int, int]:
    first = voice.mentions[0].start if voice.mentions else quotes[voice.quotes[0]].start if voice.quotes else 0
    return not voice.quotes, not voice.known, -len(voice.quotes), first
