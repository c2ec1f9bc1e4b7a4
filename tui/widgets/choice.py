"""A line that offers one of a few things, which the arrow keys go through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static


class Choice(Static, can_focus=True):
    """Shows the thing chosen between arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down,space,l,j", "step(1)", "Next", show=False),
        Binding("left,up,h,k", "step(-1)", "Previous", show=False),
    ]

    class Changed(Message):
        """Another thing was chosen."""

    def __init__(self, choices: Sequence[str], at: int, *, id: str) -> None:
        super().__init__(id=id, classes="choice", markup=False)
        self._choices = choices
        self.at = at
        """The place of the thing chosen."""

    def on_mount(self) -> None:
        self._show()

    def action_step(self, step: int) -> None:
        self.at = (self.at + step) % len(self._choices)
        self._show()
        self.post_message(self.Changed())

    def on_click(self) -> None:
        self.focus()
        self.action_step(1)

    def _show(self) -> None:
        self.update(Content(f" ‹ {self._choices[self.at]} › "))
