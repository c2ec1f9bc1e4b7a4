"""Reading, marking and finding through the library."""

from __future__ import annotations

import threading

import pytest

from store.errors import NotFoundError, ReadOnlyError
from store.library import Library
from store.models import Scope, View


@pytest.fixture
def seeded(library, tmp_path) -> Library:
    """A library with the shipped seed and three small files."""
    library.files.ingest_seeds()
    for number, name in enumerate(("Alder", "Birch", "Cedar"), 1):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{name} grows\n\n# 0{number} March 2020 10:00 (UTC)\n\nThe {name} is {number} metres tall.\n")
        library.files.ingest([path])
    return library


def titles(library: Library, view: View | None = None) -> list[str]:
    return [library.articles.get(article_id).article.title for article_id in library.listing.ids(view or View())]


def test_articles_come_newest_first(seeded) -> None:
    assert titles(seeded)[:3] == ["Cedar grows", "Birch grows", "Alder grows"]
    assert len(titles(seeded)) == 4


def test_marks_can_be_undone_and_outlive_a_restart(seeded, places) -> None:
    first, second = seeded.listing.ids(View())[:2]
    before = seeded.articles.mark([first, second], read=True)
    assert titles(seeded, View(Scope.UNREAD))[0] == "Alder grows"
    seeded.articles.restore(before)
    assert len(titles(seeded, View(Scope.UNREAD))) == 4
    seeded.articles.mark([second], starred=True, read=True)
    seeded.close()
    with Library.open(places) as again:
        assert titles(again, View(Scope.STARRED)) == ["Birch grows"]
        assert again.articles.open(second).status.read


def test_marking_what_is_marked_changes_nothing(seeded) -> None:
    first = seeded.listing.ids(View())[0]
    seeded.articles.mark([first], read=True)
    assert seeded.articles.mark([first], read=True) == []


def test_an_article_that_is_not_there(seeded) -> None:
    with pytest.raises(NotFoundError, match="no article 999"):
        seeded.articles.open(999)


def test_a_second_process_reads_only_and_sees_what_the_first_writes(seeded, places) -> None:
    with Library.open(places) as second:
        assert second.read_only
        assert second.notice
        first = second.listing.ids(View())[0]
        with pytest.raises(ReadOnlyError):
            second.articles.mark([first], read=True)
        seeded.articles.mark([first], starred=True)
        assert second.reload()
        assert titles(second, View(Scope.STARRED)) == ["Cedar grows"]


def test_people_over_all_articles(seeded) -> None:
    quoted = {person.name for person in seeded.quotes.people() if person.quotes}
    assert {"Matthew Rojansky", "Hillary Clinton", "Leon Panetta", "Angela Stent"} <= quoted
    assert seeded.quotes.people("georgetown")[0].name == "Angela Stent"


def test_settings_are_remembered(seeded, places) -> None:
    seeded.maintenance.save_setting("theme", "newsdash-light")
    seeded.close()
    with Library.open(places) as again:
        assert again.maintenance.setting("theme") == "newsdash-light"
        assert again.maintenance.setting("layout", "wide") == "wide"


def test_reading_and_marking_from_many_threads(seeded) -> None:
    ids = list(seeded.listing.ids(View()))
    failures = []

    def work(starred: bool) -> None:
        try:
            for _ in range(20):
                seeded.articles.mark(ids, starred=starred)
                titles(seeded)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shall show it
            failures.append(error)

    threads = [threading.Thread(target=work, args=(bool(number % 2),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert seeded.maintenance.doctor() == []


def test_marks_are_what_they_were_after_compaction(library, places, tmp_path) -> None:
    for number in range(11):
        (tmp_path / f"{number}.txt").write_text(f"Title {number}\n\nText number {number} has words.\n")
    library.files.ingest([tmp_path])
    ids = list(library.listing.ids(View()))
    library.articles.mark(ids[:3], read=True)
    library.articles.mark(ids[2:4], starred=True)
    library._database.compact()
    library.close()
    with Library.open(places) as again:
        assert list(again.listing.ids(View(Scope.UNREAD))) == ids[3:]
        assert list(again.listing.ids(View(Scope.STARRED))) == ids[2:4]
