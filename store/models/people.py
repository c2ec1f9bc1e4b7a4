"""People over the whole store: who they are, what they said, with whom and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.models.quotes import QuoteKind, SpeakerKind


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """One person (or organisation) over all articles, as the directory lists them. ``id`` is valid until
    the people index is rebuilt: keep an :class:`Anchor` for longer."""

    id: int
    name: str
    role: str = ""
    """The newest one printed."""
    kind: SpeakerKind = SpeakerKind.PERSON
    articles: int = 0
    mentions: int = 0
    quotes: int = 0
    first: datetime | None = None
    last: datetime | None = None
    followed: bool = False
    unread: int = 0
    """Unread articles that name the person; counted for those who are followed."""


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role as printed, with the first and last article that gives it."""

    role: str
    affiliation: str
    first: datetime
    last: datetime
    articles: int


@dataclass(frozen=True, slots=True)
class Week:
    """How often a person was mentioned and quoted in the week that begins on the Monday ``start``."""

    start: datetime
    mentions: int
    quotes: int


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who is in the same articles."""

    id: int
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source that names the person."""

    feed_id: int
    source: str
    articles: int
    quotes: int


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What is known of a person, except quotations (see :class:`QuoteQuery`) and topics."""

    entry: PersonEntry
    forms: tuple[str, ...] = ()
    """How the name is printed, most frequent first."""
    roles: tuple[RoleHeld, ...] = ()
    """Newest first."""
    weeks: tuple[Week, ...] = ()
    """Without gaps, oldest first."""
    companions: tuple[Companion, ...] = ()
    outlets: tuple[Outlet, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteOccurrence:
    """A quotation in the people index. ``start`` and ``end`` are offsets into the article's text."""

    id: int
    article_id: int
    position: int
    """Its index in the article's analysis."""
    person: int | None
    name: str
    """The person's name; the noun phrase printed where nobody is known, '' when the speaker is unknown."""
    source: str
    title: str
    published: datetime
    kind: QuoteKind
    verb: str
    verb_class: str
    confidence: float
    text: str
    start: int
    end: int
    group: int = 0
    """The same in all printings of one quotation."""
    outlets: int = 1
    """How many sources print it."""


class ReprintChange(StrEnum):
    """How a printing of a quotation differs from the longest one."""

    BEGINNING = "shortened at the beginning"
    END = "shortened at the end"
    MIDDLE = "shortened inside"
    WORDS = "other words"
    SPLIT = "split"
    """The speaker is named, or the article goes on, between two parts that are one in the longest."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """One outlet's printing of a quotation; without changes it has the words of the longest one."""

    saying: QuoteOccurrence
    changes: tuple[ReprintChange, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteQuery:
    """Which quotations are wanted; what is '' or None does not narrow. ``words`` must all be in the quotation."""

    person: int | None = None
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None
    feed_id: int | None = None
    kind: QuoteKind | None = None
    verb_class: str = ""
    oldest_first: bool = False
    limit: int = 200
    offset: int = 0
    once: bool = False
    """Each quotation only once, however many outlets print it: the printing that was seen first of those asked for."""


class By(StrEnum):
    """What quotations are counted by."""

    PERSON = "person"
    ROLE = "role"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    VERB = "verb"
    VERB_CLASS = "verb class"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something is quoted, and mentioned where that can be counted. ``number`` is the person's or feed's."""

    name: str
    quotes: int
    mentions: int = 0
    number: int = 0
