"""All reprints of one quotation, and how each differs from the longest."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from store.models import Edit, EditKind, QuoteOccurrence, Reprint, ReprintChange
from store.text.diff import compare_lines

_GAP = " … "
"""Stands between the parts of a quotation."""
_AROUND = 2
"""Words looked at on each side of a gap."""
_MARKS = ".,;:!?…\"'“”‘’ "


def reprints_of(quotes: Sequence[QuoteOccurrence]) -> list[Reprint]:
    """The reprints of one quotation, given in any order: first seen first, each compared with the longest."""
    if not quotes:
        return []
    longest = _words(max(quotes, key=lambda quote: (len(quote.text.split()), -quote.id)).text)
    place_of = cache(lambda text: _place(longest, _words(text)))  # many outlets print the same
    places: dict[int, list[tuple[int, int]]] = {}
    for quote in quotes:
        places.setdefault(quote.article_id, []).append(place_of(quote.text))
    changes_of = cache(lambda text, apart: changes(longest, text, apart=apart))
    return [
        Reprint(quote, changes_of(quote.text, _is_apart(places[quote.article_id])))
        for quote in sorted(quotes, key=lambda quote: (quote.published, quote.id))
    ]


def changes(longest: str, text: str, *, apart: bool = False) -> tuple[ReprintChange, ...]:
    """How a reprint differs from the longest one, given as its words alone; nothing when the words are the same.

    ``apart``: other parts of the quotation are printed elsewhere in the article.
    """
    printed = _words(text)
    # A word is compared with the blank before it.
    edits = compare_lines(f" {longest}", f" {printed}")
    found: dict[ReprintChange, None] = {}
    if apart or _is_split(longest, text):
        found[ReprintChange.SPLIT] = None
    for place, edit in enumerate(edits):
        if edit.kind is EditKind.SAME:
            continue
        if edit.kind is EditKind.ADDED or _replaced(edits, place):
            found[ReprintChange.WORDS] = None
        elif place == 0:
            found[ReprintChange.BEGINNING] = None
        elif place == len(edits) - 1:
            found[ReprintChange.END] = None
        else:
            found[ReprintChange.MIDDLE] = None
    return tuple(found)


def _is_split(longest: str, text: str) -> bool:
    """Whether words on both sides of a gap are adjacent in the longest one."""
    parts = [_words(part).split() for part in text.split(_GAP)]
    meet = (" ".join((*one[-_AROUND:], *other[:_AROUND])) for one, other in pairwise(parts) if one and other)
    return any(f" {words} " in f" {longest} " for words in meet)


def _place(longest: str, printed: str) -> tuple[int, int]:
    """The first and the last of the longest one's words that this one has."""
    matcher = SequenceMatcher(None, longest.split(), printed.split(), autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    return (blocks[0].a, blocks[-1].a + blocks[-1].size) if blocks else (0, 0)


def _is_apart(places: Sequence[tuple[int, int]]) -> bool:
    """Whether an article prints parts of the quotation one after the other."""
    return any(one[1] <= other[0] for one in places for other in places if one != other)


def _replaced(edits: Sequence[Edit], place: int) -> bool:
    """Whether the missing words are replaced by others."""
    return place + 1 < len(edits) and edits[place + 1].kind is EditKind.ADDED


def _words(text: str) -> str:
    """The words alone: marks and the sign of a gap are typography."""
    return " ".join(filter(None, (word.strip(_MARKS).casefold() for word in text.split())))
