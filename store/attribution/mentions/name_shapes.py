"""How much each word of a run of capitalised words looks like a part of a person's name, by lists and by shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from store.attribution.lexicon import NAME_WORDS
from store.attribution.tokens.tagged import TaggedText, without_accents
from store.attribution.tokens.word_classes import (
    ARABIC,
    CALENDAR,
    COMMON,
    FUNCTION,
    GIVEN,
    HONORIFIC,
    KNOWN,
    NATION,
    NOT_BEFORE,
    ORGANISATION,
    PARTICLES,
    PLACE,
    RARE,
    ROLE,
    SUFFIXES,
    SURNAME,
    SURNAME_ENDINGS,
    THING,
    TITLE,
    word_classes,
    words,
)

_CAMEL = re.compile(r"(?<![Mm]c)(?<!Mac)(?<!De)(?<!L[ea])(?<!Van)(?<!Di)(?<!Fitz)(?<=[a-z])[A-Z]")
"""A capital inside a word as companies have it: SunTrust, but not McCain or DeShawn."""
NEVER_SURNAMES = words("never surnames")
_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[A-Za-z][a-z]{1,5}")
"""A given name of two syllables behind the family name, as in Korea and China: "Moon Jae-in"."""


def word_scores(reading: TaggedText, run: Sequence[int]) -> tuple[list[float], list[float], list[float]]:
    """For each word of the run how well it would begin, continue and end a person's name."""
    opening: list[float] = []
    inner: list[float] = []
    closing: list[float] = []
    for number in run:
        begins, continues, ends = _scores(reading.flags[number], reading.texts[number])
        opening.append(begins)
        inner.append(continues)
        closing.append(ends)
    for at in range(1, len(run)):
        if reading.flags[run[at - 1]] & (TITLE | HONORIFIC) and reading.texts[run[at - 1] + 1] == ".":
            opening[at - 1] = -5.0
        if reading.lows[run[at - 1]] in PARTICLES:
            closing[at - 1] = -5.0
        if _is_family_first(reading, run[at - 1], run[at]):
            opening[at - 1] = max(opening[at - 1], 1.0)
            closing[at] = max(closing[at], 2.0)
    return opening, inner, closing


@lru_cache(maxsize=NAME_WORDS)
def _scores(flags: int, text: str) -> tuple[float, float, float]:
    """How well a word of these classes would begin, continue and end a person's name."""
    return _opening(flags, text), _inside(flags, text), _closing(flags, text)


def _is_family_first(reading: TaggedText, family: int, given: int) -> bool:
    """Whether the two words are a family name and a given name of two syllables: "Moon Jae-in", not "York-based"."""
    name, text = reading.texts[family], reading.texts[given]
    flags = reading.flags[family]
    if len(name) > 6 or name.isupper() or _SYLLABLES.fullmatch(text) is None:
        return False
    if flags & (TITLE | HONORIFIC | ROLE | NATION) or (flags & PLACE and not flags & SURNAME):
        return False
    first, second = text.lower().split("-")
    before, behind = word_classes().get(first, 0), word_classes().get(second, 0)
    return not before & (PLACE | NATION) and not (behind & COMMON and (before & COMMON or len(second) > 4))


def is_camel(text: str) -> bool:
    """Whether a word has a capital inside as companies and products have it: "SunTrust"."""
    return not text.isupper() and _CAMEL.search(text) is not None


def is_made_adjective(text: str) -> bool:
    """Whether the word is one made of a name and a participle: "Leeds-based", "Prize-winning"."""
    last = text.rpartition("-")[2]
    return last != text and last.islower() and len(last) > 3 and bool(word_classes().get(last, 0) & COMMON)


def _is_initials(text: str) -> bool:
    return len(text) == 1 or (len(text) <= 6 and text[1] == "." and text.replace(".", "").isupper())


def _opening(flags: int, text: str) -> float:
    low = text.lower()
    if _is_initials(text):
        return -3.0 if flags & PLACE else 1.2
    if text.isupper() and len(text) <= 5 and "-" not in text:
        return 0.6 if (len(text) == 2 and not flags) or flags & GIVEN else -3.0
    if not flags and is_camel(text):
        return -1.5
    if flags & GIVEN:
        if flags & (COMMON | FUNCTION | PLACE | TITLE | HONORIFIC | CALENDAR | NATION | KNOWN):
            return 1.8
        return 3.0
    if flags & (HONORIFIC | TITLE | CALENDAR | NATION | FUNCTION | NOT_BEFORE):
        return -3.0 if not flags & SURNAME else -1.0
    if low in PARTICLES:
        return -3.0
    if flags & SURNAME:
        return 0.6 if not flags & (COMMON | PLACE | ORGANISATION | THING) else -0.5
    if flags & (COMMON | PLACE | ORGANISATION | KNOWN | THING | ROLE):
        return -2.5
    return 0.7 if "'" not in low and not low.endswith(("ing", "ed", "s")) and not text.isupper() else 0.4


def _inside(flags: int, text: str) -> float:
    if _is_initials(text):
        return 1.5
    if text.isupper() and len(text) > 1:
        return -2.0
    if text.lower() in PARTICLES:
        return 0.5
    if flags & GIVEN:
        return 0.4
    if flags & SURNAME:
        return 0.2
    if flags & (TITLE | HONORIFIC | ROLE | CALENDAR | NATION | FUNCTION | ORGANISATION | KNOWN):
        return -4.0
    if flags & RARE:
        return -0.5
    if flags & (COMMON | PLACE | THING):
        return -2.5
    return 0.3 if is_foreign_surname(text.lower()) else 0.0


def _closing(flags: int, text: str) -> float:
    low = text.lower()
    if is_made_adjective(text) or low in NEVER_SURNAMES:
        return -12.0
    if not text[-1].isalpha() and text[-1] != ".":
        return -5.0
    if low in SUFFIXES:
        return 2.0
    if low in PARTICLES and text.islower():
        return -5.0
    if _is_initials(text):
        return -1.0
    if text.isupper() and len(text) <= 4:
        return 0.5 if flags & SURNAME else -3.0
    if low.startswith(ARABIC):
        return 2.0
    if flags & SURNAME:
        return 1.2 if flags & (COMMON | THING | ORGANISATION | PLACE | TITLE | ROLE) else 2.0
    if flags & GIVEN:
        return 1.1 if not flags & (CALENDAR | PLACE | HONORIFIC | COMMON) else 0.2
    if flags & (CALENDAR | FUNCTION | HONORIFIC):
        return -5.0 if not flags & COMMON or flags & HONORIFIC else -1.8
    if flags & (ORGANISATION | THING):
        return -5.0
    if flags & (NATION | TITLE):
        return -3.0
    if flags & (ROLE | KNOWN):
        return -1.5
    if flags & PLACE:
        return -1.2
    if flags & RARE:
        return -0.3
    if flags & COMMON:
        return -1.0
    return 2.0 if is_foreign_surname(low) else 1.0


def is_foreign_surname(low: str) -> bool:
    plain = low if low.isascii() else without_accents(low)
    return len(plain) > 4 and plain.endswith(SURNAME_ENDINGS)
