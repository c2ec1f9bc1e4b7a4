"""Any text gives a sound cast: offsets inside, order kept, the same each time, in linear time."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from store.attribution.mentions.entities import Entities, find_cast
from store.attribution.tokens.segment import segment

PIECES = [
    "Jane Roe",
    "Mr.",
    "Sen.",
    "O'Brien",
    "al-Assad",
    "the secretary",
    "she",
    "his wife",
    "said",
    "told",
    "“",
    "”",
    '"',
    ",",
    ".",
    "\n\n",
    " of ",
    "and",
    "US",
    "J.",
    "Jr.",
    "who",
    "The two ministers",
    "New York",
    "’s",
    "42",
    "(",
    ")",
    "—",
    "\n",
    "é",
    "Secretary of State",
    "Kim Jong-un",
    "van der",
    "I",
    "they",
    "its",
    "Governor",
    "\u00a0",
    "\u2028",
    "&",
    "THE END",
    "May",
]
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
)


def cast_of(text: str) -> Entities:
    return find_cast(text, segment(text))


@settings(max_examples=400, deadline=None)
@given(texts)
def test_a_cast_is_sound(text: str) -> None:
    cast = cast_of(text)
    starts = [reference.start for reference in cast.references]
    assert starts == sorted(starts)
    for reference in cast.references:
        assert 0 <= reference.start < reference.end <= len(text)
        assert reference.entity is None or 0 <= reference.entity < len(cast.entities)
        assert all(0 <= member < len(cast.entities) for member in reference.members)
    firsts = []
    for entity in cast.entities:
        assert entity.name.strip()
        assert "\n" not in entity.name + entity.role
        spans = [(mention.start, mention.end) for mention in entity.mentions]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        firsts.append(spans[0])
    assert firsts == sorted(firsts)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_a_cast_is_the_same_each_time(text: str) -> None:
    assert cast_of(text) == cast_of(text)


def test_hostile_repetition_takes_linear_time() -> None:
    for piece in (
        "Jane Roe ",
        "Mr. ",
        "the secretary ",
        "“he ",
        "his wife, ",
        "and ",
        "A. ",
        "X of ",
        "al-A ",
        "Sen. of State ",
    ):
        text = piece * (60_000 // len(piece))
        segments = segment(text)
        began = time.process_time()
        find_cast(text, segments)
        assert time.process_time() - began < 2, piece
