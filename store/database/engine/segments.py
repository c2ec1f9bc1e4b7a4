"""Long texts, compressed: files that only grow, ``texts-000001.jsonl.gz``.

A file is a row of gzip members of about 8 kB of text each; ``zcat`` turns it into JSON lines
``["bodies",17,{…}]``. A row elsewhere points into it: [file number, offset of the member, its length in
bytes, number of the line in it]. gzip's own CRC-32 tells damage.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from store.database.engine.files import Files
from store.database.engine.snapshot import Damaged

MEMBER = 8 << 10
SEGMENT = 32 << 20
_GZIP = 31
_ZLIB_LEVEL = 4
"""Half the time of gzip's usual 6, for files that are 2 % longer."""
_ISAL_LEVEL = 2
"""A quarter of the time of zlib's 4, for files that are 4 % longer."""
LONGEST = 256 << 20
"""Bytes of text in a member that is read. A feed of 20 MB is the longest that newsdash takes in."""
_SHORT = 64 << 10
_CACHED = 8
_OPEN = 16
_NAME = re.compile(r"texts-(\d{6,})\.jsonl\.gz")

Pointer = list[int]


def segment_name(number: int) -> str:
    return f"texts-{number:06}.jsonl.gz"


class Segments:
    """The segment files of a folder. ``sizes`` (file number to confirmed bytes) is kept by the storage."""

    def __init__(self, files: Files, folder: Path) -> None:
        self._files = files
        self._folder = folder
        self._handles: dict[int, int] = {}
        self._members: dict[tuple[int, int], list[bytes]] = {}
        self._number = 0
        self._size = 0
        self._handle = -1
        self._fresh = False

    def close(self) -> None:
        for handle in self._handles.values():
            self._files.close(handle)
        self._handles.clear()
        self._members.clear()
        self._leave()

    def _leave(self) -> None:
        if self._handle >= 0:
            self._files.close(self._handle)
            self._handle = -1

    def numbers(self) -> list[int]:
        """The files that are there."""
        return [int(match[1]) for name in self._files.names(self._folder) if (match := _NAME.fullmatch(name))]

    def size(self, number: int) -> int:
        return self._files.size(self._folder / segment_name(number))

    # --- reading ------------------------------------------------------------------------------------------

    def read(self, pointer: Pointer) -> bytes:
        """One line.

        :raises Damaged: when the member does not fit its checksum.
        :raises FileNotFoundError: when the file is gone: the writer compacted, and the reader must refresh.
        """
        number, offset, length, place = pointer
        lines = self._members.get((number, offset))
        if lines is None:
            data = self._member(number, offset, length)
            try:
                lines = _unpack(data).split(b"\n")
            except zlib.error as error:
                raise Damaged(segment_name(number), offset, data) from error
            if len(self._members) >= _CACHED:
                del self._members[next(iter(self._members))]
            self._members[number, offset] = lines
        if place >= len(lines):
            raise Damaged(segment_name(number), offset, b"")
        return lines[place]

    def _member(self, number: int, offset: int, length: int) -> bytes:
        handle = self._reading(number)
        if length > _SHORT:
            length = min(length, self._files.handle_size(handle))
        return self._files.read(handle, offset, length)

    def _reading(self, number: int) -> int:
        handle = self._handles.get(number)
        if handle is None:
            if len(self._handles) >= _OPEN:
                self._files.close(self._handles.pop(next(iter(self._handles))))
            handle = self._handles[number] = self._files.open_read(self._folder / segment_name(number))
        return handle

    # --- writing ------------------------------------------------------------------------------------------

    def append(self, lines: list[bytes], sizes: dict[int, int]) -> tuple[list[Pointer], tuple[int, int]]:
        """Write lines behind the last file's confirmed end; durable when this returns.

        Returns where each line is, and the file's number and new size, to be confirmed by a commit.
        """
        self._choose(sizes)
        pointers: list[Pointer] = []
        members: list[bytes] = []
        pack = packer()
        at = start = self._size
        for group in _groups(lines):
            member = pack(b"".join(text + b"\n" for text in group))
            pointers += ([self._number, at, len(member), place] for place in range(len(group)))
            members.append(member)
            at += len(member)
        try:
            self._files.write(self._handle, start, b"".join(members))
            self._files.sync(self._handle)
        except BaseException:
            self.undo()
            raise
        return pointers, (self._number, at)

    def confirm(self, size: int) -> None:
        self._size = size

    def undo(self) -> None:
        """Cut what was appended and not confirmed; where that fails too, go on in a new file."""
        try:
            self._files.truncate(self._handle, self._size)
        except OSError:
            self._leave()

    def _choose(self, sizes: dict[int, int]) -> None:
        """The file to append to. One with more in it than was confirmed is left as it is: nothing is overwritten."""
        if self._handle >= 0 and self._size < SEGMENT:
            return
        self._leave()
        there = self.numbers()
        number = max(there, default=0)
        usable = number in sizes and sizes[number] == self.size(number) and sizes[number] < SEGMENT
        if not usable or self._fresh:
            number = max([*there, *sizes], default=0) + 1
        handle = self._files.open_append(self._folder / segment_name(number))
        try:
            self._files.sync_folder(self._folder)
        except BaseException:
            self._files.close(handle)
            raise
        self._handle, self._number, self._size = handle, number, sizes.get(number, 0)
        self._fresh = False

    def remove(self, number: int) -> None:
        """Delete a file that nothing points into."""
        if number == self._number:
            self._leave()
        handle = self._handles.pop(number, None)
        if handle is not None:
            self._files.close(handle)
        self._files.remove(self._folder / segment_name(number))

    def start_new(self) -> None:
        """Make the next append go to a new file."""
        self._leave()
        self._fresh = True


@cache
def packer() -> Callable[[bytes], bytes]:
    """What makes a gzip member of some text: ISA-L where it is installed (there are machines it is not built for), else
    zlib."""
    try:
        from isal import isal_zlib
    except ImportError:
        return partial(zlib.compress, level=_ZLIB_LEVEL, wbits=_GZIP)
    return partial(isal_zlib.compress, level=_ISAL_LEVEL, wbits=_GZIP)


def _unpack(data: bytes) -> bytes:
    """The text of a gzip member.

    :raises zlib.error: when it is damaged, or longer than a text that newsdash wrote can be.
    """
    if len(data) <= _SHORT:  # zlib makes a thousand times as much of it at most
        return zlib.decompress(data, _GZIP)
    opened = zlib.decompressobj(_GZIP)
    found = opened.decompress(data, LONGEST)
    if not opened.eof:
        raise zlib.error("the text is too long, or not whole")
    return found


def _groups(lines: list[bytes]) -> list[list[bytes]]:
    groups: list[list[bytes]] = []
    room = 0
    for text in lines:
        if room <= 0:
            groups.append([])
            room = MEMBER
        groups[-1].append(text)
        room -= len(text)
    return groups
