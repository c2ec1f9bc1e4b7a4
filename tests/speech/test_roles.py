"""What somebody is, as a newspaper would print it: roles before, behind and away from the name."""

from __future__ import annotations

import pytest

from store.attribution import analyse


def roles(text: str) -> dict[str, str]:
    """The roles of the people of ``text`` by name."""
    return {person.name: person.role for person in analyse(text).people if person.kind == "person"}


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("Channel Nine's chief correspondent Dr. Nils Oster said no.", "Nils Oster", "chief correspondent"),
        ("Harriers boss Sir Colin Moss is to name his squad.", "Colin Moss", "Harriers boss"),
        ("The goal came from running back Marcus Hale.", "Marcus Hale", "running back"),
        ("Gulls pass rusher Marcus Hale was hurt.", "Marcus Hale", "Gulls pass rusher"),
        ("World number two Petra Lind won on Sunday.", "Petra Lind", "World number two"),
        ("She beat world No 38 Petra Lind to reach the final.", "Petra Lind", "world No 38"),
        ("He met the convicted fraudster Ralf Kern in jail.", "Ralf Kern", "convicted fraudster"),
        ("Harbour director of rugby Colin Moss praised him.", "Colin Moss", "Harbour director of rugby"),
        ("Inspector-General of Police Amos Kiptoo asked for calm.", "Amos Kiptoo", "Inspector-General of Police"),
        ("Head of Selby School Anna Weiss agreed.", "Anna Weiss", "Head of Selby School"),
        ("It is up, said Bank of Selby's strategist, Ella Prins.", "Ella Prins", "Bank of Selby's strategist"),
        ("Selby voters re-elected Governor Anna Weiss in a close race.", "Anna Weiss", "Governor"),
        ("He sold it the day president Tomas Rehn came.", "Tomas Rehn", "president"),
        ("Prime Minister Datuk Seri Azman Yusof spoke.", "Azman Yusof", "Prime Minister"),
    ],
)  # fmt: skip
def test_the_phrase_before_the_name(sentence: str, name: str, role: str) -> None:
    assert roles(sentence)[name].endswith(role)


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("“Yes,” said Rep. Anna Weiss (D-Ore.), head of the water panel.", "Anna Weiss", "head of the water panel"),
        ("General Omar Haddad, chairman of the joint staff, spoke.", "Omar Haddad", "chairman of the joint staff"),
        ("Ruth Abel, a pulmonologist at the Selby clinic, agreed.", "Ruth Abel", "pulmonologist at the Selby clinic"),
        ("Tom Reed, former Selby and Wales defender, told us.", "Tom Reed", "former Selby and Wales defender"),
        ("James P. Orr Jr., the county prosecutor, spoke.", "James P. Orr Jr.", "county prosecutor"),
        ("Anna Weiss, Moss’s attorney, told us.", "Anna Weiss", "Moss’s attorney"),
        ("Anna Weiss, a wealthy hotelier Moss chose as envoy, said no.", "Anna Weiss", "wealthy hotelier"),
        ("“Yes,” wrote Ruth Abel of the Selby Gazette.", "Ruth Abel", "of the Selby Gazette"),
        ("Ruth Abel, from the Coast Institute, agreed.", "Ruth Abel", "from the Coast Institute"),
        ("Anna Weiss KC said the papers were late.", "Anna Weiss", "KC"),
        ("Anna Weiss, who is now the country's prime minister, said so.", "Anna Weiss", "the country's prime minister"),
        ("Anna Weiss has been named head of the port.", "Anna Weiss", "head of the port"),
        ("Tom Reed is a battle rapper.", "Tom Reed", "battle rapper"),
    ],
)  # fmt: skip
def test_the_phrase_behind_the_name(sentence: str, name: str, role: str) -> None:
    found = {shown.rstrip("."): told for shown, told in roles(sentence).items()}
    assert found[name.rstrip(".")] == role


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("Their nominee for mayor, Tom Reed, lost.", "Tom Reed", "nominee for mayor"),
        ("The council member for parks, Anna Weiss, said no.", "Anna Weiss", "council member for parks"),
        ("She spoke to a Moss associate, Ralf Kern, who left.", "Ralf Kern", "Moss associate"),
        ("He is the brother of the party’s deputy leader, Tom Reed, who won.", "Tom Reed", "the party’s deputy leader"),
    ],
)
def test_the_phrase_and_a_comma_before_the_name(sentence: str, name: str, role: str) -> None:
    assert roles(sentence)[name] == role


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Judges Len Moss, Ruth Abel and Anna Weiss voted.", "judge"),
        ("The prize went to biologists Ruth Abel and Anna Weiss.", "biologist"),
        ("She thanked her co-stars Ruth Abel and Anna Weiss.", "co-star"),
        ("Ruth Abel and Anna Weiss, both professors at Selby University, left.", "professor at Selby University"),
    ],
)
def test_people_named_together_share_a_role_which_is_shown_in_the_singular(sentence: str, role: str) -> None:
    found = roles(sentence)
    assert found["Ruth Abel"] == found["Anna Weiss"] == role


def test_a_role_with_what_it_is_of_is_shown_before_a_bare_title() -> None:
    found = roles("Lt. Tom Reed, Selby police spokesman, said no. Tom Reed, a friend, agreed.")
    assert found == {"Tom Reed": "Selby police spokesman"}


@pytest.mark.parametrize(
    "sentence",
    [
        "American Ruth Abel was freed.",
        "The town has accused Ruth Abel of lying.",
        "The man who robbed the driver, Ruth Abel, was jailed.",
        "Ruth Abel's closest ally has left.",
        "Sir Ruth Abel has spoken.",
    ],
)
def test_what_is_no_role(sentence: str) -> None:
    assert roles(sentence) == {"Ruth Abel": ""}


def test_somebody_elses_role_does_not_stick_to_a_name_beside_it() -> None:
    found = roles("They saw Anna Weiss, the party's chief Tom Reed and her son Olaf, and the nurse behind her.")
    assert found["Anna Weiss"] == ""
    assert found["Tom Reed"] == "the party's chief"


def test_a_phrase_that_takes_up_the_subject_tells_the_role() -> None:
    found = roles("Tom Reed has ruled out a return.\n\nThe Selby fly-half said he was happy. He is 30.")
    assert found == {"Tom Reed": "Selby fly-half"}


def test_a_phrase_that_opens_the_article_tells_the_role_of_the_person_named_next() -> None:
    found = roles("A foster carer has written a book.\n\nAnna Weiss, 52, began it last year.")
    assert found == {"Anna Weiss": "foster carer"}
