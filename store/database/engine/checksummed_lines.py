"""Lines that know whether they are whole.

Journal and snapshot are text files of one JSON array a line::

    ["0000002f","1c291ca3",[7,"status",17,{"read":true}]]

the length of the third item in bytes, its CRC-32, and the item. ``jq '.[2]'`` reads them. The item is a row
(:class:`Row`) or a JSON object: a file's header, an index column, a file's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import orjson

HEAD = 23
TAIL = 2
_START = re.compile(rb'\["[0-9a-f]{8}","[0-9a-f]{8}",[\[{]')
_NAMED = re.compile(rb'"([A-Za-z0-9_-]+)",(\d{1,18}),')


@dataclass(frozen=True, slots=True)
class Row:
    """A document of a table: its JSON, None when it was removed. ``commit`` is 0 but in the last row of a commit."""

    table: str
    id: int
    value: bytes | None
    commit: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """``data[start:end]`` of a file: a whole line with its item, or damage (None)."""

    start: int
    end: int
    item: bytes | None


def line(item: bytes) -> bytes:
    return b'["%08x","%08x",%b]\n' % (len(item), crc32(item), item)


def row_item(table: str, doc_id: int, value: bytes | None, commit: int = 0) -> bytes:
    return b"[%d,%b,%d,%b]" % (commit, _name(table), doc_id, b"null" if value is None else value)


def to_row(item: bytes) -> Row:
    """:raises ValueError: when the item is no row."""
    commit, table, doc_id, value = item[1:-1].split(b",", 3)
    name = orjson.loads(table) if b"\\" in table else table[1:-1].decode()
    return Row(name, int(doc_id), None if value == b"null" else value, int(commit))


@lru_cache(maxsize=256)
def _name(table: str) -> bytes:
    """A table's name as JSON without a comma, at which rows are split."""
    return orjson.dumps(table).replace(b",", b"\\u002c")


def item_at(data: bytes, start: int) -> bytes | None:
    """The item of the line that starts there, None when it is damaged or not whole.

    Only length and sum decide: a flipped bit in the punctuation around them does no harm.
    """
    end = _end_of_item(data, start)
    return data[start + HEAD : end] if end else None


def item_view(data: bytes) -> memoryview | None:
    """As :func:`item_at` of a line alone, which may be long, without a copy."""
    end = _end_of_item(data, 0)
    return memoryview(data)[HEAD:end] if end else None


def _end_of_item(data: bytes, start: int) -> int:
    """0 when it is damaged."""
    try:
        length = int(data[start + 2 : start + 10], 16)
        checksum = int(data[start + 13 : start + 21], 16)
    except ValueError:
        return 0
    begin, end = start + HEAD, start + HEAD + length
    whole = end <= len(data) and data[begin : begin + 1] in (b"[", b"{")
    return end if whole and crc32(memoryview(data)[begin:end]) == checksum else 0


def scan(data: bytes, start: int = 0) -> Iterator[Piece]:
    """All of ``data`` from ``start`` on as whole lines and damage between them, in order, nothing left out."""
    while start < len(data):
        item = item_at(data, start)
        end = start + HEAD + len(item) + TAIL if item is not None else 0
        if start < end <= len(data):
            yield Piece(start, end, item)
            start = end
            continue
        end = next(
            (match.start() for match in _START.finditer(data, start + 1) if item_at(data, match.start()) is not None),
            len(data),
        )
        yield Piece(start, end, None)
        start = end


def name_of(damage: bytes) -> str:
    """What a damaged line was, as far as it can still be read: ``articles 17``, or ''."""
    match = _NAMED.search(damage)
    return f"{match[1].decode()} {match[2].decode()}" if match else ""
