"""Articles: as a source gives them, as they are stored, how they changed, what the reader did with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.models.documents import Document

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with an entry (RSS ``enclosure``); ``length`` in bytes, 0 when unknown."""

    url: str
    type: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """What a source gives: one article as it arrived, cleaned, not yet stored.

    ``guid`` is the source's own stable name of the entry (RSS ``guid``, Atom ``id``, else made from link or
    content); ``digest`` changes when title, link or text change.
    """

    guid: str
    title: str
    document: Document
    digest: str
    link: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    date_guessed: bool = False
    place: str = ""
    agency: str = ""
    language: str = ""
    comments: str = ""
    notes: tuple[str, ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A stored article without its body; immutable but for a new revision of the same entry.

    ``published`` keeps its zone; when the source gave none it is the file's or the arrival time and
    ``date_guessed`` is true. ``notes`` are short sentences on how it was read ("no text", "encoding guessed").
    """

    id: int
    feed_id: int
    guid: str
    digest: str
    title: str
    published: datetime
    arrived: datetime
    link: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    updated: datetime | None = None
    date_guessed: bool = False
    place: str = ""
    agency: str = ""
    language: str = ""
    comments: str = ""
    notes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    words: int = 0
    quoted: int = 0
    """How many different people are quoted in it (from the analysis)."""
    engine: int = 0
    """Version of ``store.attribution`` that analysed it; 0 when that is still to be done."""
    full_text: bool = False
    """True while the text shown, searched and analysed is that of its web page, not the one its feed gave."""

    @property
    def text_digest(self) -> str:
        """Changes with the text that is shown."""
        return f"{self.digest}+page" if self.full_text else self.digest


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier title and text of an article, and when another took their place."""

    replaced: datetime
    title: str
    document: Document


class EditKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of text that stayed, went or came when an article was changed."""

    kind: EditKind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one change of an article did: to its title (() when nothing) and to its text, a tuple of edits a block.

    A block that stayed is one SAME edit; edits of a block, put one after the other, are its text before (without
    ADDED) and after (without REMOVED).
    """

    when: datetime
    title: tuple[Edit, ...]
    blocks: tuple[tuple[Edit, ...], ...]


@dataclass(frozen=True, slots=True)
class Status:
    """What the reader did with an article; the only mutable thing about it."""

    article_id: int
    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    changed: datetime = EPOCH
    muted: bool = False
    """Kept, but listed and counted only where it is asked for."""
