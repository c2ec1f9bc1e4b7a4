"""Transcripts and interviews: paragraphs that begin with the label of who speaks, ``MS. LOWELL: I object.``"""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.models import Span

_LABEL = re.compile(r"[A-Z][\w.'’-]{0,30}(?: \(?[A-Z][\w.'’)-]{0,30}){0,4}: *(?=\S)")
FEWEST = 3
"""Labelled paragraphs that a transcript has at least; one of the labels must come back."""
ANONYMOUS = frozenset(("q", "a", "question", "answer"))
"""Labels that say that a turn is a question or an answer, not whose it is."""


def find_turns(text: str, paragraphs: Sequence[Span]) -> dict[int, int]:
    """Where the words of each labelled paragraph begin, by the paragraph's number; empty when it is no transcript.

    A list whose labels are all different (``Price: …``, ``Opening hours: …``) is no transcript.
    """
    labels: dict[int, str] = {}
    starts: dict[int, int] = {}
    for number, paragraph in enumerate(paragraphs):
        match = _LABEL.match(text, paragraph.start, paragraph.end)
        if match:
            labels[number] = match.group().rstrip(": ")
            starts[number] = match.end()
    is_transcript = len(labels) >= FEWEST and 1 < len(set(labels.values())) < len(labels)
    return starts if is_transcript else {}
