"""What long work tells while it runs and when it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.models.feeds import Feed
    from store.models.searches import SavedSearch


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed found at an address: what ``discover`` offers."""

    url: str
    title: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is: ``done`` of ``total`` steps; ``label`` names the current one."""

    done: int
    total: int
    label: str = ""


OnProgress = Callable[[Progress], None]
"""Called from the working thread; must be quick and must not raise."""
OnFetching = Callable[[int, bool], None]
"""Told the id of a feed when its fetch begins (True) and when what it brought is stored (False); as OnProgress."""
IsCancelled = Callable[[], bool]
"""Asked between steps; True ends the work, keeping what has arrived."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad input: what it was (a file or feed, cleaned for display) and why, in one sentence."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What taking in files did. ``problems`` has one sentence for each file that was not taken in."""

    added: tuple[int, ...] = ()
    updated: tuple[int, ...] = ()
    duplicates: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What importing a list of feeds did, or would do."""

    added: tuple[Feed, ...] = ()
    known: tuple[Feed, ...] = ()
    """Feeds of the list that are followed already, perhaps in another spelling; they stay as they are."""
    searches: tuple[SavedSearch, ...] = ()
    refused: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedResult:
    """What refreshing one feed did: new and updated articles, or the ``error``; ``unchanged`` for 304 and its like."""

    feed_id: int
    title: str
    new: int = 0
    updated: int = 0
    unchanged: bool = False
    skipped: int = 0
    """Entries of the feed that were too broken to read."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """The results of a refresh, one a feed that was tried."""

    results: tuple[FeedResult, ...] = ()
    cancelled: bool = False

    @property
    def new(self) -> int:
        return sum(result.new for result in self.results)

    @property
    def failed(self) -> tuple[FeedResult, ...]:
        return tuple(result for result in self.results if result.error)
