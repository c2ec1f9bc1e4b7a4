"""Which articles a view lists, in which order, and which groups they fall into.

Order and groups come from the columns of the index in memory. Titles and numbers of people quoted are read from the
rows the first time a list is sorted by them, in small pieces, so that the lock is never held for long.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from store.errors import NewsdashError, StoreError
from store.models import ArticleList, Group, Grouping, Order, Scope, SearchSummary, View
from store.search.scopes import in_scope

if TYPE_CHECKING:
    from store.library.context import LibraryContext
    from store.models import IsCancelled, Sorting
    from store.search.query import Query

PIECE = 100
"""Rows read while the lock is held once."""
PAUSE = 0.001
"""Seconds between pieces, in which other threads get the lock."""
DAYS = 7
"""Days that have a group each; older articles are grouped by month."""

Key = TypeVar("Key", bound=Hashable)


class Listing:
    """Lists of articles. Its methods are for a job's thread: they take milliseconds to tens of milliseconds."""

    def __init__(self, context: LibraryContext) -> None:
        self._database = context.database
        self._lock = context.lock
        self._derived = context.derived

    # --- views ----------------------------------------------------------------------------------------------

    def ids(self, view: View) -> Sequence[int]:
        """The ids of a view's articles, newest first.

        :raises QueryError: when its query cannot be understood.
        :raises NotFoundError: when it is of a saved search that is not there.
        """
        return self._ids(view, muted=False)

    def matching(self, query: str) -> Sequence[int]:
        """All articles that match a query, newest first, muted ones too: those that a rule would have matched.

        :raises QueryError: when the query cannot be understood.
        """
        return self._ids(View(query=query), muted=True)

    def summaries(self, cancelled: IsCancelled | None = None) -> list[SearchSummary]:
        """The saved searches with how many articles each finds; one that cannot be run says why. Runs them all: not
        for the keyboard's thread."""
        found = []
        for search in self._derived.search.saved.all():
            if cancelled is not None and cancelled():
                break
            try:
                ids = self.ids(View(Scope.SAVED, saved=search.name))
            except NewsdashError as error:
                found.append(SearchSummary(search, error=error.message))
                continue
            with self._lock:
                unread = len(self._database.articles.unread() & set(ids))
            found.append(SearchSummary(search, len(ids), unread))
        return found

    def _ids(self, view: View, *, muted: bool) -> Sequence[int]:
        search = self._derived.search
        saved = search.saved.find(view.saved).query if view.scope is Scope.SAVED else ""
        queries = [_parsed(text) for text in (saved, view.query) if text.strip()]
        with self._lock:
            ids = in_scope(self._database, view, muted=muted or any(asks for _, asks in queries))
        if view.scope is Scope.FOLLOWED:
            followed = self._derived.people.followed_articles()
            ids = [article_id for article_id in ids if article_id in followed]
        elif view.scope is Scope.PERSON:
            named = set(self._derived.people.articles_of(view.person))
            ids = [article_id for article_id in ids if article_id in named]
        for query, _ in queries:
            ids = search.matching(query, among=ids)
        return ids

    def newest_first(self, ids: Collection[int]) -> list[int]:
        """The articles among these that are still stored, newest first."""
        wanted = set(ids)
        with self._lock:
            everything = self._database.articles.ids()
        return [article_id for article_id in everything if article_id in wanted]

    def quoting(self, ids: Sequence[int]) -> list[int]:
        """The articles among these that quote somebody."""
        self._read_keys(ids)
        keys = self._database.index.sort_keys
        return [article_id for article_id in ids if keys.quoted(article_id)]

    def arrange(self, ids: Sequence[int], sorting: Sorting, unread: Collection[int], now: datetime) -> ArticleList:
        """Articles, given newest first, in the order and the groups asked for.

        ``unread``: the articles that count as unread. ``now`` gives the zone in which days begin. Stories are grouped
        as far as they are known: see :meth:`People.progress`.
        """
        ordered = self._ordered(ids, sorting, unread)
        if sorting.reverse:
            ordered.reverse()
        match sorting.grouping:
            case Grouping.FEED:
                return self._by_feed(ordered)
            case Grouping.DATE:
                return self._by_date(ordered, now, oldest=sorting.order is Order.DATE and sorting.reverse)
            case Grouping.STORY:
                return self._by_story(ordered)
            case _:
                return ArticleList(ordered)

    # --- order ----------------------------------------------------------------------------------------------

    def _ordered(self, ids: Sequence[int], sorting: Sorting, unread: Collection[int]) -> list[int]:
        """Each order leaves articles that are equal in it newest first."""
        match sorting.order:
            case Order.UNREAD:
                read = [article_id for article_id in ids if article_id not in unread]
                return [article_id for article_id in ids if article_id in unread] + read
            case Order.SOURCE:
                feeds = self._feeds(ids)
                buckets = bucketed(ids, feeds.__getitem__)
                return joined(buckets, self._by_title(buckets))
            case Order.QUOTED:
                self._read_keys(ids)
                buckets = bucketed(ids, self._database.index.sort_keys.quoted)
                return joined(buckets, sorted(buckets, reverse=True))
            case Order.TITLE:
                self._read_keys(ids)
                title = self._database.index.sort_keys.title
                # Sorted in pieces: one sort of everything would hold up the other threads while it lasts.
                named = bucketed(ids, lambda article_id: title(article_id)[:2])
                for bucket in named.values():
                    bucket.sort(key=title)
                return joined(named, sorted(named))
            case _:
                return list(ids)

    def _read_keys(self, ids: Sequence[int]) -> None:
        """Read what is sorted by, a piece at a time."""
        with self._lock:
            missing = self._database.index.sort_keys.begin(ids)
        for start in range(0, len(missing), PIECE):
            with self._lock:
                self._database.articles.read_sort_keys(missing[start : start + PIECE])
            time.sleep(PAUSE)

    # --- groups ---------------------------------------------------------------------------------------------

    def _by_feed(self, ids: Sequence[int]) -> ArticleList:
        feeds = self._feeds(ids)
        buckets = bucketed(ids, feeds.__getitem__)
        titles = self._titles()
        order = self._by_title(buckets)
        return grouped([(str(feed_id), titles.get(feed_id, ""), buckets[feed_id]) for feed_id in order])

    def _by_date(self, ids: Sequence[int], now: datetime, *, oldest: bool) -> ArticleList:
        times = self._times(ids)
        names: dict[int, tuple[str, str]] = {}
        buckets: dict[int, list[int]] = {}
        # Microseconds from which on the last group holds articles, and those at which the next one begins.
        low, high = 1, 0
        for article_id in ids:
            published = times[article_id]
            if not low <= published < high:
                low, high, name = period(published, now)
                names[low] = name
            buckets.setdefault(low, []).append(article_id)
        order = sorted(buckets, reverse=not oldest)
        return grouped([(*names[start], buckets[start]) for start in order])

    def _by_story(self, ids: Sequence[int]) -> ArticleList:
        """Each story is where its first article would be. A story with one article in the list is not a group."""
        stories = self._stories()
        by_story: dict[int, list[int]] = defaultdict(list)
        for article_id in ids:
            by_story[stories.get(article_id, -article_id)].append(article_id)
        feeds = self._feeds(chain.from_iterable(members for members in by_story.values() if len(members) > 1))
        listed: list[int] = []
        groups: list[Group] = []
        for story, members in by_story.items():
            if len(members) > 1:
                groups.append(Group(f"story {story}", "", len(listed), len({feeds[each] for each in members})))
            elif not groups or groups[-1].heading:
                groups.append(Group("", "", len(listed), heading=False))
            listed += members
        return ArticleList(listed, tuple(groups) if any(group.heading for group in groups) else ())

    def _stories(self) -> Mapping[int, int]:
        """Lists are shown without stories where these cannot be read; :attr:`People.notice` says why."""
        try:
            return self._derived.people.stories()
        except StoreError:
            return {}

    # --- columns --------------------------------------------------------------------------------------------

    def _feeds(self, ids: Iterable[int]) -> dict[int, int]:
        """The feed of each article; 0 for one that was removed meanwhile."""
        with self._lock:
            marks = self._database.index.flags
            feeds = dict(zip(marks.ids, marks.feeds, strict=True))
        return {article_id: feeds.get(article_id, 0) for article_id in ids}

    def _times(self, ids: Iterable[int]) -> dict[int, int]:
        """When each article was published, in microseconds since 1970; 0 for one that was removed meanwhile."""
        with self._lock:
            order = self._database.index.order
            times = dict(zip(order.ids, order.times, strict=True))
        return {article_id: times.get(article_id, 0) for article_id in ids}

    def _titles(self) -> dict[int, str]:
        with self._lock:
            return {feed.id: feed.title or feed.url for feed in self._database.feeds.all()}

    def _by_title(self, feed_ids: Iterable[int]) -> list[int]:
        titles = self._titles()
        return sorted(feed_ids, key=lambda feed_id: (titles.get(feed_id, "").casefold(), feed_id))


