"""Dialogs that ask for a line of text, or for one of several things."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.screens.dialog import Dialog, plain


class AskScreen(Dialog[str]):
    """Asks for a line of text; answers with it, without blanks around it."""

    def __init__(self, title: str, question: str, value: str = "", hint: str = "Enter takes it · Esc closes") -> None:
        super().__init__()
        self._title, self._question, self._value, self._hint = title, question, value, hint

    def compose(self) -> ComposeResult:
        with self.box(self._title):
            yield plain(self._question, "dialog--text")
            yield Input(self._value, id="value")
            yield plain(self._hint, "dialog--hint")

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if text := event.value.strip():
            self.dismiss(text)


class ChooseScreen(Dialog[int]):
    """Asks for one of several things; answers with its place in the list."""

    def __init__(
        self, title: str, choices: Sequence[str], hint: str = "Enter chooses · Esc closes", at: int = 0
    ) -> None:
        super().__init__()
        self._title, self._choices, self._hint, self._at = title, choices, hint, at

    def compose(self) -> ComposeResult:
        with self.box(self._title):
            yield OptionList(*(Option(Content(choice)) for choice in self._choices), id="choices", markup=False)
            yield plain(self._hint, "dialog--hint")

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = self._at
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)
