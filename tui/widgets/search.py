"""The search line: what is typed narrows the headlines as one types."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from store.errors import QueryError
from tui.text_cells import width_of
from tui.widgets.line_input import WordsInput

HELP = (
    'words "a phrase" prefix* · title: author: tag: feed: said:NAME about:NAME · is:unread is:starred has:quotes'
    " · after:2012-12 newer:7d · -not OR ( ) /regex/"
)
LABEL = " Search "


class SearchBar(Vertical):
    """A line to type a search in, above it what can be typed or what is wrong, and where.

    Enter goes to the results, Escape ends the search. What is in it is made when it is first opened.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "End the search", show=False),
        Binding("down", "submit", "To the results", show=False),
    ]
    KEYS = (("Enter", "To the results"), ("Esc", "End the search"))

    class Changed(Message):
        """The query is now this; ``final`` when the user pressed Enter."""

        def __init__(self, query: str, *, final: bool) -> None:
            super().__init__()
            self.query = query
            self.final = final

    class Cancelled(Message):
        """The user ended the search."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._input = WordsInput(placeholder="words to look for", id="query", compact=True)
        self._about = Static(Content(HELP), id="search-about")
        self._caret = Static("", id="search-caret")
        self._mistake: QueryError | None = None
        """What is said to be wrong."""

    def open(self, query: str) -> None:
        """Show the line with this query to go on with."""
        if not self.children:
            label = Static(Content(LABEL), id="search-label")
            self.mount(self._about, Horizontal(label, self._input, id="search-line"), self._caret)
        self.display = True
        self.show_mistake(None)
        self._input.value = query
        # At once, not when the loop comes to it: what is typed behind the key belongs in here.
        self.screen.set_focus(self._input)

    def show_mistake(self, mistake: QueryError | None) -> None:
        """Say what is wrong with the query, with a caret under its place; None when all is well."""
        if mistake is None and self._mistake is None:
            return
        self._mistake = mistake
        self._about.set_class(mistake is not None, "-error")
        self._about.update(Content(mistake.message if mistake else HELP))
        self._caret.display = mistake is not None
        if mistake is not None:
            text = self._input.value
            lead = len(text) - len(text.lstrip())
            before = width_of(text[: lead + mistake.position])
            room = max(0, self.size.width - len(LABEL) - 3)
            # A text longer than the line is scrolled to its end, where one types.
            hidden = max(0, width_of(text) + 1 - room)
            self._caret.update(Content(" " * (len(LABEL) + 1 + max(0, before - hidden)) + "^"))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.display:
            self._tell(final=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        self._tell(final=True)

    def action_cancel(self) -> None:
        self.post_message(self.Cancelled())

    def _tell(self, *, final: bool) -> None:
        self.post_message(self.Changed(self._input.value.strip(), final=final))
