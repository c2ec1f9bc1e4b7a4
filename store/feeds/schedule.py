"""What a refresh means for a feed: when to ask again, whether it moved, ended or failed. Pure functions.

Old state and an outcome go in, the new state comes out; nothing here fetches or stores.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from store.errors import FeedError, NotAFeedError
from store.feeds.credentials import moved
from store.models import Feed, FeedState

FIRST_INTERVAL = timedelta(minutes=60)
SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
"""Bounds of the interval that adapts to how often a feed changes."""
LONGEST_ASKED = timedelta(days=1)
"""A feed's own wish to be read less often is followed up to here."""
MOST_MINUTES = 366 * 24 * 60
"""The longest interval that is waited, whatever is stored."""
FIRST_BACK_OFF = timedelta(minutes=15)
LONGEST_BACK_OFF = timedelta(days=1)
MOST_DRIFT = timedelta(minutes=5)
"""Clocks are set back by so much without anything being wrong."""
QUICKER, SLOWER = 0.5, 1.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a good answer said. ``new`` is true when it brought entries that were not known."""

    new: bool = False
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    item_hashes: tuple[str, ...] = ()
    minutes_between: int = 0
    permanent_redirect: str = ""


def is_due(state: FeedState, now: datetime) -> bool:
    """Whether a feed is to be read by itself now; one that ended is not, until the user asks.

    One that was last read in the future is: the clock was wrong, and so is the time to which it was to wait.
    """
    if state.gone:
        return False
    ahead = state.checked is not None and state.checked > now + MOST_DRIFT
    return state.next_check is None or state.next_check <= now or ahead


def after_success(feed: Feed, state: FeedState, outcome: Outcome, now: datetime) -> tuple[Feed, FeedState]:
    """The feed and its state after a good answer; the feed differs when it has moved for good.

    A permanent redirect is noted at first and followed for good when the next refresh agrees: one mistaken
    answer of a server, or of a hotel's network, must not lose a subscription.
    """
    target = outcome.permanent_redirect
    confirmed = bool(target) and state.moved_to == target
    between = next_interval(feed, replace(state, minutes_between=outcome.minutes_between), new=outcome.new)
    return moved(feed, target) if confirmed else feed, FeedState(
        feed_id=feed.id,
        etag=outcome.etag,
        last_modified=outcome.last_modified,
        body_hash=outcome.body_hash,
        checked=now,
        succeeded=now,
        changed=now if outcome.new else state.changed,
        next_check=now + between,
        moved_to="" if confirmed or target == feed.url else target,
        item_hashes=outcome.item_hashes,
        minutes_between=outcome.minutes_between,
    )


def after_not_modified(
    feed: Feed, state: FeedState, now: datetime, permanent_redirect: str = ""
) -> tuple[Feed, FeedState]:
    """The same after an answer that nothing changed (304, or the very same bytes)."""
    outcome = Outcome(
        etag=state.etag,
        last_modified=state.last_modified,
        body_hash=state.body_hash,
        item_hashes=state.item_hashes,
        minutes_between=state.minutes_between,
        permanent_redirect=permanent_redirect,
    )
    return after_success(feed, state, outcome, now)


def after_failure(state: FeedState, error: FeedError, now: datetime) -> FeedState:
    """The state after a failure: the reason in words, and a longer wait with each one in a row.

    What is known of the feed stays. A wait that the server asked for is kept to, if it is the longer one.
    """
    failures = state.failures + 1
    wait = max(back_off(failures), timedelta(seconds=error.retry_after or 0))
    return replace(
        state,
        checked=now,
        failures=failures,
        error=in_words(error, state),
        next_check=None if error.gone else now + wait,
        gone=error.gone,
    )


def in_words(error: FeedError, state: FeedState) -> str:
    """The reason of a failure, as the feed's page gives it."""
    if isinstance(error, NotAFeedError) and state.succeeded is not None:
        return f"It is not a feed any more. {error.message}"
    return error.message


def back_off(failures: int) -> timedelta:
    """The wait after so many failures in a row: doubled each time, up to a day; a feed is never given up."""
    doublings: int = 2 ** min(failures - 1, 10)
    return min(FIRST_BACK_OFF * doublings, LONGEST_BACK_OFF)


def next_interval(feed: Feed, state: FeedState, *, new: bool) -> timedelta:
    """How long until a good feed is read again.

    The user's interval if there is one. Else the last interval, halved when there was something new and made
    half as long again when not, within bounds; and not more often than the feed asks for.
    """
    if feed.interval > 0:
        return timedelta(minutes=min(feed.interval, MOST_MINUTES))
    adapted = last_interval(state) * (QUICKER if new else SLOWER) if state.succeeded else FIRST_INTERVAL
    asked = min(timedelta(minutes=max(0, min(state.minutes_between, MOST_MINUTES))), LONGEST_ASKED)
    return max(min(max(adapted, SHORTEST), LONGEST), asked)


def last_interval(state: FeedState) -> timedelta:
    """The interval the last good refresh set; after failures that is not known any more."""
    if state.failures or state.checked is None or state.next_check is None:
        return FIRST_INTERVAL
    return max(state.next_check - state.checked, SHORTEST)
