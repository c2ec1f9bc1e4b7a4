"""The rows of the sidebar, made of what is known of feeds, searches and counts. Pure functions.

Its sections, from the top: the smart views, people, saved searches, and the feeds: first those without a tag, then a
folder for each tag. A feed with several tags stands in several folders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain

from store.models import SEEDS_URL, Counts, FeedSummary, Scope, SearchSummary, View

SMART = ((Scope.ALL, "All"), (Scope.UNREAD, "Unread"), (Scope.TODAY, "Today"), (Scope.STARRED, "Starred"))


class Order(StrEnum):
    """How feeds and folders are sorted."""

    NAME = "name"
    UNREAD = "unread"
    ADDED = "added"


ORDER_WORDS = {
    Order.NAME: "Feeds by name.",
    Order.UNREAD: "Feeds with the most unread articles first.",
    Order.ADDED: "Feeds in the order in which they were added.",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How the user wants the sidebar; remembered from start to start."""

    folded: frozenset[str] = frozenset()
    """The tags whose folders are closed."""
    order: Order = Order.NAME
    only_unread: bool = False
    """Leave out feeds with nothing unread, but for those that fail."""
    show_hidden: bool = False

    @property
    def follows_counts(self) -> bool:
        """Whether rows come, go or move when articles are read."""
        return self.only_unread or self.order is Order.UNREAD

    def stored(self) -> dict[str, object]:
        """As a setting."""
        return {
            "folded": sorted(self.folded),
            "order": str(self.order),
            "only_unread": self.only_unread,
            "show_hidden": self.show_hidden,
        }

    @classmethod
    def recalled(cls, stored: object) -> Look:
        """Out of a setting; whatever is not as it should be is left out."""
        if not isinstance(stored, dict):
            return cls()
        folded, order = stored.get("folded"), stored.get("order")
        return cls(
            frozenset(tag for tag in folded if isinstance(tag, str)) if isinstance(folded, list) else frozenset(),
            Order(order) if order in list(Order) else Order.NAME,
            stored.get("only_unread") is True,
            stored.get("show_hidden") is True,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sidebar; without a view it is a heading or a gap.

    ``feeds`` are the ids of the feeds it stands for. ``folder`` is the tag of the folder that it is or is in, '' for
    none; a row with ``folded`` other than None is the folder itself.
    """

    title: str
    view: View | None = None
    count: int = 0
    feed: FeedSummary | None = None
    error: str = ""
    folder: str = ""
    folded: bool | None = None
    feeds: tuple[int, ...] = ()


GAP = Row("")


@dataclass(frozen=True, slots=True)
class Contents:
    """What the sidebar shows."""

    feeds: Sequence[FeedSummary] = ()
    counts: Counts = field(default_factory=lambda: Counts({}, {}))
    people: Sequence[Row] = ()
    searches: Sequence[SearchSummary] = ()

    def unread(self, row: FeedSummary) -> int:
        return self.counts.feeds.get(row.feed.id, (row.total, row.unread))[1]


def build(contents: Contents, look: Look, listed: View | None = None) -> list[Row]:
    """All rows. The feed that is ``listed`` stays even where the look would leave it out."""
    sections = [
        [Row(title, View(scope), contents.counts.scopes.get(scope, 0)) for scope, title in SMART],
        contents.people,
        [
            Row(f"⌕ {row.search.name}", View(Scope.SAVED, saved=row.search.name), row.unread, error=row.error)
            for row in contents.searches
        ],
        feed_rows(contents, look, listed),
    ]
    rows: list[Row] = []
    for section in sections:
        rows += [GAP, *section] if rows and section else section
    return rows


def recounted(rows: Sequence[Row], contents: Contents) -> list[Row]:
    """The same rows with the numbers of now, where these change no row's place; made after each mark."""
    unread = {row.feed.id: contents.unread(row) for row in contents.feeds}
    hidden = {row.feed.id for row in contents.feeds if row.feed.hidden}

    def now(row: Row) -> Row:
        if row.feed is not None:
            count = unread.get(row.feed.feed.id, 0)
        elif row.folded is not None:
            count = sum(unread.get(feed_id, 0) for feed_id in row.feeds if feed_id not in hidden)
        elif row.view is not None and row.view.scope in contents.counts.scopes:
            count = contents.counts.scopes[row.view.scope]
        else:
            return row
        return row if count == row.count else replace(row, count=count)

    return [now(row) for row in rows]


def feed_rows(contents: Contents, look: Look, listed: View | None) -> list[Row]:
    """Feeds without a tag, then the folders with theirs."""

    def stays(row: FeedSummary) -> bool:
        if listed is not None and listed.scope is Scope.FEED and listed.feed_id == row.feed.id:
            return True
        if row.feed.hidden and not look.show_hidden:
            return False
        return not look.only_unread or bool(contents.unread(row) or row.state.error)

    feeds = in_order([row for row in contents.feeds if stays(row)], contents, look.order)
    rows = [feed_row(row, contents) for row in feeds if not row.feed.tags]
    for tag, inside in in_order_of_folders(folders(feeds), contents, look.order):
        open_folder = tag not in look.folded
        rows.append(folder_row(tag, inside, contents, folded=not open_folder))
        if open_folder:
            rows += [feed_row(row, contents, tag) for row in inside]
    return rows


def folders(feeds: Iterable[FeedSummary]) -> Mapping[str, list[FeedSummary]]:
    """The feeds of each tag, in the order given."""
    found: dict[str, list[FeedSummary]] = {}
    for row in feeds:
        for tag in row.feed.tags:
            found.setdefault(tag, []).append(row)
    return found


def folder_row(tag: str, inside: Sequence[FeedSummary], contents: Contents, *, folded: bool) -> Row:
    shown = [row for row in inside if not row.feed.hidden]
    failing = next((f"{row.feed.title}: {row.state.error}" for row in inside if row.state.error), "")
    return Row(
        tag,
        View(Scope.TAG, tag=tag),
        sum(contents.unread(row) for row in shown),
        error=failing if folded else "",
        folder=tag,
        folded=folded,
        feeds=tuple(row.feed.id for row in inside),
    )


def feed_row(row: FeedSummary, contents: Contents, folder: str = "") -> Row:
    view = View(Scope.FEED, row.feed.id)
    title = row.feed.title or row.feed.url
    return Row(title, view, contents.unread(row), row, row.state.error, folder, feeds=(row.feed.id,))


def in_order(feeds: Sequence[FeedSummary], contents: Contents, order: Order) -> list[FeedSummary]:
    """The feeds sorted; articles from files always come first."""

    def key(row: FeedSummary) -> tuple[object, ...]:
        first = row.feed.url != SEEDS_URL
        match order:
            case Order.NAME:
                return first, row.feed.title.casefold(), row.feed.id
            case Order.UNREAD:
                return first, -contents.unread(row), row.feed.title.casefold(), row.feed.id
            case Order.ADDED:
                return first, row.feed.id

    return sorted(feeds, key=key)


def in_order_of_folders(
    found: Mapping[str, list[FeedSummary]], contents: Contents, order: Order
) -> Iterator[tuple[str, list[FeedSummary]]]:
    match order:
        case Order.NAME:
            yield from sorted(found.items(), key=lambda item: item[0].casefold())
        case Order.UNREAD:
            unread = {tag: sum(map(contents.unread, inside)) for tag, inside in found.items()}
            yield from sorted(found.items(), key=lambda item: (-unread[item[0]], item[0].casefold()))
        case Order.ADDED:
            yield from found.items()


def all_views(contents: Contents) -> Iterator[tuple[View, str]]:
    """Every view there is, with its title, whatever is folded or left out; each once."""
    smart = ((View(scope), title) for scope, title in SMART)
    people = ((row.view, row.title) for row in contents.people if row.view is not None)
    saved = ((View(Scope.SAVED, saved=row.search.name), f"⌕ {row.search.name}") for row in contents.searches)
    tags = ((View(Scope.TAG, tag=tag), tag) for tag in sorted(folders(contents.feeds), key=str.casefold))
    feeds = ((View(Scope.FEED, row.feed.id), row.feed.title or row.feed.url) for row in contents.feeds)
    return chain(smart, people, saved, tags, feeds)
