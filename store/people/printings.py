"""All printings of one quotation, and how each differs from the longest."""

from __future__ import annotations

from collections.abc import Sequence

from store.models import Edit, EditKind, Printing, PrintingChange, Saying
from store.text.compare import compare_lines

_MARKS = ".,;:!?…\"'“”‘’ "


def printings_of(sayings: Sequence[Saying]) -> list[Printing]:
    """The printings, given in any order: first seen first, each compared with the longest."""
    if not sayings:
        return []
    longest = max(sayings, key=lambda saying: (len(saying.text.split()), -saying.id)).text
    ordered = sorted(sayings, key=lambda saying: (saying.published, saying.id))
    return [Printing(saying, changes(_words(longest), _words(saying.text))) for saying in ordered]


def changes(longest: str, printed: str) -> tuple[PrintingChange, ...]:
    """What was done to the longest printing to come to this one; nothing when their words are the same."""
    # A word is compared with the blank before it.
    edits = compare_lines(f" {longest}", f" {printed}")
    found: dict[PrintingChange, None] = {}
    for place, edit in enumerate(edits):
        if edit.kind is EditKind.SAME:
            continue
        if edit.kind is EditKind.ADDED or _replaced(edits, place):
            found[PrintingChange.WORDS] = None
        elif place == 0:
            found[PrintingChange.BEGINNING] = None
        elif place == len(edits) - 1:
            found[PrintingChange.END] = None
        else:
            found[PrintingChange.MIDDLE] = None
    return tuple(found)


def _replaced(edits: Sequence[Edit], place: int) -> bool:
    """Whether other words stand in the place of those that went."""
    return place + 1 < len(edits) and edits[place + 1].kind is EditKind.ADDED


def _words(text: str) -> str:
    """The words alone: marks and the sign of a gap are typography."""
    return " ".join(filter(None, (word.strip(_MARKS).casefold() for word in text.split())))
