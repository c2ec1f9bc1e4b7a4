"""What worker processes are given to do about feeds. A worker imports this module first, so it imports little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.feeds.entries import ParsedFeed

    Finish = Callable[[ParsedFeed], Sequence[Any]]

SMALL_FEED = b"<rss version='2.0'><channel><item><title>-</title><description>-</description></item></channel></rss>"


def get_ready(finish: Finish | None) -> None:
    """Read a feed of one entry, so that all that reading needs is imported."""
    parse_and_finish(SMALL_FEED, "", "", frozenset(), finish)


def parse_and_finish(
    body: bytes, content_type: str, url: str, known: frozenset[str], finish: Finish | None
) -> tuple[ParsedFeed, Sequence[Any]]:
    """Parse a feed; its entries as ``finish`` makes them, else as they are."""
    from dataclasses import replace

    from store.feeds.parser import parse_feed

    parsed = parse_feed(body, content_type, url, known)
    return replace(parsed, entries=()), finish(parsed) if finish else parsed.entries
