"""Counts of quotations as a table with bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.message import Message

from store.models import Tally
from tui.text_cells import fit, fit_right
from tui.widgets.graphs import bar
from tui.widgets.row_list import Part, RowList

COUNT_WIDTH = 9
SHARE_WIDTH = 7
LEAST_BAR = 8
NAME_PART = 2 / 5
"""The part of a line that names take."""


class TallyTable(RowList):
    """One row a name: how often it is quoted, with a bar; how often named, and the share of quotations in that."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"people--quote", "people--role", "people--graph", "people--count"}

    class Chosen(Message):
        """The user chose this row."""

        def __init__(self, tally: Tally) -> None:
            super().__init__()
            self.tally = tally

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._tallies: Sequence[Tally] = ()

    def load(self, tallies: Sequence[Tally], cursor: int = 0) -> None:
        """Show these, most quoted first."""
        self._tallies = tallies
        self.rows_changed(cursor)

    def row_count(self) -> int:
        return len(self._tallies)

    def chosen(self) -> None:
        self.post_message(self.Chosen(self._tallies[self.cursor]))

    def draw(self, row: int, line: int, width: int) -> Sequence[Part]:  # noqa: ARG002
        tally = self._tallies[row]
        counted = any(each.mentions for each in self._tallies)
        numbers = COUNT_WIDTH + (COUNT_WIDTH + SHARE_WIDTH if counted else 0) + 1
        name_width = min(max(30, int((width - numbers) * NAME_PART)), max(12, width - numbers))
        bar_width = width - numbers - name_width - 2
        parts: list[Part] = [(fit(tally.name or "without a verb", name_width), self.style("people--quote"))]
        parts.append((fit_right(f"{tally.quotes:,} ❝", COUNT_WIDTH), self.style("people--count")))
        if counted:
            share = f"{tally.quotes / tally.mentions:.0%}" if tally.mentions else ""
            parts.append((fit_right(f"{tally.mentions:,}", COUNT_WIDTH), self.style("people--role")))
            parts.append((fit_right(share, SHARE_WIDTH), self.style("people--role")))
        if bar_width >= LEAST_BAR:
            parts.append(("  " + bar(tally.quotes, self._tallies[0].quotes, bar_width), self.style("people--graph")))
        return parts
