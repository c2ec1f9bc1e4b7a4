"""What a stretch of capitalised words tells about being a person's name: features of a linear model.

The facts are the kinds of its words, what stands beside it in its run and in its sentence, and how the rest of the
text speaks of it. Each is a short readable string such as ``first=G last=S``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from store.attribution.cues.verbs import CUES
from store.attribution.lexicon import NAME_WORDS, word_lists
from store.attribution.mentions.name_shapes import is_camel, is_foreign_surname
from store.attribution.tokens.tagged import TaggedText, without_accents
from store.attribution.tokens.word_classes import (
    CALENDAR,
    COMMON,
    FUNCTION,
    GIVEN,
    HONORIFIC,
    KNOWN,
    MODIFIER,
    NATION,
    ORGANISATION,
    PARTICLES,
    PLACE,
    RARE,
    ROLE,
    ROLES,
    SUFFIXES,
    SURNAME,
    THING,
    TITLE,
    words,
)

_PLACES_FOLLOW = words("places follow")
_THINGS_WITH_NAMES = words("things with names")
_PREPOSITIONS = words("prepositions")
_PLAYED = words("parts that are played")
_KINDS = (
    ("people", "person"),
    ("bodies", "body"),
    ("places", "place"),
    ("things made", "thing"),
    ("works and messages", "work"),
    ("acts and events", "act"),
    ("nature", "nature"),
)
_OTHER = (
    (KNOWN, "K"),
    (HONORIFIC, "H"),
    (TITLE | ROLE | ROLES, "R"),
    (ORGANISATION, "O"),
    (THING, "T"),
    (NATION, "N"),
    (PLACE, "P"),
    (CALENDAR | FUNCTION, "F"),
)
"""What a word may be besides a name, the most telling first."""


@cache
def noun_kinds() -> dict[str, str]:
    """For nouns what their commonest sense names: a person, a body, a place …"""
    lists = word_lists("nouns.txt")
    return {word: kind for title, kind in reversed(_KINDS) for word in lists[title]}


@cache
def towns() -> tuple[frozenset[str], frozenset[str]]:
    """Towns of one word, and of several (joined by "_")."""
    lists = word_lists("towns.txt")
    return lists["one word"], lists["several words"]


def is_town(lows: Sequence[str]) -> bool:
    """Whether the lower-case words are the name of a town."""
    one, several = towns()
    name = "_".join(lows)
    if not name.isascii():
        name = without_accents(name)
    return name in (several if len(lows) > 1 else one)


@lru_cache(maxsize=NAME_WORDS)
def sign(flags: int, text: str) -> str:
    """The kind of a word in a run, in a few letters: what it may be in a name, and what else."""
    if len(text) == 1 or (len(text) <= 6 and text[1] == "." and text.replace(".", "").isupper()):
        return "i"
    low = text.lower()
    if low in PARTICLES:
        return "p"
    if low in SUFFIXES:
        return "q"
    other = next((letter for flag, letter in _OTHER if flags & flag), "")
    if not other and flags & COMMON:
        other = "r" if flags & RARE else "c"
    name = ("G" if flags & GIVEN else "") + ("S" if flags & SURNAME else "")
    if text.isupper():
        return f"A{name}{other}" if len(text) <= 5 else f"{name}{other}" or "A"
    if not name and not other:
        if is_camel(text):
            return "X"
        plain = low if low.isascii() else without_accents(low)
        if plain in towns()[0]:
            return "t"
        if is_foreign_surname(low):
            return "u"
        return "U-" if "-" in low else "U"
    return name + other


@lru_cache(maxsize=NAME_WORDS)
def kind_of(low: str, flags: int) -> str:
    """The kind of a lower-case word beside a name."""
    if flags & FUNCTION and not flags & (ROLE | ROLES):
        return low if len(low) < 8 else "F"
    if flags & (ROLE | TITLE) and not flags & ROLES:
        return "role"
    if flags & ROLES:
        return "roles"
    if low in CUES:
        return "said"
    if low in _THINGS_WITH_NAMES:
        return "named"
    if (kind := noun_kinds().get(low)) is not None:
        return kind
    if flags & MODIFIER:
        return "mod"
    for ending in ("ing", "ed", "ly", "s"):
        if low.endswith(ending):
            return ending
    return "w"


def left_of(reading: TaggedText, first: int) -> str:
    """What stands before the run, outside it."""
    if first == 0 or (not reading.joined[first] and reading.sentence[first] != reading.sentence[first - 1]):
        return "^"
    text = reading.texts[first - 1]
    if text == "," and first > 1:
        before = reading.flags[first - 2]
        return (
            ",role"
            if before & (ROLE | TITLE) and not before & FUNCTION
            else ",Cap"
            if reading.capital[first - 2]
            else ","
        )
    if not text[0].isalpha():
        return text[0] if not text[0].isdigit() else "9"
    if text[0].isupper() and not reading.flags[first - 1] & FUNCTION:
        return "Cap" + sign(reading.flags[first - 1], text)
    return kind_of(reading.lows[first - 1], reading.flags[first - 1])


def farther_left(reading: TaggedText, first: int) -> str:
    """What stands before the small word before the run: "role" of "the role of X", a town of "the town of X"."""
    if first < 2 or not reading.flags[first - 1] & FUNCTION or not reading.joined[first]:
        return ""
    low, flags = reading.lows[first - 2], reading.flags[first - 2]
    if low in _PLAYED:
        return "played"
    if not low[0].isalpha():
        return low[0]
    return "Cap" if reading.capital[first - 2] else kind_of(low, flags)


def what_follows(reading: TaggedText, at: int) -> str:
    """Of an apposition that begins with an article: "person", "other" when it is a place, body or thing, else ''."""
    if reading.lows[at] not in ("a", "an", "the"):
        return ""
    for behind in range(at + 1, min(len(reading.texts), at + 6)):
        low, flags = reading.lows[behind], reading.flags[behind]
        if reading.sentence[behind] != reading.sentence[at] or not low[0].isalpha() or flags & FUNCTION:
            return ""
        if flags & (ROLE | TITLE) or noun_kinds().get(low) == "person":
            return "person"
        plain = reading.texts[behind].islower()
        after = reading.lows[behind + 1] if behind + 1 < len(reading.texts) else "."
        ends = (
            (not after[0].isalpha() and after[0] not in "'’-")
            or after.endswith(("ed", "ing"))
            or after in _PREPOSITIONS
        )
        if plain and (ends or reading.flags[behind + 1] & FUNCTION):
            return "other" if noun_kinds().get(low) in ("place", "body", "thing", "work") else ""
    return ""


def right_of(reading: TaggedText, last: int) -> str:
    """What follows the run, outside it."""
    at = last + 1
    if at >= len(reading.texts) or reading.sentence[at] != reading.sentence[last]:
        return "$"
    text = reading.texts[at]
    if text == "," and at + 1 < len(reading.texts):
        following, low, flags = reading.texts[at + 1], reading.lows[at + 1], reading.flags[at + 1]
        if following.isdigit():
            return ",age" if len(following) <= 2 else ",9"
        if low in ("who", "whose"):
            return ",who"
        if flags & (ROLE | MODIFIER | TITLE) and not flags & FUNCTION:
            return ",role"
        if low in ("a", "an", "the", "his", "her", "their", "its"):
            return f",the {what_follows(reading, at + 1)}"
        if reading.capital[at + 1]:
            return ",Place" if flags & PLACE and not flags & (GIVEN | SURNAME) else ",Cap"
        return ","
    if text in (".", ":", "’s", "'s", "(", ")", "-", "—", "–", "/", "’", "'", "&"):
        if text == "." and at + 1 < len(reading.texts) and reading.starts[at + 1] == reading.ends[at]:
            return ".x"
        if text == "(" and at + 1 < len(reading.texts):
            inside = reading.texts[at + 1]
            return "(9" if inside[0].isdigit() else "(A" if inside.isupper() else "(x"
        if text in ("’s", "'s", "’", "'") and at + 1 < len(reading.texts):
            return "'s " + (
                kind_of(reading.lows[at + 1], reading.flags[at + 1]) if reading.texts[at + 1][0].islower() else "x"
            )
        return text
    if not text[0].isalpha():
        return text[0] if not text[0].isdigit() else "9"
    if text[0].isupper():
        return "Cap" + sign(reading.flags[at], text)
    return kind_of(reading.lows[at], reading.flags[at])
