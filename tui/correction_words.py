"""Corrections in words: one sentence each, for the status line and for lists."""

from __future__ import annotations

from store.models import Amendment, AnotherPerson, NameIs, NoStatement, Passage, SamePerson, SpeakerIs
from tui.widgets.cells import cut

QUOTED = 40
"""Cells of a statement that are shown to tell which is meant."""


def in_words(what: Amendment) -> str:
    """What a correction says."""
    match what:
        case SpeakerIs():
            speaker = f"is said by {what.name}" if what.name else "has no known speaker"
            return f"{_shown(what.statement)} {speaker}."
        case NoStatement():
            return f"{_shown(what.statement)} is no statement."
        case SamePerson():
            return f"{what.person} is {what.other}."
        case AnotherPerson():
            form = what.form or (what.mention.text if what.mention else "")
            where = "" if what.form else " in one place"
            meant = f"means {what.name}" if what.name else f"does not mean {what.person}"
            return f"“{form}”{where} {meant}."
        case NameIs():
            return f"{what.person} is called {what.name}."


def _shown(statement: tuple[Passage, ...]) -> str:
    words = " … ".join(" ".join(passage.text.split()) for passage in statement)
    return f"“{cut(words, QUOTED)}”"
