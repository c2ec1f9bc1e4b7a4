"""The index is derived: whatever happens to its file, the next search finds everything again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.library import Library
from store.models import View

TITLES = [f"Harbour {number}" for number in range(8)]


@pytest.fixture
def indexed(put, library, places):
    """The index of a closed library."""
    for title in TITLES:
        put(title, "Ships come in. " * 20)
    assert len(library.listing.ids(View(query="ships"))) == len(TITLES)
    library.close()
    return places.cache / "search.db"


def found(places) -> int:
    with Library.open(places) as library:
        return len(library.listing.ids(View(query="ships")))


def test_deleted(indexed, places) -> None:
    indexed.unlink()
    assert found(places) == len(TITLES)
    assert indexed.exists()


def test_emptied(indexed, places) -> None:
    indexed.write_bytes(b"")
    assert found(places) == len(TITLES)


def test_no_database_at_all(indexed, places) -> None:
    indexed.write_text("This is no database. " * 500)
    assert found(places) == len(TITLES)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_truncated_or_overwritten_anywhere(indexed, places, data) -> None:
    whole = indexed.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        indexed.write_bytes(whole[:at])
    else:
        indexed.write_bytes(whole[:at] + b"\xaa" * 600 + whole[at + 600 :])
    assert found(places) in range(len(TITLES) + 1)
    indexed.unlink()
    assert found(places) == len(TITLES)


def test_damaged_while_it_is_open(put, library, places) -> None:
    for title in TITLES:
        put(title, "Ships come in. " * 400)
    library.listing.ids(View(query="ships"))
    file = places.cache / "search.db"
    for part in places.cache.glob("search.db*"):
        part.write_bytes(b"\xaa" * max(8192, part.stat().st_size))
    assert len(library.listing.ids(View(query="ships"))) == len(TITLES)
    assert file.exists()


def test_a_folder_that_cannot_be_written_still_searches(put, library, places) -> None:
    put("Harbour", "Ships come in.")
    places.cache.parent.mkdir(parents=True, exist_ok=True)
    places.cache.write_text("a file where the folder should be")
    assert len(library.listing.ids(View(query="ships"))) == 1
    assert "newest" in library.search.notice


def test_progress_is_told_until_everything_is_in(put, library) -> None:
    assert library.search.progress() is None
    put("Harbour", "Ships come in.")
    library.listing.ids(View(query="ships"))
    assert library.search.progress() is None
