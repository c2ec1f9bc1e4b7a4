"""One person across articles, through the library, with articles taken in from files."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from store.errors import NotFoundError
from store.library import Library
from store.models import PersonEntry, QuoteKind, QuoteQuery, ReprintChange, Scope, View
from store.paths import Places

Write = Callable[..., None]

MINISTER = "“The dam is safe,” said Ingrid Solberg, the energy minister, in Bergen. Per Aas, the mayor, agreed."
MINISTER_AGAIN = (
    "“Nobody will pay for the dam twice,” Energy Minister Ingrid M. Solberg said. Per Aas, the mayor, laughed."
)
SKIER = (
    "“I fell at the second gate,” said Ingrid Solberg, a slalom skier with the Holmen club, after the race. "
    "Her coach, Anna Lechner, blamed the ice."
)


def named(library: Library, name: str) -> list[PersonEntry]:
    """The entries of the directory with this name."""
    library.people.prepare()
    return [entry for entry in library.people.directory() if entry.name == name]


def test_variants_of_a_name_are_one_person(library: Library, write: Write) -> None:
    write("2021-03-05", MINISTER)
    write("2021-03-09", MINISTER_AGAIN)
    (solberg,) = named(library, "Ingrid Solberg") + named(library, "Ingrid M. Solberg")
    page = library.people.page(solberg.id)
    assert (solberg.articles, solberg.quotes) == (2, 2)
    assert set(page.forms) == {"Ingrid Solberg", "Ingrid M. Solberg"}
    assert "Per Aas" in [companion.name for companion in page.companions]
    assert page.roles
    assert "minister" in page.roles[0].role.lower()


def test_namesakes_known_well_stay_apart(library: Library, write: Write) -> None:
    for day in range(1, 7):
        write(f"2021-03-{day:02}", MINISTER, title=f"The dam at Bergen, day {day}")
    write("2021-03-08", SKIER, title="Slalom in Kitzbühel")
    assert sorted(entry.articles for entry in named(library, "Ingrid Solberg")) == [1, 6]


def test_two_middle_names_are_two_people_whatever_else_agrees(library: Library, write: Write) -> None:
    match = "“We won,” said {}, the head coach of the Holmen Rovers, after the match. Per Aas, the captain, agreed."
    for day, name in enumerate(["Anna A. Holm", "Anna L. Holm", "Anna A. Holm", "Anna L. Holm", "Anna Holm"], 5):
        write(f"2021-03-{day:02}", match.format(name), title="The Holmen Rovers win the match")
    library.people.prepare()
    forms = [set(library.people.page(entry.id).forms) for entry in library.people.directory("holm")]
    assert len(forms) == 2
    assert not any({"Anna A. Holm", "Anna L. Holm"} <= each for each in forms)


def test_what_somebody_said_about_something(library: Library, write: Write) -> None:
    write("2021-03-05", MINISTER)
    write("2021-03-09", MINISTER_AGAIN)
    solberg = library.people.directory("solberg")[0]
    assert [saying.text for saying in library.people.quotes(QuoteQuery(person=solberg.id, words="pay dam"))] == [
        "Nobody will pay for the dam twice,"
    ]
    assert library.people.count_quotes(QuoteQuery(person=solberg.id)) == 2
    first = library.people.quotes(QuoteQuery(words="safe", kind=QuoteKind.DIRECT))[0]
    document = library.articles.open(first.article_id).document
    assert document.text[first.start : first.end] == first.text
    assert not library.people.quotes(QuoteQuery(person=solberg.id, verb_class="denied"))


def test_joined_people_stay_one_when_the_memory_is_made_anew(places: Places, library: Library, write: Write) -> None:
    for day in range(1, 7):
        write(f"2021-03-{day:02}", MINISTER, title=f"The dam at Bergen, day {day}")
    write("2021-03-08", SKIER, title="Slalom in Kitzbühel")
    one, other = named(library, "Ingrid Solberg")
    library.people.join(one.id, other.id)
    assert [entry.articles for entry in named(library, "Ingrid Solberg")] == [7]
    library.close()
    for file in places.cache.glob("people.db*"):
        file.unlink()
    with Library.open(places) as opened:
        assert [entry.articles for entry in named(opened, "Ingrid Solberg")] == [7]
        (decision,) = opened.people.decisions()
        opened.people.undo(decision.number)
        assert sorted(entry.articles for entry in named(opened, "Ingrid Solberg")) == [1, 6]
        with pytest.raises(NotFoundError):
            opened.people.undo(decision.number)


def test_printings_tell_who_shortened_a_quotation_and_how(library: Library, write: Write) -> None:
    whole = "the old dam in Bergen is safe and nobody will have to pay for it twice this year"
    write("2021-03-05", f"“And I say that {whole},” said Ingrid Solberg, the energy minister.", title="Whole")
    write("2021-03-06", f"“{whole[:1].upper() + whole[1:]},” said Ingrid Solberg, the energy minister.", title="Late")
    write("2021-03-07", f"“And I say that {whole[:58]},” said Ingrid Solberg, the energy minister.", title="Early")
    newest = named(library, "Ingrid Solberg")[0]
    saying = library.people.quotes(QuoteQuery(person=newest.id))[0]
    found = {printing.saying.title: printing.changes for printing in library.people.reprints(saying)}
    assert list(found) == ["Whole", "Late", "Early"]
    assert found == {"Whole": (), "Late": (ReprintChange.BEGINNING,), "Early": (ReprintChange.END,)}


def test_parted_people_stay_apart_when_an_article_is_read_again(places: Places, library: Library, write: Write) -> None:
    write("2021-03-05", MINISTER)
    write("2021-03-09", MINISTER_AGAIN)
    solberg = library.people.directory("solberg")[0]
    newest = library.listing.ids(View())[0]
    library.people.split(solberg.id, [newest])
    assert sorted(entry.articles for entry in library.people.directory("solberg")) == [1, 1]
    apart = library.people.person_in(newest, "Ingrid M. Solberg")
    library.people.update([newest])
    assert library.people.person_in(newest, "Ingrid M. Solberg") == apart
    library.close()
    for file in places.cache.glob("people.db*"):
        file.unlink()
    with Library.open(places) as opened:
        opened.people.prepare()
        assert sorted(entry.articles for entry in opened.people.directory("solberg")) == [1, 1]


def test_followed_people_are_a_view_and_bring_news(places: Places, library: Library, write: Write) -> None:
    write("2021-03-05", MINISTER)
    write("2021-03-06", "“We will skate,” said Tom Berg, a teacher.")
    solberg = library.people.directory("solberg")[0]
    library.people.follow(solberg.id)
    assert library.people.follow(solberg.id).name == "Ingrid Solberg"
    assert not library.people.news()
    write("2021-03-09", MINISTER_AGAIN)
    (entry,) = library.people.followed()
    assert (entry.followed, entry.unread) == (True, 2)
    assert len(library.listing.ids(View(Scope.FOLLOWED))) == 2
    assert len(library.listing.ids(View(Scope.PERSON, person=solberg.id))) == 2
    ((who, said),) = library.people.news()
    assert who.name.endswith("Solberg")
    assert [saying.text for saying in said] == ["Nobody will pay for the dam twice,"]
    library.people.mark_seen()
    assert not library.people.news()
    library.close()
    with Library.open(places) as opened:
        assert [entry.id for entry in opened.people.followed()] == [solberg.id]
        opened.people.unfollow(solberg.id)
        assert not opened.people.followed()


def test_articles_taken_in_while_the_memory_is_closed_are_learnt(
    places: Places, library: Library, write: Write
) -> None:
    write("2021-03-05", MINISTER)
    assert library.people.directory("solberg")[0].articles == 1
    library.close()
    with Library.open(places) as opened:
        assert opened.people.progress() is None
        assert opened.people.directory("solberg")[0].articles == 1


def test_a_damaged_memory_is_made_again(places: Places, library: Library, write: Write) -> None:
    write("2021-03-05", MINISTER)
    assert library.people.directory("solberg")
    library.close()
    (places.cache / "people.db").write_bytes(b"no database" * 1000)
    with Library.open(places) as opened:
        opened.people.prepare()
        assert opened.people.directory("solberg")[0].articles == 1


def test_nobody_has_an_unknown_number(library: Library) -> None:
    with pytest.raises(NotFoundError):
        library.people.page(99)
    with pytest.raises(NotFoundError):
        library.people.join(1, 2)
    assert library.people.directory() == []


def test_an_office_stays_when_a_later_article_says_only_whom_somebody_belongs_to(
    library: Library, write: Write
) -> None:
    write("2021-03-05", "“The harbour will open,” said Mara Lindqvist, chief economist of the Harbour Bank.")
    write("2021-03-09", "“We have the money,” said Mara Lindqvist of the Harbour Bank.")
    (entry,) = named(library, "Mara Lindqvist")
    assert (entry.articles, entry.role) == (2, "chief economist of the Harbour Bank")
