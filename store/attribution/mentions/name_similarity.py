"""How names are compared, and what a word's place says for or against a person."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from store.attribution.cues.verbs import CUES
from store.attribution.lexicon import NAME_WORDS
from store.attribution.mentions.names import Name
from store.attribution.tokens.tagged import TaggedText, without_accents
from store.attribution.tokens.word_classes import (
    ARABIC,
    COLLECTIVE,
    COMMON,
    FEMALE,
    GIVEN,
    KNOWN,
    MALE,
    MODIFIER,
    NATION,
    ORGANISATION,
    PLACE,
    RELATION,
    ROLE,
    SUFFIXES,
    SURNAME,
    THING,
    nicknames,
    word_classes,
    words,
)

_PLACES_FOLLOW = words("places follow")
_PERSONAL_THINGS = words("personal things")
_NUMBERS = words("numbers")
_NUMBERED_BODIES = words("numbered bodies")
_PARTIES = frozenset("RDI")
"""What stands before the state of a politician: "D-Ohio"."""
_OF_BODIES = PLACE | KNOWN | NATION | ORGANISATION | GIVEN | SURNAME
"""Classes of words that may name somebody or something alone."""


@lru_cache(maxsize=NAME_WORDS)
def key_of(word: str) -> str:
    """A word as names are compared: lower case, no diacritics, no Arabic article."""
    if not word.isascii():
        word = without_accents(word).replace("’", "'")
    low = word.lower()
    if low.startswith(ARABIC):
        low = low.split("-", 1)[1]
    return low


def last_of(words: Sequence[str]) -> str:
    """The surname's last word, without Jr. and its like."""
    for word in reversed(words):
        if word not in SUFFIXES:
            return word
    return words[-1]


def same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names with one surname may be one person's: given names equal, short for each other, initials."""
    if ("jr" in one or "iii" in one) != ("jr" in other or "iii" in other):
        return False
    first, second = one[0], other[0]
    if len(one) == 1 or len(other) == 1:
        return True
    if first == second or second in nicknames().get(first, ()):
        return True
    if len(first.rstrip(".")) == 1 or len(second.rstrip(".")) == 1 or "." in first or "." in second:
        return first[0] == second[0]
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter):
        return True
    return first in other[1:-1] or second in one[1:-1]


def given_gender(words: Sequence[str]) -> float:
    """From the given names: +1 a woman's, -1 a man's, 0 either or unknown."""
    if len(words) < 2:
        return 0.0
    for word in words[:-1]:
        flags = word_classes().get(word, 0) & GIVEN
        if flags == FEMALE:
            return 1.0
        if flags == MALE:
            return -1.0
        if flags:
            break
    flags = word_classes().get(words[0], 0)
    if flags & FEMALE and not flags & MALE:
        return 0.6
    if flags & MALE and not flags & FEMALE:
        return -0.6
    return 0.0


def person_signs(reading: TaggedText, name: Name) -> float:
    """How much the place of a single word speaks for a person (about -2 to 3)."""
    texts, lows, flags = reading.texts, reading.lows, reading.flags
    at = name.first
    word = flags[name.last]
    score = 0.0
    if word & GIVEN and not word & (COMMON | PLACE):
        score += 0.8
    if word & SURNAME:
        score += 0.8 if not word & (COMMON | PLACE | THING | ORGANISATION) else 0.2
    if word & COMMON and not word & (GIVEN | SURNAME):
        score -= 2.0
    if word & (ORGANISATION | THING):
        score -= 1.0
    joined = reading.joined[at]
    before = lows[at - 1] if joined else ""
    if before in ("the", "a", "an", "this", "v", "vs"):
        score -= 2.5
    elif before in _PLACES_FOLLOW:
        score -= 0.7
    elif before in CUES:
        score += 0.5
    elif joined and flags[at - 1] & ROLE and texts[at - 1][0].islower():
        score += 1.0
    if at > 1 and texts[at - 1] == "," and flags[at - 2] & (ROLE | RELATION):
        score += 2.0
    return score + _signs_behind(reading, name.last + 1)


def _signs_behind(reading: TaggedText, at: int) -> float:
    """What the words from ``at`` on, behind a single word, say for a person."""
    texts, lows = reading.texts, reading.lows
    if at >= len(texts):
        return 0.0
    behind = lows[at]
    following = texts[at + 1] if at + 1 < len(texts) else ""
    if behind == "," and following:
        aged = following.isdigit() and len(following) <= 2
        called = lows[at + 1] in ("a", "an", "who") and at + 2 < len(texts)
        return 1.5 if aged or (called and reading.flags[at + 2] & (ROLE | MODIFIER)) else 0.0
    if behind in ("who", "himself", "herself"):
        return 2.0
    if behind in CUES:
        return 0.8 if texts[at].islower() else 0.0
    if behind in ("'s", "’s"):
        return 0.8 if following.lower() in _PERSONAL_THINGS else 0.1
    return 0.0


def is_mere_word(reading: TaggedText, name: Name, count: int) -> bool:
    """Whether a single word that is no person names nobody else either, in spite of its capital.

    A letter, a politician's party and state ("R-Fla."), a number ("Seventy-two"), an adjective ("Oscar-nominated"),
    what is numbered ("Figure 2"), or a common word that has a capital only once (``count``) and says nothing.
    """
    word, flags, after = name.words[-1], reading.flags[name.last], name.last + 1
    first, _, last = word.partition("-")
    if len(word) == 1 or (last and (first in _PARTIES or first.lower() in _NUMBERS)):
        return True
    lows = reading.lows
    numbered = after < len(lows) and reading.joined[after] and lows[after][0].isdigit()
    if flags & _OF_BODIES or not flags & (COMMON | COLLECTIVE):
        return False
    if last.islower():
        return True
    if numbered:
        return lows[name.last] not in _NUMBERED_BODIES
    speaks = (name.first > 0 and lows[name.first - 1] in CUES) or (after < len(lows) and lows[after] in CUES)
    return bool(flags & COMMON) and count == 1 and not speaks
