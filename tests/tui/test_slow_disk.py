"""A disk that does not answer: keys do, and quitting waits for what they changed."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator

import pytest

from store.database.engine.files import Files
from store.library import Library
from store.models import Scope, View


class Disk:
    """Syncs wait while ``answers`` is not set, and fail with ``error``."""

    def __init__(self) -> None:
        self.answers = threading.Event()
        self.answers.set()
        self.error = 0


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk, sync = Disk(), Files.sync

    def slow(self: Files, handle: int) -> None:
        assert disk.answers.wait(60)
        if disk.error:
            raise OSError(disk.error, os.strerror(disk.error))
        sync(self, handle)

    monkeypatch.setattr(Files, "sync", slow)
    yield disk
    disk.answers.set()


async def test_keys_that_change_something_are_answered_while_the_disk_is_silent(
    put_article, open_dashboard, disk, places
) -> None:
    for day in range(1, 6):
        put_article(f"a{day}", f"Harbour {day}", day)
    async with open_dashboard() as driver:
        library = driver.library
        disk.answers.clear()
        await driver.press("s", "down", "m", "down", "enter")
        assert len(library.listing.ids(View(Scope.STARRED))) == 1
        assert len(library.listing.ids(View(Scope.UNREAD))) == 4
        await driver.press("G")
        assert driver.text
        await driver.press("A")
        disk.answers.set()
        library.flush()
        starred = list(library.listing.ids(View(Scope.STARRED)))
    with Library.open(places, read_only=True) as again:
        assert list(again.listing.ids(View(Scope.STARRED))) == starred


async def test_a_mark_that_the_disk_refuses_goes_from_the_screen_with_a_sentence(
    put_article, open_dashboard, disk
) -> None:
    for day in range(1, 4):
        put_article(f"a{day}", f"Harbour {day}", day)
    async with open_dashboard() as driver:
        disk.error = errno.ENOSPC
        await driver.press("s")
        driver.library.flush()
        await driver.settle()
        assert "The change could not be stored: the disk is full." in driver.text
        disk.error = 0
        assert driver.library.listing.ids(View(Scope.STARRED)) == []
        await driver.press("s")
        assert len(driver.library.listing.ids(View(Scope.STARRED))) == 1
