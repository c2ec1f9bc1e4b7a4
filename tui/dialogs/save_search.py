"""The dialog that keeps a search under a name."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from store.models import SavedSearch
from tui.dialogs.base import Dialog, plain

NAME, QUERY = "search-name", "search-query"


class SaveSearchScreen(Dialog[SavedSearch]):
    """Asks for a name and the search; answers with both."""

    def __init__(self, search: SavedSearch, *, offered: bool) -> None:
        """``offered``: the name is only a proposal, which the first key replaces."""
        super().__init__()
        self._search, self._offered = search, offered

    def compose(self) -> ComposeResult:
        with self.box("Save a search"):
            yield plain("It stands in the sidebar under this name:", "dialog--text")
            yield Input(self._search.name, placeholder="a name", id=NAME, select_on_focus=self._offered)
            yield plain("and finds:", "dialog--text")
            yield Input(self._search.query, id=QUERY, select_on_focus=False)
            yield plain("", id="answer")
            yield plain("Enter saves it · Tab goes to the other line · Esc closes", "dialog--hint")

    def on_mount(self) -> None:
        self.set_focus(self.query_one(f"#{NAME}"))

    def on_input_submitted(self) -> None:
        name, query = (self.query_one(f"#{part}", Input).value.strip() for part in (NAME, QUERY))
        if not name:
            answer = self.query_one("#answer", Static)
            answer.set_class(True, "-error")
            answer.update(Content("Type a name first."))
        else:
            self.dismiss(SavedSearch(name, query, self._search.tags))
