"""``newsdash doctor``, ``compact``, ``backup``, ``restore``, and retention after a refresh."""

from __future__ import annotations

import pytest


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "data" / "store"


@pytest.mark.parametrize("command", ["backup", "restore", "compact", "doctor"])
def test_every_command_has_help(newsdash, command) -> None:
    done = newsdash(command, "--help")
    assert done.status == 0
    assert f"newsdash {command}" in done.out


def test_a_backup_brings_back_what_was_there_and_keeps_what_came_between(newsdash, tmp_path, folder) -> None:
    before = newsdash("list", "--json").out
    (tmp_path / "more.txt").write_text("Another thing\n\n“We agree,” said Ann Lee.\n")
    done = newsdash("backup", tmp_path / "all.zip", "--json")
    assert (done.status, done.rows[0]["articles"]) == (0, 1)
    newsdash("ingest", tmp_path / "more.txt")
    assert len(newsdash("list", "--json").rows) == 2
    assert newsdash("restore", tmp_path / "all.zip", "--yes").status == 0
    assert newsdash("list", "--json").out == before
    kept = folder.with_name("store.before-restore-1")
    assert (kept / "lock").exists()


def test_restore_asks_first(newsdash, tmp_path) -> None:
    newsdash("backup", tmp_path / "all.zip")
    done = newsdash("restore", tmp_path / "all.zip")
    assert done.status == 2
    assert "--yes" in done.err


def test_a_file_that_is_no_backup_changes_nothing(newsdash, tmp_path, folder) -> None:
    before = newsdash("list").out
    (tmp_path / "all.zip").write_bytes(b"PK no")
    done = newsdash("restore", tmp_path / "all.zip", "--yes")
    assert (done.status, done.out) == (1, "")
    assert done.err == "newsdash: all.zip is not a whole backup of newsdash; nothing was changed.\n"
    assert newsdash("list").out == before
    assert not folder.with_name("store.restoring").exists()


def test_a_backup_with_a_changed_byte_is_refused(newsdash, tmp_path) -> None:
    before = newsdash("list").out
    newsdash("backup", tmp_path / "all.zip")
    data = bytearray((tmp_path / "all.zip").read_bytes())
    data[len(data) // 3] ^= 4
    (tmp_path / "all.zip").write_bytes(data)
    assert newsdash("restore", tmp_path / "all.zip", "--yes").status == 1
    assert newsdash("list").out == before


def test_doctor_names_damage_and_repairs_it(newsdash, folder) -> None:
    newsdash("list")
    newsdash("compact")
    path = next(folder.glob("texts-*"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    found = newsdash("doctor", "--json")
    assert found.status == 1
    assert {problem["name"] for problem in found.rows[0]["problems"]} >= {"bodies 1"}
    assert newsdash("doctor", "--repair").status == 0
    assert newsdash("doctor").status == 0
    assert len(newsdash("list", "--json").rows) == 1


def test_compact_says_how_much_smaller_the_store_is(newsdash, folder) -> None:
    newsdash("list")
    done = newsdash("compact", "--json")
    assert done.status == 0
    assert done.rows[0]["after"] > 0
    assert newsdash("doctor").status == 0
