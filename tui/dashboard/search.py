"""The half of the dashboard that searches: the search line, saved searches, and how far the index is."""

from __future__ import annotations

from store.errors import QueryError
from store.models import Scope, View
from tui.dashboard.context import DashboardContext
from tui.dashboard.headline_list import HeadlineListController
from tui.dashboard.panes import PaneController
from tui.keys.commands import Pane
from tui.widgets.search import SearchBar

SOON = 0.02
"""Seconds until a search that waits for another is tried again."""


class SearchController:
    """The search line, and the search that narrows the list."""

    def __init__(self, context: DashboardContext, panes: PaneController, headline_list: HeadlineListController) -> None:
        self._context = context
        self._panes = panes
        self._list = headline_list
        self._typed_query: str | None = None
        """A search that was typed and not run yet."""

    # --- the search line ------------------------------------------------------------------------------------

    def search(self) -> None:
        self._context.search_bar.open(self._context.session.view.query)
        # While one types the first letter.
        self._context.jobs.start("open search", lambda _: self._context.library.search.open(), lambda _: None)

    def changed(self, message: SearchBar.Changed) -> None:
        try:
            self._context.library.search.check(message.query)
        except QueryError as mistake:
            # The list stays as it is: one is still typing.
            self._context.search_bar.show_mistake(mistake)
            return
        self._context.search_bar.show_mistake(None)
        self._typed_query = message.query
        self._search_typed()
        if message.final:
            self._context.search_bar.display = False
            self._panes.go_to(Pane.HEADLINES)

    def _search_typed(self) -> None:
        """Run the search that was typed last; one at a time, for a slow one cannot be stopped."""
        query = self._typed_query
        if query is None or query == self._context.session.view.query:
            self._typed_query = None
        elif self._list.is_loading:
            self._context.screen.set_timer(SOON, self._search_typed)
        else:
            self._typed_query = None
            self._context.session.search(query)
            self._context.status.say("")
            self._list.load(keep_place=False)

    def end(self) -> None:
        """Close the search line and list everything of the view again."""

        self._context.search_bar.display = False
        self._typed_query = None
        self._context.status.say("")
        if self._context.session.view.query:
            self._context.session.search("")
            self._list.load(keep_place=True)
        self._panes.go_to(Pane.HEADLINES)

    def search_everywhere(self) -> None:
        if not self._context.session.view.query:
            self._context.say("There is no search to look for everywhere.")
        elif self._context.session.view.scope is not Scope.ALL:
            self._list.show(View(query=self._context.session.view.query), "All")
