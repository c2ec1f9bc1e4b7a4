"""What the reader knows better about who said what in one article.

A correction is of one article and anchored in its text, never in an analysis: analyses come and go. It speaks of
people by a name that this article prints. That people of *different* articles are one is a matter of identities,
and no correction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from store.models.quotes import QuoteKind

if TYPE_CHECKING:
    from store.models.articles import Article


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in an article: its words, where they began, and the characters just before and after them."""

    start: int
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class SpeakerIs:
    """These words are a statement of ``name``, or nobody knows whose when that is ''.

    ``quote_kind``, ``verb`` and ``verb_class`` are the statement's, for when an analysis no longer finds it.
    """

    kind: ClassVar = "speaker"
    statement: tuple[Passage, ...]
    name: str = ""
    quote_kind: QuoteKind = QuoteKind.DIRECT
    verb: str = ""
    verb_class: str = ""


@dataclass(frozen=True, slots=True)
class NoStatement:
    """These words are no statement of anybody; ``quote_kind`` says what they were taken for."""

    kind: ClassVar = "no-statement"
    statement: tuple[Passage, ...]
    quote_kind: QuoteKind = QuoteKind.DIRECT


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Who is listed as ``person`` is ``other``, who is listed too."""

    kind: ClassVar = "same-person"
    person: str
    other: str


@dataclass(frozen=True, slots=True)
class AnotherPerson:
    """Where the text prints ``form``, or at one ``mention``, it does not mean ``person`` but ``name``.

    Without a name a printed name stands for a person of its own, and any other mention for nobody.
    """

    kind: ClassVar = "another-person"
    person: str
    form: str = ""
    mention: Passage | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class NameIs:
    """Who is listed as ``person`` is called ``name``; when another is called so, they are one."""

    kind: ClassVar = "name"
    person: str
    name: str


Amendment = SpeakerIs | NoStatement | SamePerson | AnotherPerson | NameIs


@dataclass(frozen=True, slots=True)
class Correction:
    """An amendment of one article; ``number`` is its own in the whole store."""

    number: int
    article_id: int
    made: datetime
    what: Amendment


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """A correction with its article, as lists give it. It is not ``in_force`` while its place is gone from the text."""

    correction: Correction
    article: Article
    source: str
    in_force: bool
