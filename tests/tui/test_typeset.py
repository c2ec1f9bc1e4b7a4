"""Documents laid out in lines: nothing lost, nothing too wide, offsets kept."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.models import Block, BlockKind, Document
from tui.widgets.text_layout import GAP, Ranges, column_widths, typeset

KINDS = [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.CODE, BlockKind.CAPTION]
words = st.lists(
    st.sampled_from(["word", "a", "日本", "é", "e\u0301", "👩‍👩‍👧", "שלום", "مرحبا", "longerword", "\n", "\t", "\t\t"]),
    min_size=1,
    max_size=30,
).map(" ".join)


def document(*blocks: tuple[BlockKind, str]) -> Document:
    text, made = "", []
    for kind, content in blocks:
        text += "\n\n" if text else ""
        level = 1 if kind in (BlockKind.ITEM, BlockKind.QUOTE, BlockKind.HEADING) else 0
        made.append(Block(kind, len(text), len(text) + len(content), level, "•" if kind is BlockKind.ITEM else ""))
        text += content
    return Document(text, tuple(made))


@given(st.lists(st.tuples(st.sampled_from(KINDS), words), max_size=6), st.integers(12, 80))
def test_every_character_is_laid_out_once_and_lines_fit(blocks: list[tuple[BlockKind, str]], width: int) -> None:
    made = document(*blocks)
    at = 0
    for line in typeset(made, width):
        for x, start, end in line.pieces:
            assert start >= at
            assert not made.text[at:start].strip()
            assert x + cell_len(made.text[start:end].rstrip()) <= width
            at = end
    assert not made.text[at:].strip()


def test_list_items_stand_close_and_paragraphs_apart() -> None:
    made = document((BlockKind.PARAGRAPH, "List:"), (BlockKind.ITEM, "one"), (BlockKind.ITEM, "two"))
    lines = typeset(made, 40)
    assert [made.text[line.start : line.end] if line is not GAP else "" for line in lines] == [
        "List:",
        "",
        "one",
        "two",
    ]
    assert [line.label for line in lines] == ["", "", "•", "•"]


def test_a_text_without_blocks_is_one_paragraph() -> None:
    assert [line.pieces for line in typeset(Document("plain text"), 40)] == [((0, 0, 10),)]


def test_a_table_has_aligned_columns_and_numbers_stand_at_the_right() -> None:
    made = document((BlockKind.TABLE, "City\tPeople\nBaku\t2 300 000\nRiga\t600 000"))
    rows = [line for line in typeset(made, 40) if line.pieces]
    assert [[x for x, _, _ in row.pieces] for row in rows] == [[0, 9], [0, 6], [0, 8]]
    assert [row.strong for row in rows] == [True, False, False]


def test_cells_of_a_wide_table_are_wrapped_beside_each_other() -> None:
    made = document((BlockKind.TABLE, "Name\tWhat was said\nMara\tthe harbour will open in spring this year"))
    lines = typeset(made, 24)
    assert max(x + cell_len(made.text[start:end]) for line in lines for x, start, end in line.pieces) <= 24
    assert (
        "".join(made.text[s:e] for line in lines for _, s, e in line.pieces if s > 20).replace(" ", "").endswith("year")
    )


def test_a_table_with_too_many_columns_becomes_a_list_of_named_cells() -> None:
    made = document((BlockKind.TABLE, "\t".join(["a long cell"] * 9)))
    assert len(typeset(made, 24)) == 9
    heads, row = [f"Head {number}" for number in range(9)], [f"the value {number}" for number in range(9)]
    made = document((BlockKind.TABLE, "\t".join(heads) + "\n" + "\t".join(row)))
    lines = typeset(made, 24)
    assert [line.label for line in lines[10:]] == [f"Head {number}:" for number in range(1, 9)]
    assert "".join(made.text[start:end] for line in lines[9:] for _, start, end in line.pieces) == "".join(row)


cell = st.sampled_from(["", "7", "12.5", "日本", "a few words here", "שלום"])
cells = st.lists(st.lists(cell, min_size=1, max_size=12), min_size=1, max_size=5)


@given(cells, st.integers(12, 80))
def test_all_of_a_table_is_reached_and_no_line_is_too_wide(rows: list[list[str]], width: int) -> None:
    made = document((BlockKind.TABLE, "\n".join("\t".join(row) for row in rows)))
    seen: set[int] = set()
    for line in typeset(made, width):
        runs = [(x, cell_len(made.text[start:end])) for x, start, end in line.pieces]
        runs += [(line.label_x, cell_len(line.label))] if line.label else []
        runs.sort()
        assert all(x + size <= after for (x, size), (after, _) in pairwise(runs))
        assert all(x >= 0 and x + size <= width for x, size in runs)
        seen.update(at for _, start, end in line.pieces for at in range(start, end))
    assert all(made.text[at].isspace() for at in range(len(made.text)) if at not in seen)


def test_a_paragraph_from_the_right_stands_at_the_right() -> None:
    made = document(
        (BlockKind.PARAGRAPH, "«שלום לכולם» 12 נמל"), (BlockKind.ITEM, "مرحبا"), (BlockKind.PARAGRAPH, "12 a שלום")
    )
    right, _, item, _, left = typeset(made, 40)
    assert right.pieces[0][0] + cell_len(made.text[right.start : right.end]) == 40
    assert item.label_x == 39
    assert item.pieces[0][0] + cell_len("مرحبا") == 38
    assert left.pieces[0][0] == 0


def test_code_keeps_its_indentation_and_marks_what_goes_on() -> None:
    made = document((BlockKind.CODE, "if x:\n    return a_long_name + another"))
    lines = typeset(made, 24)
    assert [made.text[line.start : line.end] for line in lines[:2]] == ["if x:", "    return"]
    assert [line.label for line in lines] == ["", "", *["↪"] * (len(lines) - 2)]
    assert max(line.pieces[0][0] + line.end - line.start for line in lines) <= 24


def columns(made: Document, width: int) -> list[list[tuple[int, str]]]:
    """The pieces of each line: where they stand and what they say."""
    return [[(x, made.text[start:end]) for x, start, end in line.pieces] for line in typeset(made, width)]


def test_tabs_lead_to_columns_and_are_not_drawn() -> None:
    made = document((BlockKind.CODE, "if x:\n\treturn\ty\n\t\tdeep\n日本\tz\n\t\n"))
    assert columns(made, 40) == [
        [(2, "if x:")],
        [(6, "return"), (14, "y")],
        [(10, "deep")],
        [(2, "日本"), (10, "z")],
        [(2, "")],
        [(2, "")],
    ]
    assert columns(document((BlockKind.PARAGRAPH, "one\ttwo")), 40) == [[(0, "one"), (4, "two")]]


def test_a_line_with_tabs_goes_on_in_the_next_when_it_is_too_long() -> None:
    made = document((BlockKind.CODE, "name\tanother\tlast word of it\tend"))
    lines = typeset(made, 24)
    assert columns(made, 24) == [[(2, "name"), (10, "another")], [(4, "last word of it"), (20, "end")]]
    assert [line.label for line in lines] == ["", "↪"]
    made = document((BlockKind.CODE, "\t\ta longer line of words"))
    assert columns(made, 24) == [[(10, "a longer")], [(4, "line of words")]]


def test_a_picture_and_its_caption_stand_together() -> None:
    text = "A crane\n\nThe first crane"
    made = Document(text, (Block(BlockKind.CAPTION, 0, 7, 0, "image:"), Block(BlockKind.CAPTION, 9, len(text))))
    assert [line.label for line in typeset(made, 40)] == ["▣", ""]


@pytest.mark.parametrize(
    ("cells", "width", "columns"),
    [([[5, 5]], 20, [5, 5]), ([[30, 5]], 20, [13, 5]), ([[30, 30]], 20, [9, 9]), ([[30] * 9], 20, [])],
)
def test_the_widest_columns_give_way_first(cells: list[list[int]], width: int, columns: list[int]) -> None:
    assert column_widths(cells, width) == columns


ranges = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30), st.integers(0, 9)), max_size=25)


@given(ranges, st.integers(0, 70), st.integers(1, 20))
def test_touching_ranges_are_found_as_by_looking_at_each(
    made: list[tuple[int, int, int]], start: int, size: int
) -> None:
    items = [(at, at + length, value) for at, length, value in made]
    end = start + size
    expected = sorted(item for item in items if item[0] < item[1] and item[0] < end and item[1] > start)
    assert Ranges(items).touching(start, end) == expected
