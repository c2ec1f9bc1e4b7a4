"""One zip file with everything of the store.

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
from store.database.engine.storage import JournalStorage

MANIFEST = "backup.json"
MEMBER_NAME = re.compile(r"(snapshot|journal)-\d{6,}\.jsonl|texts-\d{6,}\.jsonl\.gz")
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
                archive.writestr(MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
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
