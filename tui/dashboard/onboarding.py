"""The half of the dashboard for the first minutes: the card, news to start with, and lists of another reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import NewsdashError
from store.models import Feed
from tui.dashboard.context import DashboardContext
from tui.dashboard.headline_list import HeadlineListController
from tui.dashboard.refresh import RefreshController
from tui.dialogs.confirm import ConfirmScreen
from tui.dialogs.starter_feeds import StarterScreen, starter_feeds
from tui.dialogs.welcome import WelcomeScreen
from tui.wording.counts import plural

if TYPE_CHECKING:
    from store.models import ImportReport

WELCOMED = "welcomed"
"""The setting that remembers that the card was shown, and lists of other readers were offered."""


class OnboardingController:
    """The card of the first start, feeds to start with, and lists of another reader."""

    def __init__(
        self, context: DashboardContext, headline_list: HeadlineListController, refresh: RefreshController
    ) -> None:
        self._context = context
        self._list = headline_list
        self._refresh = refresh

    def welcome_once(self) -> None:
        """Show the card, and offer what another reader left; at the first start only."""
        if self._context.library.read_only or self._context.recall(WELCOMED):
            return
        self._context.remember(WELCOMED, True)
        self._context.ask(WelcomeScreen(self._context.keyboard), self._look_for_lists)

    def welcome(self) -> None:
        self._context.ask(WelcomeScreen(self._context.keyboard), self._press)

    def _press(self, key: str | None) -> None:
        """Do what a key means that closed the card."""
        if key:
            self._context.screen.app.simulate_key(key)

    # --- lists of another reader ----------------------------------------------------------------------------

    def _look_for_lists(self, key: str | None) -> None:
        """Offer a list to import; where there is none, press the key that closed the card."""

        def looked(_: object) -> tuple[Path, ImportReport] | None:
            from store.feeds.feed_lists import find_lists

            for path in find_lists(Path.home()):
                try:
                    moved = self._context.library.feed_lists.import_file(path, dry_run=True)
                except NewsdashError:
                    continue  # what lies about may be anything
                if moved.added:
                    return path, moved
            return None

        self._context.jobs.start("look for lists", looked, lambda found: self._offer_list(found, key))

    def _offer_list(self, found: tuple[Path, ImportReport] | None, key: str | None) -> None:
        if found is None:
            self._press(key)
            return
        path, moved = found
        more = [
            f"Saved searches come along: {len(moved.searches)}." if moved.searches else "",
            f"{plural(len(moved.refused), 'line')} cannot be taken over." if moved.refused else "",
        ]
        question = f"{shown(path)} has {plural(len(moved.added), 'feed')} that you do not follow here yet."
        question = " ".join(filter(None, [question, *more])) + "\n\nFollow them? Nothing is fetched before you refresh."

        def imported(done: ImportReport) -> None:
            self._list.reload()
            self._context.say(
                self._context.keyboard.hint(f"{plural(len(done.added), 'feed')} added. {{refresh-all}} fetches them.")
            )

        def answered(yes: bool | None) -> None:
            if yes:
                self._context.jobs.start(
                    "import", lambda _: self._context.library.feed_lists.import_file(path), imported
                )

        self._context.ask(ConfirmScreen("Your feeds", question, "follows them", "leaves it"), answered)

    # --- news to start with ---------------------------------------------------------------------------------

    def starter_feeds(self) -> None:
        if not self._context.may_write():
            return

        def followed(feeds: list[Feed]) -> None:
            self._list.reload()
            self._refresh.refresh_feeds([feed.id for feed in feeds], plural(len(feeds), "feed"))

        def chosen(feeds: tuple[Feed, ...] | None) -> None:
            if feeds:
                self._context.jobs.start("follow", lambda _: self._context.library.feeds.follow(feeds), followed)

        known = {row.feed.url for row in self._context.library.feeds.all()}
        offered = [feed for feed in starter_feeds() if feed.url not in known]
        if offered:
            self._context.ask(StarterScreen(offered), chosen)
        else:
            self._context.say("You follow all of them already.")


def shown(path: Path) -> str:
    """A path as people write it."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
