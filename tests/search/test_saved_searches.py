"""Saved searches: kept under a name, found again, counted, renamed and removed."""

from __future__ import annotations

import pytest

from store.errors import NotFoundError, QueryError, ReadOnlyError, StoreError
from store.library import Library
from store.models import SavedSearch, Scope, View


@pytest.fixture
def harbours(put) -> None:
    put("Harbour opens", "Ships come in.", "01 May 2024 09:00")
    put("Harbour closes", "Storm ahead.", "02 May 2024 09:00")
    put("Budget passes", "Ships cost money.", "03 May 2024 09:00")


def test_a_saved_search_is_there_after_opening_again(library, places) -> None:
    library.search.saved.save(SavedSearch("Ships", "harbour OR ships", ("sea",)))
    library.close()
    with Library.open(places) as again:
        assert again.search.saved.all() == [SavedSearch("Ships", "harbour OR ships", ("sea",))]


@pytest.mark.usefixtures("harbours")
def test_its_view_is_what_it_finds_and_can_be_narrowed(library) -> None:
    library.search.saved.save(SavedSearch("Ships", "harbour OR ships"))
    assert len(library.listing.ids(View(Scope.SAVED, saved="Ships"))) == 3
    narrowed = library.listing.ids(View(Scope.SAVED, saved="Ships", query="storm"))
    assert [library.articles.get(article_id).article.title for article_id in narrowed] == ["Harbour closes"]


@pytest.mark.usefixtures("harbours")
def test_summaries_count_all_and_unread(library) -> None:
    library.search.saved.save(SavedSearch("Ships", "ships"))
    library.search.saved.save(SavedSearch("nothing", "submarine"))
    library.articles.mark(library.listing.ids(View(query="budget")), read=True)
    counts = [(row.search.name, row.total, row.unread, row.error) for row in library.listing.summaries()]
    assert counts == [("nothing", 0, 0, ""), ("Ships", 2, 1, "")]


def test_counting_stops_when_it_is_cancelled(library) -> None:
    library.search.saved.save(SavedSearch("Ships", "ships"))
    assert library.listing.summaries(lambda: True) == []


def test_saving_under_a_name_again_changes_the_search(library) -> None:
    library.search.saved.save(SavedSearch("Ships", "ships"))
    library.search.saved.save(SavedSearch("Ships", "boats"))
    assert [search.query for search in library.search.saved.all()] == ["boats"]


def test_renaming_never_writes_over_another_search(library) -> None:
    library.search.saved.save(SavedSearch("Ships", "ships"))
    library.search.saved.save(SavedSearch("Boats", "boats"))
    library.search.saved.save(SavedSearch("Vessels", "ships"), instead_of="Ships")
    assert [search.name for search in library.search.saved.all()] == ["Boats", "Vessels"]
    with pytest.raises(StoreError, match="“Boats”"):
        library.search.saved.save(SavedSearch("Boats", "ships"), instead_of="Vessels")
    assert [search.query for search in library.search.saved.all()] == ["boats", "ships"]


def test_what_cannot_be_saved_is_refused(library) -> None:
    for search, error in [
        (SavedSearch("", "ships"), StoreError),
        (SavedSearch("x" * 101, "ships"), StoreError),
        (SavedSearch("Empty", "  "), QueryError),
        (SavedSearch("Broken", "(ships"), QueryError),
    ]:
        with pytest.raises(error):
            library.search.saved.save(search)
    with pytest.raises(NotFoundError):
        library.search.saved.save(SavedSearch("New", "ships"), instead_of="Old")
    assert library.search.saved.all() == []


def test_a_search_is_removed_by_its_name(library) -> None:
    library.search.saved.save(SavedSearch("Ships", "ships"))
    library.search.saved.remove("Ships")
    assert library.search.saved.all() == []
    with pytest.raises(NotFoundError, match="“Ships”"):
        library.search.saved.remove("Ships")
    with pytest.raises(NotFoundError, match="“Ships”"):
        library.listing.ids(View(Scope.SAVED, saved="Ships"))


def test_a_search_is_found_whatever_its_letter_case(library) -> None:
    library.search.saved.save(SavedSearch("Ships", "ships"))
    assert library.search.saved.find("ships").name == "Ships"
    library.search.saved.save(SavedSearch("ships", "boats"))
    assert library.search.saved.find("ships").query == "boats"
    with pytest.raises(NotFoundError, match="Several"):
        library.search.saved.find("SHIPS")


def test_names_are_cleaned(library) -> None:
    library.search.saved.save(SavedSearch("\x1b[31mRed\u202e\n sea", "ships\tboats"))
    assert library.search.saved.all() == [SavedSearch("Red sea", "ships boats")]


def test_a_second_process_reads_the_searches_and_cannot_change_them(library, places) -> None:
    library.search.saved.save(SavedSearch("Ships", "ships"))
    with Library.open(places, read_only=True) as second:
        assert [search.name for search in second.search.saved.all()] == ["Ships"]
        with pytest.raises(ReadOnlyError):
            second.search.saved.save(SavedSearch("Boats", "boats"))


def test_searches_are_part_of_what_the_doctor_checks(library) -> None:
    library.search.saved.save(SavedSearch("Ships", "ships"))
    assert library.maintenance.doctor() == []
