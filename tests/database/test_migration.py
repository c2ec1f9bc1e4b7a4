"""Stores of earlier formats: brought up to date whole, with a backup, wherever a crash or a full disk stops it."""

from __future__ import annotations

import copy
import errno
import shutil
from pathlib import Path

import orjson
import pytest
from support.faulty_files import FaultyFiles, PowerCut
from support.small_store import Model, filled, item, read

from bench.old_formats import format_1_tables, turn_into_format_2, write_format_1
from store.database import Database
from store.database.engine.checksummed_lines import line
from store.errors import StoreError


def format_1(folder: Path) -> Model:
    model, made = Model(feeds={1: "A"}), {number: item(number) for number in range(1, 8)}
    for number, one in made.items():
        model.put(number, one)
    model.marks = dict.fromkeys((1, 3, 5, 7), (True, False))
    tables = format_1_tables(made.items(), model.marks)
    tables["deleted"] = {"9": {"feed_id": 1, "guid": "guid 9"}}
    model.deleted.add((1, "guid 9"))
    tables["settings"] = {"1": {"theme": "dark"}}
    model.settings["theme"] = "dark"
    write_format_1(folder, tables)
    return model


def format_2(folder: Path) -> Model:
    model = filled(folder)
    turn_into_format_2(folder)
    return model


FORMATS = [format_1, format_2]


@pytest.mark.parametrize("make", FORMATS)
def test_everything_is_there_afterwards_and_before_in_the_backup(tmp_path, make) -> None:
    folder = tmp_path / "store"
    model = make(folder)
    before = {
        path.name: path.read_bytes() for path in folder.iterdir() if ".json" in path.name and path.suffix != ".gz"
    }
    with Database.open(folder) as database:
        assert read(database, model) == model
        assert database.check() == []
    kept = {path.name.split("-", 2)[2]: path.read_bytes() for path in (folder / "backups").iterdir()}
    assert kept == before
    with Database.open(folder) as database:
        assert read(database, model) == model


def calls_of(folder: Path) -> int:
    files = FaultyFiles()
    Database.open(folder, files=files).close()
    return len(files.calls)


@pytest.mark.parametrize("make", FORMATS)
def test_a_power_cut_at_every_call_of_the_migration_loses_nothing(tmp_path, make) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "store"
    model = make(whole)
    shutil.copytree(whole, folder)
    for at in range(1, calls_of(folder) + 1):
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        try:
            Database.open(folder, files=FaultyFiles(at)).close()
        except PowerCut:
            pass
        with Database.open(folder) as database:
            assert not database.read_only
            assert read(database, model) == model, at
            assert [problem for problem in database.check() if "interrupted" not in problem.reason] == []


@pytest.mark.parametrize("make", FORMATS)
def test_an_error_at_every_call_of_the_migration_is_one_sentence_and_loses_nothing(tmp_path, make) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "store"
    model = make(whole)
    shutil.copytree(whole, folder)
    for at in range(1, calls_of(folder) + 1):
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        said = ""
        try:
            with Database.open(folder, files=FaultyFiles(at, error=errno.ENOSPC)) as database:
                said, found = database.notice, read(database, copy.deepcopy(model))
            assert found == model, at
        except StoreError as error:
            said = error.message
        assert said.endswith(".") or not said
        with Database.open(folder) as database:
            assert read(database, model) == model, at


def test_a_store_of_a_newer_format_is_left_alone(tmp_path) -> None:
    folder = tmp_path / "store"
    filled(folder)
    (path,) = folder.glob("journal-*")
    path.write_bytes(line(orjson.dumps({"newsdash": "journal", "version": 99, "number": 4})))
    before = {path: path.read_bytes() for path in folder.glob("*.jsonl*")}
    with pytest.raises(StoreError, match="newer newsdash"):
        Database.open(folder)
    assert before == {path: path.read_bytes() for path in folder.glob("*.jsonl*")}
