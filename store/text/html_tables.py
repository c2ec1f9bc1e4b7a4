"""Tables on their way to text: rows of data become one block, tables that only lay a page out become their content."""

from __future__ import annotations

from collections.abc import Iterator

from store.models import BlockKind
from store.text.document_builder import Passage

_LONG_CELL = 400
"""Characters from which on a cell holds an article's text and not a value."""


class Table:
    """A table in the making: rows of cells of passages."""

    def __init__(self) -> None:
        self.has_table = False
        """Another table lies inside this one."""
        self._before: list[Passage] = []
        self._rows: list[list[list[Passage]]] = []

    def start_row(self) -> None:
        self._rows.append([])

    def start_cell(self) -> None:
        if not self._rows:
            self.start_row()
        self._rows[-1].append([])

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
