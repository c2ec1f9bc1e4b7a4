"""Names compared across articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.people.name_matching import Likeness, compare, read, skeleton

WRITTEN = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGÉéüßłıøñ .-’'"), max_size=30)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Hillary Clinton", "HILLARY CLINTON", Likeness.SAME),
        ("José Muñoz", "Jose Munoz", Likeness.SAME),
        ("Recep Yıldız", "Recep Yildiz", Likeness.SAME),
        ("Hillary Clinton", "Hillary Rodham Clinton", Likeness.CLOSE),
        ("George Bush", "George W. Bush", Likeness.CLOSE),
        ("John Smith Jr.", "John Smith", Likeness.CLOSE),
        ("Moammar Gaddafi", "Muammar Qaddafi", Likeness.VARIANT),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", Likeness.VARIANT),
        ("Bill Clinton", "William J. Clinton", Likeness.VARIANT),
        ("J. Smith", "John Smith", Likeness.VARIANT),
        ("J. Smith", "J. Smith", Likeness.VARIANT),
        ("Xi Jinping", "Jinping Xi", Likeness.VARIANT),
        ("Anna Smith-Jones", "Anna Jones", Likeness.CLOSE),
        ("Vincent van Gogh", "Van Gogh", Likeness.SURNAME),
        ("al-Assad", "Bashar al-Assad", Likeness.SURNAME),
        ("Bill Clinton", "Hillary Clinton", Likeness.NONE),
        ("George H.W. Bush", "George W. Bush", Likeness.NONE),
        ("John Smith Jr.", "John Smith Sr.", Likeness.NONE),
        ("Don Smith", "Dan Smith", Likeness.NONE),
        ("Van Jones", "Van Jones", Likeness.SAME),
        ("Al Gore", "Kristin Gore", Likeness.NONE),
        ("D. Smith", "Dan Smith", Likeness.VARIANT),
        ("D. Smith", "Ann Smith", Likeness.NONE),
        ("Ann D. Smith", "Ann Smith", Likeness.CLOSE),
        ("Ann D. Smith", "Ann L. Smith", Likeness.NONE),
        ("O. Henry", "Olivia Henry", Likeness.VARIANT),
        ("Dinesh D Souza", "D Souza", Likeness.SURNAME),
    ],
)
def test_names_are_compared_as_a_reader_would(one: str, other: str, likeness: Likeness) -> None:
    first, second = read(one), read(other)
    assert first is not None
    assert second is not None
    assert compare(first, second) is likeness
    assert compare(second, first) is likeness


@given(WRITTEN, WRITTEN)
def test_any_two_names_can_be_compared_either_way(one: str, other: str) -> None:
    first, second = read(one), read(other)
    if first is None or second is None:
        return
    assert compare(first, second) is compare(second, first)
    assert compare(first, first) >= Likeness.SURNAME
    assert all(skeleton(word) for word in first.words)
