"""A document laid out in lines of a given width: pure, and linear in the length of the text.

A line holds pieces ``(x, start, end)``: ``text[start:end]`` drawn at column ``x``. Offsets are those of the
document, so whatever is known about the text (links, quotations, search hits) is known about its lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import bidirectional

from store.models import Block, BlockKind, Document, MarkKind
from tui.text_cells import cut, width_of, wrap

CELL_GAP = 2
NARROWEST_COLUMN = 6
INDENT = 2
TAB = 4
"""Cells between the columns that tabs lead to; a terminal's own tab would leave there what was drawn before."""


Pieces = tuple[tuple[int, int, int], ...]
MARK_STYLES = {
    MarkKind.LINK: "article--link",
    MarkKind.STRONG: "article--strong",
    MarkKind.EMPHASIS: "article--emphasis",
    MarkKind.CODE: "article--code",
    MarkKind.IMAGE: "article--caption",
}
BLOCK_STYLES = {
    BlockKind.HEADING: "article--heading",
    BlockKind.CODE: "article--code",
    BlockKind.CAPTION: "article--caption",
    BlockKind.QUOTE: "article--blockquote",
}


class Line(NamedTuple):
    """One line. ``block`` indexes the document's blocks, -1 for a gap between two; ``label`` stands at ``label_x``."""

    block: int
    pieces: Pieces = ()
    label: str = ""
    label_x: int = 0
    strong: bool = False
    """The heading of a table's columns."""

    @property
    def start(self) -> int:
        return self.pieces[0][1] if self.pieces else -1

    @property
    def end(self) -> int:
        return self.pieces[-1][2] if self.pieces else -1


GAP = Line(-1)
CLOSE = (BlockKind.ITEM, BlockKind.CAPTION)
"""Blocks that stand close together: the items of a list, a picture and its caption."""
PICTURE, GOES_ON = "▣", "↪"
"""What stands before a picture's description, and before the rest of a line of code that is too long."""
_NUMBER = re.compile(r"[-+−±~<>≤≥]?[$€£¥]?\d[\d\s.,'’]*(?:[%‰]| ?[A-Za-z°]{1,3})?|[-–—]|n/a|")
"""A cell of a column of numbers."""


def blocks_of(document: Document) -> Sequence[Block]:
    """The document's blocks; a text without any is one paragraph."""
    if document.blocks or not document.text:
        return document.blocks
    return (Block(BlockKind.PARAGRAPH, 0, len(document.text)),)


def typeset(document: Document, width: int) -> list[Line]:
    """Lay a document out in lines of at most ``width`` cells."""
    lines: list[Line] = []
    before: Block | None = None
    text = document.text
    for index, block in enumerate(blocks_of(document)):
        if before is not None and not (before.kind is block.kind and block.kind in CLOSE):
            lines.append(GAP)
        if block.kind is BlockKind.TABLE:
            lines += _table(text, index, block, width)
        elif block.kind is BlockKind.RULE:
            lines.append(Line(index, label="─" * min(width, 24)))
        else:
            lines += _flow(text, index, block, width)
        before = block
    return lines


