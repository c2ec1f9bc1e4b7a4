"""The half of the dashboard that knows people over all articles: their pages, following them, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store.models import PersonEntry, QuoteOccurrence
from tui.dashboard.articles import ArticleController
from tui.dashboard.context import DashboardContext
from tui.dashboard.panes import PaneController
from tui.dashboard.sidebar import SidebarController
from tui.keys.commands import Pane
from tui.people_pages.base import PageContext, PageScreen, toggle_follow
from tui.people_pages.directory import DirectoryScreen
from tui.people_pages.person import PersonScreen
from tui.people_pages.quote_counts import QuoteCountsScreen
from tui.people_pages.side_by_side import ask_topic
from tui.widgets.people import People

Trail = Sequence[Callable[[], PageScreen]]
"""The pages that were left to read a passage, the lowest first."""


class PeopleController:
    """Pages on people lie over the dashboard. Reading a quotation leaves them; going back from the article returns."""

    def __init__(
        self, context: DashboardContext, panes: PaneController, sidebar: SidebarController, articles: ArticleController
    ) -> None:
        self._context = context
        self._panes = panes
        self._sidebar = sidebar
        self._articles = articles
        self._trail: Trail = ()
        self._trail_article = 0
        """The article that was opened from these pages."""

    def _page_context(self) -> PageContext:
        context = self._context
        return PageContext(
            context.library, context.history, context.keyboard, context.clock, self._read, self._sidebar.update_feeds
        )

    def directory(self) -> None:
        """Show everybody who is named in any article."""
        self._context.ask(DirectoryScreen(self._page_context()))

    def quoted(self) -> None:
        """Show who gets quoted how often."""
        self._context.ask(QuoteCountsScreen(self._page_context()))

    def compare_outlets(self) -> None:
        """Show what two outlets quote on a topic."""
        ask_topic(self._context, self._page_context())

    def show_person(self, message: People.PersonChosen) -> None:
        """Show the page of a person of the article."""
        self._find_person(message.name, lambda person: self._context.ask(PersonScreen(self._page_context(), person)))

    def follow(self) -> None:
        """Follow the person under the cursor, or no longer."""
        voice = self._context.people.voice
        if voice is None:
            self._context.say("Go to a person first.")
            return
        if not self._context.may_write():
            return

        def entry_known(person: int) -> None:
            def done(result: tuple[PersonEntry, bool]) -> None:
                entry, followed = result
                self._context.say(
                    f"You follow {entry.name} now." if followed else f"You no longer follow {entry.name}."
                )
                self._sidebar.update_feeds()

            def change(_: object) -> tuple[PersonEntry, bool]:
                entry = self._context.library.people.page(person).entry
                return entry, toggle_follow(self._context.library, entry)

            self._context.jobs.start("follow", change, done)

        self._find_person(voice.name, entry_known)

    def _find_person(self, name: str, then: Callable[[int], object]) -> None:
        """Who a name of the open article is over all articles."""
        opened = self._context.article.opened
        if opened is None:
            return

        def found(person: int | None) -> None:
            if person is not None:
                then(person)
                return
            progress = self._context.library.people.progress()
            if progress is None:
                self._context.say(self._context.library.people.notice or f"{name} is not a person with a name.")
            else:
                self._context.say(
                    f"{progress.label}: {progress.done:,} of {progress.total:,} articles. {name} is still to come."
                )

        self._context.jobs.start(
            "person", lambda _: self._context.library.people.person_in(opened.article.id, name), found
        )

    # --- reading a quotation --------------------------------------------------------------------------------

    def _read(self, saying: QuoteOccurrence) -> None:
        """Leave the pages, and open an article at a quotation."""
        pages = [screen for screen in self._context.screen.app.screen_stack if isinstance(screen, PageScreen)]
        self._trail = [page.again() for page in pages]
        self._trail_article = saying.article_id
        while isinstance(self._context.screen.app.screen, PageScreen):
            self._context.screen.app.pop_screen()
        self._articles.open(saying.article_id, saying)

    def return_to_pages(self) -> bool:
        """Show the pages again from which the open article was come to; False when it was not."""
        opened = self._context.article.opened
        trail, self._trail = self._trail, ()
        if (
            not trail
            or opened is None
            or opened.article.id != self._trail_article
            or self._panes.current is Pane.HEADLINES
        ):
            return False
        for make in trail:
            self._context.ask(make())
        return True
