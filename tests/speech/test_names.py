"""Who is in an article: names with titles and roles, and what is no person."""

from __future__ import annotations

import pytest

from store.attribution import analyse
from store.attribution.mentions.entities import find_cast
from store.attribution.tokens.segment import segment
from store.models import Person, SpeakerKind


def people(text: str, title: str = "") -> dict[str, Person]:
    """The people of ``text`` by name."""
    cast = find_cast(text, segment(text), title=title)
    return {person.name: person for person in cast.entities if person.kind is SpeakerKind.PERSON}


def shown(text: str, person: Person) -> list[str]:
    return [text[mention.start : mention.end] for mention in person.mentions]


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("Danish Trade Minister Karen Holm said no.", "Karen Holm", "Danish Trade Minister"),
        ("US Secretary of State Walter Briggs told reporters so.", "Walter Briggs", "US Secretary of State"),
        ("Campaign spokesman Luis Prado said no.", "Luis Prado", "Campaign spokesman"),
        ("The plan failed, said immigration barrister Colin Moss.", "Colin Moss", "immigration barrister"),
        ("Malta's coach Pietro Vella was angry.", "Pietro Vella", "Malta's coach"),
        ("Governor of Oregon Chris Tilden said no.", "Chris Tilden", "Governor of Oregon"),
        ("CEO of the Harbour Council Ines Solano said no.", "Ines Solano", "CEO of the Harbour Council"),
        ("Alpine Club of Pakistan secretary Ayaz Hunzai said no.", "Ayaz Hunzai", "Alpine Club of Pakistan secretary"),
        ("Shadow Home Secretary Yasmin Cole said no.", "Yasmin Cole", "Shadow Home Secretary"),
        ("New Zealand Prime Minister Ruth Abel signed.", "Ruth Abel", "New Zealand Prime Minister"),
    ],
)
def test_a_role_before_the_name(sentence: str, name: str, role: str) -> None:
    assert people(sentence)[name].role == role


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        (
            "“Yes,” Peter Lang, deputy director of the Danube and Alps Program at the Mann Institute in Graz, told us.",
            "Peter Lang",
            "deputy director of the Danube and Alps Program at the Mann Institute in Graz",
        ),
        (
            "It is late, said Ruth Abel, director of the Center for Baltic, Nordic and East European Studies.",
            "Ruth Abel",
            "director of the Center for Baltic, Nordic and East European Studies",
        ),
        ("Anna Weiss, 42, a teacher from Leeds, said no.", "Anna Weiss", "teacher from Leeds"),
        ("Hugh Hill, a doctor, said no.", "Hugh Hill", "doctor"),
        ("They met Omar Haddad, the UN peace envoy to Yemen.", "Omar Haddad", "UN peace envoy to Yemen"),
    ],
)
def test_a_role_after_the_name(sentence: str, name: str, role: str) -> None:
    assert people(sentence)[name].role == role


def test_a_role_before_a_comma_belongs_to_the_name_behind_it() -> None:
    text = "Irina Popova met her Finnish counterpart, Foreign Minister Aino Laine, on Monday."
    found = people(text)
    assert set(found) == {"Irina Popova", "Aino Laine"}
    assert "her Finnish counterpart" in shown(text, found["Aino Laine"])


@pytest.mark.parametrize(
    "name",
    [
        "Ursula von der Leyen",
        "Kevin De Bruyne",
        "Bashar al-Assad",
        "Osama bin Laden",
        "Sinead O'Connor",
        "Shane MacGowan",
        "J. D. Vance",
        "George W. Bush",
        "Jean-Luc Picard",
        "Xi Jinping",
        "Kim Jong-un",
        "Park Geun-hye",
        "Gérald Darmanin",
        "Łukasz Nowak",
        "Martin Luther King Jr.",
        "Alexandria Ocasio-Cortez",
        "Ravindra Jadeja",
        "Nguyễn Văn Hùng",
        "Adwoa Mensah-Żak",
    ],
)
def test_names_of_many_customs(name: str) -> None:
    text = f"On Monday {name} said that the bridge would open.\n\nThe works went on, {name} said."
    found = people(text)
    assert [word.rstrip(".") for word in found] == [name.rstrip(".")]


