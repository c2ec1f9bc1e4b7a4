"""Searches that are kept under a name."""

from __future__ import annotations

from store.errors import NewsdashError
from store.models import SavedSearch, Scope, View
from tui.dashboard.context import DashboardContext
from tui.dashboard.headline_list import HeadlineListController
from tui.dashboard.panes import PaneController
from tui.dashboard.sidebar import SidebarController
from tui.dialogs.confirm import ConfirmScreen
from tui.dialogs.save_search import SaveSearchScreen
from tui.keys.commands import Pane

MADE_NAME = 40
"""Characters of a search that are offered as its name."""
SAVE_SEARCH = "save search"
"""The group of jobs that change saved searches."""


class SavedSearchController:
    """Saves, changes and removes searches."""

    def __init__(
        self,
        context: DashboardContext,
        panes: PaneController,
        sidebar: SidebarController,
        headline_list: HeadlineListController,
    ) -> None:
        self._context = context
        self._panes = panes
        self._sidebar = sidebar
        self._list = headline_list

    def save_search(self) -> None:
        if not self._context.may_write():
            return
        old = self._saved_here()
        query = self._context.session.view.query
        if old is None and not query:
            self._context.say("Search for something first; then this keeps the search.")
            return
        self._ask_for_name(old or SavedSearch(query[:MADE_NAME], query), old.name if old else "")

    def _saved_here(self) -> SavedSearch | None:
        """The saved search that is meant: under the sidebar's cursor, or the one listed."""
        view = self._context.feeds.current if self._panes.current is Pane.FEEDS else self._context.session.view
        if view is None or view.scope is not Scope.SAVED or (view.query and self._panes.current is not Pane.FEEDS):
            return None
        try:
            return self._context.library.search.saved.find(view.saved)
        except NewsdashError:
            return None

    def _ask_for_name(self, search: SavedSearch, instead_of: str) -> None:
        def saved(kept: SavedSearch) -> None:
            if self._panes.current is Pane.FEEDS or self._context.session.view.scope is Scope.SAVED:
                self._list.show(View(Scope.SAVED, saved=kept.name), kept.name)
            else:
                self._sidebar.update_searches()
            self._context.say(f"Saved as {kept.name}.")

        def refused(error: NewsdashError, answer: SavedSearch) -> None:
            self._ask_for_name(answer, instead_of)
            self._context.fail(error)

        def answered(answer: SavedSearch | None) -> None:
            if answer is not None:
                self._context.jobs.start(
                    SAVE_SEARCH,
                    lambda _: self._context.library.search.saved.save(answer, instead_of),
                    saved,
                    lambda error: refused(error, answer),
                )

        self._context.ask(SaveSearchScreen(search, offered=not instead_of), answered)

    def remove(self) -> bool:
        """Ask whether the saved search meant here shall go; False when none is meant."""
        search = self._saved_here()
        if search is None:
            return False

        def removed(_: object) -> None:
            if self._context.session.view.saved == search.name:
                self._list.show(View(), "All")
            else:
                self._sidebar.update_searches()
            self._context.say(f"{search.name} is no longer saved.")

        def answered(yes: bool | None) -> None:
            if yes:
                self._context.jobs.start(
                    SAVE_SEARCH, lambda _: self._context.library.search.saved.remove(search.name), removed
                )

        question = f"Forget the search {search.name}?\n\n{search.query}\n\nNo article is removed."
        self._context.ask(ConfirmScreen("Remove a saved search", question, "forgets it"), answered)
        return True
