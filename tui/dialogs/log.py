"""The log: what newsdash said lately, the newest first, narrowed by words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from tui.dialogs.base import Dialog, plain
from tui.widgets.status_bars import Notice


class LogScreen(Dialog[None]):
    """Notices with their times."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        super().__init__()
        self._notices = tuple(reversed(notices))

    def compose(self) -> ComposeResult:
        with self.box("Log"):
            yield Input(placeholder="only those with these words", id="log-words", compact=True)
            with VerticalScroll(id="log", can_focus=False):
                yield Static(id="log-text", markup=False)
            yield plain("↑ ↓ scroll · Esc closes", "dialog--hint")

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Input))
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def key_down(self) -> None:
        self.query_one("#log", VerticalScroll).scroll_down(animate=False)

    def key_up(self) -> None:
        self.query_one("#log", VerticalScroll).scroll_up(animate=False)

    def _show(self, words: str) -> None:
        wanted = words.casefold().split()
        fitting = [each for each in self._notices if all(word in each.sentence.casefold() for word in wanted)]
        rows = [
            Content.assemble(
                (f"{each.when:%H:%M:%S}  ", "$foreground 75%"), (each.sentence, "$error" if each.is_error else "")
            )
            for each in fitting
        ]
        nothing = Content("Nothing was said yet." if not self._notices else "Nothing has these words.")
        self.query_one("#log-text", Static).update(Content("\n").join(rows) if rows else nothing)
