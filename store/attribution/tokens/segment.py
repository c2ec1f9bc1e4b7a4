"""Paragraphs, sentences and tokens of a text, with exact offsets, in one linear pass each.

Everything here is in ``str`` offsets of the given text. The rules are for news in English: abbreviations,
initials, decimals, ellipses, datelines, bullets and headings do not end or join sentences wrongly. Sentences
are also cut inside quotations; :mod:`store.attribution.cues.clauses` joins what a quotation interrupts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import sub
from sys import intern
from typing import NamedTuple

from store.attribution.lexicon import LookupCache, word_lists
from store.models import Span

APOSTROPHES = "'’"
OPENERS = "“‘„«\"'‚(["
CLOSERS = "”’»\"'“)]"

_TOKEN = re.compile(
    r"\s*(?:"  # the blanks before it
    r"[A-Za-z]++(?![\w.'’‐‑-])|[,;:?!“”\"()]"  # what needs no closer look: most words and marks
    r"|"
    r"(?:[^\W\d_]\.){2,}"  # U.S., e.g.
    r"|\d+(?:[.,:/]\d+)*(?:[-‐‑]?[^\W\d_]+(?:[-‐‑]\w+)*)?"  # 3.5, 12:30, 20-month-old, 9th
    r"|(?<=\w)['’‘](?:s|S|t|T|re|ve|ll|d|m)\b"  # clitics: Trump|'s, don|'t
    r"|\w+(?:[-‐‑]\w+|['’](?!(?:s|S|t|T|re|ve|ll|d|m)\b)\w+)*"  # words, O'Brien, al-Assad
    r"|``|''|--+|\.{2,}|[^\w\s])"
)
_STOP = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*+(?=[\s\"'”’»“)\]\[]|$)")
_CAPITALS = r"[A-Z][A-Z.'’\-]{2,}"
_DATELINE = re.compile(
    rf"{_CAPITALS}(?:,? [A-Z][A-Z.'’\-]+){{0,3}}(?:, [A-Z][\w.]{{1,12}}(?: [A-Z][\w.]{{1,12}})?)?"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: ?\([A-Z][\w ./]{1,30}\))? ?(?:—|–|--|-) "
)
_SIGNATURE = re.compile(r"[–—-] ?[A-Z][^.?!:;]{2,60}$")
"""``— Jane Roe, mayor``, a line of its own."""
_BULLET = re.compile(r"[•●▪■*·–—-]\s+|\(?\d{1,2}[.)]\s+(?=[A-Z“\"])")


def _look(chunk: str) -> tuple[str, str]:
    """The word of a chunk with the blanks before it, and its lower-case form.

    Each is one object wherever it stands, whose hash is known: words are looked up again and again.
    """
    text = intern(chunk.lstrip())
    low = text.lower()
    return text, intern(low.replace("‘", "’") if len(low) > 1 else low)


_words = LookupCache(_look)


class Sentence(NamedTuple):
    """A sentence ``[start, end)`` without outer blanks; ``paragraph`` indexes :attr:`Segments.paragraphs`."""

    start: int
    end: int
    paragraph: int


class Segments(NamedTuple):
    """A text cut up, in text order; tokens (words, numbers, clitics, marks) never cross a sentence, nor it a paragraph.

    ``starts``, ``ends``, ``texts`` and ``lows`` have one item for each token.
    """

    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    ranges: Sequence[tuple[int, int]]
    """The tokens ``[first, last)`` of each sentence."""
    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    lows: Sequence[str]
    """The lower-case form of each token."""


def segment(text: str) -> Segments:
    """Cut ``text`` into paragraphs, sentences and tokens. Linear in its length; never raises."""
    paragraphs = tuple([Span(*span) for span in paragraph_spans(text)])
    sentences: list[Sentence] = []
    for index, paragraph in enumerate(paragraphs):
        sentences += [Sentence(*span, index) for span in sentence_spans(text, paragraph.start, paragraph.end)]
    chunks: list[str] = _TOKEN.findall(text.rstrip())
    texts, lows = _words.columns(chunks, 2)
    ends = [*accumulate(map(len, chunks))]
    starts = [*map(sub, ends, map(len, texts))]
    ranges = _ranges(sentences, starts)
    return Segments(paragraphs, tuple(sentences), ranges, starts, ends, texts, lows)


def _ranges(sentences: Sequence[Sentence], starts: Sequence[int]) -> list[tuple[int, int]]:
    """The tokens ``[first, last)`` of each sentence; there are none between sentences."""
    ranges: list[tuple[int, int]] = []
    last = 0
    for _, end, _ in sentences:
        first, last = last, bisect_left(starts, end, last)
        ranges.append((first, last))
    return ranges


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Blocks between blank lines; lines of a block are joined only where the block is hard-wrapped."""
    start = 0
    length = len(text)
    while start < length:
        end = _blank_line(text, start)
        yield from _lines(text, start, end)
        start = end + 1


