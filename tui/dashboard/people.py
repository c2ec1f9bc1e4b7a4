"""The half of the dashboard that knows people over all articles: their pages, following them, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store.models import PersonEntry, QuoteOccurrence, Scope, Span, View
from tui.dashboard.parts import Parts
from tui.keys.commands import Pane
from tui.people_pages.base import Home, PageScreen
from tui.people_pages.directory import DirectoryScreen
from tui.people_pages.person import PersonScreen
from tui.people_pages.quote_counts import QuotedScreen
from tui.people_pages.side_by_side import ask_topic
from tui.widgets.feed_tree import Row
from tui.widgets.people import People

Trail = Sequence[Callable[[], PageScreen]]
"""The pages that were left to read a passage, the lowest first."""


class Remembering(Parts, inherit_bindings=False):
    """Pages on people lie over the dashboard. Reading a quotation leaves them; going back from the article returns."""

    _trail: Trail = ()
    _trail_article = 0
    """The article that was opened from these pages."""
    _passage: QuoteOccurrence | None = None
    """The quotation to show when its article is there."""

    def _home(self) -> Home | None:
        if self.session is None:
            return None
        return Home(self.session, self.keyboard, self.clock, self.read_saying, self.update_feeds)

    def action_directory(self) -> None:
        """Show everybody who is named in any article."""
        if (home := self._home()) is not None:
            self.app.push_screen(DirectoryScreen(home))

    def action_quoted(self) -> None:
        """Show who gets quoted how often."""
        if (home := self._home()) is not None:
            self.app.push_screen(QuotedScreen(home))

    def action_compare_outlets(self) -> None:
        """Show what two outlets quote on a topic."""
        if (home := self._home()) is not None:
            ask_topic(self, home)

    def on_people_person_chosen(self, message: People.PersonChosen) -> None:
        """Show the page of a person of the article."""

        def show(person: int) -> None:
            if (home := self._home()) is not None:
                self.app.push_screen(PersonScreen(home, person))

        self._find_person(message.name, show)

    def action_follow(self) -> None:
        """Follow the person under the cursor, or no longer."""
        session, voice = self.session, self.people.voice
        if session is None or voice is None:
            self.say("Go to a person first.")
            return
        if not self.may_write():
            return

        def entry_known(person: int) -> None:
            def done(result: tuple[PersonEntry, bool]) -> None:
                entry, followed = result
                self.say(f"You follow {entry.name} now." if followed else f"You no longer follow {entry.name}.")
                self.update_feeds()

            def change(_: object) -> tuple[PersonEntry, bool]:
                entry = session.library.people.page(person).entry
                return entry, session.toggle_follow(entry)

            self.jobs.start("follow", change, done)

        self._find_person(voice.name, entry_known)

    def _find_person(self, name: str, then: Callable[[int], None]) -> None:
        """Who a name of the open article is over all articles."""
        session, opened = self.session, self.article.opened
        if session is None or opened is None:
            return

        def found(person: int | None) -> None:
            if person is not None:
                then(person)
                return
            progress = session.library.people.progress()
            if progress is None:
                self.say(session.library.people.notice or f"{name} is not a person with a name.")
            else:
                self.say(
                    f"{progress.label}: {progress.done:,} of {progress.total:,} articles. {name} is still to come."
                )

        self.jobs.start("person", lambda _: session.library.people.person_in(opened.article.id, name), found)

    # --- the sidebar ----------------------------------------------------------------------------------------

    def update_followed(self) -> None:
        """Show who is followed in the sidebar, with the unread articles of all and of each."""
        session = self.session
        if session is None:
            return

        def read(_: object) -> list[Row]:
            people = session.library.people.followed()
            if not people:
                return []
            unread = set(session.library.listing.ids(View(Scope.UNREAD)))
            all_of_them = len(unread.intersection(session.library.listing.ids(View(Scope.FOLLOWED))))
            return [
                Row("✱ Followed", View(Scope.FOLLOWED), all_of_them),
                *(Row(f"  {each.name}", View(Scope.PERSON, person=each.id), each.unread) for each in people),
            ]

        self.jobs.start("followed", read, self.feeds.load_people)

    # --- reading a quotation --------------------------------------------------------------------------------

    def read_saying(self, saying: QuoteOccurrence) -> None:
        """Leave the pages, and open an article at a quotation."""
        pages = [screen for screen in self.app.screen_stack if isinstance(screen, PageScreen)]
        self._trail = [page.again() for page in pages]
        self._trail_article = saying.article_id
        while isinstance(self.app.screen, PageScreen):
            self.app.pop_screen()
        self._passage = saying
        self.open_article(saying.article_id)

    def show_passage(self) -> None:
        """Go to the quotation that was asked for, if the open article is the one it stands in."""
        saying, opened = self._passage, self.article.opened
        if saying is None or opened is None or opened.article.id != saying.article_id:
            return
        self._passage = None
        quotes = opened.analysis.quotes
        same = next((place for place, quote in enumerate(quotes) if quote.start == saying.start), None)
        if same is not None:
            self.people.select_quote(same)
            self.article.highlight(quotes[same].spans)
        else:
            # Corrected or analysed again since: the words are there all the same.
            self.article.highlight([Span(saying.start, saying.end)])

    def return_to_pages(self) -> bool:
        """Show the pages again from which the open article was come to; False when it was not."""
        opened = self.article.opened
        trail, self._trail = self._trail, ()
        if not trail or opened is None or opened.article.id != self._trail_article or self.pane is Pane.HEADLINES:
            return False
        for make in trail:
            self.app.push_screen(make())
        return True
