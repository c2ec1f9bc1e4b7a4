"""What a query is made of: a tree of frozen records. Its ``str()`` is the canonical text, which parses to the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

KEYWORDS = ("AND", "OR", "NOT")
HOURS = {"h": 1, "d": 24, "w": 168, "y": 8766}
"""Units of ``newer:`` and ``older:`` in hours; a year is 365.25 days."""


class Field(StrEnum):
    """The parts of an article to look for words in."""

    TITLE = "title"
    AUTHOR = "author"
    TAG = "tag"
    SAID = "said"
    ABOUT = "about"


class State(StrEnum):
    """The values of ``is:``."""

    UNREAD = "unread"
    READ = "read"
    STARRED = "starred"
    MUTED = "muted"


class Part(StrEnum):
    """The values of ``has:``."""

    QUOTES = "quotes"
    ENCLOSURE = "enclosure"
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Text:
    """Adjacent words, in one field or anywhere; with ``prefix`` the last is the start of a word."""

    text: str
    field: Field | None = None
    prefix: bool = False

    def __str__(self) -> str:
        return f"{self.field}:" * (self.field is not None) + quoted(self.text) + "*" * self.prefix


@dataclass(frozen=True, slots=True)
class InFeed:
    """In feeds with this in their title or address, or with this number."""

    name: str

    def __str__(self) -> str:
        return f"feed:{quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class Is:
    state: State

    def __str__(self) -> str:
        return f"is:{self.state}"


@dataclass(frozen=True, slots=True)
class Has:
    part: Part

    def __str__(self) -> str:
        return f"has:{self.part}"


@dataclass(frozen=True, slots=True)
class Dated:
    """Published before the start of a year, month, day or minute (ISO 8601, local time), or from then on."""

    date: str
    before: bool

    def __str__(self) -> str:
        return f"{'before' if self.before else 'after'}:{self.date}"

    def moment(self) -> datetime:
        """The start of that time, aware."""
        day, _, clock = self.date.partition("T")
        padded = day + "-01" * (2 - day.count("-"))
        return datetime.fromisoformat(f"{padded}T{clock or '00:00'}").astimezone()


@dataclass(frozen=True, slots=True)
class Aged:
    """Published in the last ``amount`` units, or longer ago."""

    amount: int
    unit: str
    newer: bool

    def __str__(self) -> str:
        return f"{'newer' if self.newer else 'older'}:{self.amount}{self.unit}"

    def age(self) -> timedelta:
        return timedelta(hours=self.amount * HOURS[self.unit])


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression that matches somewhere in the title or the text, letter case aside."""

    pattern: str

    def __str__(self) -> str:
        return "/" + re.sub(r"(\\.)|/", lambda match: match[1] or r"\/", self.pattern, flags=re.DOTALL) + "/"


@dataclass(frozen=True, slots=True)
class Not:
    item: Node

    def __str__(self) -> str:
        return f"-({self.item})" if isinstance(self.item, And | Or) else f"-{self.item}"


@dataclass(frozen=True, slots=True)
class And:
    items: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(f"({item})" if isinstance(item, Or) else str(item) for item in self.items)


@dataclass(frozen=True, slots=True)
class Or:
    items: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.items))


Node = Text | InFeed | Is | Has | Dated | Aged | Regex | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; ``root`` is None when it is empty, and everything matches."""

    root: Node | None = None

    def __str__(self) -> str:
        return "" if self.root is None else str(self.root)


def asks_for_muted(node: Node | None) -> bool:
    """Whether a query asks for muted articles; any other leaves them out."""
    match node:
        case And(items) | Or(items):
            return any(map(asks_for_muted, items))
        case Not(item):
            return asks_for_muted(item)
        case _:
            return node == Is(State.MUTED)


def quoted(text: str) -> str:
    """A single word as it is, anything else in quotation marks."""
    bare = re.fullmatch(r'[^\s()":*/-][^\s()":*]*', text) is not None and text not in KEYWORDS
    return text if bare else f'"{text}"'


def all_of(items: list[Node]) -> Node:
    """All of these; an And inside an And becomes one And."""
    flat = [part for item in items for part in (item.items if isinstance(item, And) else (item,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(items: list[Node]) -> Node:
    """Any of these; an Or inside an Or becomes one Or."""
    flat = [part for item in items for part in (item.items if isinstance(item, Or) else (item,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def none_of(item: Node) -> Node:
    """The negation; that of a negation is what it negates."""
    return item.item if isinstance(item, Not) else Not(item)
