"""Cutting and wrapping by terminal cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from tui import text_cells as cells

GRAPHEMES = ["a", "b", "é", "—", "“", "’", "日", "本", "、", "。", "e\u0301", "👩‍👩‍👧", "❤️", "🌊", "א", " ", " ", " "]
texts = st.lists(st.sampled_from(GRAPHEMES), max_size=120).map("".join)


def test_the_quick_way_agrees_with_rich() -> None:
    assert {get_character_cell_size(character) for character in cells._ONE_CELL} == {1}


@given(texts, st.integers(2, 40))
def test_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    at = 0
    for start, end in cells.wrap(text, 0, len(text), width):
        assert start >= at
        assert not text[at:start].strip(" ")
        assert cell_len(text[start:end].rstrip()) <= width
        at = end
    assert not text[at:].strip(" ")


@given(texts, st.integers(0, 40))
def test_fitted_text_takes_exactly_its_cells(text: str, width: int) -> None:
    assert cell_len(cells.fit(text, width)) == width
    assert cell_len(cells.cut(text, width)) <= width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("short", 10, "short"),
        ("a long headline", 8, "a long…"),
        ("日本銀行", 8, "日本銀行"),
        ("日本銀行", 7, "日本銀…"),
        ("日本銀行", 6, "日本…"),
        ("x", 0, ""),
        ("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 5, "👩‍👩‍👧👩‍👩‍👧…"),
    ],
)
def test_cut_ends_in_an_ellipsis(text: str, width: int, shown: str) -> None:
    assert cells.cut(text, width) == shown


def test_a_newline_ends_a_line_and_a_long_word_is_broken() -> None:
    text = "one\n\nabcdefgh ij"
    assert [text[start:end] for start, end in cells.wrap(text, 0, len(text), 4)] == ["one", "", "abcd", "efgh", "ij"]


def test_closing_marks_do_not_begin_a_line() -> None:
    text = "日本銀行、金利。据え置き。"
    assert [text[start:end] for start, end in cells.wrap(text, 0, len(text), 8)] == [
        "日本銀",
        "行、金",
        "利。据え",
        "置き。",
    ]
