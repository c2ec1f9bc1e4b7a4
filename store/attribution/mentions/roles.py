"""Who a named person is: the phrase before the name, after it, or around a comma ("her counterpart, Minister X")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from store.attribution.cues.verbs import CUES
from store.attribution.mentions.names import Name
from store.attribution.mentions.nominals import Nominal
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import (
    FUNCTION,
    HONORIFIC,
    MODIFIER,
    NATION,
    ORGANISATION,
    ROLE,
    ROLES,
    TITLE,
    words,
)

_INSIDE_AN_OFFICE = words("inside an office")
_DETERMINERS = words("determiners")
_ROLE_ENDS = words("role ends")

LONGEST = 40
"""Tokens in a role after a name."""
_ENDS = frozenset(';:—–()[]“”"?!')


class Role(NamedTuple):
    """What is said of a name: tokens ``first`` to ``last``, and the noun phrase at its heart, if one was found."""

    first: int
    last: int
    nominal: Nominal | None = None
    predicate: bool = False
    """True when it is only said of the person by a sentence: "X was a guest"."""


def before(reading: TaggedText, name: Name, ending: Mapping[int, Nominal]) -> Role | None:
    """The title or role directly before the name: "Syrian President X", "campaign spokesman X", "Governor of Y X".

    ``ending`` finds a noun phrase by its last token.
    """
    start = name.first if name.title < 0 else name.title
    if name.title >= 0:
        heads = range(name.first - 1, start - 1, -1)
        nominal = next((ending[at] for at in heads if at in ending), None)
        first = nominal.first if nominal is not None and nominal.first < start else start
        return Role(first, name.first - 1, nominal)
    if start <= 0 or not reading.joined[start]:
        return None
    nominal = ending.get(start - 1)
    if nominal is not None and not nominal.plural and nominal.person:
        return Role(_whole_body(reading, nominal), start - 1, nominal)
    return _office_of(reading, start, ending)


def _whole_body(reading: TaggedText, nominal: Nominal) -> int:
    """Where the role begins: at "Alpine" in "Alpine Club of Pakistan secretary X", not at "Pakistan"."""
    first = nominal.first
    if first < 2 or not reading.capital[first] or not reading.joined[first] or nominal.determiner:
        return first
    if reading.lows[first - 1] not in ("of", "for") or not reading.flags[first - 2] & (ORGANISATION | ROLES):
        return first
    at = first - 2
    while at > 0 and first - at < 8 and reading.joined[at] and reading.capital[at - 1] and reading.capital[at]:
        at -= 1
    return at if reading.capital[at] else first


def _office_of(reading: TaggedText, start: int, ending: Mapping[int, Nominal]) -> Role | None:
    """For "Governor of Washington X", "CEO of the Council X": capitalised words back to "of", an office before it."""
    at = start - 1
    while at > 0 and start - at < 9 and (reading.capital[at] or reading.lows[at] in _INSIDE_AN_OFFICE):
        if reading.sentence[at] != reading.sentence[start - 1]:
            return None
        if reading.lows[at] in ("of", "to", "for", "at"):
            nominal = ending.get(at - 1)
            if nominal is not None and nominal.person and not nominal.plural and at < start - 1:
                return Role(nominal.first, start - 1, nominal)
        at -= 1
    return None


def after(reading: TaggedText, name: Name, starting: Mapping[int, Nominal]) -> Role | None:
    """The role after a comma: "X, deputy director of …,", "X, 42, a teacher".

    ``starting`` finds a noun phrase by its first token.
    """
    texts = reading.texts
    count = len(texts)
    at = name.last + 1
    if at + 2 >= count or texts[at] != "," or reading.sentence[at + 1] != reading.sentence[name.last]:
        return None
    at += 1
    while at + 2 < count and texts[at + 1] == "," and _is_aside(reading, at):
        at += 2
    nominal = _first_nominal(reading, at, starting)
    if nominal is None:
        return None
    last = _end(reading, at, nominal.head)
    if last + 1 < count and reading.sentence[last + 1] == reading.sentence[at] and reading.lows[last + 1] == "and":
        return None
    return Role(at, last, nominal)


def _is_aside(reading: TaggedText, at: int) -> bool:
    """An age or a party tag between commas: ", 42,", ", R-Wis.,"."""
    text = reading.texts[at]
    return (text.isdigit() and len(text) < 4) or (len(text) > 2 and text[1] == "-" and text[0] in "RDI")


def _first_nominal(reading: TaggedText, at: int, starting: Mapping[int, Nominal]) -> Nominal | None:
    """The noun phrase that the role begins with; a bare one may have unlisted words before its head."""
    nominal = starting.get(at)
    if nominal is not None:
        return nominal if nominal.person and not nominal.plural and not _goes_on(reading, nominal) else None
    for first in range(at, min(at + 7, len(reading.texts))):
        text, low = reading.texts[first], reading.lows[first]
        if first > at and not reading.joined[first]:
            return None
        candidate = starting.get(first)
        if candidate is not None and candidate.person and not candidate.plural and candidate.determiner in ("", "'s"):
            return candidate if not _goes_on(reading, candidate) else None
        flags = reading.flags[first]
        if not text[0].isalpha() and text not in ("&", "'s", "’s", "-"):
            return None
        if flags & FUNCTION and not flags & MODIFIER and low not in _DETERMINERS and low not in ("and", "of"):
            return None
        if low in CUES and text.islower() and not flags & (MODIFIER | ROLE | NATION):
            return None
    return None


def _goes_on(reading: TaggedText, nominal: Nominal) -> bool:
    """Whether a name follows the noun directly, so that it is that name's title: ", President Obama said"."""
    at = nominal.head + 1
    return at < len(reading.texts) and reading.joined[at] and reading.capital[at] and nominal.determiner == ""


