"""Runs of capitalised words: the stretches of a text in which names are looked for."""

from __future__ import annotations

from collections.abc import Iterator

from store.speech.reading import Reading
from store.speech.wordclasses import (
    CALENDAR,
    COMPLEMENT,
    FUNCTION,
    GIVEN,
    HONORIFIC,
    KNOWN,
    NATION,
    NOT_BEFORE,
    ORGANISATION,
    PARTICLES,
    PLACE,
    SUFFIXES,
    SURNAME,
    THING,
    TITLE,
)

RUN = 16
"""Words of a run that are read together; a longer one (a list in capitals) is read in parts."""
_NAME = GIVEN | SURNAME


def find_runs(reading: Reading) -> Iterator[list[int]]:
    """Maximal runs of capitalised words (token numbers), with particles, initials and nicknames inside."""
    tokens, capital, flags = reading.tokens, reading.capital, reading.flags
    count = len(tokens)
    at = 0
    while at < count:
        if not capital[at] or (flags[at] & (FUNCTION | CALENDAR) and not _starts_name(reading, at)):
            at += 1
            continue
        run = [at]
        at += 1
        while at < count and reading.joined(at) and len(run) < RUN:
            token = tokens[at]
            if capital[at]:
                if flags[at] & (FUNCTION | CALENDAR) and not flags[at] & _NAME and not _may_continue(reading, at):
                    break
                run.append(at)
                at += 1
            elif token.text == "." and _abbreviates(reading, run[-1], at):
                at += 1
                if at >= count or not (capital[at] or _inner(reading, at) > at):
                    break
            elif (further := _inner(reading, at)) > at:
                if token.low != "of":
                    run.extend(number for number in range(at, further) if tokens[number].text[0].isalpha())
                at = further
            else:
                break
        yield run


def _starts_name(reading: Reading, at: int) -> bool:
    """Whether the function word may begin a name here: "Will Smith", "I. Charles Jones", but not "Will he"."""
    flags = reading.flags[at]
    if flags & CALENDAR and not flags & FUNCTION:
        return True
    if _is_initial(reading, at):
        return at + 2 < len(reading.tokens) and reading.capital[at + 2] and reading.joined(at + 2)
    if not flags & _NAME or at + 1 >= len(reading.tokens):
        return False
    following = reading.tokens[at + 1]
    if not reading.capital[at + 1] or following.start - reading.tokens[at].end != 1:
        return not reading.initial[at]
    return not reading.initial[at] or not reading.flags[at + 1] & (GIVEN | PLACE | NATION | TITLE | HONORIFIC)


def _is_initial(reading: Reading, at: int) -> bool:
    """A single capital with a full stop: "A." in "Jill A. Martin"."""
    tokens = reading.tokens
    return (
        len(tokens[at].text) == 1
        and at + 1 < len(tokens)
        and tokens[at + 1].text == "."
        and tokens[at + 1].start == tokens[at].end
    )


def _may_continue(reading: Reading, at: int) -> bool:
    """Whether a function word or day may stand inside a name: an initial, a particle, "Day" of a feast."""
    low = reading.tokens[at].low
    return low in PARTICLES or _is_initial(reading, at) or (bool(reading.flags[at] & (ORGANISATION | THING)))


def _abbreviates(reading: Reading, word: int, stop: int) -> bool:
    """Whether the full stop belongs to an initial or a short title: "J.", "Sen.", "Jr."."""
    token = reading.tokens[word]
    if reading.tokens[stop].start != token.end:
        return False
    if len(token.text) == 1 or token.low in SUFFIXES:
        return True
    return len(token.text) <= 4 and bool(reading.flags[word] & (HONORIFIC | TITLE | NOT_BEFORE))


def _inner(reading: Reading, at: int) -> int:
    """The token after what may stand inside a name at ``at`` - particles, "&", a nickname in marks - else ``at``."""
    tokens, capital = reading.tokens, reading.capital
    count = len(tokens)
    token = tokens[at]
    if token.low == "of" and at + 1 < count and capital[at + 1]:
        office = reading.flags[at - 1] & TITLE and reading.flags[at + 1] & COMPLEMENT
        return at + 1 if office and reading.joined(at + 1) else at
    further = at
    while further < count and further - at < 3 and tokens[further].low in PARTICLES and reading.joined(further):
        further += 1
    if further > at:
        return further if further < count and capital[further] and reading.joined(further) else at
    if token.text == "&" and at + 1 < count and capital[at + 1]:
        return at + 1
    if token.low in SUFFIXES and token.text[0].isupper():
        return at + 1
    if token.text == "," and at + 1 < count and tokens[at + 1].text in ("Jr", "Sr", "III", "II"):
        return at + 1
    if token.text in "“\"‘'(" and at + 3 < count and tokens[at + 2].text in "”\"’')" and capital[at + 1]:
        nickname = reading.flags[at + 1] & (PLACE | NATION | KNOWN | ORGANISATION) or tokens[at + 1].text.isupper()
        behind = capital[at + 3] and tokens[at + 3].start - tokens[at + 2].end == 1 and not nickname
        return at + 3 if behind and reading.sentence[at + 3] == reading.sentence[at] else at
    return at
