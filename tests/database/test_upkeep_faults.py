"""Backups, restores and repairs that are stopped or refused at any call: nothing is lost, and the next one is whole."""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from support.faulty_files import FaultyFiles, PowerCut
from support.small_store import Model, filled, item, read

from store.database import Database
from store.errors import StoreError
from store.models import Status

FAULTS = [None, errno.ENOSPC, errno.EIO]
"""The power goes, or the disk refuses one call."""


def holds(folder: Path, model: Model) -> Model:
    """What a store has that must be whole and take a change."""
    with Database.open(folder) as database:
        assert not database.read_only
        assert [problem for problem in database.check() if "interrupted" not in problem.reason] == []
        found = read(database, model)
        database.settings.save("after", 1)
    return found


@pytest.fixture
def changed(tmp_path) -> tuple[Path, Path, Model, Model]:
    """A store, a backup of it as it was before, and what they hold."""
    folder, file = tmp_path / "store", tmp_path / "backup.zip"
    before = filled(folder)
    after = Model(**vars(before))
    with Database.open(folder) as database:
        database.backup(file)
        made = item(99)
        after.articles = dict(before.articles)
        after.put(database.articles.add([made])[0], made)
    return folder, file, before, after


@pytest.mark.parametrize("error", FAULTS)
def test_a_restore_leaves_the_one_store_or_the_other(tmp_path, changed, error) -> None:
    whole, file, before, after = changed
    counted = FaultyFiles()
    shutil.copytree(whole, tmp_path / "counted")
    Database.restore(tmp_path / "counted", file, counted)
    for at in range(1, len(counted.calls) + 1):
        home = tmp_path / f"home {at}"
        shutil.copytree(whole, home / "store")
        with suppress(StoreError, PowerCut):
            Database.restore(home / "store", file, FaultyFiles(at, error=error))
        assert holds(home / "store", after) in (before, after), counted.calls[at - 1]
        Database.restore(home / "store", file)
        assert holds(home / "store", before) == before


@pytest.mark.parametrize("error", FAULTS)
def test_a_backup_leaves_the_earlier_file_or_a_whole_one(tmp_path, changed, error) -> None:
    folder, file, before, after = changed
    counted = FaultyFiles()
    with Database.open(folder, files=counted) as database:
        first = len(counted.calls) + 1
        database.backup(tmp_path / "counted.zip")
        last = len(counted.calls)
    earlier = file.read_bytes()
    for at in range(first, last + 1):
        file.write_bytes(earlier)
        database = Database.open(folder, files=FaultyFiles(at, error=error))
        with suppress(StoreError, PowerCut):
            database.backup(file)
        database.tinydb.lock.release()  # as the end of the process would
        Database.restore(tmp_path / "restored" / "store", file)
        assert holds(tmp_path / "restored" / "store", after) in (before, after)
        shutil.rmtree(tmp_path / "restored")


@pytest.mark.parametrize("error", FAULTS)
def test_a_repair_that_is_stopped_is_done_by_the_next(tmp_path, error) -> None:
    whole = tmp_path / "whole"
    model = filled(whole)
    with Database.open(whole) as database:
        lost = max(database.articles.ids())
        database.articles.save_statuses([Status(lost, read=True)])
    damage(whole, b'"articles",%d,' % lost)
    damage(next(whole.glob("texts-*")))
    expected, calls = repaired(tmp_path / "expected", whole, model, FaultyFiles())
    for at in range(1, calls + 1):
        folder = tmp_path / f"store {at}"
        with suppress(StoreError, PowerCut):
            repaired(folder, whole, model, FaultyFiles(at, error=error))
        found, _ = repaired(folder, folder, model, FaultyFiles())
        assert found == expected, at
        assert holds(folder, model) == expected


def repaired(folder: Path, whole: Path, model: Model, files: FaultyFiles) -> tuple[Model, int]:
    """What is left after a repair, and how many calls that took."""
    if folder != whole:
        shutil.copytree(whole, folder)
    database = Database.open(folder, files=files)
    try:
        if not database.read_only:
            database.check(repair=True)
            calls = len(files.calls)
            return read(database, model), calls
        raise StoreError(database.notice)
    finally:
        database.tinydb.lock.release()  # as the end of the process would


def damage(path: Path, line_with: bytes = b"") -> None:
    """Flip a bit in the middle of a file, or in the first line of its folder's snapshot that has this."""
    if line_with:
        (path,) = path.glob("snapshot-*")
    data = bytearray(path.read_bytes())
    at = data.index(line_with) + len(line_with) + 5 if line_with else len(data) // 2
    data[at] ^= 1
    path.write_bytes(bytes(data))
