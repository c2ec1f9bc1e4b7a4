"""What worker processes are given to do about feeds. A worker imports this module first, so it imports little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.sources.drafts import ParsedFeed


def parse_and_finish(
    body: bytes, content_type: str, url: str, known: frozenset[str], finish: Callable[[ParsedFeed], Any] | None
) -> tuple[ParsedFeed, Any]:
    """Parse a feed and have ``finish`` make something of it."""
    from store.sources.feeds import parse_feed

    parsed = parse_feed(body, content_type, url, known)
    return parsed, finish(parsed) if finish else None
