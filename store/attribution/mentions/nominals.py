"""Noun phrases for people and bodies that may speak: "a senior aide", "the secretary", "officials", "the poll".

A head word from the lists, and to its left what belongs to it: modifiers, a determiner, an owner. There is no
parser: the walk to the left is short and stops at function words, verbs of saying and punctuation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from store.attribution.cues.verbs import CUES
from store.attribution.mentions.names import PERSON, SINGLE, Name
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import (
    COLLECTIVE,
    COMPLEMENT,
    FEMALE_NOUN,
    FUNCTION,
    GIVEN,
    HONORIFIC,
    MALE_NOUN,
    MODIFIER,
    NATION,
    PLACE,
    ROLE,
    ROLES,
    SURNAME,
    TITLE,
    singular_of,
    words,
)

_STAND_ALONE = words("stand alone")
_ONE_PERSON = words("one person")
_VERBS_TOO = words("verbs too")
_POSSESSIVES = words("possessives")
_DETERMINERS = words("determiners")
_NUMBERS = words("numbers")

REACH = 6
"""Words before the head that a phrase may have."""
_HEADS = ROLE | ROLES | COLLECTIVE | TITLE


@dataclass(slots=True, eq=False)
class Nominal:
    """A noun phrase over the tokens ``first`` to ``head``, both included."""

    first: int
    head: int
    noun: str
    """The head in the singular, lower case; with the word before it where that makes the office: "prime minister"."""
    determiner: str = ""
    """The determiner or possessive pronoun, lower case; "'s" after a name; '' for a bare noun."""
    owner: int = -1
    """The token that owns it: a possessive pronoun, or the last token of the owner's name."""
    plural: bool = False
    person: bool = True
    """False for bodies and documents."""
    gender: str = ""
    """"m", "f" or ''."""

    @property
    def definite(self) -> bool:
        return self.determiner in ("the", "this", "that", "these", "those") or self.owner >= 0

    @property
    def bare(self) -> bool:
        return not self.determiner


def find_nominals(reading: TaggedText, names: Sequence[Name]) -> list[Nominal]:
    """All noun phrases of the text with a listed head, in order of their heads."""
    taken, people = _taken(reading, names)
    lows, all_flags = reading.lows, reading.flags
    found: list[Nominal] = []
    for head in compress(range(len(lows)), reading.heads):
        low, flags = lows[head], all_flags[head]
        if flags & _HEADS and not taken[head] and _is_head(reading, head, taken):
            found.append(_phrase(reading, head, people))
        elif flags & NATION and _is_a_national(reading, head):
            found.append(Nominal(head - 1, head, low, lows[head - 1]))
        elif low.endswith("-year-old") and head and lows[head - 1] == "the" and _stands_alone(reading, head):
            found.append(Nominal(head - 1, head, "year-old", "the"))
        elif low in _STAND_ALONE and not taken[head] and _stands_alone(reading, head):
            plural = low not in _ONE_PERSON
            found.append(Nominal(head, head, low, low, plural=plural))
        elif (
            low in CUES
            and head > 0
            and _is_said_by_noun(reading, head, taken)
            and (not found or found[-1].head < head - 1)
        ):
            found.append(_phrase(reading, head - 1, people))
    return found


def _taken(reading: TaggedText, names: Sequence[Name]) -> tuple[list[bool], list[bool]]:
    """Marks the tokens that belong to names, not to their titles, and those that belong to names of people."""
    taken = [False] * len(reading.texts)
    people = [False] * len(reading.texts)
    for name in names:
        covered = range(name.first, name.last + 1)
        if name.kind == PERSON or (name.kind == SINGLE and name.title >= 0):
            for at in covered:
                taken[at] = people[at] = True
        elif not reading.flags[name.last] & (ROLE | ROLES | TITLE) or reading.flags[name.last] & HONORIFIC:
            for at in covered:
                taken[at] = True
    return taken, people


def _is_head(reading: TaggedText, at: int, taken: Sequence[bool]) -> bool:
    """Whether the noun at ``at`` ends its phrase: in "campaign manager" only the second does."""
    lows, flags = reading.lows, reading.flags
    low, own = lows[at], flags[at]
    if own & FUNCTION and low not in ("second", "first") and not own & ROLES:
        return False
    if own & COMPLEMENT and at > 1 and lows[at - 1] == "of" and flags[at - 2] & TITLE:
        return False
    if low in _VERBS_TOO and at > 0 and (flags[at - 1] & ROLES or lows[at - 1] in ("to", "will", "would", "not")):
        return False
    after = at + 1
    if after >= len(lows) or not reading.joined[after] or taken[after]:
        return True
    following = flags[after]
    if not following & _HEADS or reading.starts[after] == reading.ends[at]:
        return True
    many = own & ROLES or low.endswith("s")
    if following & FUNCTION or (many and lows[after] in _VERBS_TOO):
        return True
    return reading.texts[at][0].islower() and reading.texts[after][0].isupper()


