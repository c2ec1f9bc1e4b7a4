"""The feeds sidebar: smart views, saved searches, then the feeds in their folders, with counts and failures."""

from __future__ import annotations

import threading
from collections.abc import Sequence, Set
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.message import Message

from store.models import Counts, FeedSummary, Scope, SearchSummary, View
from tui.text_cells import fit, fit_right
from tui.widgets.feed_tree import ORDER_WORDS, SMART, Contents, Look, Order, Row, all_views, build, recounted
from tui.widgets.row_list import Part, RowList
from tui.wording.counts import plural

LEAD = 3
"""Cells left of a title: a mark, the arrow of a folder, a space."""
INDENT = 2
"""Cells that a feed stands further in than its folder."""
LEAST_COUNT = 3
"""Cells that a count takes at least, with the space before it."""


class UnderWay:
    """The feeds that are being fetched now; written and read in any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._feeds: set[int] = set()
        self.stored = 0
        """How many feeds were stored so far."""

    def note(self, feed_id: int, begun: bool) -> None:
        """The fetch of a feed begins, or what it brought is stored."""
        with self._lock:
            (self._feeds.add if begun else self._feeds.discard)(feed_id)
            self.stored += not begun

    def now(self) -> frozenset[int]:
        with self._lock:
            return frozenset(self._feeds)

    def end(self) -> None:
        """None is fetched any more, whatever was begun."""
        with self._lock:
            self._feeds.clear()


class Feeds(RowList):
    """The list of views and feeds."""

    HELP = (
        "Views over all feeds, saved searches, then the feeds with their unread articles; each tag of a feed is a"
        " folder. ! marks what could not be fetched or run, ↻ what is being fetched."
    )

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "feeds--heading",
        "feeds--unread",
        "feeds--quiet",
        "feeds--count",
        "feeds--failed",
        "feeds--fetching",
        "feeds--hidden",
    }

    class Moved(Message):
        """The cursor came to this row; ``feed`` is None where it is not a feed's, ``about`` a word on a folder."""

        def __init__(self, feed: FeedSummary | None, about: str = "", *, failing: bool = False) -> None:
            super().__init__()
            self.feed = feed
            self.about = about
            self.failing = failing

    class Chosen(Message):
        """The user chose this view."""

        def __init__(self, view: View, title: str) -> None:
            super().__init__()
            self.view = view
            self.title = title

    class LookChanged(Message):
        """The user folded, sorted or filtered the list; ``words`` say what it is like now, '' where that is seen."""

        def __init__(self, look: Look, words: str = "") -> None:
            super().__init__()
            self.look = look
            self.words = words

    class Fetching(Message):
        """Other feeds are being fetched; a later one replaces an earlier one that nobody read. Safe from any thread."""

        def __init__(self, feeds: UnderWay) -> None:
            super().__init__()
            self.feeds = feeds

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Feeds.Fetching)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._contents = Contents()
        self._look = Look()
        self._listed: View | None = None
        """The view whose articles are listed."""
        self._fetching: frozenset[int] = frozenset()
        self._loaded = False
        self._count_width = LEAST_COUNT
        self._rows: list[Row] = build(self._contents, self._look)

    # --- data -----------------------------------------------------------------------------------------------

    def load(self, feeds: Sequence[FeedSummary], counts: Counts) -> None:
        """Show these feeds; the cursor stays on the view it was on."""
        self._loaded = True
        self._contents = replace(self._contents, feeds=feeds, counts=counts)
        self._build()

    def load_counts(self, counts: Counts) -> None:
        """Show these numbers beside the same views."""
        if counts == self._contents.counts:
            return
        self._contents = replace(self._contents, counts=counts)
        if self._look.follows_counts:
            self._build()
        elif (rows := recounted(self._rows, self._contents)) != self._rows:
            self._rows = rows
            self._measure_counts()
            self.redraw()

    def load_searches(self, searches: Sequence[SearchSummary]) -> None:
        """Show these saved searches with their unread articles."""
        if list(searches) != list(self._contents.searches):
            self._contents = replace(self._contents, searches=searches)
            self._build()

    def load_people(self, people: Sequence[Row]) -> None:
        """Show these rows between the smart views and the saved searches."""
        if list(people) != list(self._contents.people):
            self._contents = replace(self._contents, people=people)
            self._build()

    def set_look(self, look: Look) -> None:
        """Fold, sort and filter like this."""
        self._look = look
        self._build()

    def fetching(self, feeds: Set[int]) -> None:
        """Mark these feeds as being fetched."""
        if feeds != self._fetching:
            self._fetching = frozenset(feeds)
            self.redraw()

    def on_feeds_fetching(self, message: Fetching) -> None:
        message.stop()
        self.fetching(message.feeds.now())

    def _build(self) -> None:
        here = self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None
        rows = build(self._contents, self._look, self._listed)
        if self._loaded and not self._contents.feeds:
            rows += [Row(""), Row(self.keyboard.hint("{add-feed} adds a feed"))]
        if rows != self._rows or self.cursor < 0:
            self._rows = rows
            self._measure_counts()
            self.rows_changed(self._find(here.view, here.folder) if here else 0, keep_line=self.cursor_line)

    def _measure_counts(self) -> None:
        self._count_width = max(LEAST_COUNT, len(f"{max(row.count for row in self._rows):,}") + 1)

    # --- what is where --------------------------------------------------------------------------------------

    @property
    def look(self) -> Look:
        return self._look

    @property
    def current_row(self) -> Row | None:
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    @property
    def current(self) -> View | None:
        return self.current_row.view if self.current_row is not None else None

    @property
    def current_feed(self) -> FeedSummary | None:
        return self.current_row.feed if self.current_row is not None else None

    def feed(self, feed_id: int) -> FeedSummary | None:
        """The summary of a feed."""
        return next((row for row in self._contents.feeds if row.feed.id == feed_id), None)

    def feeds_of(self, view: View) -> list[FeedSummary]:
        """The feeds that a feed's view or a folder stands for; none for other views."""
        if view.scope is Scope.FEED:
            return [row for row in self._contents.feeds if row.feed.id == view.feed_id]
        if view.scope is Scope.TAG:
            return [row for row in self._contents.feeds if view.tag in row.feed.tags]
        return []

    def title_of(self, view: View) -> str:
        return next((title for other, title in self.views() if other == view), SMART[0][1])

    def views(self) -> list[tuple[View, str]]:
        """Every view that can be chosen, with its title."""
        return list(all_views(self._contents))

    def neighbour(self, view: View, step: int) -> tuple[View, str] | None:
        """The view ``step`` places after this one, None at the ends; the cursor goes there."""
        stops = [index for index, row in enumerate(self._rows) if row.view is not None]
        here = self.cursor if self.current == view else self._find(view)
        at = stops.index(here) + step
        if not 0 <= at < len(stops):
            return None
        self.move_to(stops[at], tell=False)
        row = self._rows[stops[at]]
        return (row.view, row.title) if row.view is not None else None

    def select(self, view: View) -> None:
        """Put the cursor on a view, without telling, and keep it in the list."""
        if view != self._listed:
            self._listed = view
            if self._look.only_unread or any(row.feed.hidden for row in self._contents.feeds):
                self._build()
        if self.current != view:
            self.move_to(self._find(view), tell=False)

    def _find(self, view: View | None, folder: str = "") -> int:
        """The row of a view, best in this folder; for a feed in a closed folder the folder, else the first row."""
        places = [index for index, row in enumerate(self._rows) if row.view is not None and row.view == view]
        if view is not None and view.scope is Scope.FEED and not places:
            places = [index for index, row in enumerate(self._rows) if row.folded and view.feed_id in row.feeds]
        return next((index for index in places if self._rows[index].folder == folder), places[0] if places else 0)

    # --- folding and sorting --------------------------------------------------------------------------------

    def action_fold_folder(self) -> None:
        """Open or close the folder under the cursor, or the one that the feed under it is in."""
        row = self.current_row
        if row is None or not row.folder:
            return
        folded = self._look.folded ^ {row.folder}
        at = next(index for index, other in enumerate(self._rows) if other.folder == row.folder)
        self.move_to(at, tell=False)
        self._change(replace(self._look, folded=folded))

    def action_fold_folders(self) -> None:
        """Close all folders, or open all when none is open."""
        tags = {row.folder for row in self._rows if row.folded is not None}
        any_open = any(row.folded is False for row in self._rows)
        self._change(replace(self._look, folded=frozenset(tags) if any_open else frozenset()))

    def step(self, step: int) -> bool:
        """Go into (1) or out of (-1) a folder; False where there is no way to go."""
        row = self.current_row
        if row is None or not row.folder:
            return False
        if row.folded is (step > 0) and row.folded is not None:
            self.action_fold_folder()
            return True
        if step < 0 and row.folded is None:
            at = next(index for index, other in enumerate(self._rows) if other.folder == row.folder)
            self.move_to(at)
            return True
        return False

    def action_sort_feeds(self) -> None:
        orders = list(Order)
        order = orders[(orders.index(self._look.order) + 1) % len(orders)]
        self._change(replace(self._look, order=order), ORDER_WORDS[order])

    def action_only_unread_feeds(self) -> None:
        only = not self._look.only_unread
        words = "Only feeds with unread articles, or that fail." if only else "All feeds."
        self._change(replace(self._look, only_unread=only), words)

    def action_hidden_feeds(self) -> None:
        shown = not self._look.show_hidden
        hidden = sum(row.feed.hidden for row in self._contents.feeds)
        words = f"{plural(hidden, 'hidden feed')} shown." if shown else "Hidden feeds are not shown."
        self._change(replace(self._look, show_hidden=shown), words if hidden else "There are no hidden feeds.")

    def _change(self, look: Look, words: str = "") -> None:
        self.set_look(look)
        self.post_message(self.LookChanged(look, words))

    # --- rows -----------------------------------------------------------------------------------------------

    def row_count(self) -> int:
        return len(self._rows)

    def can_stop_at(self, row: int) -> bool:
        return self._rows[row].view is not None

    def cursor_moved(self) -> None:
        row = self.current_row
        if row is None:
            return
        about = row.error
        if row.folded is not None and not about:
            about = f"{row.title} · {plural(len(row.feeds), 'feed')}"
        self.post_message(self.Moved(row.feed, about, failing=bool(row.error)))

    def chosen(self) -> None:
        row = self._rows[self.cursor]
        if row.view is not None:
            self.post_message(self.Chosen(row.view, row.title))

    def on_click(self, event: events.Click) -> None:
        """A click on a folder's arrow folds it; anywhere else it chooses the row."""
        offset = event.get_content_offset(self)
        line = offset.y + self.scroll_offset.y if offset is not None else -1
        on_folder = 0 <= line < len(self._rows) and self._rows[line].folded is not None
        if offset is not None and on_folder and offset.x <= LEAD:
            event.stop()
            event.prevent_default()
            self.move_to(line)
            self.action_fold_folder()

    def draw(self, row: int, line: int, width: int) -> Sequence[Part]:  # noqa: ARG002
        entry = self._rows[row]
        if entry.view is None:
            return [(fit(" " * LEAD + entry.title, width), self.style("feeds--heading"))]
        arrow = "  " if entry.folded is None else "▸ " if entry.folded else "▾ "
        indent = " " * INDENT if entry.folder and entry.folded is None else ""
        hidden = entry.feed is not None and entry.feed.feed.hidden
        title = "feeds--hidden" if hidden else "feeds--unread" if entry.count else "feeds--quiet"
        count = fit_right(f"{entry.count:,}" if entry.count else "", self._count_width)
        return [
            self._mark(entry),
            (arrow + indent, self.style("feeds--count")),
            (fit(entry.title, width - self._count_width - LEAD - 1 - len(indent)), self.style(title)),
            (count + " ", self.style("feeds--count")),
        ]

    def _mark(self, row: Row) -> Part:
        busy = row.feed is not None or row.folded
        if busy and not self._fetching.isdisjoint(row.feeds):
            return "↻", self.style("feeds--fetching")
        return "!" if row.error else " ", self.style("feeds--failed")
