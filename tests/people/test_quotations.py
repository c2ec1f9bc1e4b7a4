"""Printings of one quotation found again, and how they differ."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.library import Library
from store.models import QuoteQuery, ReprintChange
from store.people.quote_similarity import likeness, runs_of, words_of

Write = Callable[..., None]

WHOLE = (
    "The old bridge at Sollum will be closed before the winter because nobody can promise that it carries another lorry"
)
DAYS_LATER = "2021-03-09"
YEARS_LATER = "2023-06-02"


@pytest.mark.parametrize(
    ("other", "one"),
    [
        ("The old bridge at Sollum will be closed before the winter", True),
        ("nobody can promise that it carries another lorry", True),
        (WHOLE.replace("will be", "shall be"), True),
        (WHOLE.replace("Sollum", "Sóllum").replace("lorry", "lorrys"), True),
        (f"{WHOLE.split(' ', 9)[9]}, and I have said so to the council more than once", True),
        (WHOLE.replace("Sollum", "Tarvin"), False),
        ("The old bridge at Tarvin will be closed before the winter", False),
        (
            "The old bridge at Sollum will be closed in 2021 and opened again when the council has found the money",
            False,
        ),
    ],
)
def test_a_quotation_is_known_again_when_outlets_cut_and_mend_it(other: str, one: bool) -> None:
    assert bool(likeness(words_of(WHOLE), words_of(other))) is one
    assert bool(likeness(words_of(other), words_of(WHOLE))) is one


def test_what_is_said_again_after_years_must_be_the_same_words() -> None:
    other = WHOLE.replace("winter", "autumn")
    assert likeness(words_of(WHOLE), words_of(other))
    assert not likeness(words_of(WHOLE), words_of(other), long_after=True)
    assert likeness(words_of(WHOLE), words_of(f"And I repeat: {WHOLE}"), long_after=True)
    assert not likeness(words_of(WHOLE), words_of("nobody can promise that"), long_after=True)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared_either_way(one: str, other: str) -> None:
    first, second = words_of(one), words_of(other)
    assert bool(likeness(first, second)) == bool(likeness(second, first)) or first.folded != second.folded
    assert 0 <= likeness(first, second) <= 1
    assert not len(first) or likeness(first, first) == 1


WORDS = (
    "winter council carries Gaddafi organised promise lorries ministers bridge colour realise Kiev theatre money Ankara"
)


@given(st.lists(st.sampled_from(WORDS.split()), min_size=8, unique=True), st.data())
def test_words_that_are_only_spelt_otherwise_are_the_same_words(words: list[str], data: st.DataObject) -> None:
    spelt = {"Gaddafi": "Qadhafi", "organised": "organized", "colour": "color", "Kiev": "Kyiv", "theatre": "theater"}
    mended = [data.draw(st.sampled_from([word, spelt.get(word, f"{word}s"), word.upper()])) for word in words]
    assert likeness(words_of(" ".join(words)), words_of(" ".join(mended))) == 1


@given(st.lists(st.sampled_from("abcdefgh"), min_size=15, max_size=60), st.data())
def test_a_shared_stretch_of_words_is_always_found(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 6))
    stretch = words[start : start + 6]
    others = data.draw(st.lists(st.sampled_from("stuvwxyz"), min_size=10, max_size=30))
    assert runs_of(words_of(" ".join(words))) & runs_of(words_of(" ".join([*others, *stretch, *others])))


def said(library: Library) -> dict[str, set[str]]:
    """Titles of the articles by the quotation that they print."""
    library.people.prepare()
    found: dict[int, set[str]] = {}
    for saying in library.people.quotes(QuoteQuery()):
        found.setdefault(saying.group, set()).add(saying.title)
    return {min(titles): titles for titles in found.values()}


def test_printings_are_one_whichever_comes_first(library: Library, write: Write) -> None:
    half, rest = WHOLE.split(" because ")
    write("2021-03-05", f"“{half},” said Ingrid Solberg, the energy minister, in Bergen.", title="A")
    write("2021-03-05", f"“{rest[0].upper()}{rest[1:]},” said Ingrid Solberg, the energy minister.", title="B")
    assert said(library) == {"A": {"A"}, "B": {"B"}}
    write("2021-03-06", f"“{WHOLE},” said Ingrid Solberg, the energy minister.", title="C")
    assert said(library) == {"A": {"A", "B", "C"}}


def test_the_same_words_of_two_people_are_two_quotations_and_nobody_joins_them(library: Library, write: Write) -> None:
    write("2021-03-05", f"“{WHOLE},” said Ingrid Solberg, the energy minister, in Bergen.", title="A")
    write("2021-03-06", f"“{WHOLE},” said Tom Berg, a teacher, in Bergen.", title="B")
    assert said(library) == {"A": {"A"}, "B": {"B"}}
    write("2021-03-07", f"It was a cold day.\n\n“{WHOLE}.”\n\nThe talks went on.", title="C")
    assert sorted(map(len, said(library).values())) in ([1, 1], [1, 2], [1, 1, 1])


def test_a_quotation_is_known_again_after_the_article_that_had_it_first_is_gone(library: Library, write: Write) -> None:
    write("2021-03-05", f"“{WHOLE},” said Ingrid Solberg, the energy minister, in Bergen.", title="A")
    write("2021-03-06", f"“{WHOLE},” said Ingrid Solberg, the energy minister, in Oslo.", title="B")
    assert said(library) == {"A": {"A", "B"}}
    first = next(saying.article_id for saying in library.people.quotes(QuoteQuery()) if saying.title == "A")
    library.people._opened().writer.remove([first])
    write("2021-03-07", f"“{WHOLE},” said Ingrid Solberg, the energy minister, in Paris.", title="C")
    assert said(library) == {"B": {"B", "C"}}


def test_articles_read_again_change_nothing(library: Library, write: Write) -> None:
    write("2021-03-05", f"“{WHOLE},” said Ingrid Solberg, the energy minister, in Bergen.", title="A")
    write("2021-03-06", f"“{WHOLE},” said Ingrid M. Solberg, the minister. Tom Berg, a teacher, laughed.", title="B")
    write("2021-03-07", f"“{WHOLE},” said Energy Minister Ingrid Solberg. Tom Berg, a teacher, wept.", title="C")
    before, people = said(library), [(one.name, one.articles, one.quotes) for one in library.people.directory()]
    for article in (3, 1, 2, 3):
        library.people.update([article])
    assert said(library) == before
    assert [(one.name, one.articles, one.quotes) for one in library.people.directory()] == people


def test_a_split_quotation_is_told_from_a_shortened_one(library: Library, write: Write) -> None:
    half, rest = WHOLE.split(" because ")
    write("2021-03-05", f"“{WHOLE},” said Ingrid Solberg, the energy minister.", title="Whole")
    write("2021-03-06", f"“{half},” said Ingrid Solberg, the energy minister, “because {rest}.”", title="Split")
    write("2021-03-07", f"“{half},” said Ingrid Solberg, the energy minister.", title="Short")
    library.people.prepare()
    saying = library.people.quotes(QuoteQuery())[0]
    found = {printing.saying.title: printing.changes for printing in library.people.reprints(saying)}
    assert found == {"Whole": (), "Split": (ReprintChange.SPLIT,), "Short": (ReprintChange.END,)}


def test_a_quotation_of_many_outlets_is_listed_once_where_it_was_seen_first(library: Library, write: Write) -> None:
    write("2021-03-06", f"“{WHOLE},” said Ingrid Solberg, the energy minister, in Bergen.", title="Late")
    write("2021-03-05", f"“{WHOLE[:70]},” said Ingrid Solberg, the energy minister, in Bergen.", title="First")
    write("2021-03-08", "“We agree on the tunnel,” said Ingrid Solberg, the energy minister.", title="Other")
    library.people.prepare()
    asked = QuoteQuery(once=True)
    assert [saying.title for saying in library.people.quotes(asked)] == ["Other", "First"]
    assert library.people.count_quotes(asked) == 2
    assert library.people.count_quotes(QuoteQuery()) == 3
    assert [saying.title for saying in library.people.quotes(QuoteQuery(words="lorry", once=True))] == ["Late"]