def _end(reading: TaggedText, first: int, head: int) -> int:
    """The last token of a role that begins at ``first`` and has its head at ``head``."""
    texts, lows, sentence = reading.texts, reading.lows, reading.sentence
    last = head
    for at in range(head + 1, min(len(texts), first + LONGEST + 1)):
        text = texts[at]
        if sentence[at] != sentence[head] or text in _ENDS or lows[at] in _ROLE_ENDS:
            break
        if text == "," and not _listed(reading, at):
            break
        if lows[at] in CUES and text[0].islower() and not reading.flags[at] & (ROLE | ROLES | MODIFIER):
            break
        if text == "." and at + 1 >= len(texts):
            break
        if text[0].isalnum():
            last = at
    return last


def _listed(reading: TaggedText, comma: int) -> bool:
    """Whether the comma separates adjectives of one name: "Eurasian, Russian and East European Studies"."""
    texts, capital = reading.texts, reading.capital
    if comma + 2 >= len(texts) or not capital[comma - 1] or not capital[comma + 1]:
        return False
    at = comma + 2
    while at < len(texts) and at < comma + 6 and (capital[at] or texts[at] == ","):
        at += 1
    joins = at + 1 < len(texts) and reading.lows[at] in ("and", "&") and capital[at + 1]
    return bool(joins and reading.flags[comma - 1] & (NATION | ROLE | TITLE) | (joins and _adjectives(reading, comma)))


def _adjectives(reading: TaggedText, comma: int) -> int:
    return int(reading.lows[comma - 1].endswith(("an", "ic", "al", "ish", "ive", "ese")))


def turned(reading: TaggedText, name: Name, ending: Mapping[int, Nominal]) -> Role | None:
    """The role before a comma: "her Russian counterpart, Foreign Minister X", "the prosecutor, X, said"."""
    start = name.first if name.title < 0 else name.title
    if start < 2 or reading.texts[start - 1] != "," or reading.sentence[start - 1] != reading.sentence[start]:
        return None
    nominal = ending.get(start - 2)
    if nominal is None:
        role = _office_of(reading, start - 1, ending)
        nominal = role.nominal if role is not None else None
    if nominal is None or not nominal.person or nominal.plural:
        return None
    if nominal.bare and not reading.is_initial(nominal.first):
        return None
    end = name.last + 1
    if end < len(reading.lows) and reading.lows[end] in ("and", "or"):
        return None
    return Role(nominal.first, start - 2, nominal)


def predicate(reading: TaggedText, name: Name, starting: Mapping[int, Nominal]) -> Role | None:
    """For "X is a lawyer": a noun phrase with an article after a form of *be*."""
    lows = reading.lows
    at = name.last + 1
    if at + 1 >= len(lows) or lows[at] not in ("is", "was", "became", "remains", "remained"):
        return None
    nominal = starting.get(at + 1)
    if nominal is None or not nominal.person or nominal.plural or nominal.determiner not in ("a", "an", "the"):
        return None
    return Role(nominal.first, nominal.head, nominal, predicate=True)


def wording(reading: TaggedText, role: Role) -> str:
    """The role as it is shown: one line, without an article or possessive before it."""
    first = role.first
    while first < role.last and reading.lows[first] in ("a", "an", "his", "her", "their", "its", "my", "our"):
        first += 1
    return " ".join(reading.span(first, role.last).split())


def is_office(reading: TaggedText, role: Role) -> bool:
    """False for a mere form of address: Mr., Dr."""
    return any(
        reading.flags[at] & (TITLE | ROLE) or (not reading.flags[at] & HONORIFIC and reading.texts[at] != ".")
        for at in range(role.first, role.last + 1)
    )