def _parsed(text: str) -> tuple[Query, bool]:
    """A query, and whether it asks for muted articles."""
    from store.search.query import asks_for_muted, parse

    query = parse(text)
    return query, asks_for_muted(query.root)


def bucketed(ids: Iterable[int], key: Callable[[int], Key]) -> dict[Key, list[int]]:
    """The ids by their keys, each list in their order."""
    buckets: dict[Key, list[int]] = {}
    for article_id in ids:
        buckets.setdefault(key(article_id), []).append(article_id)
    return buckets


def joined(buckets: Mapping[Key, Sequence[int]], order: Iterable[Key]) -> list[int]:
    return list(chain.from_iterable(buckets[key] for key in order))


def grouped(parts: Sequence[tuple[str, str, Sequence[int]]]) -> ArticleList:
    """The list of groups given by name, title and articles, where every group has a heading."""
    ids: list[int] = []
    groups = []
    for name, title, members in parts:
        groups.append(Group(name, title, len(ids)))
        ids += members
    return ArticleList(ids, tuple(groups))


def period(published: int, now: datetime) -> tuple[int, int, tuple[str, str]]:
    """The group of a moment (microseconds since 1970, UTC): from, until, and its name and title.

    Today, yesterday and the days before have a group each, then every month; days begin in the zone of ``now``.
    """
    today = now.date()
    if published >= _start(today + timedelta(days=1), now):
        return _start(today + timedelta(days=1), now), 1 << 62, ("later", "Dated after today")
    for age in range(DAYS):
        day = today - timedelta(days=age)
        if published >= _start(day, now):
            title = ("Today", "Yesterday")[age] if age < 2 else f"{day:%A} {day.day} {day:%B}"
            return _start(day, now), _start(day + timedelta(days=1), now), (day.isoformat(), title)
    week = _start(today - timedelta(days=DAYS - 1), now)
    try:
        month = datetime.fromtimestamp(published / 1e6, now.tzinfo).date().replace(day=1)
        following = (month + timedelta(days=31)).replace(day=1)
        return _start(month, now), min(_start(following, now), week), (f"{month:%Y-%m}", f"{month:%B %Y}")
    except (OverflowError, ValueError, OSError):
        return -(1 << 62), _start(date(2, 1, 1), now), ("undated", "Before all dates")


def _start(day: date, now: datetime) -> int:
    """When a day begins, in microseconds since 1970."""
    zone: Any = now.tzinfo
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) * 1_000_000
