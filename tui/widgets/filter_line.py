"""The line at the foot of a page into which words are typed that narrow its list."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.widgets.line_input import WordsInput


class FilterLine(Horizontal):
    """Tells every change of what is typed. Enter keeps it, Escape takes it away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False),
        Binding("down", "keep", "To the list", show=False),
    ]

    class Changed(Message):
        """The words are these now."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Closed(Message):
        """The keyboard goes back to the list."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(id="filter")
        self._placeholder = placeholder

    @cached_property
    def _input(self) -> WordsInput:
        """Made when it is first asked for: pages are opened more often than filtered."""
        words = WordsInput(placeholder=self._placeholder, id="filter-words", compact=True)
        self.mount(Static(Content(" Filter "), id="filter-label"), words)
        return words

    def open(self, words: str) -> None:
        """Show the line with these words, and take the keyboard."""
        self.display = True
        with self.prevent(Input.Changed):
            self._input.value = words
        self._input.focus()
        self._input.action_select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        self.display = False
        self.post_message(self.Closed())

    def action_close(self) -> None:
        self.display = False
        self.post_message(self.Changed(""))
        self.post_message(self.Closed())
