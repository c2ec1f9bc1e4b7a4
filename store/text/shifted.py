"""Raised and lowered text (``sup``, ``sub``) on a line: 10^6, H₂O, a note[1]."""

from __future__ import annotations

import re
from collections.abc import MutableSequence

_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_CAN_BE_LOWERED = re.compile(r"[0-9+\-−=()]{1,20}")
_POWER = re.compile(r"[+\-−]?(?:\d{1,10}(?:[.,/]\d{1,10})?[+\-−]?|[a-zA-Z\u03b1-\u03c9]|[+\-−])")
_WRITTEN_SO = re.compile(r"(?:st|nd|rd|th|er|re|e|o|a|os|as|nde?|lle|me|ème|es|tm|sm|r)", re.IGNORECASE)
"""Ends of numbers and names that are raised for looks."""


def shift(pieces: MutableSequence[str], first: int, tag: str, *, is_note: bool = False) -> None:
    """Mark the pieces from ``first`` on as raised or lowered where they would run into the text before them.

    ``is_note`` is for text that leads to a footnote. Each piece stays one piece.
    """
    inside = "".join(pieces[first:])
    text = inside.strip()
    before = "".join(pieces[max(0, first - 3) : first])[-1:]
    if not text or not before or not (before.isalnum() or before in ")]}\"'”’.,!?;:"):
        return
    if is_note:
        if text[0] not in "[(":
            _surround(pieces, first, "[", "]")
    elif tag == "sub":
        if _CAN_BE_LOWERED.fullmatch(text):
            pieces[first:] = [piece.translate(_LOWERED) for piece in pieces[first:]]
        elif before.isalnum():
            _surround(pieces, first, "_", "")
    elif before.isalnum() or before in ")]}":
        if _POWER.fullmatch(text) and not (before.isdigit() and _WRITTEN_SO.fullmatch(text)):
            _surround(pieces, first, "^", "")
        elif text[0].isalnum() and not _WRITTEN_SO.fullmatch(text):
            _surround(pieces, first, "^(" if len(text) > 1 else "^", ")" if len(text) > 1 else "")


def _surround(pieces: MutableSequence[str], first: int, opening: str, closing: str) -> None:
    filled = [number for number in range(first, len(pieces)) if pieces[number].strip()]
    pieces[filled[0]] = opening + pieces[filled[0]].lstrip()
    pieces[filled[-1]] = pieces[filled[-1]].rstrip() + closing if closing else pieces[filled[-1]]
