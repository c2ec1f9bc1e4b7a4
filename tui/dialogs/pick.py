"""The dialog that asks for one of several things, each with a key of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from tui.dialogs.base import Dialog, Options, plain
from tui.text_cells import cut, fit, width_of

WIDEST = 66
"""Cells of a line in the dialog's box."""
NAME_WIDTH = 30
MOST_SHOWN = 12
"""Lines of the list that are seen at once, as app.tcss has it."""
NUMBERS = "123456789"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things; ``aside`` says more about it. Without a ``key`` it is reached by moving to it."""

    text: str
    aside: str = ""
    key: str = ""


class PickScreen(Dialog[int]):
    """Asks for one of several things; answers with its place in the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move('down')", "Down", show=False),
        Binding("k", "move('up')", "Up", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], about: str = "") -> None:
        super().__init__()
        self._title, self._choices, self._about = title, choices, about

    def compose(self) -> ComposeResult:
        room = min(WIDEST, int(self.app.size.width * 0.96) - 8)
        with self.box(self._title):
            if self._about:
                yield plain(cut(self._about, room), "dialog--about")
            options = [Option(self._line(choice, room)) for choice in self._choices]
            yield Options(*options, id="choices", markup=False)
            yield plain(self._hint(), "dialog--hint")

    def _hint(self) -> str:
        """What the keys do; those that the list is too long to show, by name."""
        hidden = [choice for choice in self._choices[MOST_SHOWN:] if choice.key]
        named = [f"{choice.key} {choice.text.removesuffix(' …').lower()}" for choice in hidden]
        return " · ".join([*named, "Esc closes"] if named else ["Its key, or Enter, chooses", "Esc closes"])

    def _line(self, choice: Choice, room: int) -> Content:
        name_room = min(NAME_WIDTH, room - 4)
        long = not choice.aside or width_of(choice.text) > name_room
        text = cut(choice.text, room - 4) if long else fit(choice.text, name_room)
        aside = cut(choice.aside, room - 6 - width_of(text)) if choice.aside else ""
        return Content.assemble((f" {choice.key or ' '}  ", "bold"), text, (f"  {aside}", "italic"))

    def on_mount(self) -> None:
        options = self.query_one(Options)
        options.highlighted = 0
        options.focus()

    def action_move(self, where: str) -> None:
        getattr(self.query_one(Options), f"action_cursor_{where}")()

    def on_key(self, event: events.Key) -> None:
        for place, choice in enumerate(self._choices):
            if choice.key and event.character == choice.key:
                event.stop()
                event.prevent_default()
                self.dismiss(place)
                return

    def on_option_list_option_selected(self, event: Options.OptionSelected) -> None:
        self.dismiss(event.option_index)


def numbered(choices: Sequence[Choice]) -> list[Choice]:
    """The choices with the first nine's numbers as their keys."""
    keys = [*NUMBERS, *[""] * len(choices)]
    return [Choice(choice.text, choice.aside, key) for choice, key in zip(choices, keys, strict=False)]
