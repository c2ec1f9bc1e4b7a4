"""The dialog that says why: who said what explained, for a statement or a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.base import Dialog, plain
from tui.text_cells import fit, wrap
from tui.wording.facts import Fact

LABEL_WIDTH = 13
WIDEST = 72
"""Cells of a line in the dialog's box."""


class ExplainScreen(Dialog[str]):
    """Facts, each with its label; answers with the id of the command whose key was pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,i,enter", "cancel", "Close", show=False),
        Binding("j,down", "scroll('down')", show=False),
        Binding("k,up", "scroll('up')", show=False),
        Binding("space,pagedown,ctrl+d", "scroll('page_down')", show=False),
        Binding("pageup,ctrl+u", "scroll('page_up')", show=False),
    ]

    def __init__(self, title: str, facts: Sequence[Fact], offers: Sequence[tuple[str, str, str]]) -> None:
        """``offers``: key, command id and words of what can be done."""
        super().__init__()
        self._title, self._facts, self._offers = title, facts, offers

    def compose(self) -> ComposeResult:
        with self.box(self._title):
            with VerticalScroll(id="explanation", can_focus=False):
                yield Static(id="explanation-text", markup=False)
            offers = " · ".join(f"{key} {words}" for key, _, words in self._offers)
            yield plain(" · ".join(filter(None, (offers, "Esc closes"))), "dialog--hint")

    def on_resize(self) -> None:
        """Set the facts for the width there is."""
        width = min(WIDEST, int(self.app.size.width * 0.96) - 8)
        rows = [row for fact in self._facts for row in fact_rows(fact, width)]
        self.query_one("#explanation-text", Static).update(Content("\n").join(rows))

    def action_scroll(self, where: str) -> None:
        getattr(self.query_one("#explanation", VerticalScroll), f"scroll_{where}")(animate=False)

    def on_key(self, event: events.Key) -> None:
        for key, command, _ in self._offers:
            if key in (event.key, event.character):
                event.stop()
                event.prevent_default()
                self.dismiss(command)
                return


def fact_rows(fact: Fact, width: int) -> list[Content]:
    """A fact's label and text, wrapped; the marked part of the text stands out."""
    rows = []
    for place, (start, end) in enumerate(wrap(fact.text, 0, len(fact.text), width - LABEL_WIDTH)):
        label = fit(fact.label if place == 0 else "", LABEL_WIDTH)
        parts: list[tuple[str, str]] = []
        at = start
        for first, last in fact.marks:
            first, last = max(first, at), min(last, end)
            if first < last:
                parts += [(fact.text[at:first], ""), (fact.text[first:last], "bold $accent")]
                at = last
        parts.append((fact.text[at:end], ""))
        rows.append(Content.assemble((label, "$foreground 75%"), *parts))
    return rows
