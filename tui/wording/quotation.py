"""A statement as it is printed, on the screen and in every export."""

from __future__ import annotations

import re

from store.models import QuoteKind

_MARK = re.compile(r"[“”„‟«»\"「」『』]|(?<!\w)['‘‚‹](?=\w)")


def quotation(words: str, kind: QuoteKind | str, shown: str = "") -> str:
    """The words of a statement, between quotation marks only if all of them are the speaker's own.

    A mixed statement has marks of its own inside, around the words that are quoted; one without them is a piece of a
    sentence that stood between marks (``called it “a very good deal”``). An indirect one has none.
    ``shown`` is what is printed of them, where that is not all.
    """
    quoted = kind == QuoteKind.DIRECT or (kind == QuoteKind.MIXED and not _MARK.search(words))
    shown = shown or words
    return f"“{shown}”" if quoted else shown
