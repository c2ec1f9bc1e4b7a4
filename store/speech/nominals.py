"""Noun phrases for people and bodies that may speak: "a senior aide", "the secretary", "officials", "the poll".

A head word from the lists, and to its left what belongs to it: modifiers, a determiner, an owner. There is no
parser: the walk to the left is short and stops at function words, verbs of saying and punctuation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.speech.cues import cue_forms
from store.speech.names import Name, NameKind
from store.speech.reading import Reading
from store.speech.wordclasses import (
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

REACH = 6
"""Words before the head that a phrase may have."""
_HEADS = ROLE | ROLES | COLLECTIVE | TITLE


class Nominal(NamedTuple):
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


def find_nominals(reading: Reading, names: Sequence[Name]) -> list[Nominal]:
    """All noun phrases of the text with a listed head, in order of their heads."""
    taken, people = _taken(reading, names)
    lows = reading.lows
    found: list[Nominal] = []
    forms, alone = cue_forms(), words("stand alone")
    for head, (low, flags) in enumerate(zip(lows, reading.flags, strict=True)):
        if flags & _HEADS and not taken[head] and _is_head(reading, head, taken):
            found.append(_phrase(reading, head, people))
        elif flags & NATION and _is_a_national(reading, head):
            found.append(Nominal(head - 1, head, low, lows[head - 1]))
        elif low.endswith("-year-old") and head and lows[head - 1] == "the" and _stands_alone(reading, head):
            found.append(Nominal(head - 1, head, "year-old", "the"))
        elif low in alone and not taken[head] and _stands_alone(reading, head):
            plural = low not in words("one person")
            found.append(Nominal(head, head, low, low, plural=plural))
        elif (
            low in forms
            and head > 0
            and _is_said_by_noun(reading, head, taken)
            and (not found or found[-1].head < head - 1)
        ):
            found.append(_phrase(reading, head - 1, people))
    return found


def _taken(reading: Reading, names: Sequence[Name]) -> tuple[list[bool], list[bool]]:
    """Marks the tokens that belong to names, not to their titles, and those that belong to names of people."""
    taken = [False] * len(reading.tokens)
    people = [False] * len(reading.tokens)
    for name in names:
        if name.kind is NameKind.PERSON or (name.kind is NameKind.SINGLE and name.title >= 0):
            covered = range(name.first, name.last + 1)
            for token in covered:
                people[token] = True
        elif reading.flags[name.last] & (ROLE | ROLES | TITLE) and not reading.flags[name.last] & HONORIFIC:
            covered = range(0)
        else:
            covered = range(name.first, name.last + 1)
        for token in covered:
            taken[token] = True
    return taken, people


def _is_head(reading: Reading, at: int, taken: Sequence[bool]) -> bool:
    """Whether the noun at ``at`` ends its phrase: in "campaign manager" only the second does."""
    tokens, flags = reading.tokens, reading.flags
    token = tokens[at]
    low = token.low
    if flags[at] & FUNCTION and low not in ("second", "first") and not flags[at] & ROLES:
        return False
    if flags[at] & COMPLEMENT and at > 1 and tokens[at - 1].low == "of" and flags[at - 2] & TITLE:
        return False
    if (
        low in words("verbs too")
        and at > 0
        and (flags[at - 1] & ROLES or tokens[at - 1].low in ("to", "will", "would", "not"))
    ):
        return False
    if at + 1 >= len(tokens) or not reading.joined(at + 1) or taken[at + 1]:
        return True
    following = flags[at + 1]
    if not following & _HEADS or tokens[at + 1].start == token.end:
        return True
    many = flags[at] & ROLES or low.endswith("s")
    if following & FUNCTION or (many and tokens[at + 1].low in words("verbs too")):
        return True
    return token.text[0].islower() and tokens[at + 1].text[0].isupper()


def _stands_alone(reading: Reading, at: int) -> bool:
    """Whether it stands for people by itself: "many say", "others", but not "many voters"."""
    if at + 1 >= len(reading.tokens):
        return False
    following = reading.tokens[at + 1]
    low = following.low
    if low == "of":
        return False
    return low in cue_forms() or bool(reading.flags[at + 1] & FUNCTION) or not following.text[0].isalnum()


def _is_a_national(reading: Reading, at: int) -> bool:
    """Whether "One Rohingya", "a German": a people's name for one of them, not before a noun."""
    tokens = reading.tokens
    if not at or tokens[at - 1].low not in ("a", "an", "one", "another", "the") or not reading.joined(at):
        return False
    if tokens[at - 1].low == "the" or at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    return (not following.text[0].isalpha() and following.text != "-") or bool(reading.flags[at + 1] & FUNCTION)