_BLANK_LINE = re.compile(r"\n(?=[^\S\n]*\n)")


def _blank_line(text: str, start: int) -> int:
    """The end of the block that begins at ``start``."""
    match = _BLANK_LINE.search(text, start)
    return match.start() if match else len(text)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of one block: the whole block when it is wrapped prose, else one for each line."""
    lines: list[tuple[int, int]] = []
    at = start
    while at <= end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        trimmed = _trim(text, at, stop)
        if trimmed is not None:
            lines.append(trimmed)
        at = stop + 1
    if len(lines) > 1 and _is_wrapped(text, lines):
        yield lines[0][0], lines[-1][1]
    else:
        yield from lines


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """True for prose broken at a fixed width: all lines but the last long, and some break inside a sentence."""
    widths = [end - start for start, end in lines[:-1]]
    if min(widths) < 40 or max(widths) > 110:
        return False
    inside = sum(text[end - 1] not in '.!?:”"’' for _, end in lines[:-1])
    return inside * 2 >= len(widths)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of the paragraph ``text[start:end]`` as ``(start, end)``; a dateline or bullet stands apart."""
    head = _DATELINE.match(text, start, end) or _BULLET.match(text, start, end)
    if head and head.end() < end and not _SIGNATURE.match(text, start, end):
        trimmed = _trim(text, start, head.end())
        if trimmed is not None:
            yield trimmed
        start = head.end()
    at = start
    for match in _STOP.finditer(text, start, end):
        first, behind = match.span()
        if first < at:
            continue
        stop = behind
        while stop < end and text[stop] in CLOSERS and not _opens(text, stop, end):
            stop += 1
        if stop < end and (not text[stop].isspace() or not ends_sentence(text, first, behind, stop, end)):
            continue
        trimmed = _trim(text, at, stop)
        if trimmed is not None:
            yield trimmed
        at = stop
    trimmed = _trim(text, at, end)
    if trimmed is not None:
        yield trimmed


def _opens(text: str, at: int, end: int) -> bool:
    """Whether the ambiguous mark at ``at`` opens a quotation: ``He left."Why?"`` has a word right after it."""
    return text[at] in "“\"'‘[" and at + 1 < end and text[at + 1].isalnum()


def ends_sentence(text: str, stop: int, after_stop: int, after: int, end: int) -> bool:
    """Whether the full stop, question or exclamation mark at ``stop`` ends its sentence.

    ``after_stop`` is the offset behind the marks, ``after`` behind the closing quotation marks as well; ``end``
    bounds the look ahead.
    """
    following = after
    while following < end and text[following].isspace():
        following += 1
    if following >= end:
        return True
    first = text[following]
    opened = following
    while first in OPENERS and opened + 1 < end:
        opened += 1
        first = text[opened]
    if first.islower():
        return False
    if text[stop] != "." or after_stop - stop > 1 or after > after_stop:
        return True
    word = _word_before(text, stop)
    if not word:
        return True
    low = word.lower()
    lists = word_lists("sentences.txt")
    if low in lists["followed by a word"] and word[0].isupper():
        return False
    if len(word) == 1 and word.isupper() and word != "I":
        return _word_after(text, opened, end) in lists["starters"]
    if low in lists["abbreviations"] or ("." in low and len(low) < 8):
        if low == "no" and not first.isdigit():
            return True
        return opened > following or _word_after(text, opened, end) in lists["starters"]
    return True


def _word_before(text: str, stop: int) -> str:
    """The word that the full stop at ``stop`` follows, with inner full stops: ``U.S``, ``Mr``; at most 15 long."""
    start = stop
    limit = max(0, stop - 15)
    while start > limit and (
        text[start - 1].isalnum() or (text[start - 1] == "." and text[start - 2 : start - 1].isalpha())
    ):
        start -= 1
    return text[start:stop]


def _word_after(text: str, start: int, end: int) -> str:
    stop = start
    limit = min(end, start + 20)
    while stop < limit and text[stop].isalpha():
        stop += 1
    return text[start:stop].lower()
