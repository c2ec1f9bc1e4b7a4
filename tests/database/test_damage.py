"""What was written and then changed or lost on the disk: the rest opens, and what is damaged is named."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

import pytest
from support.small_store import Model, item, read

from store.database import Database
from store.database.engine.files import Files
from store.models import Feed, Status

PARTS = 12
"""The bytes of the files are tried in so many tests, each of which takes every twelfth."""


class Unsynced(Files):
    """Does not wait for the disk: no power is cut here."""

    def sync(self, handle: int) -> None:
        pass

    def sync_folder(self, folder: Path) -> None:
        pass


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> tuple[Path, Model]:
    """A small store of a snapshot, texts and a journal with some commits in it."""
    folder, model = tmp_path_factory.mktemp("whole") / "store", Model()

    def add(database: Database, *numbers: int) -> None:
        made = [item(number) for number in numbers]
        for article_id, one in zip(database.articles.add(made), made, strict=True):
            model.put(article_id, one)

    with Database.open(folder) as database:
        model.feeds[database.feeds.add(Feed(0, "https://a.example/", "A")).id] = "A"
        add(database, 1, 2)
        database.articles.save_statuses([Status(2, starred=True)])
        database.compact()
        add(database, 3)
        database.articles.save_statuses([Status(1, read=True)])
        model.marks |= {1: (True, False), 2: (False, True)}
    return folder, model


def different(found: Model, model: Model) -> int:
    """In how many records they differ."""
    return sum(
        len({key for key in {*one, *other} if one.get(key) != other.get(key)})
        for one, other in (
            (found.feeds, model.feeds),
            (found.settings, model.settings),
            (found.marks, model.marks),
            ({key: row[:2] for key, row in found.articles.items()}, {k: row[:2] for k, row in model.articles.items()}),
        )
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_a_flipped_bit_in_every_byte_costs_one_record_at_most_and_is_named(store, tmp_path, part) -> None:
    whole, model = store
    files = {path.name: path.read_bytes() for path in whole.iterdir() if path.name != "lock"}
    assert {name.split("-")[0] for name in files} == {"snapshot", "journal", "texts"}
    places = [(name, at) for name, data in sorted(files.items()) for at in range(len(data))]
    for turn, (name, at) in enumerate(places[part::PARTS]):
        folder = tmp_path / str(turn)
        folder.mkdir()
        for other, data in files.items():
            flipped = data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :] if other == name else data
            (folder / other).write_bytes(flipped)
        with Database.open(folder, files=Unsynced()) as database:
            found = read(database, model)
            problems = database.check(repair=True)
            # A damaged article takes its marks with it.
            assert different(found, model) <= 2, (name, at)
            if found.articles != model.articles or different(found, model):
                assert problems, (name, at)
            if problems:  # else nothing was repaired
                assert database.check() == [], (name, at)
            database.settings.save("after", 1)


def test_every_length_of_the_journals_tail_gives_whole_commits(tmp_path) -> None:
    whole, model, states = tmp_path / "whole", Model(), []
    with Database.open(whole) as database:
        path = next(whole.glob("journal-*"))

        def done() -> None:
            states.append((path.stat().st_size, copy.deepcopy(model)))

        done()
        model.feeds[database.feeds.add(Feed(0, "https://a.example/", "A")).id] = "A"
        done()
        made = [item(number) for number in range(3)]
        for article_id, one in zip(database.articles.add(made), made, strict=True):
            model.put(article_id, one)
        done()
        database.articles.save_statuses([Status(1, read=True), Status(2, starred=True)])
        model.marks |= {1: (True, False), 2: (False, True)}
        done()
    data = path.read_bytes()
    for length in range(states[0][0], len(data) + 1):
        folder = tmp_path / "store"
        shutil.copytree(whole, folder)
        (folder / path.name).write_bytes(data[:length])
        expected = next(state for size, state in reversed(states) if size <= length)
        with Database.open(folder, files=Unsynced()) as database:
            assert read(database, model) == expected
            reported = database.check()
            assert all("interrupted" in problem.reason for problem in reported)
            database.settings.save("after", 1)
        with Database.open(folder, files=Unsynced()) as database:
            assert database.settings.get("after") == 1
        shutil.rmtree(folder)


def test_a_missing_segment_is_named_and_headlines_stay(store, tmp_path) -> None:
    whole, model = store
    folder = tmp_path / "store"
    shutil.copytree(whole, folder)
    for path in folder.glob("texts-*"):
        path.unlink()
    with Database.open(folder) as database:
        assert list(database.articles.ids()) == sorted(model.articles, reverse=True)
        assert "missing" in database.texts.document(1).text
        assert any(problem.name.startswith("texts-") for problem in database.check())
