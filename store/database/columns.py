"""Index columns: arrays of numbers as lines of a snapshot.

    {"column":"articles.order","type":"I","hex":"010000000200…"}

The numbers stand one after the other as Python's ``array`` and C have them, least byte first: B, H and I are whole
numbers of 1, 2 and 4 bytes without a sign, q of 8 bytes with one. So 100,000 of them are read in a millisecond.
"""

from __future__ import annotations

import sys
from array import array
from binascii import unhexlify
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

Columns = Iterable[tuple[str, "array[int]"]]
"""Names and values."""
_DIGITS = b',"hex":"'
_LONGEST_HEAD = 200
"""A column's name and type take fewer bytes."""
_TYPES = ("B", "H", "I", "q")


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
    """A column as it stands in the file; its numbers are read when asked for, one by one or all at once."""

    def __init__(self, digits: memoryview, kind: str) -> None:
        self._digits = digits
        self._kind = kind
        self._width = 2 * array(kind).itemsize

    def __len__(self) -> int:
        return len(self._digits) // self._width

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return self.whole()[at]
        if not 0 <= at < len(self):
            raise IndexError(at)
        digits = self._digits[at * self._width : (at + 1) * self._width]
        return int.from_bytes(unhexlify(digits), "little", signed=self._kind == "q")

    def whole(self) -> array[int]:
        values: array[int] = array(self._kind)
        values.frombytes(unhexlify(self._digits))
        if sys.byteorder == "big":
            values.byteswap()
        return values


def unpack(item: memoryview) -> Column | None:
    """None when it is not such a column: one of an older format, for instance."""
    head, mark, _ = bytes(item[:_LONGEST_HEAD]).partition(_DIGITS)
    if not mark:
        return None
    return Column(item[len(head) + len(mark) : -2], orjson.loads(head + b"}")["type"])


def insert(values: array[int], at: int, value: int) -> array[int]:
    """The column with a value more; a wider one when it does not fit."""
    try:
        values.insert(at, value)
    except OverflowError:
        values = array("q", values)
        values.insert(at, value)
    return values
