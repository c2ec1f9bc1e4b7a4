from __future__ import annotations

import gzip
import zlib
from contextlib import suppress
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import FeedError
from store.feeds import content_encoding as bodies
from store.feeds.content_encoding import decode_body, decoders, inflater


def slices(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@given(st.binary(max_size=5000), st.integers(1, 700), st.sampled_from(["gzip", "deflate", "gzip, deflate"]))
def test_whatever_was_packed_comes_out(data, size, encodings):
    if data.lstrip()[:1] in (b"<", b"{") or data[:2] == b"\x1f\x8b":
        data = b"x" + data
    packed = data
    for name in encodings.split(", "):
        packed = gzip.compress(packed) if name == "gzip" else zlib.compress(packed)
    assert b"".join(decode_body(iter(slices(packed, size)), encodings)) == data


def read(pieces: list[bytes], encodings: str) -> tuple[bytes, str]:
    """What comes out, until there is an error; and the error."""
    out = b""
    try:
        for piece in decode_body(iter(pieces), encodings):
            out += piece
    except FeedError as error:
        return out, error.message
    return out, ""


@given(
    st.lists(st.binary(max_size=2000).map(lambda part: part * 3), min_size=1, max_size=3),
    st.sampled_from(["gzip", "deflate"]),
    st.integers(1, 3000),
    st.binary(max_size=12),
    st.none() | st.tuples(st.integers(0, 3000), st.integers(0, 255)),
)
def test_every_library_unpacks_alike(parts, encoding, size, rest, flaw):
    """Several members, something behind them, cut off or damaged anywhere."""
    packed = bytearray(b"".join(gzip.compress(part) if encoding == "gzip" else zlib.compress(part) for part in parts))
    packed += rest
    if flaw:
        at, value = flaw[0] % len(packed), flaw[1]
        packed[at] = value
        del packed[at + 200 + value :]
    pieces = slices(bytes(packed), size)
    found = []
    for library in (zlib, inflater()):
        with mock.patch.object(bodies, "inflater", lambda library=library: library):
            found.append(read(pieces, encoding))
    (one, error), (other, too) = found
    assert bool(error) == bool(too)
    assert error or one == other


@given(st.binary(max_size=300), st.sampled_from(sorted(decoders())))
def test_junk_gives_bytes_or_a_sentence(junk, name):
    with suppress(FeedError):
        b"".join(decode_body(iter([junk]), name))


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("behind", [b"", b"\0" * 20, b"\x01\x02 and more"])
def test_what_is_behind_the_packed_data_does_not_matter(behind, size):
    packed = gzip.compress(b"one ") + b"\0" * 3 + gzip.compress(b"two") + behind
    assert b"".join(decode_body(iter(slices(packed, size)), "gzip")) == b"one two"


def test_a_bomb_is_unpacked_in_small_steps():
    packed = gzip.compress(b" " * (100 << 20))
    assert max(map(len, decode_body(iter([packed]), "gzip"))) <= 1 << 18


def test_packed_too_often():
    with pytest.raises(FeedError, match="too many times"):
        decode_body(iter([b""]), "gzip, gzip, gzip, gzip")
