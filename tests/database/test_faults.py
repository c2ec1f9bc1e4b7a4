"""A write error, and a power cut, at every call that changes the disk in turn."""

from __future__ import annotations

import copy
import errno
import shutil
from pathlib import Path

import pytest
from support.faulty_files import FaultyFiles, PowerCut
from support.small_store import Model, filled, read, steps, take

from store.database import Database
from store.errors import StoreError


@pytest.fixture(scope="module")
def calls(tmp_path_factory) -> int:
    """How many calls that change the disk the whole run makes."""
    files = FaultyFiles()
    filled(tmp_path_factory.mktemp("counted") / "store", files=files)
    return len(files.calls)


@pytest.fixture(scope="module")
def states(tmp_path_factory) -> list[Model]:
    """What the store holds before each step and after the last."""
    model, found = Model(), [Model()]
    with Database.open(tmp_path_factory.mktemp("stepped") / "store") as database:
        for step in steps():
            step(database, model)
            found.append(copy.deepcopy(model))
    return found


def assert_holds(folder: Path, *models: Model) -> None:
    """The store opens for writing, is one of these, has nothing damaged, and takes a change."""
    with Database.open(folder) as database:
        assert not database.read_only
        assert read(database, models[-1]) in models
        # What a crash interrupted may be reported, but nothing that was confirmed may be damaged.
        assert [problem for problem in database.check() if "interrupted" not in problem.reason] == []
        database.settings.save("after", 1)
    with Database.open(folder) as database:
        assert database.settings.get("after") == 1


def run_with_errors(folder: Path, at: int, error: int, more: int) -> None:
    model = Model()
    try:
        database = Database.open(folder, files=FaultyFiles(at, error=error, more=more))
    except StoreError:
        return
    with database:
        for step in steps():
            take(step, database, model)
            assert read(database, model) == model
    assert_holds(folder, model)


@pytest.mark.parametrize(("error", "more"), [(errno.ENOSPC, 0), (errno.EIO, 3)])
def test_an_error_at_every_call_in_turn_costs_that_change_only(tmp_path, calls, error, more) -> None:
    for at in range(1, calls + 1):
        folder = tmp_path / "store"
        run_with_errors(folder, at, error, more)
        shutil.rmtree(folder, ignore_errors=True)


def test_a_power_cut_at_every_call_in_turn_costs_at_most_the_change_in_hand(tmp_path, calls, states) -> None:
    for at in range(1, calls + 1):
        folder = tmp_path / "store"
        model, done, database = Model(), 0, None
        try:
            database = Database.open(folder, files=FaultyFiles(at))
            for step in steps():
                step(database, model)
                done += 1
            database.close()
        except PowerCut:
            if database is not None:
                database.tinydb.lock.release()  # as the end of the process would
        assert_holds(folder, *states[done : done + 2])
        shutil.rmtree(folder)
