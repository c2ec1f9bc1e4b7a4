"""The list of everybody named in the store, read a piece at a time as it comes into view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.message import Message

from store.models import PersonEntry
from tui.text_cells import cut, fit, fit_right
from tui.widgets.row_list import Part, RowList

PIECE = 200
"""People read at once."""
KEPT_PIECES = 12
"""Pieces kept; what was left longest ago is read again when it comes back into view."""
COUNT_WIDTH = 9
NAME_WIDTH = 30


class PersonList(RowList):
    """One row a person: followed or not, name, role, and how often quoted and named."""

    HELP = "Everybody named in any article, most quoted first. ✱ marks those you follow."

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "people--name",
        "people--role",
        "people--count",
        "people--followed",
    }

    class Needed(Message):
        """The people from ``offset`` on are in view and not known."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    class Chosen(Message):
        """The user wants to see this person's page."""

        def __init__(self, entry: PersonEntry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._count = 0
        self._pieces: dict[int, Sequence[PersonEntry]] = {}
        self._asked: set[int] = set()

    def load(self, count: int, first: int, entries: Sequence[PersonEntry], cursor: int) -> None:
        """List ``count`` people, of whom those from place ``first`` on are given; ``first`` begins a piece."""
        self._count = count
        self._pieces = {first: entries}
        self._asked.clear()
        self.rows_changed(cursor)

    def give(self, offset: int, entries: Sequence[PersonEntry]) -> None:
        """The people from ``offset`` on."""
        self._asked.discard(offset)
        self._pieces[offset] = entries
        for left in list(self._pieces)[:-KEPT_PIECES]:
            del self._pieces[left]
        self.redraw()

    def entry(self, row: int) -> PersonEntry | None:
        """The person of a row; None while it is being read."""
        offset = row - row % PIECE
        entries = self._pieces.get(offset)
        if entries is None:
            if offset not in self._asked:
                self._asked.add(offset)
                self.post_message(self.Needed(offset))
            return None
        return entries[row - offset] if row - offset < len(entries) else None

    @property
    def current(self) -> PersonEntry | None:
        """Who is under the cursor."""
        return self.entry(self.cursor) if self.cursor >= 0 else None

    def replace(self, row: int, entry: PersonEntry) -> None:
        """Something about the person of a row changed."""
        offset = row - row % PIECE
        if entries := self._pieces.get(offset):
            self._pieces[offset] = [*entries[: row - offset], entry, *entries[row - offset + 1 :]]
            self.redraw()

    def row_count(self) -> int:
        return self._count

    def chosen(self) -> None:
        if entry := self.current:
            self.post_message(self.Chosen(entry))

    def draw(self, row: int, line: int, width: int) -> Sequence[Part]:  # noqa: ARG002
        entry = self.entry(row)
        role = self.style("people--role")
        if entry is None:
            return [("  …", role)]
        name_width = min(NAME_WIDTH, max(12, width - 2 - 2 * COUNT_WIDTH - 4))
        role_width = max(0, width - 2 - name_width - 2 - 2 * COUNT_WIDTH - 1)
        count = self.style("people--count")
        return [
            ("✱ " if entry.followed else "  ", self.style("people--followed")),
            (fit(entry.name, name_width) + "  ", self.style("people--name")),
            (fit(entry.role, role_width), role),
            (fit_right(f"{entry.quotes:,} ❝" if entry.quotes else "", COUNT_WIDTH), count),
            (fit_right(cut(f"{entry.mentions:,}", COUNT_WIDTH - 1), COUNT_WIDTH) + " ", role),
        ]
