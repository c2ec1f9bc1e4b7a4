"""What the sidebar lists, with its numbers, and how its user wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from store.models import Counts, FeedSummary, Scope, SearchSummary, View
from tui.dashboard.context import DashboardContext
from tui.dashboard.panes import PaneController
from tui.jobs import SOON
from tui.keys.commands import Pane
from tui.widgets.feed_tree import Look, Row
from tui.widgets.feeds import Feeds

LOOK = "sidebar"
"""The setting that remembers what is folded, sorted and left out."""


class SidebarController:
    """Reads feeds, folders, searches and people for the sidebar, and counts their unread articles."""

    def __init__(self, context: DashboardContext, panes: PaneController, counted: Callable[[], object]) -> None:
        """``counted`` is called when saved searches were counted: with how much of the index."""
        self._context = context
        self._panes = panes
        self._counted = counted

    def recall(self) -> None:
        """Fold and sort as in the last session."""
        self._context.feeds.set_look(Look.recalled(self._context.recall(LOOK)))

    # --- what is meant --------------------------------------------------------------------------------------

    @property
    def view_here(self) -> View | None:
        """The view that is meant: under the sidebar's cursor, or the one that is listed."""
        if self._panes.current is Pane.FEEDS:
            return self._context.feeds.current
        return replace(self._context.session.view, query="")

    @property
    def feed_here(self) -> FeedSummary | None:
        """The feed that is meant: under the sidebar's cursor, or the one whose articles are listed."""
        view = self.view_here
        return self._context.feeds.feed(view.feed_id) if view is not None and view.scope is Scope.FEED else None

    # --- contents -------------------------------------------------------------------------------------------

    def update_feeds(self) -> None:
        """Read the feeds again, and count."""
        feeds = self._context.library.feeds

        def read(_: object) -> tuple[list[FeedSummary], Counts]:
            return feeds.all(), feeds.counts()

        self._context.jobs.start("feeds", read, lambda found: self._context.feeds.load(*found))
        self.update_searches()
        self.update_followed()

    def count_soon(self) -> None:
        """Count again, after articles were marked by a key or another list is shown."""
        self._context.jobs.soon("count", SOON, self.update_counts)

    def update_counts(self) -> None:
        """Count again."""
        feeds = self._context.library.feeds
        self._context.jobs.start("counts", lambda _: feeds.counts(), self._context.feeds.load_counts)
        self.update_searches()
        self.update_followed()

    def update_searches(self) -> None:
        """Count again what the saved searches find. A count under way goes on: the last one asked for is made."""

        def counted(found: list[SearchSummary]) -> None:
            self._context.feeds.load_searches(found)
            self._counted()

        self._context.jobs.start("searches", self._context.library.listing.summaries, counted)

    def update_followed(self) -> None:
        """Show who is followed, with the unread articles of all and of each."""
        library = self._context.library

        def read(_: object) -> list[Row]:
            people = library.people.followed()
            if not people:
                return []
            unread = set(library.listing.ids(View(Scope.UNREAD)))
            all_of_them = len(unread.intersection(library.listing.ids(View(Scope.FOLLOWED))))
            return [
                Row("✱ Followed", View(Scope.FOLLOWED), all_of_them),
                *(Row(f"  {each.name}", View(Scope.PERSON, person=each.id), each.unread) for each in people),
            ]

        self._context.jobs.start("followed", read, self._context.feeds.load_people)

    # --- what the user does there ---------------------------------------------------------------------------

    def look_changed(self, message: Feeds.LookChanged) -> None:
        self._context.remember(LOOK, message.look.stored())
        if message.words:
            self._context.say(message.words)

    def moved(self, message: Feeds.Moved) -> None:
        """Say what is known of the row under the cursor."""
        if message.feed is not None:
            state, feed = message.feed.state, message.feed.feed
            self._context.status.say(f"{feed.title} · {state.error or feed.url}", error=bool(state.error))
        else:
            self._context.status.say(message.about, error=message.failing)
