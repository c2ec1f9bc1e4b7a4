"""Applies corrections to an analysis, in the order in which they were made, so that the last one wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from store.corrections.anchors import locate, locate_all
from store.corrections.roster import UNKNOWN, Roster, folded, kind_of
from store.models import (
    Amendment,
    Analysis,
    AnotherPerson,
    Correction,
    Mention,
    MentionKind,
    NameIs,
    NoStatement,
    SamePerson,
    Span,
    SpeakerIs,
    SpeakerKind,
)

CORRECTED = "corrected"
"""The rule of a statement whose speaker the user gave."""


def corrected(analysis: Analysis, text: str, corrections: Sequence[Correction]) -> Analysis:
    """The ``analysis`` of ``text`` with these corrections applied, whatever their order here.

    A correction whose place is gone changes nothing. An analysis that is corrected already is returned as it is.
    """
    if analysis.corrected or not corrections:
        return analysis
    roster = Roster(analysis, text)
    for _ in _apply_all(roster, corrections):
        pass
    return roster.analysis()


def in_force(analysis: Analysis, text: str, corrections: Sequence[Correction]) -> set[int]:
    """The numbers of the corrections whose place is found in an analysis that has none of them yet."""
    roster = Roster(analysis, text)
    return {correction.number for correction, found in _apply_all(roster, corrections) if found}


def _apply_all(roster: Roster, corrections: Iterable[Correction]) -> Iterator[tuple[Correction, bool]]:
    for correction in sorted(corrections, key=lambda each: (each.made, each.number)):
        yield correction, _amend(roster, correction.what)


def _amend(roster: Roster, what: Amendment) -> bool:
    """Apply one correction; False when its place is gone."""
    match what:
        case SpeakerIs():
            return _speaker_is(roster, what)
        case NoStatement():
            return _no_statement(roster, what)
        case SamePerson():
            return _same_person(roster, what)
        case AnotherPerson():
            return _another_person(roster, what)
        case NameIs():
            return _name_is(roster, what)


# --- statements ---------------------------------------------------------------------------------------------


def _speaker_is(roster: Roster, what: SpeakerIs) -> bool:
    spans = locate_all(what.statement, roster.text)
    if not spans:
        return False
    numbers = roster.statements_in(spans)
    for number in numbers or [roster.add_quote(spans, what.quote_kind, what.verb, what.verb_class)]:
        roster.dropped.discard(number)
        _attribute(roster, number, what.name)
    return True


def _attribute(roster: Roster, number: int, name: str) -> None:
    """Attribute a statement to the person of this name; '' for an unknown speaker."""
    person = _listed(roster, name) if name else None
    speaker = roster.people[person].name if person is not None else name
    quote, before = roster.quotes[number], roster.found(number)
    span = _speaker_span(roster, quote.speaker_span, person) if name else None
    found = f"the rules found {before}" if before else "the rules found no statement here"
    who = f"You said that its speaker is {speaker}" if name else "You said that its speaker is not known"
    roster.quotes[number] = replace(quote, confidence=1.0, rule=CORRECTED, reason="")
    roster.attribute(number, person, speaker, span=span, because=f"{who}; {found}.")
    roster.named[number] = name


def _listed(roster: Roster, name: str) -> int | None:
    """The person of this name, added when needed; None for speakers who are not persons."""
    person = roster.person(name)
    if person is None and kind_of(name) is SpeakerKind.PERSON and not roster.unlisted(name):
        return roster.add_person(name)
    return person


def _speaker_span(roster: Roster, span: Span | None, person: int | None) -> Span | None:
    """The mention of the speaker, unless it names somebody else than the person."""
    if span is None:
        return None
    for number, other in roster.people.items():
        names = (mention for mention in other.mentions if mention.kind is MentionKind.NAME)
        if number != person and any(name.start < span.end and span.start < name.end for name in names):
            return None
    return span


def _no_statement(roster: Roster, what: NoStatement) -> bool:
    numbers = roster.statements_in(locate_all(what.statement, roster.text))
    roster.dropped.update(numbers)
    return bool(numbers)


# --- people -------------------------------------------------------------------------------------------------


def _same_person(roster: Roster, what: SamePerson) -> bool:
    person, other = roster.person(what.person), roster.person(what.other)
    if other is None:
        return False
    if person is None:
        return _unlisted_is(roster, what.person, other)
    if person != other:
        _merge(roster, person, other)
    return True


def _unlisted_is(roster: Roster, name: str, person: int) -> bool:
    """Attribute the statements of a speaker who is not in the list to a person."""
    speaker = roster.people[person].name
    numbers = roster.unlisted(name)
    for number in numbers:
        span = roster.quotes[number].speaker_span
        roster.attribute(number, person, speaker, span=span, because=f"You said that {name} is {speaker}.")
    return bool(numbers)


def _merge(roster: Roster, person: int, other: int) -> None:
    name, speaker = roster.people[person].name, roster.people[other].name
    roster.merge(person, other)
    for number in roster.statements_of(person):
        span = roster.quotes[number].speaker_span
        roster.attribute(number, other, speaker, span=span, because=f"You said that {name} is {speaker}.")


def _name_is(roster: Roster, what: NameIs) -> bool:
    person = roster.person(what.person)
    if person is None:
        if not roster.unlisted(what.person):
            return False
        target = roster.person(what.name)
        return _unlisted_is(roster, what.person, roster.add_person(what.name) if target is None else target)
    known = roster.people[person]
    other = roster.person(what.name, besides=person)
    if other is not None and folded(roster.people[other].name) == folded(what.name):
        _merge(roster, person, other)
    elif known.name != what.name:
        aliases = dict.fromkeys((known.name, *known.aliases))
        roster.people[person] = replace(
            known, name=what.name, aliases=tuple(alias for alias in aliases if alias != what.name)
        )
        for number in roster.statements_of(person):
            span, because = roster.quotes[number].speaker_span, f"You said that {known.name} is called {what.name}."
            roster.attribute(number, person, what.name, span=span, because=because)
    return True


def _another_person(roster: Roster, what: AnotherPerson) -> bool:
    person = roster.person(what.person)
    if person is None:
        return False
    moved = _mentions_meant(roster, person, what)
    if not moved:
        return False
    if _is_same(roster, person, moved, what.name):
        return True
    _remove_names(roster, person, moved)
    target = _target(roster, person, moved[0], what.name)
    roster.move(moved, person, target)
    who = roster.people[target].name if target is not None else UNKNOWN
    for number in roster.statements_of(person):
        span, named = roster.quotes[number].speaker_span, roster.named.get(number)
        if named is not None:
            follows = folded(named) in {folded(who), *(folded(roster.printed(mention)) for mention in moved)}
        else:
            follows = span is not None and any(
                mention.start < span.end and span.start < mention.end for mention in moved
            )
        if follows:
            shown = roster.text[span.start : span.end] if target is None and span is not None else who
            because = f"You said that {roster.printed(moved[0])} is {who} here."
            roster.attribute(number, target, shown, span=span, because=because)
    return True


def _mentions_meant(roster: Roster, person: int, what: AnotherPerson) -> list[Mention]:
    """The mentions of a person that a split is about."""
    mentions = roster.people[person].mentions
    if what.mention is not None:
        place = locate(what.mention, roster.text)
        return [mention for mention in mentions if place == Span(mention.start, mention.end)]
    form = folded(what.form)
    return [
        mention for mention in mentions if mention.kind is MentionKind.NAME and folded(roster.printed(mention)) == form
    ]


def _is_same(roster: Roster, person: int, moved: Sequence[Mention], name: str) -> bool:
    """Whether a person is the one whom the mentions mean already: by name, or because no other name is left."""
    known = roster.people[person]
    if name:
        return folded(name) == folded(known.name)
    names = {mention for mention in known.mentions if mention.kind is MentionKind.NAME}
    return names <= set(moved) and folded(roster.printed(moved[0])) == folded(known.name)


def _remove_names(roster: Roster, person: int, moved: Sequence[Mention]) -> None:
    """Remove the names that only the moved mentions have from the person."""
    known = roster.people[person]
    left = {
        folded(roster.printed(mention))
        for mention in known.mentions
        if mention not in moved and mention.kind is MentionKind.NAME
    }
    gone = {folded(roster.printed(mention)) for mention in moved} - left
    aliases = tuple(alias for alias in known.aliases if folded(alias) not in gone)
    name = known.name
    if folded(name) in gone and aliases:
        name = max(aliases, key=len)
    roster.people[person] = replace(known, name=name, aliases=tuple(alias for alias in aliases if alias != name))


def _target(roster: Roster, person: int, mention: Mention, name: str) -> int | None:
    """The person whom the split-off mentions mean; None for an unknown one."""
    if not name and mention.kind is not MentionKind.NAME:
        return None
    name = name or roster.printed(mention)
    while folded(name) == folded(roster.people[person].name):
        name = f"another {name}"
    target = roster.person(name, besides=person)
    return roster.add_person(name, ()) if target is None else target
