"""Corrections in words: one sentence each, for the status line and for lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.models import (
    Amendment,
    AnotherPerson,
    Correction,
    DecisionKind,
    NameIs,
    NoStatement,
    PeopleDecision,
    QuoteKind,
    SamePerson,
    SpeakerIs,
    Status,
)
from tui.text_cells import cut
from tui.wording.counts import plural
from tui.wording.quotation import quotation

QUOTED = 40
"""Cells of a statement that are shown to tell which is meant."""


def in_words(what: Amendment) -> str:
    """What a correction says."""
    match what:
        case SpeakerIs():
            speaker = f"is said by {what.name}" if what.name else "has no known speaker"
            return f"{_words(what)} {speaker}."
        case NoStatement():
            return f"{_words(what)} is no statement."
        case SamePerson():
            return f"{what.person} is {what.other}."
        case AnotherPerson():
            form = what.form or (what.mention.text if what.mention else "")
            where = "" if what.form else " in one place"
            meant = f"means {what.name}" if what.name else f"does not mean {what.person}"
            return f"“{form}”{where} {meant}."
        case NameIs():
            return f"{what.person} is called {what.name}."


def decided(decision: PeopleDecision) -> str:
    """What was decided about people of all articles."""
    one, other = decision.one[0].name, decision.other[0].name
    if decision.kind is DecisionKind.JOINED:
        return f"{one} and {other} are one person."
    count = len(decision.other)
    return f"{other} is somebody else in {count} article{'s' if count > 1 else ''}."


def shown(pieces: Iterable[str], kind: QuoteKind, width: int = QUOTED) -> str:
    """The pieces of a statement on one line, in at most so many cells and the marks around them."""
    words = " … ".join(" ".join(piece.split()) for piece in pieces)
    return quotation(words, kind, shown=cut(words, width))


def _words(what: SpeakerIs | NoStatement) -> str:
    return shown((passage.text for passage in what.statement), what.quote_kind)


def undone_words(what: Sequence[Status] | Correction | PeopleDecision) -> str:
    """What was undone: a correction, a decision, or marks as the statuses before them."""
    if isinstance(what, Correction):
        return f"Taken back: {in_words(what.what)}"
    if isinstance(what, PeopleDecision):
        return f"Taken back: {decided(what)}"
    return f"Undone for {plural(len(what), 'article')}." if what else "There is nothing to undo."
