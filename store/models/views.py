"""Which articles are looked at, and how their list is arranged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Scope(StrEnum):
    """Which articles a view shows."""

    ALL = "all"
    UNREAD = "unread"
    TODAY = "today"
    STARRED = "starred"
    FEED = "feed"
    TAG = "tag"
    SAVED = "saved"
    FOLLOWED = "followed"
    """Articles that name somebody who is followed."""
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class View:
    """A choice of articles: a scope, and a query that narrows it further.

    ``feed_id`` is the feed of ``Scope.FEED``, ``tag`` the tag of the feeds of ``Scope.TAG``, ``saved`` the name of
    the saved search of ``Scope.SAVED``, ``person`` the number of the person of ``Scope.PERSON``.
    """

    scope: Scope = Scope.ALL
    feed_id: int = 0
    query: str = ""
    saved: str = ""
    person: int = 0
    tag: str = ""


class Order(StrEnum):
    """What a list of articles is sorted by; articles that are equal in it stand newest first."""

    DATE = "date"
    """Newest first."""
    SOURCE = "source"
    TITLE = "title"
    UNREAD = "unread"
    """Unread before read."""
    QUOTED = "quoted"
    """Most people quoted first."""


class Grouping(StrEnum):
    """What the groups of a list of articles have in common."""

    NONE = "none"
    FEED = "feed"
    DATE = "date"
    STORY = "story"
    """Articles of several outlets on the same event; those that nobody else tells stand between the stories."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """How a list of articles is arranged; ``reverse`` turns the order of articles round."""

    order: Order = Order.DATE
    reverse: bool = False
    grouping: Grouping = Grouping.NONE


@dataclass(frozen=True, slots=True)
class Group:
    """A run of a list of articles, up to the next group. ``name`` stays the same when articles come and go."""

    name: str
    title: str
    start: int
    """Its first article's place in the list."""
    outlets: int = 0
    """Of a story, which comes folded with its first article standing for it: how many sources tell it."""
    heading: bool = True
    """False for a run of articles that belong to no group."""


@dataclass(frozen=True, slots=True)
class ArticleList:
    """The ids of a list of articles in its order, and its groups; they cover all of it or there are none."""

    ids: Sequence[int] = ()
    groups: tuple[Group, ...] = ()
