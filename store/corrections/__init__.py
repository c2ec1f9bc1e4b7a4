"""Applies the user's corrections to what the engine found: pure functions, no input or output, no state.

The analysis that is stored is always the engine's own; corrections are stored beside it and applied whenever it is
read, so that a newer engine's analysis of the same article is corrected as well.

apply     an analysis with corrections applied
roster    the people and statements of an article while they are corrected
anchors   places that are found again after the text was revised
gold      corrected articles as gold data
"""

from __future__ import annotations

from store.corrections.anchors import locate, locate_all, no_statement, passage_at, speaker_is
from store.corrections.apply import CORRECTED, corrected, in_force

__all__ = [
    "CORRECTED",
    "corrected",
    "in_force",
    "locate",
    "locate_all",
    "no_statement",
    "passage_at",
    "speaker_is",
]
