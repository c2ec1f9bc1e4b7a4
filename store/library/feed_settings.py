"""What the user sets for a feed, and what there is to say of it. The database's lock is held by the caller."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from store.errors import FeedError, NotFoundError
from store.models import SEEDS_URL, Counts, Feed, FeedEdit, FeedPage, FeedState, FeedSummary, Network, Scope
from store.search.scopes import published_today
from store.text.clean import clean_line
from store.text.tags import clean_tags

if TYPE_CHECKING:
    from store.database import Database

SHORTEST, LONGEST = 5, 30 * 24 * 60
"""Minutes between refreshes that can be set."""
LONGEST_TITLE = 300


def edit_feed(database: Database, feed_id: int, edit: FeedEdit) -> Feed:
    """Change what the user sets for a feed.

    :raises NotFoundError: when there is no such feed.
    :raises FeedError: for a value that cannot be.
    """
    feed, state = followed(database, feed_id), database.feed_state(feed_id)
    if feed.url == SEEDS_URL and (edit.interval or edit.full_text):
        raise FeedError("Articles from files are not fetched: an interval and full texts have no meaning for them.")
    changed = feed
    if edit.title is not None:
        title = clean_line(edit.title)[:LONGEST_TITLE]
        changed = replace(changed, title=title or feed.title, renamed=bool(title))
        if feed.renamed and not title:
            # Its own title stands in the feed, which is read again as if for the first time.
            state = replace(state, etag="", last_modified="", body_hash="")
    if edit.tags is not None:
        changed = replace(changed, tags=clean_tags(edit.tags, known_tags(database)))
    if edit.interval is not None:
        changed = replace(changed, interval=checked_interval(edit.interval))
        state = with_interval(state, edit.interval)
    if edit.full_text is not None:
        changed = replace(changed, full_text=edit.full_text)
    if edit.hidden is not None:
        changed = replace(changed, hidden=edit.hidden)
    if changed != feed or state != database.feed_state(feed_id):
        database.save_feed_states([state], [changed])
    return changed


def checked_interval(minutes: int) -> int:
    """:raises FeedError: when it is too short or too long."""
    if minutes and not SHORTEST <= minutes <= LONGEST:
        raise FeedError(f"A feed can be fetched every {SHORTEST} minutes to every 30 days, not every {minutes}.")
    return minutes


def with_interval(state: FeedState, minutes: int) -> FeedState:
    """The state with the next fetch at a new interval; a failing feed waits as it did."""
    if not minutes or state.failures or state.checked is None:
        return state
    return replace(state, next_check=state.checked + timedelta(minutes=minutes))


def known_tags(database: Database) -> list[str]:
    """The tags of all feeds, those of most feeds first."""
    return [tag for tag, _ in Counter(tag for feed in database.feeds() for tag in feed.tags).most_common()]


def rename_tag(database: Database, old: str, new: str) -> str:
    """Give the feeds of one tag another in its place, spelled as it is known already; returns the spelling.

    :raises FeedError: when the new tag has no letter.
    """
    known = [tag for tag in known_tags(database) if tag != old]
    spelled = clean_tags([new], known)
    if not spelled:
        raise FeedError("A tag needs a name.")
    tagged = [feed for feed in database.feeds() if old in feed.tags]
    database.save_feed_states(
        (), [replace(feed, tags=clean_tags(spelled[0] if tag == old else tag for tag in feed.tags)) for feed in tagged]
    )
    return spelled[0]


def remove_tag(database: Database, name: str) -> int:
    """Take a tag from all feeds; returns how many had it."""
    tagged = [feed for feed in database.feeds() if name in feed.tags]
    database.save_feed_states(
        (), [replace(feed, tags=tuple(tag for tag in feed.tags if tag != name)) for feed in tagged]
    )
    return len(tagged)


def followed(database: Database, feed_id: int) -> Feed:
    """:raises NotFoundError: when no such feed is followed."""
    feed = database.feed(feed_id)
    if feed is None or all(other.id != feed_id for other in database.feeds()):
        raise NotFoundError(f"There is no feed {feed_id}.")
    return feed


def counts(database: Database) -> Counts:
    """The numbers of the sidebar, from what the database has in memory."""
    unread, hidden = database.unread(), database.index.of_hidden_feeds()
    listed = unread - hidden if hidden else unread
    scopes = {
        Scope.UNREAD: len(listed),
        Scope.TODAY: len(listed & set(published_today(database))),
        Scope.STARRED: len(database.starred()),
    }
    return Counts(database.counts(), scopes)


def feed_page(database: Database, network: Network, feed_id: int) -> FeedPage:
    """All there is to say of a feed.

    :raises NotFoundError: when there is no such feed.
    """
    feed = followed(database, feed_id)
    ids = database.ids_of_feed(feed_id)
    configured = network.options(feed.url).interval
    total, unread = database.counts().get(feed_id, (0, 0))
    return FeedPage(
        FeedSummary(feed, database.shown_state(feed_id), total, unread),
        starred=len(database.starred() & set(ids)),
        muted=len(database.index.muted() & set(ids)),
        oldest=_published(database, ids[-1]) if ids else None,
        newest=_published(database, ids[0]) if ids else None,
        interval=configured or feed.interval,
        configured=bool(configured),
    )


def _published(database: Database, article_id: int) -> datetime | None:
    article = database.article(article_id)
    return article.published if article else None
