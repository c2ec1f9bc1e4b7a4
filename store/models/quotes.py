"""Who said what in one document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.models.documents import Span


class MentionKind(StrEnum):
    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the text speaks of a person."""

    start: int
    end: int
    kind: MentionKind = MentionKind.NAME


class SpeakerKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    """Speakers without a name: "officials", "a spokesman", "experts"."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody (or a speaking organisation or group) in one article, with all mentions in text order."""

    name: str
    role: str = ""
    kind: SpeakerKind = SpeakerKind.PERSON
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    title: str = ""
    """The honorific or office before the name, as printed: "US Defense Secretary", "Dr."."""
    affiliation: str = ""


class QuoteKind(StrEnum):
    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement: what was said (``spans``, in text order), by whom, and why we think so.

    A direct quotation's spans lie inside its quotation marks. ``person`` indexes :attr:`Analysis.people`, None
    when the speaker is unknown. ``speaker`` is the best name, or the noun phrase printed, or '' when unknown.
    ``confidence`` is in [0, 1]; ``rule`` is the short name of the rule that decided, ``reason`` one sentence.
    """

    kind: QuoteKind
    spans: tuple[Span, ...]
    speaker: str = ""
    person: int | None = None
    speaker_span: Span | None = None
    cue: Span | None = None
    verb: str = ""
    """Lemma of the cue: "say", "tell", "according to"; '' without a cue."""
    verb_class: str = ""
    """One of said, asked, claimed, denied, warned, promised … ; '' without a cue."""
    confidence: float = 0.0
    rule: str = ""
    reason: str = ""

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class Analysis:
    """Who said what in one document, made by version ``engine`` of ``store.attribution``."""

    engine: int = 0
    people: tuple[Person, ...] = ()
    quotes: tuple[Quote, ...] = ()
    corrected: bool = False
    """True when the reader's corrections are in it; such an analysis is shown and never stored."""

    @property
    def quoted(self) -> int:
        """How many different people are quoted (organisations and unnamed speakers not counted)."""
        speakers = {quote.person for quote in self.quotes if quote.person is not None}
        return sum(self.people[index].kind is SpeakerKind.PERSON for index in speakers)
