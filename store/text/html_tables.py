"""Tables on their way to text: rows of data become one block, tables that only lay a page out become their content."""

from __future__ import annotations

from collections.abc import Iterator

from store.models import BlockKind
from store.text.document_builder import Passage

_LONG_CELL = 400
"""Characters from which on a cell holds an article's text and not a value."""

_MOST_COLUMNS, _MOST_ROWS = 100, 1000
"""Columns and rows that one cell can take."""


class Table:
    """A table in the making: rows of cells of passages."""

    def __init__(self) -> None:
        self.has_table = False
        """Another table lies inside this one."""
        self._before: list[Passage] = []
        self._rows: list[list[list[Passage]]] = []
        self._spans: dict[int, int] = {}
        """Columns that a cell of an earlier row reaches down into, each with how many rows it still does."""
        self._waiting = 0
        """Columns that the last cell takes besides its own; they are filled before the next one."""

    def start_row(self) -> None:
        self._end_row()
        self._rows.append([])

    def start_cell(self, columns: int = 1, rows: int = 1) -> None:
        """Begin a cell that is so many columns wide and rows high; places that it takes besides stay empty."""
        if not self._rows:
            self.start_row()
        self._fill()
        row = self._rows[-1]
        self._waiting = min(columns, _MOST_COLUMNS) - 1
        if rows > 1:
            for column in range(len(row), len(row) + max(1, min(columns, _MOST_COLUMNS))):
                self._spans[column] = min(rows, _MOST_ROWS)
        row.append([])

    def _fill(self) -> None:
        """Put empty cells where those before and above reach."""
        row = self._rows[-1]
        for _ in range(self._waiting):
            row.append([])
        self._waiting = 0
        while self._spans.get(len(row)):
            row.append([])

    def _end_row(self) -> None:
        if self._rows:
            self._fill()
        self._spans = {column: rows - 1 for column, rows in self._spans.items() if rows > 1}

    def take(self, passage: Passage) -> bool:
        """Put a finished passage into the open cell; what stands outside cells (a caption) goes before the table."""
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(passage)
        else:
            self._before.append(passage)
        return True

    def passages(self) -> Iterator[Passage]:
        """The table as one block, or the content of its cells in reading order."""
        yield from self._before
        self._end_row()
        if self._holds_data():
            yield self._as_block()
            return
        for row in self._rows:
            for cell in row:
                yield from cell

    def _holds_data(self) -> bool:
        if self.has_table:
            return False
        cells = [cell for row in self._rows for cell in row if cell]
        columned = sum(len(row) > 1 for row in self._rows) > 1 and any(sum(map(bool, row)) > 1 for row in self._rows)
        return columned and all(
            len(cell) == 1 and cell[0].size < _LONG_CELL and cell[0].kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION)
            for cell in cells
        )

    def _as_block(self) -> Passage:
        block = Passage(BlockKind.TABLE)
        for row in self._rows:
            if not any(row):
                continue
            if block.pieces:
                block.put_break()
            for column, cell in enumerate(row):
                if column:
                    block.put_tab()
                for passage in cell:
                    _append(block, passage)
        return block


def _append(block: Passage, cell: Passage) -> None:
    """A cell's text on one line behind what is there, its marks with it."""
    shift = len(block.pieces)
    for piece in cell.pieces:
        block.put(" " if piece == "\n" else piece)
    block.marks += [(first + shift, last + shift, kind, href) for first, last, kind, href in cell.marks]