@pytest.mark.parametrize(
    "name",
    [
        "Oyunbileg Zorigt",
        "Temur Mirzayoqubov",
        "Nino Kvirikashvili",
        "Tsai Mei-hua",
        "Moon Sung-ho",
        "Adaeze Okonwachukwu",
        "Kęstutis Vainauskas",
        "Şerife Özdemiroğlu",
        "Hela Bouzgarrou",
        "Marine Le Quellec",
        "Janet Crouch",
        "John Stuart Mill",
    ],
)
def test_a_full_name_needs_no_verb_of_saying_beside_it(name: str) -> None:
    text = f"The committee published its list on Monday. Observers had expected {name} to be on it, but were wrong."
    assert list(people(text)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday the Hudson River rose near New York, the National Weather Service said.",
        "Hurricane Katrina reached New Orleans in August.",
        "JPMorgan and Goldman Sachs hired in London.",
        "Manchester United beat Real Madrid at Wembley Stadium.",
        "The Affordable Care Act passed the Senate in March.",
        "They met at the corner of Lincoln Avenue and Main Street.",
        "The crew of the USS Abraham Lincoln came home to San Diego.",
        "She won the Nobel Peace Prize and the Booker Prize.",
        "The Johnson Space Center opened its doors on Christmas Day.",
        "RIA Novosti told readers of the Straits Times so.",
        "The White House and the State Department declined to comment.",
        "Syrian rebels met Russian officials in Geneva.",
        "A spokesman for Marks & Spencer said no, and Harper & Row declined to comment.",
        "Aston Villa drew with Preston North End, and Carolina Panthers won.",
        "Eli Lilly, Philip Morris and Alfa Romeo reported losses.",
        "A crew of Al Jazeera met fighters of Abu Sayyaf near Tora Bora.",
        "They walked from Hyde Park to Faneuil Hall, where an influential Oslo-based newspaper has its office.",
        "The Botox-maker Allergenix bought a rival in March.",
        "Her memoir, “Renounce Everything”, and his film, “Sin Miedo”, won.",
        "The race in Val Gardena was stopped.",
        "After Bastille Day the Midway Atoll was closed.",
        "A former Miss Universe came, too.",
        "Pupils of St Mary's Primary School in Leeds planted trees.",
    ],
)
def test_what_is_no_person(text: str) -> None:
    assert not people(text)


def bodies(text: str) -> set[str]:
    """The organisations, places and things that the text names or speaks of."""
    cast = find_cast(text, segment(text))
    return {entity.name for entity in cast.entities if entity.kind is SpeakerKind.ORGANISATION}


@pytest.mark.parametrize(
    "text",
    [
        "It stands in Table 3 and in Paragraph 0.",
        "Senator Jane Roe (D-Ohio) voted no, and so did Tom Poe (R-Me.).",
        "Seventy-two percent of voters agree.",
        "They made an Interim offer to an Oscar-nominated writer.",
    ],
)
def test_a_capital_alone_makes_no_organisation(text: str) -> None:
    assert bodies(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They watched Channel 4 all night.", "Channel"),
        ("The order went to Target, and Target paid.", "Target"),
        ("They left as Target said it would pay.", "Target"),
        ("The ferry goes to Ostvik in May.", "Ostvik"),
    ],
)
def test_a_word_that_speaks_comes_back_or_is_unknown_names_something(text: str, name: str) -> None:
    assert name in bodies(text)


def test_a_headline_in_title_case_gives_no_people_but_the_named() -> None:
    text = "Carla Jensen Endorses Higher Taxes After Long Debate In Parliament\n\nCarla Jensen said yes on Monday."
    assert set(people(text)) == {"Carla Jensen"}


def test_nouns_of_a_short_text_in_another_language_are_no_people() -> None:
    text = (
        "Eine Firma aus Bremen hat Daten der Kunden gefunden. Doch der Konzern will unter keinen Umständen das "
        "Ergebnis zeigen. Ein Bericht von Sebastian Grüner."
    )
    assert set(people(text)) == {"Sebastian Grüner"}


def test_capitals_in_a_transcript_are_the_people_of_the_text() -> None:
    text = "Laura Wallace asked the senator.\n\nWALLACE: Will you go?\n\nThe senator did not answer Wallace."
    found = people(text)
    assert shown(text, found["Laura Wallace"]).count("WALLACE") == 1


