"""Corrections through the library: made, kept, put in everywhere, taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.attribution import ENGINE_VERSION
from store.corrections import corrected, no_statement, passage_at, speaker_is
from store.database import Database
from store.errors import NotFoundError, ReadOnlyError, StoreError
from store.library import Library
from store.library.ingest import ANALYSED_WITH
from store.library.maintenance import restore_backup
from store.models import (
    EPOCH,
    Analysis,
    AnotherPerson,
    Correction,
    NameIs,
    Person,
    Quote,
    QuoteKind,
    RetentionRule,
    SamePerson,
    Scope,
    Span,
    View,
)

TEXT = """\
Mara Lindqvist, chief economist of the Harbour Bank, opened the talks on Monday with Tom Adeyemi.

“The harbour will open in spring,” Lindqvist said. “We have the money for it.”

“Nobody asked the fishermen,” said Tom Adeyemi, a spokesman for the boat owners.

Officials said that the quay was safe. Karin Lindqvist, her sister, did not come.
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "talks.txt"
    path.write_text(f"Talks\n\n# 01 May 2024 09:00 (UTC +00:00)\n\n{TEXT}", encoding="utf-8")
    return path


@pytest.fixture
def talks(library, file) -> int:
    """The id of the one article of a library."""
    return library.files.ingest([file]).added[0]


def said(library: Library, article_id: int) -> dict[str, str]:
    """The first words of each statement to its speaker."""
    opened = library.articles.open(article_id)
    return {opened.document.text[quote.start : quote.start + 11]: quote.speaker for quote in opened.analysis.quotes}


def statement(library: Library, article_id: int, words: str) -> tuple[str, Quote]:
    opened = library.articles.open(article_id)
    text = opened.document.text
    return text, next(quote for quote in opened.analysis.quotes if text[quote.start :].startswith(words))


def name_speaker(library: Library, article_id: int, words: str, name: str) -> int:
    text, quote = statement(library, article_id, words)
    return library.corrections.add(article_id, speaker_is(text, quote, name)).number


def test_the_engine_finds_what_the_tests_correct(library, talks) -> None:
    assert said(library, talks) == {
        "The harbour": "Mara Lindqvist",
        "Nobody aske": "Tom Adeyemi",
        "that the qu": "Officials",
    }


def test_a_speaker_is_corrected_to_a_person_of_the_article(library, talks) -> None:
    name_speaker(library, talks, "Nobody", "mara lindqvist")
    _, quote = statement(library, talks, "Nobody")
    assert quote.speaker == "Mara Lindqvist"
    assert (quote.rule, quote.confidence) == ("corrected", 1)
    assert quote.reason == "You said that its speaker is Mara Lindqvist; the rules found Tom Adeyemi."
    assert quote.verb_class == "said"
    assert library.articles.get(talks).article.quoted == 1


def test_a_speaker_is_corrected_to_nobody_to_a_group_and_to_somebody_new(library, talks) -> None:
    name_speaker(library, talks, "The harbour", "")
    name_speaker(library, talks, "Nobody", "officials")
    name_speaker(library, talks, "that the quay", "  Ilse\x1b[31m Brandvold ")
    assert said(library, talks) == {"The harbour": "", "Nobody aske": "Officials", "that the qu": "Ilse Brandvold"}
    names = [person.name for person in library.articles.open(talks).analysis.people]
    assert "Ilse Brandvold" in names
    assert library.articles.get(talks).article.quoted == 1


def test_what_is_no_statement_goes_and_comes_back(library, talks) -> None:
    text, quote = statement(library, talks, "Nobody")
    number = library.corrections.add(talks, no_statement(text, quote)).number
    assert list(said(library, talks)) == ["The harbour", "that the qu"]
    assert library.articles.get(talks).article.quoted == 1
    library.corrections.remove(number)
    assert len(said(library, talks)) == 3
    assert library.articles.get(talks).article.quoted == 2


def test_a_statement_inside_another_keeps_its_speaker() -> None:
    text = "Ann said that Bo told her “no” twice on Monday."
    whole, inner = Span(9, 46), Span(27, 29)
    analysis = Analysis(
        1,
        (Person("Ann"), Person("Bo")),
        (Quote(QuoteKind.INDIRECT, (whole,), "Ann", 0), Quote(QuoteKind.DIRECT, (inner,), "Bo", 1)),
    )
    correction = Correction(1, 1, EPOCH, speaker_is(text, analysis.quotes[0], "Eve Holm"))
    assert [quote.speaker for quote in corrected(analysis, text, [correction]).quotes] == ["Eve Holm", "Bo"]
    # A later engine sees its edges elsewhere, or sees two.
    moved = replace(analysis, quotes=(replace(analysis.quotes[0], spans=(Span(14, 46),)), analysis.quotes[1]))
    assert [quote.speaker for quote in corrected(moved, text, [correction]).quotes] == ["Eve Holm", "Bo"]
    halves = tuple(Quote(QuoteKind.INDIRECT, (span,), "Ann", 0) for span in (Span(9, 30), Span(31, 46)))
    halved = corrected(replace(analysis, quotes=halves), text, [correction])
    assert [quote.speaker for quote in halved.quotes] == ["Eve Holm", "Eve Holm"]


