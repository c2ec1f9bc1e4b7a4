"""Very many articles are put into the index by a process of its own; here they are few, and the limit is none."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store.library import Library
from store.models import View
from store.search import index_keeper as kept_index
from store.search.bulk_indexer import LostError, index_in_process
from store.search.fts_index import FtsIndex

TITLES = [f"Harbour {number}" for number in range(12)]


@pytest.fixture(autouse=True)
def always_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_index, "MANY", 0)


@pytest.fixture
def waiting(put, library, places) -> list[int]:
    """The ids of a closed library's articles, none of which is in an index."""
    for title in TITLES:
        put(title, "Ships come in.")
    ids = list(library.listing.ids(View()))
    library.close()
    return ids


def found(library: Library, query: str = "ships") -> set[str]:
    return {library.articles.get(article_id).article.title for article_id in library.listing.ids(View(query=query))}


def test_the_process_puts_everything_in(waiting, places) -> None:
    path = places.cache / kept_index.FILE
    with closing(index_in_process(places.database, path, waiting)) as steps:
        counts = list(steps)
    assert counts[-1] == len(waiting)
    assert counts == sorted(counts)
    with closing(FtsIndex.reading(path)) as index:
        assert index.hits("ships") == set(waiting)
        assert index.unlisted() == 0


def test_a_process_that_cannot_do_it_says_so(waiting, places) -> None:
    places.cache.mkdir()
    with pytest.raises(LostError), closing(index_in_process(places.database, places.cache, waiting)) as steps:
        list(steps)


def test_everything_is_found_and_progress_told(waiting, places) -> None:
    told = []
    with Library.open(places) as library:
        library.search.prepare(lambda progress: told.append(progress.done))
        assert library.search.progress() is None
        assert found(library) == set(TITLES)
    assert told == sorted(told)


def test_what_comes_and_changes_meanwhile_is_found_as_it_is_then(waiting, places, tmp_path) -> None:
    def write(name: str, title: str, text: str) -> Path:
        file = tmp_path / name
        file.write_text(f"{title}\n\n# 07 December 2012 00:47 (UTC +00:00)\n\n{text}\n", encoding="utf-8")
        return file

    with Library.open(places) as library:
        (changing,) = library.files.ingest([write("changing.txt", "Changing", "Ships leave.")]).added
        done: list[int] = []

        def once() -> bool:
            if not done and library.search.progress() is not None:
                done.append(1)
                library.files.ingest(
                    [write("changing.txt", "Changing", "Trains leave."), write("new.txt", "New", "Trains.")]
                )
            return False

        library.search.prepare(cancelled=once)
        assert done
        assert found(library, "trains") == {"Changing", "New"}
        assert found(library) == set(TITLES)
        assert changing in library.listing.ids(View(query="trains"))


def test_it_stops_when_it_is_cancelled_and_goes_on_later(waiting, places) -> None:
    before = children()
    with Library.open(places) as library:
        library.search.prepare(cancelled=lambda: True)
        assert not children() - before
        library.search.prepare()
        assert found(library) == set(TITLES)


def test_closing_does_not_wait_for_it(waiting, places) -> None:
    before = children()
    with Library.open(places) as library:
        library.listing.ids(View(query="ships"))
    assert not children() - before
    with Library.open(places) as library:
        library.search.prepare()
        assert found(library) == set(TITLES)


def test_a_process_that_is_killed_costs_nothing(waiting, places) -> None:
    before = children()
    killed: list[int] = []

    def kill() -> bool:
        for child in children() - before if not killed else ():
            os.kill(child, signal.SIGKILL)
            killed.append(child)
        return False

    with Library.open(places) as library:
        library.search.prepare(cancelled=kill)
        assert killed
        assert found(library) == set(TITLES)


def test_without_processes_it_is_done_all_the_same(waiting, places, monkeypatch) -> None:
    monkeypatch.setattr(sys, "executable", str(places.cache / "nothing"))
    with Library.open(places) as library:
        library.search.prepare()
        assert found(library) == set(TITLES)


def children() -> set[int]:
    """The processes that this one has started and that run."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue  # ended meanwhile
        if int(parent) == os.getpid() and state != "Z":
            found.add(int(stat.parent.name))
    return found
