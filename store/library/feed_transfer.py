"""Moving in and out: lists of feeds from and for other programs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import FeedError, NewsdashError
from store.feeds.feed_lists import LARGEST, read_list
from store.models import SEEDS_URL, Feed, Problem, SavedSearch
from store.text.urls import same_feed

if TYPE_CHECKING:
    from store.database import Database

FORMATS = ("opml", "urls")


@dataclass(frozen=True, slots=True)
class Moved:
    """What taking in a list did, or would do: nothing is fetched by it."""

    added: tuple[Feed, ...] = ()
    known: tuple[Feed, ...] = ()
    """Feeds of the list that are followed already, perhaps in another spelling; they stay as they are."""
    searches: tuple[SavedSearch, ...] = ()
    refused: tuple[Problem, ...] = ()


def take_in_list(
    database: Database,
    lock: threading.RLock,
    path: Path,
    save_search: Callable[[SavedSearch], object],
    *,
    dry_run: bool = False,
) -> Moved:
    """Follow the feeds of a list and keep its searches: OPML, newsboat's ``urls``, or addresses line by line.

    :raises FeedError: when the file cannot be read or is no list of feeds.
    """
    plan = read_list(_bytes_of(path))
    refused = list(plan.refused)
    added, known = follow(database, lock, plan.feeds, dry_run=dry_run)
    searches: list[SavedSearch] = []
    for search in plan.searches:
        try:
            _check(search) if dry_run else save_search(search)
        except NewsdashError as error:
            refused.append(Problem(search.name, f"Its query is not understood: {error.message}"))
        else:
            searches.append(search)
    return Moved(tuple(added), tuple(known), tuple(searches), tuple(refused))


def follow(
    database: Database, lock: threading.RLock, feeds: Iterable[Feed], *, dry_run: bool = False
) -> tuple[list[Feed], list[Feed]]:
    """Follow these feeds without fetching them. Returns those added, and those that are followed already."""
    added: list[Feed] = []
    known: list[Feed] = []
    with lock:
        followed = {same_feed(feed.url) for feed in database.feeds()}
        for feed in feeds:
            key = same_feed(feed.url)
            if key in followed:
                known.append(feed)
                continue
            followed.add(key)
            fresh = replace(feed, added=datetime.now(UTC))
            added.append(fresh if dry_run else database.add_feed(fresh))
    return added, known


def write_list(feeds: list[Feed], searches: list[SavedSearch], kind: str) -> bytes:
    """The followed feeds and saved searches as one of :data:`FORMATS`; passwords are left out."""
    followed = [feed for feed in feeds if feed.url != SEEDS_URL]
    if kind == "urls":
        from store.feeds.newsboat_urls import write_urls

        return write_urls(followed, searches)
    from store.feeds.opml import write_opml

    return write_opml(followed, searches)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise FeedError(f"{path.name} cannot be read: {error.strerror}.") from error


def _check(search: SavedSearch) -> None:
    from store.search.query import parse

    parse(search.query)