def _flow(text: str, index: int, block: Block, width: int) -> Iterable[Line]:
    """Running text, indented and labelled as its kind asks; a paragraph written from the right stands at the right."""
    label, label_x, indent = "", 0, 0
    if block.kind is BlockKind.ITEM:
        label = block.label or "•"
        label_x = min((max(block.level, 1) - 1) * INDENT, width // 3)
        indent = label_x + width_of(label) + 1
    elif block.kind is BlockKind.QUOTE:
        depth = min(max(block.level, 1), max(width // 6, 1))
        label, indent = "│ " * depth, INDENT * depth
    elif block.kind is BlockKind.CODE:
        yield from _code(text, index, block, width)
        return
    elif block.kind is BlockKind.CAPTION:
        label, indent = (PICTURE if block.label else ""), INDENT
    mirrored = runs_from_right(text, block.start, block.end)
    for place, pieces in enumerate(_lines(text, block.start, block.end, width - indent)):
        shown = label if place == 0 or block.kind is BlockKind.QUOTE else ""
        if mirrored:
            shown = shown.rstrip()
            at, start, end = pieces[-1]
            left = max(0, width - indent - at - width_of(text[start:end]))
            yield Line(index, _moved(pieces, left), shown, width - label_x - width_of(shown))
        else:
            yield Line(index, _moved(pieces, indent), shown, label_x)


def _code(text: str, index: int, block: Block, width: int) -> Iterable[Line]:
    """Lines as they are; the rest of one that is too long is marked as such."""
    begun = -1
    for pieces in _lines(text, block.start, block.end, width - 2 * INDENT):
        start = pieces[0][1]
        if begun >= 0 and "\n" not in text[begun:start]:
            yield Line(index, _moved(pieces, 2 * INDENT), GOES_ON, INDENT)
        else:
            yield Line(index, _moved(pieces, INDENT))
        begun = start


def _moved(pieces: Pieces, cells: int) -> Pieces:
    return tuple((x + cells, start, end) for x, start, end in pieces)


def _lines(text: str, start: int, end: int, width: int) -> Iterable[Pieces]:
    """Wrapped lines. A tab belongs to none of their pieces: what follows it stands at the next of its columns."""
    if text.find("\t", start, end) < 0:
        for first, last in wrap(text, start, end, width):
            yield ((0, first, last),)
        return
    while start <= end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield from _tabbed(text, start, stop, max(width, 2))
        start = stop + 1


def _tabbed(text: str, start: int, end: int, width: int) -> Iterable[Pieces]:
    """One line of the text, broken where it is too long."""
    line: list[tuple[int, int, int]] = []
    x = 0
    while True:
        stop = text.find("\t", start, end)
        stop = end if stop < 0 else stop
        if start < stop:
            wrapped = wrap(text, start, stop, width)
            if x and width_of(text[slice(*wrapped[0])]) > width - x:
                if line:
                    yield tuple(line)
                else:  # only tabs before it
                    (first, last), (start, _), *_ = wrap(text, start, stop, width - x)
                    yield ((x, first, last),)
                    wrapped = wrap(text, start, stop, width)
                line, x = [], 0
            for first, last in wrapped[:-1]:
                yield (*line, (x, first, last))
                line, x = [], 0
            first, last = wrapped[-1]
            line.append((x, first, last))
            x += width_of(text[first:last])
        if stop == end:
            break
        start = stop + 1
        x = (x // TAB + 1) * TAB
        if x >= width - 1:
            if line:
                yield tuple(line)
            line, x = [], 0
    yield tuple(line) or ((0, end, end),)


def runs_from_right(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is written from right to left: its first letter is (UAX #9, rules P2 and P3)."""
    for character in text[start:end]:
        direction = bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


# --- tables -------------------------------------------------------------------------------------------------


def _table(text: str, index: int, block: Block, width: int) -> Iterable[Line]:
    """Rows with aligned columns, cells wrapped; where the columns would be too narrow, one cell below the other."""
    rows = _cells_of(text, block)
    columns = column_widths([[width_of(text[start:end]) for start, end in row] for row in rows], width)
    if not columns:
        yield from _unfolded(text, index, rows, width)
        return
    headed = len(rows) > 1
    body = rows[1:] if headed else rows
    numbers = [
        all(_NUMBER.fullmatch(text[slice(*row[column])].strip()) for row in body if column < len(row))
        for column in range(len(columns))
    ]
    for place, row in enumerate(rows):
        for line in _table_row(text, index, row, columns, numbers):
            yield line._replace(strong=headed and place == 0)
        if headed and place == 0:
            yield Line(index, label="─" * (sum(columns) + CELL_GAP * (len(columns) - 1)))


def _unfolded(text: str, index: int, rows: Sequence[Sequence[tuple[int, int]]], width: int) -> Iterable[Line]:
    """A cell a line: each row under its first cell, the others behind the headings of their columns."""
    headings = [text[slice(*cell)] for cell in rows[0]] if len(rows) > 1 else []
    for place, row in enumerate(rows):
        for number, (start, end) in enumerate(row):
            named = place > 0 and number > 0 and number < len(headings) and headings[number].strip()
            label = f"{cut(headings[number].strip(), width // 2 - INDENT)}: " if named else ""
            x = (INDENT if number else 0) + width_of(label)
            for level, (first, last) in enumerate(wrap(text, start, end, width - x)):
                shown = label.rstrip() if level == 0 else ""
                yield Line(index, ((x, first, last),), shown, INDENT, strong=place == 0 or number == 0)


def _table_row(
    text: str, index: int, row: Sequence[tuple[int, int]], columns: Sequence[int], numbers: Sequence[bool]
) -> Iterable[Line]:
    """A row's lines; columns of numbers stand at the right of their room."""
    wrapped = [wrap(text, start, end, width) for (start, end), width in zip(row, columns, strict=False)]
    for level in range(max(len(cell) for cell in wrapped)):
        pieces = []
        x = 0
        for cell, width, right in zip(wrapped, columns, numbers, strict=False):
            if level < len(cell):
                start, end = cell[level]
                pieces.append((x + (width - width_of(text[start:end]) if right else 0), start, end))
            x += width + CELL_GAP
        yield Line(index, tuple(pieces))


def _cells_of(text: str, block: Block) -> list[list[tuple[int, int]]]:
    """The ranges of a table's cells, by rows."""
    rows = []
    start = block.start
    for row in text[block.start : block.end].split("\n"):
        cells = []
        for cell in row.split("\t"):
            cells.append((start, start + len(cell)))
            start += len(cell) + 1
        rows.append(cells)
    return rows


def column_widths(cells: Sequence[Sequence[int]], width: int) -> list[int]:
    """How wide each column may be; the widest give way first. Empty when they cannot stand side by side."""
    count = max(len(row) for row in cells)
    widths = [max((row[column] for row in cells if column < len(row)), default=1) or 1 for column in range(count)]
    room = width - CELL_GAP * (count - 1)
    if room < sum(min(natural, NARROWEST_COLUMN) for natural in widths):
        return []
    # The largest cap at which all fit: columns narrower than it keep their natural width.
    low, high = 1, max(widths)
    while low < high:
        cap = (low + high + 1) // 2
        if sum(min(natural, cap) for natural in widths) <= room:
            low = cap
        else:
            high = cap - 1
    return [min(natural, low) for natural in widths]


# --- what lies where ----------------------------------------------------------------------------------------


class Ranges:
    """Ranges of text with a value each, asked for those that touch a range; they may overlap."""

    def __init__(self, ranges: Iterable[tuple[int, int, int]]) -> None:
        """``ranges`` are ``(start, end, value)``; empty ones are left out."""
        self._ranges = sorted(item for item in ranges if item[0] < item[1])
        self._starts = [item[0] for item in self._ranges]
        self._furthest: list[int] = []
        """For each range the furthest end of all up to it, so that a look back knows where to stop."""
        furthest = 0
        for _, end, _ in self._ranges:
            furthest = max(furthest, end)
            self._furthest.append(furthest)

    def __bool__(self) -> bool:
        return bool(self._ranges)

    def touching(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """The ranges that share a character with ``[start, end)``, in order."""
        found = []
        index = bisect_left(self._starts, end) - 1
        while index >= 0 and self._furthest[index] > start:
            if self._ranges[index][1] > start:
                found.append(self._ranges[index])
            index -= 1
        return found[::-1]
