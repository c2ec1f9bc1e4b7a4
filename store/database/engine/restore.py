"""A store from a backup file, which may come from a stranger.

Everything is checked before it takes the place of the store: the file's list of contents, how much it unpacks to, every
length and checksum, and the texts, from which goes what a terminal could obey.
"""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any
from zlib import crc32

import orjson

from store.database.engine.backup import MANIFEST, MEMBER_NAME
from store.database.engine.files import Files
from store.database.engine.journal import VERSION
from store.database.engine.lock import WriteLock
from store.database.engine.migrations import migrate
from store.database.engine.opening import ready_name
from store.database.engine.segments import Segments, segment_name
from store.database.engine.snapshot import Damaged
from store.database.engine.storage import JournalStorage
from store.database.engine.texts import TEXTS, Change, pointers
from store.database.stored_json import WRONG_SHAPE
from store.database.tables import ARTICLES, REVISIONS
from store.errors import StoreError
from store.text.inert import is_inert

MOST_FILES = 10_000
LARGEST_MANIFEST = 4 << 20
"""Bytes."""
MOST_BYTES = 64 << 30
"""Bytes of all files of a store, unpacked."""
HIGHEST_RATIO = 40
"""Times that a backup may grow when it is unpacked; JSON lines compress to a sixth of their size."""
SMALL = 64 << 20
"""Bytes that any backup may unpack to."""
HIGHEST_TEXT_RATIO = 200
_CHUNK = 1 << 20
_LONGEST_MARK = 8
"""Bytes of the longest sequence that :func:`is_inert` looks for."""
_BATCH = 100
_CRC_32 = 1 << 32
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, *WRONG_SHAPE)


class _RefusedError(ValueError):
    """A backup that is not restored; the message says why, as the end of a sentence."""


