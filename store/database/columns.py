"""Index columns: arrays of numbers as lines of a snapshot.

    {"column":"articles.order","type":"I","hex":"010000000200…"}

The numbers stand one after the other as Python's ``array`` and C have them, least byte first: B, H and I are whole
numbers of 1, 2 and 4 bytes without a sign, q of 8 bytes with one. So 100,000 of them are read in a millisecond.
"""

from __future__ import annotations

import sys
from array import array
from binascii import unhexlify
from collections.abc import Iterable

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


def unpack(item: memoryview) -> array[int] | None:
    """None when it is not such a column: one of an older format, for instance."""
    head, mark, _ = bytes(item[:_LONGEST_HEAD]).partition(_DIGITS)
    if not mark:
        return None
    values: array[int] = array(orjson.loads(head + b"}")["type"])
    values.frombytes(unhexlify(item[len(head) + len(mark) : -2]))
    if sys.byteorder == "big":
        values.byteswap()
    return values


def insert(values: array[int], at: int, value: int) -> array[int]:
    """The column with a value more; a wider one when it does not fit."""
    try:
        values.insert(at, value)
    except OverflowError:
        values = array("q", values)
        values.insert(at, value)
    return values
