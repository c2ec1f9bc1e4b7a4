"""Which articles a scope holds, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from store.database import Database
from store.models import Scope, View


def in_scope(database: Database, view: View) -> Sequence[int]:
    """The ids of a view's articles, its query left aside. The database's lock is held by the caller."""
    match view.scope:
        case Scope.UNREAD:
            unread = database.unread()
            return [article_id for article_id in database.article_ids() if article_id in unread]
        case Scope.STARRED:
            starred = database.starred()
            return [article_id for article_id in database.article_ids() if article_id in starred]
        case Scope.TODAY:
            return published_today(database)
        case Scope.FEED:
            return database.ids_of_feed(view.feed_id)
        case _:
            return database.article_ids()


def published_today(database: Database, now: datetime | None = None) -> list[int]:
    """Articles published on today's date in the local zone; the newest-first order lets it stop early."""
    now = now or datetime.now().astimezone()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + timedelta(days=1)
    ids = []
    for article_id in database.article_ids():
        article = database.article(article_id)
        if article is None or article.published >= tomorrow:
            continue
        if article.published < midnight:
            break
        ids.append(article_id)
    return ids