def restore_backup(files: Files, folder: Path, file: Path) -> Path:
    """See :meth:`store.database.Database.restore`."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise StoreError(f"{file.name} is not a regular file; nothing was changed.")
    making = folder.with_name(folder.name + ".restoring")
    try:
        with zipfile.ZipFile(file) as archive:
            contents = _contents(archive)
            _empty(files, making)
            files.make_folder(making)
            _unpack(files, archive, contents, making)
        _make_texts_inert(files, making)
    except _RefusedError as error:
        _empty(files, making)
        raise StoreError(f"{file.name} {error}; nothing was changed.") from error
    except _DAMAGE as error:
        _empty(files, making)
        raise StoreError(f"{file.name} is not a whole backup of newsdash; nothing was changed.") from error
    except BaseException as error:
        _empty(files, making)
        if isinstance(error, OSError) and error.errno is None:  # bz2's word for damage
            raise StoreError(f"{file.name} is not a whole backup of newsdash; nothing was changed.") from error
        raise
    return _take_place(files, making, folder)


def _take_place(files: Files, making: Path, folder: Path) -> Path:
    """Exchange the folders; returns the name under which the old one is kept."""
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


# --- the list of contents -----------------------------------------------------------------------------------


def _contents(archive: zipfile.ZipFile) -> dict[str, tuple[int, int]]:
    """Name to size and checksum of each file of the store. Nothing is unpacked except this list.

    :raises _RefusedError: when there is too much of anything, or it is no backup.
    """
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise _RefusedError(f"holds more than {MOST_FILES:,} files")
    if any(info.flag_bits & 1 for info in infos):
        raise _RefusedError("is encrypted")
    by_name = {info.filename: info for info in infos}
    if MANIFEST not in by_name:
        raise _RefusedError("is no backup of newsdash")
    if by_name[MANIFEST].file_size > LARGEST_MANIFEST:
        raise _RefusedError("has a list of contents that is too long")
    with archive.open(MANIFEST) as source:
        manifest = orjson.loads(source.read(LARGEST_MANIFEST + 1))
    if manifest["newsdash"] != "backup":
        raise _RefusedError("is no backup of newsdash")
    if manifest["version"] > VERSION:
        raise _RefusedError("was made by a newer newsdash")
    contents = {name: _numbers(name, entry) for name, entry in manifest["files"].items()}
    if not any(name.startswith(("journal-", "snapshot-")) for name in contents):
        raise _RefusedError("is a backup without a store in it")
    total = sum(size for size, _ in contents.values())
    packed = sum(by_name[name].compress_size for name in contents)
    if total > MOST_BYTES or total > max(SMALL, HIGHEST_RATIO * packed):
        raise _RefusedError(f"would unpack to {total / 1e6:,.0f} MB, too much for its size")
    return contents


def _numbers(name: str, entry: Any) -> tuple[int, int]:
    size, checksum = entry
    if not (MEMBER_NAME.fullmatch(name) and type(size) is int and type(checksum) is int):
        raise _RefusedError("holds a file that is none of a store")
    if size < 0 or not 0 <= checksum < _CRC_32:
        raise _RefusedError("has a list of contents that is damaged")
    return size, checksum


def _unpack(files: Files, archive: zipfile.ZipFile, contents: dict[str, tuple[int, int]], folder: Path) -> None:
    """:raises ValueError: when a file is missing or damaged, or longer than the list says."""
    for name, (size, checksum) in contents.items():
        handle = files.open_write(folder / name)
        at = found = 0
        try:
            with archive.open(name) as source:
                while data := source.read(min(_CHUNK, size - at + 1)):
                    at, found = at + len(data), crc32(data, found)
                    if at > size:
                        break
                    files.write(handle, at - len(data), data)
            files.sync(handle)
        finally:
            files.close(handle)
        if (at, found) != (size, checksum):
            raise ValueError("a damaged file")
    files.sync_folder(folder)


# --- texts --------------------------------------------------------------------------------------------------


def _make_texts_inert(files: Files, folder: Path) -> None:
    """Write texts again that hold what a terminal could obey."""
    with closing(Segments(files, folder)) as segments:
        suspect = {number for number in segments.numbers() if not _is_harmless(folder / segment_name(number))}
    if not suspect:
        return
    migrate(folder, files)
    storage = JournalStorage(folder, files, writable=True)
    try:
        storage.segments.start_new()
        ids = list(storage.rows(ARTICLES))
        for start in range(0, len(ids), _BATCH):
            found = [change for key in ids[start : start + _BATCH] for change in _texts_in(storage, key, suspect)]
            if found:
                storage.commit(found)
    finally:
        storage.close()


def _is_harmless(path: Path) -> bool:
    """Whether a file of texts surely holds nothing that a terminal could obey.

    :raises _RefusedError: when it unpacks to far more than texts do.
    """
    size, total, end = path.stat().st_size, 0, b""
    with path.open("rb") as source:
        for data in _unpacked(source):
            total += len(data)
            if total > max(SMALL, HIGHEST_TEXT_RATIO * size):
                raise _RefusedError("holds texts that would unpack to too much")
            if not is_inert(end + data):
                return False
            end = data[-_LONGEST_MARK:]
    return True


def _unpacked(source: IO[bytes]) -> Iterator[bytes]:
    """A file of gzip members, piece by piece; what is damaged in it costs the rest."""
    opened = zlib.decompressobj(31)
    data = b""
    while data := data or source.read(_CHUNK):
        try:
            found = opened.decompress(data, _CHUNK)
        except zlib.error:
            yield b"\x7f"  # nobody knows what it holds
            return
        if found:
            yield found
        data = opened.unconsumed_tail
        if opened.eof:
            data, opened = opened.unused_data, zlib.decompressobj(31)


def _texts_in(storage: JournalStorage, article_id: int, segments: set[int]) -> Iterator[Change]:
    """The texts of an article that lie in these segments; those that cannot be read are left to doctor."""
    row = storage.article_row(article_id)
    tables = {name for name, pointer in pointers(row) if pointer[0] in segments} if row is not None else set()
    for table in sorted(tables & set(TEXTS)):
        try:
            document = storage.text(table, article_id)
        except (Damaged, FileNotFoundError):
            continue
        if table == REVISIONS:
            yield table, article_id, None  # else those that are stored stay where they are
        yield table, article_id, document


def _free_name(files: Files, folder: Path) -> Path:
    number = 1
    while files.exists(folder.with_name(f"{folder.name}.before-restore-{number}")):
        number += 1
    return folder.with_name(f"{folder.name}.before-restore-{number}")


def _empty(files: Files, folder: Path) -> None:
    """Remove a folder of a restore that came to nothing."""
    if not files.exists(folder):
        return
    for name in files.names(folder):
        if (folder / name).is_dir():  # pieces that were set aside
            _empty(files, folder / name)
        else:
            files.remove(folder / name)
    folder.rmdir()
