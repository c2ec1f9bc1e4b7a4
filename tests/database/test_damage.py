"""What was written and then changed or lost on the disk: the rest opens, and what is damaged is named."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

import pytest
from small_store import Model, filled, item, read

from store.database import Database
from store.models import Feed, Status


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> tuple[Path, Model]:
    """A store of a snapshot, texts and a journal with some commits in it."""
    folder = tmp_path_factory.mktemp("whole") / "store"
    model = filled(folder)
    with Database.open(folder) as database:
        made = [item(number) for number in range(31, 33)]
        for article_id, one in zip(database.add_articles(made), made, strict=True):
            model.put(article_id, one)
        database.save_statuses([Status(1, read=True)])
        model.marks[1] = (True, False)
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


def test_a_flipped_bit_in_every_byte_costs_one_record_at_most_and_is_named(store, tmp_path) -> None:
    whole, model = store
    for path in sorted(path for path in whole.iterdir() if path.suffix in (".jsonl", ".gz")):
        data = path.read_bytes()
        step = 1 if path.name.startswith("journal") else 7
        for at in range(0, len(data), step):
            folder = tmp_path / "store"
            shutil.copytree(whole, folder)
            (folder / path.name).write_bytes(data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :])
            with Database.open(folder) as database:
                found = read(database, model)
                problems = database.check(repair=True)
                # A damaged article takes its marks with it.
                assert different(found, model) <= 2, (path.name, at)
                if found.articles != model.articles or different(found, model):
                    assert problems, (path.name, at)
                assert database.check() == [], (path.name, at)
                database.save_setting("after", 1)
            shutil.rmtree(folder)


def test_every_length_of_the_journals_tail_gives_whole_commits(tmp_path) -> None:
    whole, model, states = tmp_path / "whole", Model(), []
    with Database.open(whole) as database:
        path = next(whole.glob("journal-*"))

        def done() -> None:
            states.append((path.stat().st_size, copy.deepcopy(model)))

        done()
        model.feeds[database.add_feed(Feed(0, "https://a.example/", "A")).id] = "A"
        done()
        made = [item(number) for number in range(3)]
        for article_id, one in zip(database.add_articles(made), made, strict=True):
            model.put(article_id, one)
        done()
        database.save_statuses([Status(1, read=True), Status(2, starred=True)])
        model.marks |= {1: (True, False), 2: (False, True)}
        done()
    data = path.read_bytes()
    for length in range(states[0][0], len(data) + 1):
        folder = tmp_path / "store"
        shutil.copytree(whole, folder)
        (folder / path.name).write_bytes(data[:length])
        expected = next(state for size, state in reversed(states) if size <= length)
        with Database.open(folder) as database:
            assert read(database, model) == expected
            reported = database.check()
            assert all("interrupted" in problem.reason for problem in reported)
            database.save_setting("after", 1)
        with Database.open(folder) as database:
            assert database.setting("after") == 1
        shutil.rmtree(folder)


def test_a_missing_segment_is_named_and_headlines_stay(store, tmp_path) -> None:
    whole, model = store
    folder = tmp_path / "store"
    shutil.copytree(whole, folder)
    for path in folder.glob("texts-*"):
        path.unlink()
    with Database.open(folder) as database:
        assert list(database.article_ids()) == sorted(model.articles, reverse=True)
        assert "missing" in database.document(1).text
        assert any(problem.name.startswith("texts-") for problem in database.check())
