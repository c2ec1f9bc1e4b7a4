from __future__ import annotations

import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import FeedError
from store.sources.bodies import decode_body, decoders


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


@given(st.binary(max_size=300), st.sampled_from(sorted(decoders())))
def test_junk_gives_bytes_or_a_sentence(junk, name):
    with suppress(FeedError):
        b"".join(decode_body(iter([junk]), name))


def test_a_bomb_is_unpacked_in_small_steps():
    packed = gzip.compress(b" " * (100 << 20))
    assert max(map(len, decode_body(iter([packed]), "gzip"))) <= 1 << 18


def test_packed_too_often():
    with pytest.raises(FeedError, match="too many times"):
        decode_body(iter([b""]), "gzip, gzip, gzip, gzip")