def test_the_last_correction_of_a_statement_wins(library, talks) -> None:
    first = name_speaker(library, talks, "Nobody", "Mara Lindqvist")
    name_speaker(library, talks, "Nobody", "Karin Lindqvist")
    assert said(library, talks)["Nobody aske"] == "Karin Lindqvist"
    library.corrections.remove(first)
    assert said(library, talks)["Nobody aske"] == "Karin Lindqvist"


def test_two_people_become_one(library, talks) -> None:
    library.corrections.add(talks, SamePerson("Tom Adeyemi", "Mara Lindqvist"))
    people = {person.name: person for person in library.articles.open(talks).analysis.people}
    assert "Tom Adeyemi" not in people
    assert "Tom Adeyemi" in people["Mara Lindqvist"].aliases
    assert said(library, talks)["Nobody aske"] == "Mara Lindqvist"
    library.corrections.add(talks, SamePerson("Officials", "Mara Lindqvist"))
    assert set(said(library, talks).values()) == {"Mara Lindqvist"}


def test_a_name_is_split_from_a_person_with_what_it_said(library, talks) -> None:
    library.corrections.add(talks, AnotherPerson("Mara Lindqvist", "Lindqvist", name="Karin Lindqvist"))
    assert said(library, talks)["The harbour"] == "Karin Lindqvist"
    people = {person.name: person for person in library.articles.open(talks).analysis.people}
    assert "Lindqvist" not in people["Mara Lindqvist"].aliases


def test_one_mention_is_split_from_a_person(library, talks) -> None:
    text = library.articles.open(talks).document.text
    at = text.index("Lindqvist said")
    library.corrections.add(
        talks, AnotherPerson("Mara Lindqvist", mention=passage_at(text, at, at + 9), name="Eve Holm")
    )
    assert said(library, talks)["The harbour"] == "Eve Holm"


def test_a_person_gets_another_name_which_finds_old_and_new(library, talks) -> None:
    library.corrections.add(talks, NameIs("Tom Adeyemi", "Thomas Adeyemi"))
    assert said(library, talks)["Nobody aske"] == "Thomas Adeyemi"
    name_speaker(library, talks, "The harbour", "Tom Adeyemi")
    assert said(library, talks)["The harbour"] == "Thomas Adeyemi"


def test_search_lists_and_counts_know_the_correction(library, talks) -> None:
    assert library.listing.ids(View(Scope.ALL, query="said:brandvold")) == []
    number = name_speaker(library, talks, "Nobody", "Ilse Brandvold")
    assert list(library.listing.ids(View(Scope.ALL, query="said:brandvold"))) == [talks]
    assert [record.text for record in library.quotes.search("said:brandvold")] == ["Nobody asked the fishermen,"]
    assert {person.name: person.quotes for person in library.quotes.people()}["Ilse Brandvold"] == 1
    assert {person.name: person.quotes for person in library.quotes.people()}["Tom Adeyemi"] == 0
    library.corrections.remove(number)
    assert list(library.listing.ids(View(Scope.ALL, query="said:brandvold"))) == []


def test_corrections_outlive_a_restart_and_a_first_search(library, talks, places) -> None:
    library.search.prepare()
    library.close()
    with Library.open(places) as second:
        name_speaker(second, talks, "Nobody", "Ilse Brandvold")
    with Library.open(places) as third:
        assert said(third, talks)["Nobody aske"] == "Ilse Brandvold"
        assert list(third.listing.ids(View(Scope.ALL, query="said:brandvold"))) == [talks]
        assert third.maintenance.doctor() == []


def test_a_newer_engine_analyses_anew_and_the_corrections_stay(library, talks, places) -> None:
    name_speaker(library, talks, "Nobody", "Ilse Brandvold")
    text, quote = statement(library, talks, "The harbour")
    library.corrections.add(talks, no_statement(text, quote))
    library.close()
    older = Analysis(
        ENGINE_VERSION - 1,
        (Person("Somebody Else"),),
        (Quote(QuoteKind.INDIRECT, (Span(0, 14),), "Somebody Else", 0),),
    )
    with Database.open(places.database) as database:
        database.articles.save_analyses([(talks, older)])
        database.settings.save(ANALYSED_WITH, ENGINE_VERSION - 1)
    with Library.open(places) as again:
        # The older engine did not find the statement; that the reader spoke of it makes it one.
        assert said(again, talks) == {"Mara Lindqv": "Somebody Else", "Nobody aske": "Ilse Brandvold"}
        assert again.articles.get(talks).article.quoted == 2
        assert again.analysis.analyse_waiting() == 1
        assert said(again, talks) == {"Nobody aske": "Ilse Brandvold", "that the qu": "Officials"}
        assert again.articles.get(talks).article.quoted == 1
        assert again.articles.get(talks).article.engine == ENGINE_VERSION


