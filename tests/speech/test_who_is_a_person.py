"""Who is listed as a person: rare names and styles of the world, and what only looks like a name."""

from __future__ import annotations

import pytest

from store.attribution import analyse


def people(text: str) -> set[str]:
    """The names of the people of ``text``."""
    return {person.name for person in analyse(text).people if person.kind == "person"}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("“It is late,” said Oyunbileg Zorigt.", "Oyunbileg Zorigt"),
        ("Energy Minister Ingrid M. Solberg said no.", "Ingrid M. Solberg"),
        ("Michael Grove, who ran the ferry, believes in it.", "Michael Grove"),
        ("It was news anchor Dan Rather who asked first.", "Dan Rather"),
        ("We paid U Phone Min Thant in March.", "Phone Min Thant"),
        ("Alhaji Musa Bello spoke to the elders.", "Musa Bello"),
        ("Tan Sri Azman Yusof left the room.", "Azman Yusof"),
        ("Adv Thabo Nkosi asked for time.", "Thabo Nkosi"),
        ("It was signed by Jan Maria Kulik.", "Jan Maria Kulik"),
    ],
)
def test_people_are_found_by_their_whole_name(sentence: str, name: str) -> None:
    assert people(sentence) == {name}


@pytest.mark.parametrize(
    "sentence",
    [
        "The museum is near Tom Mboya Street, police said.",
        "He was taken to the Luís Moreno Hospital on Monday.",
        "Six miles away is Karim Shah, a town near the border.",
        "The song was written for a Lady Vera-centered show.",
        "Trains from Milton Keynes were late on Monday.",
        "He worked at Morgan Stanley until March.",
        "According to the newspaper Sveriges Nyheter it rained. Sveriges Nyheter said it was wet.",
        "The Nobel Prize-winning scientists met in the spring.",
        "“It is a pity,” the Tamworth Herald reported on Monday.",
    ],
)
def test_places_bodies_works_and_adjectives_are_no_people(sentence: str) -> None:
    assert people(sentence) == set()


def test_a_style_and_a_given_name_are_the_person_of_that_name() -> None:
    assert people("Colin Moss made a plea. Sir Colin added that it was late.") == {"Colin Moss"}


def test_a_wife_with_her_husbands_surname_is_somebody_else() -> None:
    found = people("Sir Colin Moss spoke first. Lady Moss thanked the guests, and Sir Colin wept.")
    assert found == {"Colin Moss", "Lady Moss"}


def test_people_of_a_list_keep_their_own_surnames() -> None:
    assert "Karin Farrow" not in people("Three neighbours – Jane, Karin and Annie Farrow – gave evidence.")


@pytest.mark.parametrize("agency", ["RIA Novosti", "NTV Uganda", "CTK Praha"])
def test_an_acronym_is_no_given_name(agency: str) -> None:
    assert people(f"“It is late,” Olga Finch told {agency} on Friday. {agency} asked again.") == {"Olga Finch"}
