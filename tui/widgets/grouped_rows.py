"""Where the rows of a grouped list lie: a heading a group, and below it its articles unless it is folded. Pure.

Runs of articles that belong to no group have no heading and are always open.

A *place* is an article's position in the list; a *row* is what the cursor moves over; a *line* is drawn.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Sequence

from store.models import Group


class Sections:
    """The rows of a list of ``count`` articles of ``height`` lines each; without groups all are plain rows.

    Headings take a line, but for folded stories, which take ``story_height``.
    """

    def __init__(
        self,
        count: int = 0,
        groups: Sequence[Group] = (),
        folded: Container[str] = (),
        height: int = 1,
        story_height: int = 1,
    ) -> None:
        self.groups = groups
        self._count, self._height = count, height
        self._places = [group.start for group in groups]
        ends = [*self._places[1:], count]
        self._rows, self._lines = [0], [0]
        """The row and line of each heading, and at the end those after the last article."""
        self._open = [not group.heading or group.name not in folded for group in groups]
        self._heads = [int(group.heading) for group in groups]
        """The rows that the headings take: one, or none."""
        self._head_lines = [
            head if is_open or not group.outlets else story_height
            for group, is_open, head in zip(groups, self._open, self._heads, strict=True)
        ]
        for at, (start, end) in enumerate(zip(self._places, ends, strict=False)):
            shown = end - start if self._open[at] else 0
            self._rows.append(self._rows[-1] + self._heads[at] + shown)
            self._lines.append(self._lines[-1] + self._head_lines[at] + shown * height)

    @property
    def row_count(self) -> int:
        return self._rows[-1] if self.groups else self._count

    def place(self, row: int) -> int | None:
        """The article on a row; None on a heading."""
        if not self.groups:
            return row
        at = self._at(row)
        below = row - self._rows[at] - self._heads[at]
        return self._places[at] + below if below >= 0 else None

    def group(self, row: int) -> int | None:
        """The group whose heading is on a row; None on an article."""
        if not self.groups:
            return None
        at = self._at(row)
        return at if self._heads[at] and row == self._rows[at] else None

    def group_around(self, row: int) -> int | None:
        """The group that a row belongs to; None when it belongs to none."""
        at = self._at(row) if self.groups else 0
        return at if self.groups and self._heads[at] else None

    def heading(self, group: int) -> int:
        """The row of a group's heading."""
        return self._rows[group]

    def is_open(self, group: int) -> bool:
        return self._open[group]

    def members(self, group: int) -> range:
        """The places of a group's articles, seen or not."""
        return range(self._places[group], self._places[group + 1] if group + 1 < len(self._places) else self._count)

    def row(self, place: int) -> int:
        """The row of an article, or of its group's heading while that is folded."""
        if not self.groups:
            return place
        at = max(0, bisect_right(self._places, place) - 1)
        return self._rows[at] + (self._heads[at] + place - self._places[at] if self._open[at] else 0)

    def line(self, row: int) -> int:
        """The line on which a row begins; for ``row == row_count`` the height of all."""
        if not self.groups:
            return row * self._height
        if row >= self.row_count:
            return self._lines[-1]
        at = self._at(row)
        below = row - self._rows[at] - self._heads[at]
        return self._lines[at] + (self._head_lines[at] + below * self._height if below >= 0 else 0)

    def row_at(self, line: int) -> tuple[int, int]:
        """The row on a line, and which of the row's lines it is."""
        if not self.groups:
            return divmod(line, self._height)
        at = min(bisect_right(self._lines, line), len(self.groups)) - 1
        below = line - self._lines[at] - self._head_lines[at]
        if below < 0:
            return self._rows[at], line - self._lines[at]
        row, of_row = divmod(below, self._height)
        return self._rows[at] + self._heads[at] + row, of_row

    def _at(self, row: int) -> int:
        return min(bisect_right(self._rows, row), len(self.groups)) - 1
