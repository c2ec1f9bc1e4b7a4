"""Content encodings undone in bounded steps: gzip, deflate, br and zstd, as HTTP uses them (RFC 9110, 8.4.1).

Each decoder turns an iterator of bytes into an iterator of bytes and never holds more than about one
megabyte of output, so that a few bytes that unpack to gigabytes cost what the reader of the iterator allows.
"""

from __future__ import annotations

import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

from store.errors import FeedError

STEP = 1 << 18
"""Most bytes of output asked of a decoder at once."""
MOST_ENCODINGS = 3
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_SLICE = 256
"""Bytes of zstd input taken at once: one block of 4 bytes can unpack to 128 KiB (RFC 8878, 3.1.1.2)."""

Decoder = Callable[[Iterator[bytes]], Iterator[bytes]]


def decode_body(pieces: Iterator[bytes], encodings: str) -> Iterator[bytes]:
    """The body without its encodings; ``encodings`` is the Content-Encoding header.

    A body that says it is packed and is not is passed through, one that is gzip and does not say so is
    unpacked: both are common with files served as they lie on the disk. So are names that are no content coding
    (``UTF-8``, ``none``), before a body that is not packed at all.

    Raises FeedError when the data is damaged, cut off or in an encoding that cannot be read.
    """
    names = [
        name for name in (part.strip(" \t\"'").lower() for part in encodings.split(",")) if name not in ("", "identity")
    ]
    if len(names) > MOST_ENCODINGS:
        raise FeedError("The answer is packed too many times over.")
    for name in reversed(names):
        pieces = decoders().get(name, refuse_if_packed)(pieces)
    return pieces if names else gunzip_if_packed(pieces)


def accepted() -> str:
    """The Accept-Encoding header: what can be decoded here."""
    return ", ".join(name for name in decoders() if not name.startswith("x-"))


@cache
def decoders() -> dict[str, Decoder]:
    """Decoder by content-coding name; br and zstd only where a library for them is installed."""
    found: dict[str, Decoder] = {"gzip": gunzip_if_packed, "x-gzip": gunzip_if_packed, "deflate": inflate}
    if brotli := _bounded_brotli():
        found["br"] = lambda pieces: _unbrotli(pieces, brotli)
    if zstandard := _module("zstandard"):
        found["zstd"] = lambda pieces: _unzstd(pieces, zstandard)
    return found


def gunzip_if_packed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Undo gzip (RFC 1952), several members too; what does not begin like gzip passes as it is."""
    head, pieces = _peek(pieces, len(GZIP_MAGIC))
    return _gunzip(pieces) if head.startswith(GZIP_MAGIC) else pieces


def refuse_if_packed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A body in an unknown encoding: as it is if it begins as a document does, else FeedError."""
    head, pieces = _peek(pieces, 64)
    start = head.removeprefix(BOM_UTF8).lstrip()
    if start[:1] in (b"<", b"{") or head.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
        return pieces
    if head.startswith(GZIP_MAGIC):
        return _gunzip(pieces)
    raise FeedError("The answer is packed in a way that cannot be read here.")


def inflate(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Undo deflate: with the zlib wrapper (RFC 1950) as the standard says, or raw (RFC 1951) as some servers send."""
    head, pieces = _peek(pieces, 2)
    if head.lstrip()[:1] in (b"<", b"{"):
        return pieces
    wrapped = len(head) == 2 and head[0] & 0x0F == 8 and int.from_bytes(head, "big") % 31 == 0
    return _unzlib(pieces, 15 if wrapped else -15)


def _peek(pieces: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """The first ``size`` bytes (fewer at the end), and the whole stream again."""
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= size:
            break
    return head[:size], _chain(head, pieces)


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if head:
        yield head
    yield from rest


def _unzlib(pieces: Iterator[bytes], window: int) -> Iterator[bytes]:
    unpack = inflater().decompressobj(window)
    for piece in pieces:
        yield from _steps(unpack, piece)
        if unpack.eof:
            return
    raise _cut_off()


def _gunzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """One member after another, with zeros between them; what is behind them and is none is left."""
    unpack = inflater().decompressobj(31)
    for piece in pieces:
        while piece:
            if unpack.eof:
                piece = piece.lstrip(b"\0")
                if not piece:
                    break
                if not piece.startswith(GZIP_MAGIC[: len(piece)]):
                    return
                unpack = inflater().decompressobj(31)
            yield from _steps(unpack, piece)
            piece = unpack.unused_data if unpack.eof else b""
    if not unpack.eof:
        raise _cut_off()


def _steps(unpack: Any, data: bytes) -> Iterator[bytes]:
    """What one piece of input unpacks to, at most ``STEP`` bytes at a time."""
    try:
        while data and not unpack.eof:
            yield unpack.decompress(data, STEP)
            data = unpack.unconsumed_tail
    except (zlib.error, inflater().error):
        raise _damaged() from None


@cache
def inflater() -> ModuleType:
    """zlib, or ISA-L, which does the same in a third of the time, where it is installed."""
    return _module("isal.isal_zlib") or zlib


def _unbrotli(pieces: Iterator[bytes], brotli: ModuleType) -> Iterator[bytes]:
    unpack = brotli.Decompressor()
    for piece in pieces:
        try:
            yield unpack.process(piece, output_buffer_limit=STEP)
            while not unpack.can_accept_more_data():
                yield unpack.process(b"", output_buffer_limit=STEP)
        except brotli.error:
            raise _damaged() from None
    if not unpack.is_finished():
        raise _cut_off()


def _unzstd(pieces: Iterator[bytes], zstandard: ModuleType) -> Iterator[bytes]:
    unpack = zstandard.ZstdDecompressor(max_window_size=1 << 23).decompressobj()
    for piece in pieces:
        for start in range(0, len(piece), ZSTD_SLICE):
            try:
                yield unpack.decompress(piece[start : start + ZSTD_SLICE])
            except zstandard.ZstdError:
                raise _damaged() from None
            if unpack.eof:
                return
    raise _cut_off()


def _bounded_brotli() -> ModuleType | None:
    """The brotli library, if it is new enough (1.2) to bound what it unpacks at once."""
    brotli = _module("brotli")
    return brotli if brotli and hasattr(brotli.Decompressor, "can_accept_more_data") else None


def _module(name: str) -> ModuleType | None:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        return None


def _cut_off() -> FeedError:
    return FeedError("The answer was truncated: its packed data ends early.")


def _damaged() -> FeedError:
    return FeedError("The answer is damaged: its packed data cannot be read.")
