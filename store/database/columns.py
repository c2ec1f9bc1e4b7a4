"""Index columns: arrays of numbers as lines of a snapshot.

    {"column":"articles.order","type":"I","hex":"010000000200…"}

The numbers stand one after the other as Python's ``array`` and C have them, least byte first: B, H and I are whole
numbers of 1, 2 and 4 bytes without a sign, q of 8 bytes with one. So 100,000 of them are read in a millisecond.
"""

from __future__ import annotations

import sys
from array import array
from binascii import unhexlify
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import orjson

Columns = Iterable[tuple[str, "array[int]"]]
"""Names and values."""
Read: TypeAlias = "Callable[[int, int], bytes | memoryview]"
"""Gives bytes from one place to another."""
_DIGITS, _END = b',"hex":"', b'"}'
_LONGEST_HEAD = 200
"""A column's name and type take fewer bytes."""
_TYPES = ("B", "H", "I", "q")
_PAGE = 1 << 10
"""So many numbers are read at once when one of them is asked for."""


def pack(name: str, values: array[int]) -> bytes:
    """A column in the narrowest type that holds its values."""
    low, high = (min(values), max(values)) if values else (0, 0)
    kind = next(kind for kind in _TYPES if kind == "q" or 0 <= low <= high < 1 << 8 * array(kind).itemsize)
    narrow = values if values.typecode == kind else array(kind, values)
    if sys.byteorder == "big":
        narrow = narrow[:]
        narrow.byteswap()
    return orjson.dumps({"column": name, "type": kind, "hex": narrow.tobytes().hex()})


class Column(Sequence[int]):
    """A column as it stands in the file; its numbers are read when asked for, a page of them or all at once.

    It never changes: what does is made of :meth:`whole`.
    """

    def __init__(self, read: Read, count: int, kind: str) -> None:
        """``read`` gives its digits."""
        self._read = read
        self._count = count
        self._kind = kind
        self._pages: dict[int, array[int]] = {}

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return self.whole()[at]
        number = at // _PAGE
        page = self._pages.get(number)
        if page is None:
            if not 0 <= at < len(self):
                raise IndexError(at)
            page = self._pages[number] = self._numbers(number * _PAGE, min((number + 1) * _PAGE, self._count))
        return page[at % _PAGE]

    def __iter__(self) -> Iterator[int]:
        return iter(self.whole())

    def whole(self) -> array[int]:
        """All of its numbers, as an array of the caller's."""
        return self._numbers(0, self._count)

    def _numbers(self, start: int, end: int) -> array[int]:
        values: array[int] = array(self._kind)
        width = 2 * values.itemsize
        values.frombytes(unhexlify(self._read(start * width, end * width)))
        if sys.byteorder == "big":
            values.byteswap()
        return values


Numbers: TypeAlias = "Column | array[int]"
"""As they stand in the file, or in memory."""


def in_memory(numbers: Numbers) -> array[int]:
    """The array itself, or what a column holds."""
    return numbers.whole() if isinstance(numbers, Column) else numbers


def unpack(read: Read, length: int) -> Column | None:
    """A column from an item of so many bytes, of which ``read`` gives those from one place to another.

    None when it is no such column: one of an older format, or one that nobody checked and that is damaged.
    """
    head, mark, _ = bytes(read(0, min(length, _LONGEST_HEAD))).partition(_DIGITS)
    try:
        kind = orjson.loads(head + b"}")["type"] if mark else ""
    except (ValueError, LookupError, TypeError):
        return None
    if kind not in _TYPES:
        return None
    first = len(head) + len(mark)
    count = max(0, length - first - len(_END)) // (2 * array(kind).itemsize)
    return Column(lambda start, end: read(first + start, first + end), count, kind)


def insert(values: array[int], at: int, value: int) -> array[int]:
    """The column with a value more; a wider one when it does not fit."""
    try:
        values.insert(at, value)
    except OverflowError:
        values = array("q", values)
        values.insert(at, value)
    return values
