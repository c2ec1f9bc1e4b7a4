"""Rows and lines of grouped lists, compared with lists of them written out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.models import Group
from tui.widgets.grouped_rows import Sections

KINDS = st.sampled_from(["group", "story", "run"])
PARTS = st.lists(st.tuples(st.integers(1, 5), st.booleans(), KINDS), max_size=8)


@given(PARTS, st.integers(1, 3), st.integers(0, 6))
def test_sections_agree_with_the_rows_written_out(
    parts: list[tuple[int, bool, str]], height: int, ungrouped: int
) -> None:
    groups, folded, rows, count, tall = [], set(), [], 0, set()
    for number, (size, fold, kind) in enumerate(parts):
        groups.append(Group(str(number), "", count, outlets=2 * (kind == "story"), heading=kind != "run"))
        if kind != "run":
            rows.append(("group", number))
        if fold and kind == "story":
            tall.add(number)
        if fold and kind != "run":
            folded.add(str(number))
        else:
            rows += [("article", place) for place in range(count, count + size)]
        count += size
    if not groups:
        count = ungrouped
        rows = [("article", place) for place in range(count)]
    sections = Sections(count, groups, folded, height, story_height=2)
    heights = [height if kind == "article" else 2 if number in tall else 1 for kind, number in rows]
    lines = [(row, at) for row, lines_of_row in enumerate(heights) for at in range(lines_of_row)]
    assert sections.row_count == len(rows)
    assert sections.line(len(rows)) == len(lines)
    for line, where in enumerate(lines):
        assert sections.row_at(line) == where
    for row, (kind, number) in enumerate(rows):
        assert sections.line(row) == lines.index((row, 0))
        assert sections.place(row) == (number if kind == "article" else None)
        assert sections.group(row) == (number if kind == "group" else None)
        if kind == "article":
            assert sections.row(number) == row
    members = [place for group in range(len(groups)) for place in sections.members(group)]
    assert members == list(range(count if groups else 0))
