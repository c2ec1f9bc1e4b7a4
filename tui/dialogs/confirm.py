"""The dialog that asks before something is thrown away."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.dialogs.base import Dialog, plain


class ConfirmScreen(Dialog[bool]):
    """Asks a question that is answered by yes or no; nothing happens without a clear yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes", show=False),
        Binding("n,q,enter", "cancel", "No", show=False),
    ]

    def __init__(self, title: str, question: str, yes: str, no: str = "keeps everything") -> None:
        super().__init__()
        self._title, self._question, self._yes, self._no = title, question, yes, no

    def compose(self) -> ComposeResult:
        with self.box(self._title):
            yield plain(self._question, "dialog--text")
            yield plain(f"y {self._yes} · n or Esc {self._no}", "dialog--hint")

    def action_yes(self) -> None:
        self.dismiss(True)
