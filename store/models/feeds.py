"""Feeds: as the user set them up, what refreshing found, how they are fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from store.models.articles import EPOCH

SEEDS_URL = "seeds:"
"""The address of the built-in feed that articles from plain files belong to."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A followed feed, as the user set it up. ``url`` never holds a password; ``credentials`` is ``user:password``."""

    id: int
    url: str
    title: str
    site: str = ""
    added: datetime = EPOCH
    renamed: bool = False
    """True when the user gave the title: the feed's own no longer replaces it."""
    tags: tuple[str, ...] = ()
    hidden: bool = False
    interval: int = 0
    """Minutes between refreshes; 0 adapts to how often the feed changes."""
    full_text: bool = False
    credentials: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FeedEdit:
    """What the user changes of a feed; None leaves a thing as it is. An empty title gives the feed its own again."""

    title: str | None = None
    tags: tuple[str, ...] | None = None
    interval: int | None = None
    """Minutes; 0 adapts to how often the feed changes."""
    full_text: bool | None = None
    hidden: bool | None = None


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How many of a feed's articles are kept: those younger than ``newer_than``, the ``newest``; None keeps all."""

    newer_than: timedelta | None = None
    newest: int | None = None

    def over(self, other: RetentionRule) -> RetentionRule:
        """This rule, with the other's word where it says nothing."""
        return RetentionRule(
            other.newer_than if self.newer_than is None else self.newer_than,
            other.newest if self.newest is None else self.newest,
        )


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the last refreshes of a feed found. ``error`` is one sentence, '' when the last refresh was good."""

    feed_id: int
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    checked: datetime | None = None
    succeeded: datetime | None = None
    changed: datetime | None = None
    next_check: datetime | None = None
    failures: int = 0
    error: str = ""
    moved_to: str = ""
    """A permanent redirect seen once; a second agreeing refresh moves the feed."""
    gone: bool = False
    item_hashes: tuple[str, ...] = ()
    minutes_between: int = 0
    """How often the feed itself asks to be read (RSS ``ttl``, ``sy:``), in minutes; 0 when it does not say."""


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """What the user's configuration says of one feed: header fields to send, minutes between refreshes (0: nothing)."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    interval: int = 0


def _no_options(_: str) -> FeedOptions:
    return FeedOptions()


@dataclass(frozen=True, slots=True)
class Network:
    """How feeds are fetched: ``proxy`` (None: as the environment says) and what holds for the feed at an address."""

    proxy: str | None = field(default=None, repr=False)
    options: Callable[[str], FeedOptions] = _no_options
    at_once: int = 200
    """Feeds fetched at a time, those that wait for slow servers not counted."""
