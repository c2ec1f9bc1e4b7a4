"""The half of the dashboard that fills the sidebar and remembers how its user wants it."""

from __future__ import annotations

from store.models import Counts, FeedSummary
from tui.dashboard.parts import Parts
from tui.jobs import SOON
from tui.widgets.feed_tree import Look
from tui.widgets.feeds import Feeds

LOOK = "sidebar"
"""The setting that remembers what is folded, sorted and left out."""


class Sidebar(Parts, inherit_bindings=False):
    """Feeds, folders and numbers at the left."""

    def recall_sidebar(self) -> None:
        """Fold and sort as in the last session."""
        if self.session is not None:
            self.feeds.set_look(Look.recalled(self.session.library.maintenance.setting(LOOK)))

    def update_feeds(self) -> None:
        """Read the feeds again, and count."""
        session = self.session
        if session is None:
            return

        def read(_: object) -> tuple[list[FeedSummary], Counts]:
            return session.library.feeds.all(), session.library.feeds.counts()

        self.jobs.start("feeds", read, lambda found: self.feeds.load(*found))
        self.update_searches()
        self.update_followed()

    def count_soon(self) -> None:
        """Count again, after articles were marked by a key or another list is shown."""
        self.jobs.soon("count", SOON, self.update_counts)

    def update_counts(self) -> None:
        """Count again."""
        session = self.session
        if session is not None:
            self.jobs.start("counts", lambda _: session.library.feeds.counts(), self.feeds.load_counts)
            self.update_searches()
            self.update_followed()

    def on_feeds_look_changed(self, message: Feeds.LookChanged) -> None:
        if self.session is not None:
            self.session.library.maintenance.save_setting(LOOK, message.look.stored())
        if message.words:
            self.say(message.words)

    def on_feeds_moved(self, message: Feeds.Moved) -> None:
        if message.feed is not None:
            state, feed = message.feed.state, message.feed.feed
            self.status.say(f"{feed.title} · {state.error or feed.url}", error=bool(state.error))
        else:
            self.status.say(message.about, error=message.failing)
