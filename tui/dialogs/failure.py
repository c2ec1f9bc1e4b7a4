"""What is shown when the library cannot be opened: the reason, in a sentence."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from store.errors import NewsdashError
from tui.dialogs.base import Dialog, plain


class FailureScreen(Dialog[None]):
    """The only thing left to do is to quit."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,Q,enter,escape", "app.give_up", "Quit", show=False)]

    def __init__(self, error: NewsdashError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        with self.box("newsdash cannot start"):
            yield plain(self._error.message, "dialog--text")
            yield plain("Nothing was changed. q quits", "dialog--hint")
