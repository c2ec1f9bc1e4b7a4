"""Which articles are old enough to go. Nothing goes unless a rule is given; starred articles never do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from store.database.records import microseconds

if TYPE_CHECKING:
    from store.database.index.articles import ArticleIndex


def expired(
    index: ArticleIndex,
    feed_ids: Sequence[int],
    older_than: timedelta | None,
    keep: int | None,
    protected: Callable[[int], bool] | None,
    now: datetime | None = None,
) -> list[int]:
    """Ids that a rule lets go: published longer ago than ``older_than``, or not among a feed's ``keep`` newest."""
    old: set[int] = set()
    if older_than is not None:
        old = index.between(None, microseconds((now or datetime.now(UTC)) - older_than))
    starred = index.starred()
    gone = []
    for feed_id in feed_ids:
        for place, article_id in enumerate(index.of_feed(feed_id)):
            due = article_id in old or (keep is not None and place >= keep)
            if due and article_id not in starred and not (protected is not None and protected(article_id)):
                gone.append(article_id)
    return gone
