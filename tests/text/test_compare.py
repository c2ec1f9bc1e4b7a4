"""What changed between two texts: told word by word, and nothing of either text is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.models import Block, BlockKind, Document, Edit, EditKind
from store.text.diff import blocks_of, compare, compare_lines

SAME, REMOVED, ADDED = EditKind


def document(*blocks: str) -> Document:
    text = "\n\n".join(blocks)
    placed, start = [], 0
    for block in blocks:
        placed.append(Block(BlockKind.PARAGRAPH, start, start + len(block)))
        start += len(block) + 2
    return Document(text, tuple(placed))


def test_words() -> None:
    assert compare_lines("He said no to it.", "He said yes to it.") == (
        Edit(SAME, "He said"),
        Edit(REMOVED, " no"),
        Edit(ADDED, " yes"),
        Edit(SAME, " to it."),
    )


def test_a_block_that_has_nothing_of_the_old_one_is_another_one() -> None:
    assert compare(document("Stays.", "Gone with the wind."), document("Stays.", "Quite another matter now.")) == (
        (Edit(SAME, "Stays."),),
        (Edit(REMOVED, "Gone with the wind."),),
        (Edit(ADDED, "Quite another matter now."),),
    )


def test_very_long_blocks_are_told_apart_as_a_whole() -> None:
    edits = compare_lines("a " * 5000, "b " * 5000)
    assert [edit.kind for edit in edits] == [REMOVED, ADDED]


lines = st.text(st.sampled_from("ab .\tö"), min_size=1, max_size=20).filter(str.strip)
documents = st.lists(lines, max_size=6).map(lambda blocks: document(*blocks))


@given(documents, documents)
def test_both_texts_can_be_read_from_the_edits(old: Document, new: Document) -> None:
    for text, other in ((old, ADDED), (new, REMOVED)):
        sides = ("".join(edit.text for edit in block if edit.kind is not other) for block in compare(old, new))
        kept = [side.rstrip() for side in sides if side]
        assert kept == [block.rstrip() for block in blocks_of(text)]