def _is_said_by_noun(reading: Reading, verb: int, taken: Sequence[bool]) -> bool:
    """Whether the word before a verb of saying is a noun that no list has: "records show"."""
    at = verb - 1
    token = reading.tokens[at]
    if not token.text[0].isalpha() or taken[at] or reading.flags[at] & FUNCTION or not reading.joined(verb):
        return False
    return token.low not in cue_forms() and not token.low.endswith(("ly", "ed", "ing")) and not reading.capital[verb]


def _phrase(reading: Reading, head: int, people: Sequence[bool]) -> Nominal:
    tokens, flags = reading.tokens, reading.flags
    low = tokens[head].low
    plural = bool(flags[head] & ROLES) and not flags[head] & ROLE
    first = firm = head
    determiner, owner = "", -1
    while first > 0 and head - first < REACH and reading.joined(first) and not people[first - 1]:
        at = first - 1
        token, word = tokens[at], flags[at]
        if token.low in words("possessives"):
            determiner, owner, firm = token.low, at, at
            break
        if token.low in words("determiners") and (plural or token.low not in ("both", "all")):
            determiner, firm = token.low, at
            break
        if token.low in ("'s", "’s", "'", "’"):
            determiner, owner = "'s", at - 1
            firm = _owner_start(reading, at - 1)
            break
        if token.low in words("numbers") or token.text.isdigit():
            plural = True
            first = firm = at
            determiner = token.low
            continue
        if token.text in ("-", "."):
            first = at
            continue
        if not (token.text[0].isalpha() or "-" in token.text) or _blocks(reading, at, word):
            break
        first = at
        if word & (MODIFIER | ROLE | NATION | TITLE) or "-" in token.text or reading.capital[at]:
            firm = at
    noun = (singular_of(low) if plural else low).removeprefix("ex-")
    if low in ("minister", "secretary", "general") and head > firm and tokens[head - 1].text[0].isalpha():
        noun = f"{tokens[head - 1].low} {noun}" if flags[head - 1] & TITLE else noun
    gender = "f" if flags[head] & FEMALE_NOUN else "m" if flags[head] & MALE_NOUN else ""
    person = bool(flags[head] & (ROLE | ROLES | TITLE)) and low not in ("state", "campaign")
    if not flags[head] & _HEADS:
        plural = low.endswith("s") and not low.endswith("ss")
    return Nominal(firm, head, noun, determiner, owner, plural, person, gender)


def _blocks(reading: Reading, at: int, word: int) -> bool:
    """Whether the word cannot stand before a noun in its phrase."""
    token = reading.tokens[at]
    if word & FUNCTION:
        return not word & MODIFIER and not (reading.capital[at] and word & (PLACE | GIVEN | SURNAME))
    return token.text[0].islower() and token.low in cue_forms() and not word & (ROLE | MODIFIER)


def _owner_start(reading: Reading, last: int) -> int:
    """The first token of the owner's name or phrase that ends at ``last``."""
    first = max(last, 0)
    while (
        first > 0
        and last - first < 4
        and reading.joined(first)
        and reading.capital[first]
        and reading.capital[first - 1]
    ):
        first -= 1
    before = reading.tokens[first - 1].low if first and reading.joined(first) else ""
    if before in words("determiners") or before in words("possessives"):
        first -= 1
    return first
