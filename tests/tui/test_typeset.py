"""Documents laid out in lines: nothing lost, nothing too wide, offsets kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.models import Block, BlockKind, Document
from tui.widgets.typeset import GAP, Ranges, column_widths, typeset

KINDS = [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.CODE, BlockKind.CAPTION]
words = st.lists(st.sampled_from(["word", "a", "日本", "é", "longerword", "\n"]), min_size=1, max_size=30).map(" ".join)


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


def test_a_table_has_aligned_columns() -> None:
    made = document((BlockKind.TABLE, "City\tPeople\nBaku\t2 300 000\nRiga\t600 000"))
    rows = [line for line in typeset(made, 40) if line.pieces]
    assert [[x for x, _, _ in row.pieces] for row in rows] == [[0, 6]] * 3


def test_cells_of_a_wide_table_are_wrapped_beside_each_other() -> None:
    made = document((BlockKind.TABLE, "Name\tWhat was said\nMara\tthe harbour will open in spring this year"))
    lines = typeset(made, 24)
    assert max(x + cell_len(made.text[start:end]) for line in lines for x, start, end in line.pieces) <= 24
    assert (
        "".join(made.text[s:e] for line in lines for _, s, e in line.pieces if s > 20).replace(" ", "").endswith("year")
    )


def test_a_table_with_too_many_columns_becomes_a_list_of_cells() -> None:
    made = document((BlockKind.TABLE, "\t".join(["a long cell"] * 9)))
    assert len(typeset(made, 24)) == 9


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
