"""Compares people's names across articles: spellings, initials, short forms, other alphabets.

Within one article :mod:`store.attribution` decides. Here a name is compared with those of years of other articles, so
the same surname alone proves nothing, and spellings of one name differ ("Gaddafi", "Qaddafi").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from store.attribution.tokens.word_classes import nicknames
from store.text.words import fold

_TOKEN = re.compile(r"[^\W\d_]+(?:['’`.-]+[^\W\d_]+)*\.?")


def set_of(words: str) -> frozenset[str]:
    """The words of a string, which is easier to read than a set of strings."""
    return frozenset(words.split())


_SUFFIXES = {"jr": "jr", "jnr": "jr", "junior": "jr", "sr": "sr", "snr": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_PARTICLES = set_of(
    "al el ul ad ar as at abu ibn bin ben bint van von der den de del della di da do dos das du la le lo ter ten zu af"
    " av mac mc st saint san o d"
)
_SPELLINGS = (
    ("tsch", "c"), ("dzh", "j"), ("sch", "s"), ("tch", "c"), ("ch", "c"), ("kh", "h"), ("gh", "g"), ("ph", "f"),
    ("sh", "s"), ("zh", "z"), ("th", "t"), ("dh", "d"), ("ts", "s"), ("tz", "s"), ("ck", "k"), ("x", "ks"), ("q", "k"),
    ("w", "v"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ea", "i"), ("ae", "e"), ("oe", "e"), ("ue", "u"),
)  # fmt: skip
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"})
"""Letters that folding leaves, because they are not a letter with a mark."""
_ENDING = re.compile(r"(?:iy|yy|ii|ij|yi|iyy|y|j|i)$")
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"(?<=.)[aeiouy]+")


class Likeness(IntEnum):
    """How well two names agree, from not at all to being the same words."""

    NONE = 0
    SURNAME = 1
    """One of them is a surname alone."""
    VARIANT = 2
    """Initials, short forms, another spelling, the other order."""
    CLOSE = 3
    """One of them has a middle name or Jr. that the other lacks."""
    SAME = 4


class Name(NamedTuple):
    """A name in parts, each folded: no case, no diacritics. ``given`` is () for a surname or single name alone."""

    given: tuple[str, ...]
    surname: tuple[str, ...]
    """With its particles: ``("van", "gogh")``; both parts of a double name."""
    suffix: str = ""

    @property
    def last(self) -> str:
        """The word of the surname that it is looked up by."""
        return self.surname[-1]

    @property
    def words(self) -> tuple[str, ...]:
        return self.given + self.surname


@lru_cache(maxsize=50_000)
def read(text: str) -> Name | None:
    """Parse a printed name; None when there is no word in it."""
    tokens = _TOKEN.findall(fold(text).translate(_LETTERS))
    initials = {token[0] for token in tokens if len(token) == 2 and token[1] == "."}
    words = [token.rstrip(".").replace("’", "'") for token in tokens]
    suffix = ""
    if len(words) > 1 and words[-1] in _SUFFIXES:
        suffix = _SUFFIXES[words.pop()]
    words = [part for word in words for part in word.split("-") if part] if words else []
    if not words:
        return None
    at = len(words) - 1
    particles = _PARTICLES - initials  # the "D." of "D. Smith" is an initial, the "D" of "Dinesh D Souza" a particle
    while at > 1 and words[at - 1] in particles:
        at -= 1
    if at == 1 and words[0] in particles and not _is_given(text):
        at = 0
    return Name(tuple(words[:at]), tuple(words[at:]), suffix)


def _is_given(text: str) -> bool:
    """Whether a name begins with the given name "Al" or "Ben": "Al Gore", but not "al-Assad"."""
    first = text.split(None, 1)[0]
    return first in ("Al", "Ben")


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """What spellings of one word in Latin letters have in common; a key to look a name up by.

    "gaddafi", "qaddafi" and "kadhafi" have one key, and so do "zelensky", "zelenskyy" and "zelenskiy".
    """
    word = word.replace("'", "")
    for old, new in _SPELLINGS:
        word = word.replace(old, new)
    word = _ENDING.sub("", word) or word
    word = _DOUBLE.sub(r"\1", word)
    if word[:1] in "gk":
        word = "k" + word[1:]
    elif word[:1] == "y":
        word = "i" + word[1:]
    return word[:1] + _VOWELS.sub("", word)[1:]


def given_key(word: str) -> str:
    """A key for a given name: the letter of an initial; else the first letter and the skeleton."""
    return word[0] if is_initial(word) else word[0] + skeleton(word)


def is_initial(word: str) -> bool:
    """Whether a given name is not written out: "j", "j.d"."""
    return len(word) == 1 or "." in word


def unordered_key(name: Name) -> str:
    """A key that "Xi Jinping" and "Jinping Xi" have in common; '' for a single word."""
    return "~" + " ".join(sorted(map(skeleton, name.words))) if len(name.words) > 1 else ""


def short_forms(name: Name) -> frozenset[str]:
    """Given names that the first one is short for, or that are short for it: "bill" and "willy" for "william"."""
    return nicknames().get(name.given[0], frozenset()) if name.given else frozenset()


@lru_cache(maxsize=20_000)
def compare(one: Name, other: Name) -> Likeness:
    """How well two names agree; NONE when they cannot be one person's."""
    if one.suffix != other.suffix and one.suffix and other.suffix:
        return Likeness.NONE
    written_out = bool(one.given and len(one.given[0]) > 1)
    if one.words == other.words:
        if len(one.words) == 1:
            return Likeness.SURNAME
        if one.given and not written_out:
            return Likeness.VARIANT
        return Likeness.SAME if one.suffix == other.suffix else Likeness.CLOSE
    if not _same_surname(one, other):
        reordered = len(one.words) > 1 and sorted(one.words) == sorted(other.words)
        return Likeness.VARIANT if reordered else Likeness.NONE
    if not one.given or not other.given:
        return Likeness.SURNAME
    if not _same_given(one.given, other.given):
        return Likeness.NONE
    same_ends = written_out and one.given[0] == other.given[0] and one.surname == other.surname
    return Likeness.CLOSE if same_ends else Likeness.VARIANT


