"""The half of the dashboard that searches: the search line, saved searches, and how far the index is."""

from __future__ import annotations

from store.errors import NewsdashError, QueryError
from store.models import Grouping, Progress, SavedSearch, Scope, SearchSummary, View
from tui.dashboard.parts import Parts
from tui.dialogs.confirm import ConfirmScreen
from tui.dialogs.save_search import SaveSearchScreen
from tui.keys.commands import Pane
from tui.widgets.search import SearchBar

LOOK_AGAIN = 0.5
"""Seconds between looks at how far the index is."""
SOON = 0.02
"""Seconds until a search that waits for another is tried again."""
MADE_NAME = 40
"""Characters of a search that are offered as its name."""


class Searching(Parts, inherit_bindings=False):
    """Searches: typed, saved, and run again."""

    _watching = False
    _typed_query: str | None = None
    """A search that was typed and not run yet."""

    # --- the search line ------------------------------------------------------------------------------------

    def action_search(self) -> None:
        session = self.session
        if session is not None:
            self.search_bar.open(session.view.query)
            # While one types the first letter.
            self.jobs.start("open search", lambda _: session.library.search.open(), lambda _: None)

    def on_search_bar_changed(self, message: SearchBar.Changed) -> None:
        session = self.session
        if session is None:
            return
        try:
            session.library.search.check(message.query)
        except QueryError as mistake:
            # The list stays as it is: one is still typing.
            self.search_bar.show_mistake(mistake)
            return
        self.search_bar.show_mistake(None)
        self._typed_query = message.query
        self._search_typed()
        if message.final:
            self.search_bar.display = False
            self.go_to(Pane.HEADLINES)

    def _search_typed(self) -> None:
        """Run the search that was typed last; one at a time, for a slow one cannot be stopped."""
        session, query = self.session, self._typed_query
        if session is None or query is None or query == session.view.query:
            self._typed_query = None
        elif self.jobs.busy("view"):
            self.set_timer(SOON, self._search_typed)
        else:
            self._typed_query = None
            session.enter(session.searching(query), session.title)
            self.status.say("")
            self.load_view(keep_place=False)

    def on_search_bar_cancelled(self) -> None:
        self.end_search()

    def end_search(self) -> None:
        """Close the search line and list everything of the view again."""
        self.search_bar.display = False
        self._typed_query = None
        self.status.say("")
        if self.session is not None and self.session.view.query:
            self.session.enter(self.session.searching(""), self.session.title)
            self.load_view(keep_place=True)
        self.go_to(Pane.HEADLINES)

    def action_search_everywhere(self) -> None:
        session = self.session
        if session is None:
            return
        if not session.view.query:
            self.say("There is no search to look for everywhere.")
        elif session.view.scope is not Scope.ALL:
            self.show_view(View(query=session.view.query), "All")

    def nothing_found(self) -> str:
        """What an empty list says while a search is on."""
        assert self.session is not None
        query, view = self.session.view.query, self.session.view
        ways = [f"{self.keyboard.key_of('back')} ends the search."]
        if self._may_go_on(query):
            ways.insert(0, f"{query}* also finds words that begin so.")
        if view.scope is Scope.ALL:
            where = "Nothing"
        else:
            where = f"Nothing in {self.session.title}"
            # While the search line is open, the key alone would be typed into it.
            ways.insert(0, f"Enter, then {self.keyboard.key_of('search-everywhere')} searches everywhere.")
        return f"{where} matches “{query}”.\n\n" + "\n".join(ways)

    def _may_go_on(self, query: str) -> bool:
        """Whether a query ends in what may be the beginning of a word."""
        assert self.session is not None
        try:
            self.session.library.search.check(f"{query}*")
        except QueryError:
            return False
        return query[-1:].isalnum()

    # --- the index ------------------------------------------------------------------------------------------

    def watch_index(self) -> None:
        """Show the progress of the search index (or of the people index, which knows stories) until it is complete;
        then list again what was listed too early."""
        if not self._watching and self._learning() is not None:
            self._watching = True
            self._tell_progress()

    def _learning(self) -> Progress | None:
        """How far is what the list is made from; None when it has everything."""
        session = self.session
        if session is None:
            return None
        by_story = session.sorting.grouping is Grouping.STORY
        return session.library.search.progress() or (session.library.people.progress() if by_story else None)

    def _tell_progress(self) -> None:
        progress = self._learning()
        if progress is not None:
            self.status.aside(f"{progress.label} {progress.done:,} of {progress.total:,}")
            self.set_timer(LOOK_AGAIN, self._tell_progress)
            return
        self._watching = False
        self.status.aside("read-only" if self.session is not None and self.session.library.read_only else "")
        self.reload()

    # --- saved searches -------------------------------------------------------------------------------------

    def update_searches(self) -> None:
        """Count again what the saved searches find. A count under way goes on: the last one asked for is made."""
        session = self.session
        if session is None:
            return

        def counted(found: list[SearchSummary]) -> None:
            self.feeds.load_searches(found)
            self.watch_index()

        self.jobs.start("searches", session.library.listing.summaries, counted)

    def action_save_search(self) -> None:
        session = self.session
        if session is None or not self.may_write():
            return
        old = self._saved_here()
        query = session.view.query
        if old is None and not query:
            self.say("Search for something first; then this keeps the search.")
            return
        self._ask_for_name(old or SavedSearch(query[:MADE_NAME], query), old.name if old else "")

    def _saved_here(self) -> SavedSearch | None:
        """The saved search that is meant: under the sidebar's cursor, or the one listed."""
        if self.session is None:
            return None
        view = self.feeds.current if self.pane is Pane.FEEDS else self.session.view
        if view is None or view.scope is not Scope.SAVED or (view.query and self.pane is not Pane.FEEDS):
            return None
        try:
            return self.session.library.search.saved.find(view.saved)
        except NewsdashError:
            return None

    def _ask_for_name(self, search: SavedSearch, instead_of: str) -> None:
        session = self.session
        if session is None:
            return

        def saved(kept: SavedSearch) -> None:
            if self.pane is Pane.FEEDS or session.view.scope is Scope.SAVED:
                self.show_view(View(Scope.SAVED, saved=kept.name), kept.name)
            else:
                self.update_searches()
            self.say(f"Saved as {kept.name}.")

        def refused(error: NewsdashError, answer: SavedSearch) -> None:
            self._ask_for_name(answer, instead_of)
            self.fail(error)

        def answered(answer: SavedSearch | None) -> None:
            if answer is not None:
                self.jobs.start(
                    "save search",
                    lambda _: session.library.search.saved.save(answer, instead_of),
                    saved,
                    lambda error: refused(error, answer),
                )

        self.app.push_screen(SaveSearchScreen(search, offered=not instead_of), answered)

    def remove_saved_search(self) -> bool:
        """Ask whether the saved search meant here shall go; False when none is meant."""
        session, search = self.session, self._saved_here()
        if session is None or search is None:
            return False

        def removed(_: object) -> None:
            if session.view.saved == search.name:
                self.show_view(View(), "All")
            else:
                self.update_searches()
            self.say(f"{search.name} is no longer saved.")

        def answered(yes: bool | None) -> None:
            if yes:
                self.jobs.start("save search", lambda _: session.library.search.saved.remove(search.name), removed)

        question = f"Forget the search {search.name}?\n\n{search.query}\n\nNo article is removed."
        self.app.push_screen(ConfirmScreen("Remove a saved search", question, "forgets it"), answered)
        return True
