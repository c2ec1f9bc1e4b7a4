"""A list of quotations over many articles, each with where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.message import Message

from store.models import QuoteKind, QuoteOccurrence
from tui.text_cells import cut
from tui.widgets.people import QUOTE_LINES, shortened
from tui.widgets.row_list import Part, RowList
from tui.wording.counts import plural
from tui.wording.quotation import quotation

AHEAD = 30
"""So many rows before the end of what is loaded more is asked for."""

Line = tuple[str, str]
"""A text and the component class of its style."""


@dataclass(frozen=True, slots=True)
class Row:
    """A quotation, or the heading of a month."""

    lines: tuple[Line, ...]
    saying: QuoteOccurrence | None = None


class QuoteList(RowList):
    """Quotations in the order they are given, each with its date, verb, source and article."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "people--quote",
        "people--indirect",
        "people--note",
        "people--name",
        "people--graph",
        "people--heading",
    }

    class Chosen(Message):
        """The user wants to read on at this quotation."""

        def __init__(self, saying: QuoteOccurrence) -> None:
            super().__init__()
            self.saying = saying

    class Needed(Message):
        """The cursor comes near the end of the quotations that are loaded."""

        def __init__(self, sayings: QuoteList, loaded: int) -> None:
            super().__init__()
            self.sayings = sayings
            self.loaded = loaded

    def __init__(self, *, id: str, clock: Callable[[], datetime], speakers: bool = False) -> None:
        """With ``speakers`` each has its speaker's name above."""
        super().__init__(id=id)
        self._clock = clock
        self._speakers = speakers
        self._by_month = False
        self._sayings: list[QuoteOccurrence] = []
        self._total = 0
        self._rows: list[Row] = []
        self._starts = [0]

    def load(self, sayings: Sequence[QuoteOccurrence], total: int, cursor: int = 0, *, by_month: bool = False) -> None:
        """Show these of ``total`` quotations, with the cursor on a row; ``by_month`` puts headings above the months."""
        self._sayings, self._total, self._by_month = list(sayings), total, by_month
        self.set_lines()
        self.rows_changed(cursor)

    def add(self, more: Sequence[QuoteOccurrence]) -> None:
        """The next ones. Nothing more means that there are no more."""
        self._sayings += more
        self._total = self._total if more else len(self._sayings)
        self._measure(more)
        self.rows_changed(self.cursor, keep_line=self.cursor_line)

    @property
    def current(self) -> QuoteOccurrence | None:
        return self._rows[self.cursor].saying if 0 <= self.cursor < len(self._rows) else None

    # --- rows -----------------------------------------------------------------------------------------------

    def relayout(self) -> None:
        self._rows, self._starts = [], [0]
        self._measure(self._sayings)

    def _measure(self, sayings: Sequence[QuoteOccurrence]) -> None:
        width = max(12, self.content_width - 4)
        month = self._month_of(self._rows[-1].saying) if self._rows else ""
        for saying in sayings:
            if self._by_month and month != (month := self._month_of(saying)):
                self._put(Row(((month, "people--heading"),)))
            self._put(Row(tuple(self._lines_of(saying, width)), saying))

    def _put(self, row: Row) -> None:
        self._rows.append(row)
        self._starts.append(self._starts[-1] + len(row.lines))

    def _month_of(self, saying: QuoteOccurrence | None) -> str:
        return f"{saying.published.astimezone(self._clock().tzinfo):%B %Y}" if saying else ""

    def _lines_of(self, saying: QuoteOccurrence, width: int) -> Sequence[Line]:
        indirect = saying.kind is QuoteKind.INDIRECT
        said = " ".join(saying.text.split())
        style = "people--indirect" if indirect else "people--quote"
        lines = [(line, style) for line in shortened(quotation(said, saying.kind), width, QUOTE_LINES)]
        if self._speakers:
            lines.insert(0, (cut(saying.name or "Unknown speaker", width), "people--name"))
        when = saying.published.astimezone(self._clock().tzinfo)
        where = [f"{when.day} {when:%b %Y}", saying.verb, saying.source, saying.title]
        if saying.outlets > 1:
            where.insert(1, f"in {plural(saying.outlets, 'outlet')}")
        return [*lines, (cut(" · ".join(filter(None, where)), width), "people--note"), ("", "people--note")]

    def row_count(self) -> int:
        return len(self._rows)

    def can_stop_at(self, row: int) -> bool:
        return self._rows[row].saying is not None

    def row_at(self, line: int) -> tuple[int, int]:
        row = bisect_right(self._starts, line) - 1
        return row, line - self._starts[row]

    def first_line(self, row: int) -> int:
        return self._starts[row]

    def cursor_moved(self) -> None:
        if self.cursor + AHEAD >= len(self._rows) and len(self._sayings) < self._total:
            self.post_message(self.Needed(self, len(self._sayings)))

    def chosen(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    def draw(self, row: int, line: int, width: int) -> Sequence[Part]:  # noqa: ARG002
        text, name = self._rows[row].lines[line]
        saying, style = self._rows[row].saying, self.style(name)
        if saying is None:
            return [(text, style)]
        if not text or name in ("people--note", "people--name"):
            return [("  ", style), (text, style)]
        indirect = saying.kind is QuoteKind.INDIRECT
        return [("┊ " if indirect else "▎ ", self.style("people--graph")), (text, style)]
