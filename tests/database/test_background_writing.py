"""Changes that do not wait for the disk: seen at once, written in order, taken back when the disk refuses them."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.small_store import item

from store.database import Database
from store.database.engine.files import Files
from store.errors import StoreError
from store.models import Feed, Status


class GatedFiles(Files):
    """A disk whose syncs wait at a gate; while ``error`` is set they fail."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.error = 0

    def sync(self, handle: int) -> None:
        assert self.gate.wait(60)
        if self.error:
            raise OSError(self.error, os.strerror(self.error))
        super().sync(handle)


@pytest.fixture
def files() -> Iterator[GatedFiles]:
    made = GatedFiles()
    yield made
    made.gate.set()


@pytest.fixture
def refused() -> list[StoreError]:
    return []


@pytest.fixture
def database(tmp_path: Path, files: GatedFiles, refused: list[StoreError]) -> Iterator[Database]:
    """Three articles on the disk; what comes now waits for the gate."""
    with Database.open(tmp_path / "store", files=files) as opened:
        opened.feeds.add(Feed(0, "https://a.example/", "A"))
        opened.articles.add([item(number) for number in range(3)])
        opened.write_in_background(refused.append)
        yield opened
        files.error = 0
        files.gate.set()


def on_disk(folder: Path) -> tuple[list[int], set[int]]:
    """The articles and the read ones, as another process sees them."""
    with Database.open(folder, read_only=True) as reader:
        ids = list(reader.articles.ids())
        return ids, set(ids) - set(reader.articles.unread())


def test_a_change_is_seen_before_it_is_on_the_disk(database, files, tmp_path) -> None:
    files.gate.clear()
    database.articles.save_statuses([Status(2, read=True)])
    (added,) = database.articles.add([item(7)])
    assert database.articles.unread() == {1, 3, added}
    assert database.articles.status(2).read
    assert database.texts.document(added).text == item(7)[1].text
    assert database.texts.analysis(added) == item(7)[2]
    assert next(iter(database.articles.ids())) == added
    assert on_disk(tmp_path / "store") == ([3, 2, 1], set())
    files.gate.set()
    database.flush()
    assert on_disk(tmp_path / "store") == ([added, 3, 2, 1], {2})


def test_the_last_of_many_changes_wins_and_nothing_is_lost_at_the_end(database, files, tmp_path) -> None:
    files.gate.clear()
    for number in range(40):
        database.articles.save_statuses([Status(1, read=number % 2 == 0), Status(3, read=number % 2 == 1)])
    database.articles.update([item(0, text="Later.", article_id=1)])
    database.articles.update([item(0, text="Latest.", article_id=1)])
    database.articles.remove([2])
    assert [each.document.text for each in database.texts.revisions(1)] == [item(0)[1].text, "Later."]
    files.gate.set()
    database.close()
    with Database.open(tmp_path / "store") as again:
        assert list(again.articles.ids()) == [3, 1]
        assert again.articles.unread() == {1}
        assert again.texts.document(1).text == "Latest."
        assert [each.document.text for each in again.texts.revisions(1)] == [item(0)[1].text, "Later."]
        assert again.check() == []


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_what_the_disk_refuses_is_taken_back_and_told(database, files, refused, tmp_path, error) -> None:
    files.gate.clear()
    database.articles.save_statuses([Status(2, read=True)])
    database.articles.add([item(7)])
    database.articles.update([item(0, text="Later.", article_id=1)])
    database.articles.remove([3])
    files.error = error
    files.gate.set()
    database.flush()
    assert list(database.articles.ids()) == [3, 2, 1]
    assert database.articles.unread() == {1, 2, 3}
    assert database.articles.counts() == {1: (3, 3)}
    assert database.texts.document(1).text == item(0)[1].text
    assert database.texts.revisions(1) == []
    files.error = 0
    database.articles.save_statuses([Status(1, read=True)])
    database.flush()
    assert on_disk(tmp_path / "store") == ([3, 2, 1], {1})
    database.close()  # ends the thread that tells
    assert len(refused) >= 1
    assert "could not be stored" in refused[0].message


def test_a_snapshot_made_meanwhile_has_every_change(database, files, tmp_path) -> None:
    files.gate.clear()
    database.articles.save_statuses([Status(2, read=True)])
    compacting = threading.Thread(target=database.compact)
    compacting.start()
    database.articles.save_statuses([Status(3, read=True)])
    files.gate.set()
    compacting.join()
    database.close()
    assert on_disk(tmp_path / "store") == ([3, 2, 1], {2, 3})
