"""The services of a library: one of each for all threads, and none that changes a store which is open read-only."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from store.errors import ReadOnlyError
from store.library import Library
from store.models import Feed, RetentionRule, View
from store.paths import Places

ARTICLE = "Harbour\n\n7 December 2012\n\n“The harbour opens in spring,” Mara Lindqvist said.\n"
CHANGES: dict[str, Callable[[Library], object]] = {
    "add a feed": lambda library: library.feeds.add("https://example.org/feed"),
    "follow feeds": lambda library: library.feeds.follow([Feed(0, "https://example.org/feed", "Example")]),
    "refresh": lambda library: library.refresh.run(),
    "ingest": lambda library: library.files.ingest([library.places.seeds / "harbour.txt"]),
    "show the page": lambda library: library.full_texts.show_page(1),
    "remove a correction": lambda library: library.corrections.remove(1),
    "follow a person": lambda library: library.people.follow(1),
    "unfollow a person": lambda library: library.people.unfollow(1),
    "join people": lambda library: library.people.join(1, 2),
    "split a person": lambda library: library.people.split(1, [1]),
    "undo a decision": lambda library: library.people.undo(1),
    "expire": lambda library: library.maintenance.expire(RetentionRule(newest=0)),
}


@pytest.fixture
def written(places: Places, library: Library) -> Library:
    """A library with an article, which stays open for writing."""
    places.seeds.mkdir(parents=True)
    (places.seeds / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    library.files.ingest([places.seeds / "harbour.txt"])
    library.people.prepare()
    return library


@pytest.mark.parametrize("change", CHANGES)
def test_a_read_only_library_refuses_changes(written: Library, places: Places, change: str) -> None:
    with Library.open(places, read_only=True) as reader:
        with pytest.raises(ReadOnlyError):
            CHANGES[change](reader)
        assert list(reader.listing.ids(View())) == list(written.listing.ids(View()))


def test_a_read_only_library_leaves_out_what_is_a_convenience(written: Library, places: Places) -> None:
    (places.seeds / "later.txt").write_text(ARTICLE.replace("spring", "summer"), encoding="utf-8")
    with Library.open(places, read_only=True) as reader:
        assert reader.files.ingest_seeds().added == ()
        assert reader.analysis.analyse_waiting() == 0
        reader.people.mark_seen()
        reader.maintenance.save_setting("theme", "dark")
        assert reader.maintenance.setting("theme") is None


def test_threads_that_come_at_once_share_the_services_that_keep_something(tmp_path: Path) -> None:
    together = Barrier(8)

    def services(library: Library) -> tuple[int, ...]:
        together.wait()
        return id(library.people), id(library.search), id(library.rules)

    for attempt in range(20):
        with Library.open(Places.below(tmp_path / str(attempt))) as library, ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(services, [library] * 8))) == 1