def _same_surname(one: Name, other: Name) -> bool:
    first, second = _bare(one.surname), _bare(other.surname)
    if first == second or same_spelling(first[-1], second[-1]):
        return True
    # One part of a double name left out: "Anna Smith-Jones", "Anna Jones".
    return bool(one.given and other.given) and one.last == other.last


def _bare(surname: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in surname if word not in _PARTICLES) or tuple(surname)


def _same_given(one: Sequence[str], other: Sequence[str]) -> bool:
    """Given names agree when the first ones do and no two middle names contradict each other."""
    if same_word(one[0], other[0]):
        return all(same_word(mine, theirs) for mine, theirs in zip(one[1:], other[1:], strict=False))
    # Known by the middle name: "J. Edgar Hoover", "Edgar Hoover".
    return any(len(word) > 1 and word in other[1:] for word in one[:1]) or any(
        len(word) > 1 and word in one[1:] for word in other[:1]
    )


def same_word(one: str, other: str) -> bool:
    """Whether two given names may be one: equal, initial and name, short form, another spelling."""
    if one == other:
        return True
    if is_initial(one) or is_initial(other):
        return one[:1] == other[:1]
    return other in nicknames().get(one, ()) or same_spelling(one, other)


def same_spelling(one: str, other: str) -> bool:
    """Whether two words are spellings of one: they have the same skeleton and differ little otherwise."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or skeleton(one) != skeleton(other):
        return False
    return abs(len(one) - len(other)) <= 2 and _distance(one, other) <= max(len(one), len(other)) // 2


def _distance(one: str, other: str) -> int:
    """The Levenshtein distance."""
    before = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for there, theirs in enumerate(other, 1):
            row.append(min(row[-1] + 1, before[there] + 1, before[there - 1] + (letter != theirs)))
        before = row
    return before[-1]
