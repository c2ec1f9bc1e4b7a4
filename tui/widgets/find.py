"""The line to find words in the open article with: the text moves to each place as one types."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.widgets.line_input import WordsInput


class FindBar(Horizontal):
    """A line to type in; Enter goes to the next place, Escape closes it.

    What is in it is made when it is first opened.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False),
        Binding("down", "step(1)", "Next", show=False),
        Binding("up", "step(-1)", "Previous", show=False),
    ]
    KEYS = (("Enter", "Next"), ("↑", "Previous"), ("Esc", "Close"))

    class Changed(Message):
        """What is looked for is now this."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Step(Message):
        """Go to the next place (1) or the one before (-1)."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Closed(Message):
        """The user is done."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._input = WordsInput(placeholder="words of this article", id="words", compact=True)
        self._count = Static(Content(""), id="find-count")

    def open(self) -> None:
        if not self.children:
            self.mount(Static(Content(" Find "), id="find-label"), self._input, self._count)
        self.display = True
        self._input.focus()
        self._input.action_select_all()
        self.post_message(self.Changed(self._input.value))

    def tell(self, place: int, count: int) -> None:
        """Say which of how many places is shown; places count from 0."""
        words = f"{place + 1} of {count} · Enter next · ↑ back " if count else "not found " if self._input.value else ""
        self._count.update(Content(words))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.display:
            self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Step(1))

    def action_step(self, step: int) -> None:
        self.post_message(self.Step(step))

    def action_close(self) -> None:
        self.post_message(self.Closed())
