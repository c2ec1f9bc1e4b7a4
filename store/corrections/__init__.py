"""What the reader corrected, put into what the engine found: pure functions, no input or output, no state.

The analysis that is stored is always the engine's own; corrections are stored beside it and put in whenever it is
read, so that a newer engine's analysis of the same article is corrected as well.
"""

from __future__ import annotations

from store.corrections.anchors import locate, locate_all, passage_at
from store.corrections.apply import CORRECTED, corrected, in_force
from store.corrections.build import no_statement, speaker_is

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
