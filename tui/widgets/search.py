"""The search line: what is typed narrows the headlines as one types."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

PAUSE = 0.15
"""Seconds without a key after which the search runs."""


class SearchBar(Horizontal):
    """A line to type a search in; Enter goes to the results, Escape ends the search."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "End the search", show=False),
        Binding("down", "submit", "To the results", show=False),
    ]

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
        self._pause: Timer | None = None
        self._input = Input(placeholder="words to look for", id="query", compact=True)

    def compose(self) -> ComposeResult:
        yield Static(Content(" Search "), id="search-label")
        yield self._input

    def open(self, query: str) -> None:
        """Show the line with this query to go on with."""
        self.display = True
        self._input.value = query
        self._input.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        if self.display:
            self._pause = self.set_timer(PAUSE, lambda: self._tell(final=False))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        self._tell(final=True)

    def action_cancel(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self.post_message(self.Cancelled())

    def _tell(self, *, final: bool) -> None:
        if self._pause is not None:
            self._pause.stop()
        self.post_message(self.Changed(self._input.value.strip(), final=final))
