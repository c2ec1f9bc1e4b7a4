"""A list that draws only the lines on screen: the base of the headlines, feeds and people panes.

A subclass says how many rows there are, how high each is and how a line of one is drawn; this class scrolls,
moves the cursor, answers keys and mouse, and keeps the drawn lines in a bounded cache. A hundred thousand rows
cost what the ones on screen cost.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size

from tui.widgets.jump_labels import Target
from tui.widgets.line_view import LineView, padded

MARGIN = 2
"""Rows kept visible above and below the cursor where there are that many."""

Part = tuple[str, Style]
"""A run of text in one style."""


class Shown(NamedTuple):
    """A line of a row as it is drawn."""

    row: int
    line: int
    at_cursor: bool
    focused: bool


class RowList(LineView, inherit_bindings=False):
    """A scrolling list of rows with a cursor. Rows count from 0; a cursor of -1 means there is none."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--cursor-blurred", "rows--edge"}

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._cursor = -1

    # --- what a subclass gives ------------------------------------------------------------------------------

    @abstractmethod
    def row_count(self) -> int:
        """How many rows there are."""

    def row_at(self, line: int) -> tuple[int, int]:
        """The row on this line of the list, and which of the row's lines it is."""
        return line, 0

    def first_line(self, row: int) -> int:
        """The line on which a row begins; for ``row == row_count()`` the height of all."""
        return row

    @abstractmethod
    def draw(self, row: int, line: int, width: int) -> Sequence[Part]:
        """One line of a row, in at most ``width`` cells."""

    def can_stop_at(self, row: int) -> bool:
        """Whether the cursor can be on this row."""
        del row
        return True

    def cursor_moved(self) -> None:
        """The user moved the cursor."""

    def chosen(self) -> None:
        """The user chose the row under the cursor."""

    label_x = 1
    """Where labels of jump mode stand."""

    # --- state ----------------------------------------------------------------------------------------------

    @property
    def cursor(self) -> int:
        return self._cursor

    def rows_changed(self, cursor: int, *, keep_line: int | None = None) -> None:
        """Draw anew after the rows changed, with the cursor at a row.

        ``keep_line``: the line of the window on which the cursor's row should stay, so that nothing jumps.
        """
        self._drawn.clear()
        count = self.row_count()
        self._cursor = self._nearest(max(0, min(cursor, count - 1))) if count else -1
        self.virtual_size = Size(self.content_width, self.first_line(count))
        if keep_line is not None and count:
            # A heading that came above the first row is seen too.
            at_top = keep_line >= 0 and self._cursor == self._nearest(0)
            self.scroll_line(0 if at_top else self.first_line(self._cursor) - keep_line)
        else:
            self.show_cursor()
        self.refresh()

    def redraw_rows(self, changed: Callable[[int], bool]) -> None:
        """Draw anew those of the same rows that show something else now."""
        for key in list(self._drawn):
            if isinstance(key, Shown) and changed(key.row):
                del self._drawn[key]
        top = self.scroll_offset.y
        for line in range(top, min(top + self.content_height, self.first_line(self.row_count()))):
            if changed(self.row_at(line)[0]):
                self.refresh_line(line)

    @property
    def cursor_line(self) -> int:
        """The line of the window on which the cursor's row begins."""
        return self.first_line(max(self._cursor, 0)) - self.scroll_offset.y

    def move_to(self, row: int, *, tell: bool = True) -> None:
        """Put the cursor on a row (or the nearest it can be on) and make it visible."""
        count = self.row_count()
        if not count:
            return
        down = row >= self._cursor
        row = self._nearest(max(0, min(row, count - 1)), down=down)
        left, self._cursor = self._cursor, row
        self.show_cursor()
        if row != left:
            self._refresh_row(left)
            self._refresh_row(row)
            if tell:
                self.cursor_moved()

    def _refresh_row(self, row: int) -> None:
        if row >= 0:
            first = self.first_line(row)
            self.refresh_lines(first, self.first_line(row + 1) - first)

    def show_cursor(self) -> None:
        """Scroll just as far as it takes to see the cursor's row and a little around it."""
        height = self.content_height
        if self._cursor < 0 or height < 1:
            return
        top = self.first_line(self._cursor)
        bottom = self.first_line(self._cursor + 1)
        # The margin is of whole rows, and vanishes in windows that are too low for it.
        margin = min(MARGIN * (bottom - top), max(0, (height - (bottom - top)) // 2))
        y = self.scroll_offset.y
        if bottom + margin > y + height:
            y = bottom + margin - height
        if top - margin < y:
            y = top - margin
        if self._nearest(0) == self._cursor:
            y = 0
        self.scroll_line(y)

    def _nearest(self, row: int, *, down: bool = True) -> int:
        """The first row from here on that the cursor can be on, looking the other way at the end."""
        for step in (1, -1) if down else (-1, 1):
            at = row
            while 0 <= at < self.row_count():
                if self.can_stop_at(at):
                    return at
                at += step
        return -1

    # --- drawing --------------------------------------------------------------------------------------------

    def line_key(self, y: int) -> Hashable:
        line, count = y + self.scroll_offset.y, self.row_count()
        if not count or line >= self.first_line(count):
            return y if not count else None
        row, line_of_row = self.row_at(line)
        at_cursor = row == self._cursor
        return Shown(row, line_of_row, at_cursor, at_cursor and self.has_focus)

    def line(self, y: int, width: int) -> list[Segment]:
        line, count = y + self.scroll_offset.y, self.row_count()
        if not count:
            return self.message_line(y, width)
        base = self.base
        if line >= self.first_line(count):
            return [Segment(" " * width, base)]
        row, line_of_row = self.row_at(line)
        at_cursor, focused = row == self._cursor, self.has_focus
        if at_cursor:
            base += self.style("rows--cursor" if focused else "rows--cursor-blurred")
        # The edge marks the cursor where colours do not show.
        edge = Segment("▌" if at_cursor and focused else " ", base + self.style("rows--edge"))
        parts = self.draw(row, line_of_row, width - 1)
        return padded([edge, *(Segment(text, base + style) for text, style in parts)], width, base)

    def set_anew(self) -> None:
        keep_line = self.cursor_line
        self.set_lines()
        height = self.content_height
        self.rows_changed(self._cursor, keep_line=max(0, min(keep_line, height - 1)) if self._cursor > 0 else 0)
        self.show_cursor()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def jump_targets(self) -> Iterable[Target]:
        """The rows in sight, each at its first line."""
        yield from super().jump_targets()
        top, count = self.scroll_offset.y, self.row_count()
        for y in range(min(self.content_height, self.first_line(count) - top)):
            row, line = self.row_at(top + y)
            if line == self.label_line(row) and self.can_stop_at(row):
                yield Target(self.label_x, y, partial(self._jump_to, row))

    def label_line(self, row: int) -> int:
        """The line of a row that its label stands on."""
        del row
        return 0

    def _jump_to(self, row: int) -> None:
        self.focus()
        self.pressed(row)

    # --- keys and mouse -------------------------------------------------------------------------------------

    def go_by(self, lines: int) -> None:
        """Move the cursor by about so many lines, by one row at least."""
        if self._cursor < 0:
            return
        target = max(0, min(self.first_line(self._cursor) + lines, self.first_line(self.row_count()) - 1))
        row = self.row_at(target)[0]
        if row == self._cursor:
            row += 1 if lines > 0 else -1
        self.move_to(row)

    def action_top(self) -> None:
        self.move_to(0)

    def action_bottom(self) -> None:
        self.move_to(self.row_count() - 1)

    def action_open(self) -> None:
        if self._cursor >= 0:
            self.chosen()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or not self.row_count():
            return
        line = offset.y + self.scroll_offset.y
        if line >= self.first_line(self.row_count()):
            return
        event.stop()
        self.pressed(self.row_at(line)[0])

    def pressed(self, row: int) -> None:
        """The mouse was clicked on a row."""
        if self.can_stop_at(row):
            self.move_to(row)
            self.chosen()
