"""All printings of one quotation, and how each differs from the longest."""

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


def printings_of(sayings: Sequence[QuoteOccurrence]) -> list[Reprint]:
    """The printings, given in any order: first seen first, each compared with the longest."""
    if not sayings:
        return []
    longest = _words(max(sayings, key=lambda saying: (len(saying.text.split()), -saying.id)).text)
    place_of = cache(lambda text: _place(longest, _words(text)))  # many outlets print the same
    places: dict[int, list[tuple[int, int]]] = {}
    for saying in sayings:
        places.setdefault(saying.article_id, []).append(place_of(saying.text))
    changes_of = cache(lambda text, apart: changes(longest, text, apart=apart))
    return [
        Reprint(saying, changes_of(saying.text, _is_apart(places[saying.article_id])))
        for saying in sorted(sayings, key=lambda saying: (saying.published, saying.id))
    ]


def changes(longest: str, text: str, *, apart: bool = False) -> tuple[ReprintChange, ...]:
    """What was done to the longest printing, given as its words alone, to come to this one; nothing when the words are
    the same. ``apart``: other parts of it are printed elsewhere in the article."""
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
    """Whether words on both sides of a gap stand together in the longest printing."""
    parts = [_words(part).split() for part in text.split(_GAP)]
    meet = (" ".join((*one[-_AROUND:], *other[:_AROUND])) for one, other in pairwise(parts) if one and other)
    return any(f" {words} " in f" {longest} " for words in meet)


def _place(longest: str, printed: str) -> tuple[int, int]:
    """From which to which of the longest printing's words this one goes."""
    matcher = SequenceMatcher(None, longest.split(), printed.split(), autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    return (blocks[0].a, blocks[-1].a + blocks[-1].size) if blocks else (0, 0)


def _is_apart(places: Sequence[tuple[int, int]]) -> bool:
    """Whether parts of one article stand one after the other."""
    return any(one[1] <= other[0] for one in places for other in places if one != other)


def _replaced(edits: Sequence[Edit], place: int) -> bool:
    """Whether other words stand in the place of those that went."""
    return place + 1 < len(edits) and edits[place + 1].kind is EditKind.ADDED


def _words(text: str) -> str:
    """The words alone: marks and the sign of a gap are typography."""
    return " ".join(filter(None, (word.strip(_MARKS).casefold() for word in text.split())))