def test_surnames_in_a_caption_find_the_full_name_below() -> None:
    text = "Okafor and Lindqvist in Oslo.\n\nThe talks between Ada Okafor and Nils Lindqvist ended on Friday."
    assert set(people(text)) == {"Ada Okafor", "Nils Lindqvist"}


def test_a_full_name_in_the_headline_is_known() -> None:
    assert set(people("Moreno said no.", title="Elena Moreno rejects the plan")) == {"Elena Moreno"}


def test_a_given_name_alone_and_a_nickname() -> None:
    text = "Robert Nash and Amira Said opened the shop. Bob paints; Amira sells. Nash is 40."
    found = people(text)
    assert set(found) == {"Robert Nash", "Amira Said"}
    assert shown(text, found["Robert Nash"]) == ["Robert Nash", "Bob", "Nash"]


def test_two_people_of_one_surname_stay_apart() -> None:
    text = (
        "Paul Brenner and Helen Brenner spoke in turn. Mr. Brenner praised the harvest. "
        "Mrs. Brenner warned of the frost. Mr. Brenner agreed."
    )
    found = people(text)
    assert set(found) == {"Paul Brenner", "Helen Brenner"}
    assert shown(text, found["Paul Brenner"]).count("Brenner") == 2
    assert shown(text, found["Helen Brenner"]).count("Brenner") == 1


def test_a_title_and_a_surname_are_enough() -> None:
    found = people("President Obasi warned the generals. Obasi spoke for an hour.")
    assert found["Obasi"].title == "President"
    assert len(found["Obasi"].mentions) == 3


def test_possessives_are_not_part_of_the_name() -> None:
    text = "Marta Silva’s plan failed. Silva's party left."
    assert shown(text, people(text)["Marta Silva"]) == ["Marta Silva", "Silva"]


def test_a_title_with_a_full_stop_is_not_part_of_the_name() -> None:
    found = people("The paper asked whether Sen. Cordova would run. Chief Justice Pruitt’s opinion was read.")
    assert {name: person.role for name, person in found.items()} == {"Cordova": "Sen.", "Pruitt": "Chief Justice"}


def test_two_given_names_share_the_surname_behind_them() -> None:
    text = "Fire killed the siblings Tove and Nils Ekdahl. Tove Ekdahl was twelve."
    found = people(text)
    assert set(found) == {"Tove Ekdahl", "Nils Ekdahl"}
    assert shown(text, found["Tove Ekdahl"]) == ["Tove", "Tove Ekdahl"]


def test_the_name_of_a_work_or_ship_is_no_person() -> None:
    assert set(people("Ines Solano wrote the novel Olga Dorn aboard the tanker Hedda Kvist.")) == {"Ines Solano"}


def test_nouns_of_another_language_are_no_people() -> None:
    text = (
        "Viele Spieler wünschen sich eine Fassung, aber das Unternehmen schweigt dazu. Mehrere Nutzer berichten "
        "von Fehlern. Ein Faltauto passt in jede Lücke, sagt Sabine Holz. Modelle der Technik werden vorgestellt, und "
        "der Bericht von Bürgern liegt vor. Alle Teile sollen im Herbst erscheinen."
    )
    assert set(people(text)) == {"Sabine Holz"}


def test_a_second_given_name_tells_no_gender() -> None:
    found = people("Jan Maria Kulik, a photographer, was told on Tuesday. Mr Kulik asked the press to leave.")
    assert set(found) == {"Jan Maria Kulik"}


@pytest.mark.parametrize(
    "mention", ["President von der Aue", "Ms. von der Aue", "Chancellor van den Berg", "Ms. Le Quellec"]
)
def test_a_surname_with_particles_behind_a_title(mention: str) -> None:
    surname = mention.split(maxsplit=1)[1]
    found = people(f"{mention} declined to comment on Monday. Anna {surname} has been in office for a year.")
    assert set(found) == {f"Anna {surname}"}
    assert found[f"Anna {surname}"].aliases == (surname,)


def test_a_document_without_a_name_is_no_organisation() -> None:
    text = "The ministry wrote a letter. The letter says that the quay must close. The ministry agreed."
    kinds = {person.name: person.kind for person in analyse(text).people}
    assert kinds == {"The ministry": SpeakerKind.ORGANISATION, "a letter": SpeakerKind.GROUP}
