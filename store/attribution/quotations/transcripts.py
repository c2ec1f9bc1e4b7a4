"""Transcripts and interviews: paragraphs that begin with the label of who speaks, ``MS. LOWELL: I object.``"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from store.attribution.tokens.word_classes import (
    COMMON,
    GIVEN,
    HONORIFIC,
    KNOWN,
    ORGANISATION,
    PLACE,
    RARE,
    ROLE,
    ROLES,
    SURNAME,
    TITLE,
    word_classes,
)
from store.models import Span

_LABEL = re.compile(r"[A-Z][\w.'’-]{0,30}(?: \(?[A-Z][\w.'’)-]{0,30}){0,4}: *(?=\S)")
_INITIALS = re.compile(
    r"([A-Z]{2}) +(?=(?:I|I['’]\w+|It|He|She|We|They|You|Yes|No|Well|My|Our|That|This|There|The|So|Oh|But|And|What)\b)"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_PAIR = re.compile(r"\b([A-Z][\w'’-]{0,30})\.? +(?=([A-Z][\w'’-]{0,30}))")
FEWEST = 3
"""Labelled paragraphs that a transcript has at least; one of the labels must come back."""
ANONYMOUS = frozenset(("q", "a", "question", "answer"))
"""Labels that say that a turn is a question or an answer, not whose it is."""
_OFFICES = HONORIFIC | TITLE | ROLE | ROLES


def find_turns(text: str, paragraphs: Sequence[Span]) -> dict[int, int]:
    """Where the words of each labelled paragraph begin, by the paragraph's number; empty when it is no transcript.

    A list whose labels are all different (``Price: …``, ``Opening hours: …``) is no transcript, and neither is one
    whose labels are mostly no people (``Note: …``, ``Warning: …``, ``Note: …``).
    """
    labels: dict[int, str] = {}
    starts: dict[int, int] = {}
    for number, paragraph in enumerate(paragraphs):
        match = _LABEL.match(text, paragraph.start, paragraph.end)
        if match:
            labels[number] = match.group().rstrip(": ")
            starts[number] = match.end()
    if not labels:
        return _initialled(text, paragraphs)
    distinct = set(labels.values())
    if not (len(labels) >= FEWEST and 1 < len(distinct) < len(labels)):
        return {}
    named = _named(text)
    people = sum(is_persons(label, named) for label in distinct)
    return starts if 2 * people >= len(distinct) else {}


def _initialled(text: str, paragraphs: Sequence[Span]) -> dict[int, int]:
    """Where the words begin of paragraphs that open with the initials of who answers: ``JR I was cold.``"""
    initials: dict[str, int] = {}
    starts: dict[int, int] = {}
    for number, paragraph in enumerate(paragraphs):
        match = _INITIALS.match(text, paragraph.start, paragraph.end)
        if match and not word_classes().get(match[1].casefold(), 0) & (PLACE | KNOWN | ORGANISATION):
            initials[match[1]] = number
            starts[number] = match.end()
    return starts if len(initials) > 1 else {}


def is_persons(label: str, named: Collection[str] = ()) -> bool:
    """Whether a label looks like somebody's: a name, an office, a calling, or a question's or answer's.

    A name that is a common word too (``Price``) is one in capitals, or where it is ``named``: the text has it in
    somebody's full name.
    """
    if label.casefold() in ANONYMOUS:
        return True
    for word in _WORD.findall(label.casefold()):
        flags = word_classes().get(word, 0)
        is_common = flags & COMMON and not flags & RARE
        if flags & _OFFICES or word in named or (flags & (GIVEN | SURNAME) and (label.isupper() or not is_common)):
            return True
    return False


def _named(text: str) -> set[str]:
    """The words that stand behind a given name, title or honorific somewhere in the text, in lower case."""
    before = GIVEN | TITLE | HONORIFIC
    classes = word_classes()
    return {match[2].casefold() for match in _PAIR.finditer(text) if classes.get(match[1].casefold(), 0) & before}
