"""The first headlines are read from a few numbers of the index: they are right, also when these are damaged."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from support.small_store import NOON, item

from store.database import Database
from store.models import Feed, Status

MANY = 1_100
"""More than one page of a column."""
FIRST = 50


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    """Many articles, published in another order than they came in; every third is marked."""
    folder = tmp_path_factory.mktemp("many") / "store"
    with Database.open(folder) as database:
        database.feeds.add(Feed(0, "https://a.example/", "A"))
        made = [item(number) for number in range(MANY)]
        mixed = [
            (replace(article, published=NOON.replace(microsecond=number * 7919 % MANY)), document, said)
            for number, (article, document, said) in enumerate(made)
        ]
        ids = database.articles.add(mixed)
        database.articles.save_statuses([Status(article_id, read=True) for article_id in ids[::3]])
        database.compact()
    return folder


def newest() -> list[int]:
    return sorted(range(1, MANY + 1), key=lambda article_id: (article_id - 1) * 7919 % MANY, reverse=True)


def first_screen(database: Database) -> list[tuple[str, bool]]:
    ids = database.articles.ids()[:FIRST]
    return [(database.articles.get(each).title, database.articles.status(each).read) for each in ids]  # type: ignore[union-attr]


EXPECTED = [(f"Title {article_id - 1}", article_id % 3 == 1) for article_id in newest()[:FIRST]]


def test_the_newest_are_first_and_any_part_of_the_list_can_be_had(store) -> None:
    with Database.open(store, read_only=True) as database:
        assert first_screen(database) == EXPECTED
        ids, expected = database.articles.ids(), newest()
        assert len(ids) == MANY
        for part in (slice(3), slice(1_000, 1_050), slice(-5, None), slice(None, None, 100), slice(9, 3, -2)):
            assert list(ids[part]) == expected[part]
        assert (ids[0], ids[-1], ids[1_023], ids[-1_025]) == tuple(expected[at] for at in (0, -1, 1_023, -1_025))
        assert list(ids) == expected == list(ids[:])


def test_the_list_stays_as_it_was_when_articles_come_and_go(store, tmp_path) -> None:
    folder = shutil.copytree(store, tmp_path / "store")
    with Database.open(folder) as database:
        before = database.articles.ids()
        assert before[:FIRST] == newest()[:FIRST]
        new = database.articles.add([item(MANY + 1)])
        between = database.articles.ids()
        database.articles.remove(newest()[:1])
        database.compact()
        assert list(before) == newest()
        assert list(between) == new + newest()
        assert list(database.articles.ids()) == new + newest()[1:]


@pytest.mark.parametrize("column", ["articles.ids", "articles.places", "status.ids", "status.places", "articles.order"])
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda digits: digits[8:] + digits[:8], id="rows are taken for their neighbours"),
        pytest.param(lambda digits: digits[:-8] + digits[-16:-8], id="the last number is the one before"),
        pytest.param(lambda digits: digits[::-1], id="turned round"),
        pytest.param(lambda digits: b"f" * len(digits), id="far behind the end"),
        pytest.param(lambda digits: b"0" * len(digits), id="all at the beginning"),
        pytest.param(lambda digits: b"#" * len(digits), id="no digits"),
    ],
)
def test_damaged_numbers_never_show_another_row(store, tmp_path, column, damage) -> None:
    folder = shutil.copytree(store, tmp_path / "store")
    change(folder, rb'("column":"%b","type":"\w","hex":")([0-9a-f]+)' % column.encode(), damage)
    check(folder)


@pytest.mark.parametrize("column", ["articles.ids", "articles.places", "status.ids", "status.places", "articles.order"])
@pytest.mark.parametrize("head", [b"B", b"q", b"d", b'"'])
def test_damaged_heads_never_show_another_row(store, tmp_path, column, head) -> None:
    folder = shutil.copytree(store, tmp_path / "store")
    change(folder, rb'("column":"%b","type":")(\w)' % column.encode(), lambda kind: head if kind != head else b"I")
    check(folder)


def change(folder: Path, pattern: bytes, damage) -> None:
    """Put something else in the place of the pattern's second group."""
    (path,) = folder.glob("snapshot-*")
    data = path.read_bytes()
    found = re.search(pattern, data)
    assert found
    new = damage(found[2])
    assert len(new) == len(found[2])
    assert new != found[2]
    path.write_bytes(data[: found.start(2)] + new + data[found.end(2) :])


def check(folder: Path) -> None:
    """The first screen is right, and so is what is asked for next."""
    with Database.open(folder) as database:
        assert first_screen(database) == EXPECTED
        assert list(database.articles.ids()) == newest()
        assert database.articles.counts() == {1: (MANY, MANY - len(range(0, MANY, 3)))}
        database.articles.save_statuses([Status(newest()[0], read=True)])
