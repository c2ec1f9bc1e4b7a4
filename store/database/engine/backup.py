"""One zip file with everything of the store, and a store from such a file.

Inside are the store's own files as docs/STORE.md describes them and ``backup.json``, which says how long
each must be. Any zip program reads it.
"""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path
from zlib import crc32

import orjson

from store.database.engine.files import Files
from store.database.engine.journal import VERSION
from store.database.engine.lock import WriteLock
from store.database.engine.opening import ready_name
from store.database.engine.storage import JournalStorage
from store.errors import StoreError

_MANIFEST = "backup.json"
_MEMBER = re.compile(r"(snapshot|journal)-\d{6,}\.jsonl|texts-\d{6,}\.jsonl\.gz")
_CHUNK = 1 << 20
_ATTEMPTS = 20


class _Sink(io.RawIOBase):
    """A new file, written through the file layer."""

    def __init__(self, files: Files, handle: int) -> None:
        self._files = files
        self._handle = handle
        self._at = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(data)  # type: ignore[call-overload]
        self._files.write(self._handle, self._at, part)
        self._at += len(part)
        return len(part)


def write_backup(storage: JournalStorage, file: Path) -> None:
    """Appears under its name when it is whole. Files only grow or are replaced, so the store may change meanwhile.

    :raises OSError: when reading or writing fails.
    """
    files = storage.files
    parts = storage.contents() if storage.writable else _contents_now(storage)
    temporary = file.with_name(file.name + ".tmp")
    try:
        handle = files.open_write(temporary)
        try:
            with zipfile.ZipFile(_Sink(files, handle), "w") as archive:
                sums: dict[str, list[int]] = {}
                for name, source, size in parts:
                    sums[name] = [size, _copy(files, source, size, archive, name)]
                manifest = {"newsdash": "backup", "version": VERSION, "files": sums}
                archive.writestr(_MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
            files.sync(handle)
        finally:
            files.close(handle)
        files.rename(temporary, file)
        files.sync_folder(file.absolute().parent)
    finally:
        for _, source, _ in parts:
            files.close(source)
        files.remove(temporary)


def _contents_now(storage: JournalStorage) -> list[tuple[str, int, int]]:
    """What a reader copies: the files of this moment, looked for again while the writer replaces them."""
    for attempt in range(_ATTEMPTS):
        try:
            fresh = JournalStorage(storage.folder, storage.files, writable=False)
            try:
                return fresh.contents()
            finally:
                fresh.close()
        except FileNotFoundError:
            time.sleep(0.01 * attempt)
    return storage.contents()


def _copy(files: Files, source: int, size: int, archive: zipfile.ZipFile, name: str) -> int:
    """Returns the CRC-32 of what was copied."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    checksum = 0
    with archive.open(info, "w", force_zip64=True) as target:
        for at in range(0, size, _CHUNK):
            data = files.read(source, at, min(_CHUNK, size - at))
            checksum = crc32(data, checksum)
            target.write(data)
    return checksum


def restore_backup(files: Files, folder: Path, file: Path) -> Path:
    """See :meth:`store.database.Database.restore`."""
    making = folder.with_name(folder.name + ".restoring")
    _empty(files, making)
    files.make_folder(making)
    try:
        with zipfile.ZipFile(file) as archive:
            _unpack(files, archive, making)
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError, NotImplementedError) as error:
        _empty(files, making)
        raise StoreError(f"{file.name} is not a whole backup of newsdash; nothing was changed.") from error
    except BaseException:
        _empty(files, making)
        raise
    files.make_folder(folder)
    lock = WriteLock(folder / "lock", files)
    if not lock.acquire():
        _empty(files, making)
        raise StoreError(f"The store is in use by {lock.holder()}; close it before restoring a backup.")
    try:
        ready = ready_name(folder)
        _empty(files, ready)
        files.rename(making, ready)
        kept = _free_name(files, folder)
        files.rename(folder, kept)
        files.rename(ready, folder)
        files.sync_folder(folder.parent)
        return kept
    finally:
        lock.release()


def _unpack(files: Files, archive: zipfile.ZipFile, folder: Path) -> None:
    """:raises ValueError: when something is missing, foreign or damaged."""
    manifest = orjson.loads(archive.read(_MANIFEST))
    if manifest["newsdash"] != "backup" or manifest["version"] > VERSION:
        raise ValueError("another format")
    for name, (size, checksum) in manifest["files"].items():
        if not _MEMBER.fullmatch(name):
            raise ValueError("a foreign file")
        handle = files.open_write(folder / name)
        at = found = 0
        try:
            with archive.open(name) as source:
                while data := source.read(_CHUNK):
                    files.write(handle, at, data)
                    at, found = at + len(data), crc32(data, found)
                    if at > size:
                        break
            files.sync(handle)
        finally:
            files.close(handle)
        if (at, found) != (size, checksum):
            raise ValueError("a damaged file")
    files.sync_folder(folder)


def _free_name(files: Files, folder: Path) -> Path:
    number = 1
    while files.exists(folder.with_name(f"{folder.name}.before-restore-{number}")):
        number += 1
    return folder.with_name(f"{folder.name}.before-restore-{number}")


def _empty(files: Files, folder: Path) -> None:
    if files.exists(folder):
        for name in files.names(folder):
            files.remove(folder / name)
        folder.rmdir()
