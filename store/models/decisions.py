"""What the user decides about people, and what it holds on to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Anchor:
    """A person as named in one article: what merges, splits and follows hold on to."""

    article_id: int
    name: str


class DecisionKind(StrEnum):
    JOINED = "joined"
    """Two entries of the directory are one person."""
    PARTED = "parted"
    """Some appearances of an entry are somebody else's."""


@dataclass(frozen=True, slots=True)
class PeopleDecision:
    """What the user decided about people over the whole store; it wins over what articles suggest, and can be undone.

    JOINED: ``one`` and ``other`` are appearances of one person. PARTED: those of ``other`` are not of the person of
    ``one``.
    """

    number: int
    made: datetime
    kind: DecisionKind
    one: tuple[Anchor, ...]
    other: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody the user follows. ``anchors`` are newest first; ``seen`` is when the user last looked at what is new."""

    number: int
    name: str
    anchors: tuple[Anchor, ...]
    since: datetime
    seen: datetime
