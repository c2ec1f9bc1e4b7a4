"""Dialogs that ask for a line of text, or for one of several things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option

from tui.dialogs.base import Dialog, Options, plain


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

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step(1)", show=False),
        Binding("k", "step(-1)", show=False),
        Binding("q", "cancel", show=False),
        *(Binding(digit, f"choose({digit})", show=False) for digit in "123456789"),
    ]

    def __init__(
        self, title: str, choices: Sequence[str], hint: str = "Enter or a number chooses · Esc closes", at: int = 0
    ) -> None:
        super().__init__()
        self._title, self._choices, self._hint, self._at = title, choices, hint, at

    def compose(self) -> ComposeResult:
        with self.box(self._title):
            choices = [Content(f"{number:>2}  {choice}") for number, choice in enumerate(self._choices, 1)]
            yield Options(*(Option(choice) for choice in choices), id="choices", markup=False)
            yield plain(self._hint, "dialog--hint")

    def on_mount(self) -> None:
        options = self.query_one(Options)
        options.highlighted = self._at
        options.focus()

    def action_step(self, step: int) -> None:
        options = self.query_one(Options)
        (options.action_cursor_down if step > 0 else options.action_cursor_up)()

    def action_choose(self, number: int) -> None:
        if number <= len(self._choices):
            self.dismiss(number - 1)

    def on_option_list_option_selected(self, event: Options.OptionSelected) -> None:
        self.dismiss(event.option_index)
