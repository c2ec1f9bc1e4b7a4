"""Which articles a scope holds, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from store.database.records import microseconds
from store.models import Scope

if TYPE_CHECKING:
    from store.database import Database
    from store.models import View

TOGETHER = (Scope.UNREAD, Scope.TODAY, Scope.TAG)
"""Scopes that list several feeds together: hidden feeds are not among them."""


def in_scope(database: Database, view: View, *, muted: bool = False) -> Sequence[int]:
    """The ids of a view's articles, its query left aside. The database's lock is held by the caller.

    Left out are articles that are muted (but where ``muted`` asks for them) and, where several feeds are listed
    together, those of hidden feeds: a search over everything finds these, and so does a saved one. What is starred
    is always listed.
    """
    ids = _whole(database, view)
    if view.scope is Scope.STARRED:
        return ids
    left_out = set() if muted else database.index.muted()
    if view.scope in TOGETHER or (view.scope is Scope.ALL and not view.query):
        left_out = left_out | database.index.of_hidden_feeds()
    return [article_id for article_id in ids if article_id not in left_out] if left_out else ids


def _whole(database: Database, view: View) -> Sequence[int]:
    match view.scope:
        case Scope.UNREAD:
            unread = database.articles.unread()
            return [article_id for article_id in database.articles.ids() if article_id in unread]
        case Scope.STARRED:
            starred = database.articles.starred()
            return [article_id for article_id in database.articles.ids() if article_id in starred]
        case Scope.TODAY:
            return published_today(database)
        case Scope.FEED:
            return database.articles.ids_of_feed(view.feed_id)
        case Scope.TAG:
            of_tag = (feed.id for feed in database.feeds.all() if view.tag in feed.tags)
            tagged = {article_id for feed_id in of_tag for article_id in database.articles.ids_of_feed(feed_id)}
            return [article_id for article_id in database.articles.ids() if article_id in tagged]
        case _:
            return database.articles.ids()


def published_today(database: Database, now: datetime | None = None) -> list[int]:
    """Articles published on today's date in the local zone."""
    now = now or datetime.now().astimezone()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return database.index.newest_between(microseconds(midnight), microseconds(midnight + timedelta(days=1)))
