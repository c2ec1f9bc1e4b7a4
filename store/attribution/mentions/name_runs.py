"""Runs of capitalised words: the stretches of a text in which names are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress

from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import (
    CALENDAR,
    COMMON,
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

PLAIN = 12
"""Words on either side by which a sentence is told from a headline."""
RUN = 16
"""Words of a run that are read together; a longer one (a list in capitals) is read in parts."""
_NAME = GIVEN | SURNAME


def find_runs(reading: TaggedText) -> Iterator[list[int]]:
    """Maximal runs of capitalised words (token numbers), with particles, initials and nicknames inside."""
    texts, lows, flags = reading.texts, reading.lows, reading.flags
    capital, joined = reading.capital, reading.joined
    count = len(texts)
    behind = 0
    for begin in compress(range(count), capital):
        if begin < behind or (flags[begin] & (FUNCTION | CALENDAR) and not _starts_name(reading, begin)):
            continue
        run = [begin]
        at = begin + 1
        while at < count and joined[at] and len(run) < RUN:
            if capital[at]:
                if flags[at] & (FUNCTION | CALENDAR) and not flags[at] & _NAME and not _may_continue(reading, at):
                    break
                run.append(at)
                at += 1
            elif texts[at] == "." and _abbreviates(reading, run[-1], at):
                at += 1
                if at >= count or not (capital[at] or _inner(reading, at) > at):
                    break
            elif (further := _inner(reading, at)) > at:
                if lows[at] != "of":
                    run.extend(number for number in range(at, further) if texts[number][0].isalpha())
                at = further
            else:
                break
        behind = at
        yield run


def _starts_name(reading: TaggedText, at: int) -> bool:
    """Whether the function word may begin a name here: "Will Smith", "I. Charles Jones", but not "Will he"."""
    flags = reading.flags[at]
    if flags & CALENDAR and not flags & FUNCTION:
        return True
    if _is_initial(reading, at):
        return at + 2 < len(reading.texts) and reading.capital[at + 2] and reading.joined[at + 2]
    if not flags & _NAME or at + 1 >= len(reading.texts):
        return False
    behind = reading.capital[at + 1] and reading.starts[at + 1] - reading.ends[at] == 1
    if behind and not reading.flags[at + 1] & (GIVEN | PLACE | NATION | TITLE | HONORIFIC):
        return True
    return not reading.is_initial(at)


def _is_initial(reading: TaggedText, at: int) -> bool:
    """A single capital with a full stop: "A." in "Jill A. Martin"."""
    texts = reading.texts
    return (
        len(texts[at]) == 1
        and at + 1 < len(texts)
        and texts[at + 1] == "."
        and reading.starts[at + 1] == reading.ends[at]
    )


def _may_continue(reading: TaggedText, at: int) -> bool:
    """Whether a function word or day may stand inside a name: an initial, a particle, "Day" of a feast."""
    low = reading.lows[at]
    if low in PARTICLES or _is_initial(reading, at) or reading.flags[at] & (ORGANISATION | THING):
        return True
    before = reading.flags[at - 1]
    named = before & GIVEN or (before & SURNAME and not before & (COMMON | PLACE)) or not before
    return bool(named and not reading.flags[at] & CALENDAR and is_plain(reading, at))


def is_plain(reading: TaggedText, at: int) -> bool:
    """Whether the words around have small letters as in a sentence, not capitals as in a headline."""
    texts, sentence = reading.texts, reading.sentence
    near = range(max(0, at - PLAIN), min(len(texts), at + PLAIN))
    words = [texts[n] for n in near if sentence[n] == sentence[at] and len(texts[n]) > 3 and texts[n][0].isalpha()]
    small = sum(word.islower() for word in words)
    return small >= 3 and 2 * small > len(words) and not texts[at].isupper()


def _abbreviates(reading: TaggedText, word: int, stop: int) -> bool:
    """Whether the full stop belongs to an initial or a short title: "J.", "Sen.", "Jr."."""
    if reading.starts[stop] != reading.ends[word]:
        return False
    text = reading.texts[word]
    if len(text) == 1 or reading.lows[word] in SUFFIXES:
        return True
    return len(text) <= 4 and bool(reading.flags[word] & (HONORIFIC | TITLE | NOT_BEFORE))


def _inner(reading: TaggedText, at: int) -> int:
    """The token after what may stand inside a name at ``at`` - particles, "&", a nickname in marks - else ``at``."""
    texts, lows, capital, joined = reading.texts, reading.lows, reading.capital, reading.joined
    count = len(texts)
    text, low = texts[at], lows[at]
    if low == "of" and at + 1 < count and capital[at + 1]:
        office = reading.flags[at - 1] & TITLE and reading.flags[at + 1] & COMPLEMENT
        return at + 1 if office and joined[at + 1] else at
    further = at
    while further < count and further - at < 3 and lows[further] in PARTICLES and joined[further]:
        further += 1
    if further > at:
        return further if further < count and capital[further] and joined[further] else at
    if text == "&" and at + 1 < count and capital[at + 1]:
        return at + 1
    if low in SUFFIXES and text[0].isupper():
        return at + 1
    if text == "," and at + 1 < count and texts[at + 1] in ("Jr", "Sr", "III", "II"):
        return at + 1
    if text in "“\"‘'(" and at + 3 < count and texts[at + 2] in "”\"’')" and capital[at + 1]:
        nickname = reading.flags[at + 1] & (PLACE | NATION | KNOWN | ORGANISATION) or texts[at + 1].isupper()
        behind = capital[at + 3] and reading.starts[at + 3] - reading.ends[at + 2] == 1 and not nickname
        return at + 3 if behind and reading.sentence[at + 3] == reading.sentence[at] else at
    return at
