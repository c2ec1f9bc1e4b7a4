"""Backup files that a stranger made: each is refused in one sentence, and nothing has changed."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from gzip import compress
from pathlib import Path
from zlib import crc32

import pytest
from orjson import dumps, loads
from support.small_store import filled, item

from store.database import Database
from store.database.engine import texts
from store.errors import StoreError

JOURNAL = "journal-000001.jsonl"


def backup_of(folder: Path, file: Path) -> dict[str, bytes]:
    """Make a store and its backup; returns what the backup holds."""
    filled(folder)
    with Database.open(folder) as database:
        database.backup(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(file: Path, contents: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(file, "w", kind) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)


def manifest(file: Path, entries: object, **others: object) -> None:
    write(file, {"backup.json": dumps({"newsdash": "backup", "version": 3, "files": entries, **others})})


def bomb(file: Path) -> None:
    data = b"\0" * (100 << 20)
    listed = dumps({"newsdash": "backup", "version": 3, "files": {JOURNAL: [len(data), crc32(data)]}})
    write(file, {JOURNAL: data, "backup.json": listed})


def more_than_it_says(file: Path) -> None:
    data = b"\0" * (100 << 20)
    write(file, {JOURNAL: data, "backup.json": dumps({"newsdash": "backup", "version": 3, "files": {JOURNAL: [5, 5]}})})


def long_manifest(file: Path) -> None:
    write(file, {"backup.json": b" " * (300 << 20)})


def many_files(file: Path) -> None:
    write(file, {f"f{number}": b"" for number in range(11_000)}, zipfile.ZIP_STORED)


def encrypted(file: Path) -> None:
    manifest(file, {JOURNAL: [1, 1]})
    data = bytearray(file.read_bytes())
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        data[at + place] |= 1
    file.write_bytes(data)


def damaged(kind: int) -> Callable[[Path], None]:
    def make(file: Path) -> None:
        data = os.urandom(5_000)
        listed = dumps({"newsdash": "backup", "version": 3, "files": {JOURNAL: [len(data), crc32(data)]}})
        write(file, {JOURNAL: data * 1, "backup.json": listed}, kind)
        raw = bytearray(file.read_bytes())
        name, extra = struct.unpack("<HH", raw[26:30])
        for at in range(30 + name + extra, 30 + name + extra + 400):
            raw[at] ^= 0x5A
        file.write_bytes(raw)

    return make


REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "bomb": (bomb, "would unpack to 105 MB"),
    "more than it says": (more_than_it_says, "not a whole backup"),
    "long manifest": (long_manifest, "list of contents that is too long"),
    "many files": (many_files, "more than 10,000 files"),
    "encrypted": (encrypted, "is encrypted"),
    "deflate": (damaged(zipfile.ZIP_DEFLATED), "not a whole backup"),
    "lzma": (damaged(zipfile.ZIP_LZMA), "not a whole backup"),
    "bzip2": (damaged(zipfile.ZIP_BZIP2), "not a whole backup"),
    "no files": (lambda file: manifest(file, {}), "without a store in it"),
    "no manifest": (lambda file: write(file, {"a": b""}), "no backup of newsdash"),
    "files is a list": (lambda file: manifest(file, [1]), "not a whole backup"),
    "files is text": (lambda file: manifest(file, "abc"), "not a whole backup"),
    "no numbers": (lambda file: manifest(file, {JOURNAL: ["a", None]}), "none of a store"),
    "missing": (lambda file: manifest(file, {JOURNAL: [1, 1]}), "not a whole backup"),
    "negative": (lambda file: manifest(file, {JOURNAL: [-1, 1]}), "damaged"),
    "outside": (lambda file: manifest(file, {"../a": [1, 1]}), "none of a store"),
    "newer": (lambda file: manifest(file, {}, version=99), "newer newsdash"),
    "odd version": (lambda file: manifest(file, {}, version=[]), "not a whole backup"),
    "manifest is a list": (lambda file: write(file, {"backup.json": b"[1]"}), "not a whole backup"),
    "manifest is deep": (lambda file: write(file, {"backup.json": b"[" * 100_000}), "not a whole backup"),
    "empty": (lambda file: file.write_bytes(b""), "not a whole backup"),
    "fifo": (os.mkfifo, "not a regular file"),
    "folder": (Path.mkdir, "not a regular file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_a_sentence_and_nothing_has_changed(tmp_path, name) -> None:
    make, reason = REFUSED[name]
    folder, file = tmp_path / "data" / "store", tmp_path / "all.zip"
    filled(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    make(file)
    with pytest.raises(StoreError, match=reason) as caught:
        Database.restore(folder, file)
    assert caught.value.message.endswith("nothing was changed.")
    assert "\n" not in caught.value.message
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == ["store"]


def test_texts_that_unpack_to_far_too_much_are_refused(tmp_path) -> None:
    folder, file = tmp_path / "data" / "store", tmp_path / "all.zip"
    contents = backup_of(tmp_path / "other", file)
    contents["texts-000099.jsonl.gz"] = compress(b" " * (100 << 20))
    listed = loads(contents.pop("backup.json"))
    data = contents["texts-000099.jsonl.gz"]
    listed["files"]["texts-000099.jsonl.gz"] = [len(data), crc32(data)]
    write(file, {**contents, "backup.json": dumps(listed)})
    with pytest.raises(StoreError, match="too much"):
        Database.restore(folder, file)


def test_texts_of_a_backup_are_made_harmless_when_it_is_restored(tmp_path, monkeypatch) -> None:
    folder, other, file = tmp_path / "data" / "store", tmp_path / "other", tmp_path / "all.zip"
    filled(other)
    monkeypatch.setattr(texts, "inert_json", lambda value: value)  # written by a program that does not look
    with Database.open(other) as database:
        for text in ("“We said \x1b[31m \u202e it,” Ann Lee said.", "“We said it \x9b7m,” Ann Lee said."):
            database.articles.update([item(1, text=text, article_id=1)])
        database.backup(file)
        assert "\x9b" in database.texts.document(1).text
    monkeypatch.undo()
    Database.restore(folder, file)
    with Database.open(folder) as database:
        found = [database.texts.document(1).text, *(each.document.text for each in database.texts.revisions(1))]
        assert found[0] == "“We said it \ufffd7m,” Ann Lee said."
        assert "“We said \ufffd[31m \ufffd it,” Ann Lee said." in found
        assert database.check() == []


def test_a_backup_needs_a_name_and_overwrites_no_device(tmp_path) -> None:
    filled(tmp_path / "store")
    with Database.open(tmp_path / "store") as database:
        with pytest.raises(StoreError, match="needs a name"):
            database.backup(Path())
        with pytest.raises(StoreError, match="not a regular file"):
            database.backup(Path("/dev/null"))
