"""What dialogs with several lines to fill in share: labelled lines, boxes to tick, and an answer below."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Static

from tui.dialogs.base import Dialog, plain

Answer = TypeVar("Answer")
SAVING = "Enter saves · Tab goes on · Esc closes"


class Tick(Checkbox, inherit_bindings=False):
    """A box to tick with the space bar; Enter is the form's."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "toggle_button", "Tick", show=False)]

    def watch_value(self) -> None:
        """Say it without colour as well."""
        self.BUTTON_INNER = "✓" if self.value else " "
        super().watch_value()


class Form(Dialog[Answer], Generic[Answer]):
    """A dialog with lines to fill in. Enter in any of them, or ctrl+s, calls :meth:`save`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,ctrl+s", "save", "Save", show=False)]

    def line(
        self, label: str, value: str, id: str, placeholder: str = "", suggester: Suggester | None = None
    ) -> Widget:
        """A labelled line of text."""
        return self.labelled(label, Input(value, placeholder=placeholder, suggester=suggester, compact=True, id=id))

    def labelled(self, label: str, entry: Widget) -> Widget:
        """Something to fill in behind its label."""
        return Horizontal(plain(label, "form--label"), entry, classes=f"form--line of-{entry.id}")

    def box_to_tick(self, label: str, value: bool, id: str) -> Widget:
        return Tick(Content(label), value, compact=True, id=id, classes="form--tick")

    def ending(self, hint: str = SAVING) -> Iterator[Widget]:
        """The line for what is wrong, and the keys."""
        yield plain("", id="answer")
        yield plain(hint, "dialog--hint")

    def text_of(self, id: str) -> str:
        return self.query_one(f"#{id}", Input).value.strip()

    def is_ticked(self, id: str) -> bool:
        return self.query_one(f"#{id}", Checkbox).value

    def wrong(self, sentence: str, id: str = "") -> None:
        """Say what cannot be taken, and go to the line it is in."""
        answer = self.query_one("#answer", Static)
        answer.set_class(True, "-error")
        answer.update(Content(sentence))
        if id:
            self.query_one(f"#{id}").focus()

    def on_input_submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        self.save()

    @abstractmethod
    def save(self) -> None:
        """Take what was filled in: dismiss with the answer, or say what is wrong."""


class TagSuggester(Suggester):
    """Completes the last of the tags in a line, with commas between them, from those that are known."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        before, _, last = value.rpartition(",")
        begun = last.lstrip()
        if not begun:
            return None
        given = {tag.strip().casefold() for tag in before.split(",")}
        for tag in self._known:
            if tag.casefold().startswith(begun.casefold()) and tag.casefold() not in given and "," not in tag:
                return value + tag[len(begun) :] if len(tag) > len(begun) else None
        return None
