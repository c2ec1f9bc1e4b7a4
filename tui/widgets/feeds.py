"""The feeds sidebar: smart views, then the feeds with their unread counts and failures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message

from store.models import FeedSummary, Scope, SearchSummary, View
from tui.widgets.cells import fit, fit_right
from tui.widgets.rows import Part, RowList

SMART = ((Scope.ALL, "All"), (Scope.UNREAD, "Unread"), (Scope.TODAY, "Today"), (Scope.STARRED, "Starred"))
COUNT_WIDTH = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sidebar; without a view it is a heading or a gap."""

    title: str
    view: View | None = None
    count: int = 0
    feed: FeedSummary | None = None
    error: str = ""


class Feeds(RowList):
    """The list of views and feeds."""

    HELP = (
        "Views over all feeds, saved searches, then each feed with its unread articles."
        " ! marks what could not be fetched or run."
    )

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "feeds--heading",
        "feeds--unread",
        "feeds--quiet",
        "feeds--count",
        "feeds--failed",
    }

    class Moved(Message):
        """The cursor came to this row; ``feed`` is None for a smart view."""

        def __init__(self, feed: FeedSummary | None) -> None:
            super().__init__()
            self.feed = feed

    class Chosen(Message):
        """The user chose this view."""

        def __init__(self, view: View, title: str) -> None:
            super().__init__()
            self.view = view
            self.title = title

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._searches: Sequence[SearchSummary] = ()
        self._loaded: tuple[Sequence[FeedSummary], Mapping[Scope, int]] = ((), {})
        self._rows: list[Row] = [Row(title, View(scope)) for scope, title in SMART]

    def load(self, feeds: Sequence[FeedSummary], counts: Mapping[Scope, int]) -> None:
        """Show these feeds; the cursor stays on the view it was on."""
        self._loaded = feeds, counts
        current = self.current
        rows = [Row(title, View(scope), counts.get(scope, 0)) for scope, title in SMART]
        if self._searches:
            rows.append(Row(""))
        rows += [
            Row(f"⌕ {row.search.name}", View(Scope.SAVED, saved=row.search.name), row.unread, error=row.error)
            for row in self._searches
        ]
        rows.append(Row(""))
        rows += [Row(row.feed.title or row.feed.url, View(Scope.FEED, row.feed.id), row.unread, row) for row in feeds]
        if not feeds:
            rows.append(Row(self.keyboard.hint("{add-feed} adds a feed")))
        self._rows = rows
        self.rows_changed(self._find(current), keep_line=self.cursor_line)

    def load_searches(self, searches: Sequence[SearchSummary]) -> None:
        """Show these saved searches with their unread articles."""
        self._searches = searches
        self.load(*self._loaded)

    @property
    def current(self) -> View | None:
        return self._rows[self.cursor].view if 0 <= self.cursor < len(self._rows) else None

    @property
    def current_feed(self) -> FeedSummary | None:
        return self._rows[self.cursor].feed if 0 <= self.cursor < len(self._rows) else None

    def feed(self, feed_id: int) -> FeedSummary | None:
        """The summary of a feed in the list."""
        return next((row.feed for row in self._rows if row.feed and row.feed.feed.id == feed_id), None)

    def title_of(self, view: View) -> str:
        return next((row.title for row in self._rows if row.view == view), "All")

    def views(self) -> list[tuple[View, str]]:
        """Every view that can be chosen, with its title."""
        return [(row.view, row.title) for row in self._rows if row.view is not None]

    def neighbour(self, view: View, step: int) -> tuple[View, str] | None:
        """The view ``step`` places after this one, None at the ends."""
        views = self.views()
        places = [index for index, (other, _) in enumerate(views) if other == view]
        at = (places[0] if places else 0) + step
        return views[at] if 0 <= at < len(views) else None

    def select(self, view: View) -> None:
        """Put the cursor on a view, without telling."""
        self.move_to(self._find(view), tell=False)

    def _find(self, view: View | None) -> int:
        return next((index for index, row in enumerate(self._rows) if row.view is not None and row.view == view), 0)

    # --- rows -----------------------------------------------------------------------------------------------

    def row_count(self) -> int:
        return len(self._rows)

    def can_stop_at(self, row: int) -> bool:
        return self._rows[row].view is not None

    def cursor_moved(self) -> None:
        self.post_message(self.Moved(self.current_feed))

    def chosen(self) -> None:
        row = self._rows[self.cursor]
        if row.view is not None:
            self.post_message(self.Chosen(row.view, row.title))

    def draw(self, row: int, line: int, width: int) -> Sequence[Part]:  # noqa: ARG002
        entry = self._rows[row]
        if entry.view is None:
            return [(fit("  " + entry.title, width), self.style("feeds--heading"))]
        failed = bool(entry.error or (entry.feed is not None and entry.feed.state.error))
        title = self.style("feeds--unread" if entry.count else "feeds--quiet")
        count = fit_right(str(entry.count) if entry.count else "", COUNT_WIDTH)
        return [
            ("! " if failed else "  ", self.style("feeds--failed")),
            (fit(entry.title, width - COUNT_WIDTH - 3), title),
            (count + " ", self.style("feeds--count")),
        ]