def test_a_revised_text_keeps_what_can_be_found_and_the_rest_sleeps(library, talks, file) -> None:
    kept = name_speaker(library, talks, "Nobody", "Ilse Brandvold")
    asleep = name_speaker(library, talks, "The harbour", "Karin Lindqvist")
    file.write_text(
        file.read_text()
        .replace("Mara Lindqvist, chief", "After long rows Mara Lindqvist, chief")
        .replace("will open in spring", "will not open this year")
        .replace("have the money", "lack the money")
    )
    assert library.files.ingest([file]).updated == (talks,)
    assert said(library, talks)["Nobody aske"] == "Ilse Brandvold"
    assert said(library, talks)["The harbour"] == "Mara Lindqvist"
    assert {record.correction.number: record.in_force for record in library.corrections.all()} == {
        kept: True,
        asleep: False,
    }
    file.write_text(file.read_text().replace("will not open this year", "will open in spring").replace("lack", "have"))
    library.files.ingest([file])
    assert said(library, talks)["The harbour"] == "Karin Lindqvist"


def test_corrections_come_with_a_backup(library, talks, places, tmp_path) -> None:
    name_speaker(library, talks, "Nobody", "Ilse Brandvold")
    library.maintenance.backup(tmp_path / "all.zip")
    number = name_speaker(library, talks, "Nobody", "Eve Holm")
    assert number == 2
    library.close()
    restore_backup(tmp_path / "all.zip", places)
    with Library.open(places) as again:
        assert said(again, talks)["Nobody aske"] == "Ilse Brandvold"
        assert len(again.corrections.all()) == 1


def test_compaction_keeps_corrections(library, talks, places) -> None:
    name_speaker(library, talks, "Nobody", "Ilse Brandvold")
    library.maintenance.compact()
    library.close()
    with Library.open(places) as again:
        assert said(again, talks)["Nobody aske"] == "Ilse Brandvold"


def test_a_second_process_reads_corrections_and_makes_none(library, talks, places) -> None:
    with Library.open(places) as second:
        name_speaker(library, talks, "Nobody", "Ilse Brandvold")
        assert second.reload()
        assert said(second, talks)["Nobody aske"] == "Ilse Brandvold"
        with pytest.raises(ReadOnlyError):
            name_speaker(second, talks, "Nobody", "Eve Holm")
        with pytest.raises(ReadOnlyError):
            second.corrections.remove(1)


def test_what_cannot_be_corrected_is_said(library, talks) -> None:
    with pytest.raises(NotFoundError, match="no article 99"):
        library.corrections.add(99, SamePerson("A", "B"))
    with pytest.raises(NotFoundError, match="no correction 7"):
        library.corrections.remove(7)
    with pytest.raises(StoreError, match="name is missing"):
        library.corrections.add(talks, NameIs("Tom Adeyemi", " \x1b "))
    with pytest.raises(StoreError, match="200 characters"):
        library.corrections.add(talks, NameIs("Tom Adeyemi", "x" * 201))
    assert library.corrections.all() == []


def test_corrected_articles_are_kept_when_old_ones_go_and_corrections_go_with_their_article(places) -> None:
    from support.small_store import item

    from store.models import Feed

    with Database.open(places.database) as database:
        database.feeds.add(Feed(0, "https://one.example/", "One"))
        database.articles.add([item(place, 1) for place in range(4)])
    with Library.open(places) as library:
        library.corrections.add(1, SamePerson("A", "B"))
        assert library.maintenance.expire(RetentionRule(newest=1)) == 2
        assert [record.article.id for record in library.corrections.all()] == [1]
        library.feeds.remove(1)
        assert library.corrections.all() == []
        assert library.maintenance.doctor() == []


def test_a_corrected_article_is_gold(library, talks) -> None:
    assert list(library.corrections.gold()) == []
    name_speaker(library, talks, "Nobody", "Ilse Brandvold")
    (record,) = library.corrections.gold()
    assert {"id", "source", "licence", "text", "quotes", "people"} <= set(record)
    assert all(record["text"][quote["start"] : quote["end"]] == quote["text"] for quote in record["quotes"])
    by_words = {quote["text"][:11]: quote for quote in record["quotes"]}
    assert by_words["Nobody aske"]["speaker_name"] == "Ilse Brandvold"
    assert by_words["The harbour"]["speaker_type"] == "name"
    assert by_words["The harbour"]["group"] == by_words["We have the"]["group"]
    assert by_words["that the qu"]["speaker_type"] == "nominal"


def test_the_memory_of_people_follows_corrections(library, talks, places) -> None:
    def speakers(opened: Library) -> dict[str, int]:
        opened.people.prepare()
        return {entry.name: entry.quotes for entry in opened.people.directory()}

    assert speakers(library)["Tom Adeyemi"] == 1
    number = name_speaker(library, talks, "Nobody", "Ilse Brandvold")
    assert speakers(library)["Ilse Brandvold"] == 1
    library.close()
    with Library.open(places) as again:
        again.corrections.remove(number)
    with Library.open(places) as third:
        assert speakers(third)["Tom Adeyemi"] == 1
        assert "Ilse Brandvold" not in speakers(third)