def _stands_alone(reading: TaggedText, at: int) -> bool:
    """Whether it stands for people by itself: "many say", "others", but not "many voters"."""
    after = at + 1
    if after >= len(reading.lows):
        return False
    low = reading.lows[after]
    if low == "of":
        return False
    return low in CUES or bool(reading.flags[after] & FUNCTION) or not reading.texts[after][0].isalnum()


def _is_a_national(reading: TaggedText, at: int) -> bool:
    """Whether "One Rohingya", "a German": a people's name for one of them, not before a noun."""
    if not reading.joined[at] or reading.lows[at - 1] not in ("a", "an", "one", "another"):
        return False
    if at + 1 >= len(reading.texts):
        return False
    following = reading.texts[at + 1]
    return (not following[0].isalpha() and following != "-") or bool(reading.flags[at + 1] & FUNCTION)


def _is_said_by_noun(reading: TaggedText, verb: int, taken: Sequence[bool]) -> bool:
    """Whether the word before a verb of saying is a noun that no list has: "records show"."""
    at = verb - 1
    if not reading.joined[verb] or reading.capital[verb] or taken[at] or reading.flags[at] & FUNCTION:
        return False
    low = reading.lows[at]
    return reading.texts[at][0].isalpha() and low not in CUES and not low.endswith(("ly", "ed", "ing"))


def _phrase(reading: TaggedText, head: int, people: Sequence[bool]) -> Nominal:
    texts, lows, flags, joined = reading.texts, reading.lows, reading.flags, reading.joined
    low, own = lows[head], flags[head]
    plural = bool(own & ROLES) and not own & ROLE
    first = firm = head
    determiner, owner = "", -1
    while joined[first] and head - first < REACH and not people[first - 1]:
        at = first - 1
        text, before, word = texts[at], lows[at], flags[at]
        if before in _POSSESSIVES:
            determiner, owner, firm = before, at, at
            break
        if before in _DETERMINERS and (plural or before not in ("both", "all")):
            determiner, firm = before, at
            break
        if before in ("'s", "’s", "'", "’"):
            determiner, owner = "'s", at - 1
            firm = _owner_start(reading, at - 1)
            break
        if before in _NUMBERS or text.isdigit():
            plural = True
            first = firm = at
            determiner = before
            continue
        if text in ("-", "."):
            first = at
            continue
        if not (text[0].isalpha() or "-" in text) or _blocks(reading, at, word):
            break
        first = at
        if word & (MODIFIER | ROLE | NATION | TITLE) or "-" in text or reading.capital[at]:
            firm = at
    noun = (singular_of(low) if plural else low).removeprefix("ex-")
    if low in ("minister", "secretary", "general") and head > firm and texts[head - 1][0].isalpha():
        noun = f"{lows[head - 1]} {noun}" if flags[head - 1] & TITLE else noun
    gender = "f" if own & FEMALE_NOUN else "m" if own & MALE_NOUN else ""
    person = bool(own & (ROLE | ROLES | TITLE)) and low not in ("state", "campaign")
    if not own & _HEADS:
        plural = low.endswith("s") and not low.endswith("ss")
    return Nominal(firm, head, noun, determiner, owner, plural, person, gender)


def _blocks(reading: TaggedText, at: int, word: int) -> bool:
    """Whether the word cannot stand before a noun in its phrase."""
    if word & FUNCTION:
        return not word & MODIFIER and not (reading.capital[at] and word & (PLACE | GIVEN | SURNAME))
    return reading.lows[at] in CUES and reading.texts[at][0].islower() and not word & (ROLE | MODIFIER)


def _owner_start(reading: TaggedText, last: int) -> int:
    """The first token of the owner's name or phrase that ends at ``last``."""
    first = max(last, 0)
    while last - first < 4 and reading.joined[first] and reading.capital[first] and reading.capital[first - 1]:
        first -= 1
    before = reading.lows[first - 1] if reading.joined[first] else ""
    if before in _DETERMINERS or before in _POSSESSIVES:
        first -= 1
    return first
