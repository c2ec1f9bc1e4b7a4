"""Noun phrases without a parser: runs of tokens that no closed-class word ends, joined over a few prepositions.

Each search looks at a bounded number of tokens, so the work stays linear in the length of the text.
"""

from __future__ import annotations

from typing import NamedTuple

from store.attribution.cues.clauses import (
    ADVERB,
    BOX,
    CLITIC,
    CONJUNCTION,
    DAY,
    DETERMINER,
    ED,
    ING,
    MARK,
    NAME,
    NOUN_LIKE,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
    VERB,
    Layout,
    words,
)

_CHAIN_PREPOSITIONS = words("chain prepositions")
_OF_PHRASE = NOUN_LIKE | {CLITIC}

LONGEST = 14
"""Tokens in a noun phrase, not counting those behind its prepositions."""
REACH = 45
"""Tokens that a search for a subject looks at."""


class Phrase(NamedTuple):
    """A noun phrase: tokens ``[first, last)``."""

    first: int
    last: int


def phrase_before(layout: Layout, index: int, floor: int) -> Phrase | None:
    """The noun phrase that ends with token ``index``, with its prepositional tail, not before token ``floor``."""
    phrase = _simple_before(layout, index, floor)
    if phrase is None:
        return None
    whole = phrase
    for _ in range(4):
        at = whole.first - 1
        if at <= floor or layout.lows[at] not in _CHAIN_PREPOSITIONS or layout.tags[at] == BOX:
            break
        left = _simple_before(layout, at - 1, floor)
        if left is None or layout.tags[left.first] == PRONOUN:
            break
        whole = Phrase(left.first, phrase.last)
    at = whole.first - 1
    if whole != phrase and at >= floor and layout.tags[at] == PREPOSITION:
        return phrase
    return whole


def _simple_before(layout: Layout, index: int, floor: int) -> Phrase | None:
    """The noun phrase without prepositions that ends with token ``index``."""
    texts, lows, tags = layout.texts, layout.lows, layout.tags
    if index < floor or tags[index] == BOX:
        return None
    if tags[index] == PRONOUN or (
        tags[index] == DETERMINER and lows[index] not in ("the", "a", "an", "his", "its", "my")
    ):
        return Phrase(index - (index > floor and lows[index - 1] == "no"), index + 1)
    first = index + 1
    while first > floor and index - first < LONGEST:
        at = first - 1
        tag = tags[at]
        if tag == DETERMINER:
            first = at - 1 if at > floor and lows[at - 1] in ("all", "some", "many", "both", "most") else at
            break
        if (
            tag in _OF_PHRASE
            or texts[at] == "&"
            or (tag == ED and _is_adjective(layout, at, floor))
            or (texts[at] == "." and tag != BOX and at > floor and is_abbreviated(layout, at - 1))
            or (lows[at] == "and" and at > floor and first <= index and _joins(layout, at - 1, first))
        ):
            first = at
        else:
            break
    while first <= index and tags[first] in (MARK, CLITIC):
        first += 1
    if first == index and first > floor and lows[index] == "ones" and tags[first - 1] in (ED, VERB):
        first -= 1
    return Phrase(first, index + 1) if first <= index else None


def _is_adjective(layout: Layout, index: int, floor: int) -> bool:
    """Whether the word in -ed at ``index`` stands before its noun: after a determiner or where a sentence begins."""
    return index == floor or layout.tags[index - 1] in (DETERMINER, ADVERB, MARK, CONJUNCTION)


def is_abbreviated(layout: Layout, index: int) -> bool:
    """``Sen`` or ``J`` before a full stop."""
    text = layout.texts[index]
    return text[0].isupper() and len(text) <= 5 and layout.tags[index] != BOX


def _joins(layout: Layout, left: int, right: int) -> bool:
    """Whether ``and`` between two tokens joins names or pronouns rather than clauses."""
    texts = layout.texts
    return (texts[left][0].isupper() and texts[right][0].isupper()) or layout.tags[left] == PRONOUN


def phrase_after(layout: Layout, index: int, ceiling: int) -> Phrase | None:
    """The noun phrase that begins at token ``index``, with its prepositional tail, before token ``ceiling``."""
    if index >= ceiling or layout.tags[index] == BOX:
        return None
    if layout.tags[index] == PRONOUN:
        return Phrase(index, index + 1)
    last = _simple_after(layout, index, ceiling)
    if last is None:
        return None
    while last + 1 < ceiling and layout.lows[last] in ("of", "for", "at", "from", "with"):
        further = _simple_after(layout, last + 1, ceiling)
        if further is None:
            break
        last = further
    return Phrase(index, last)


def _simple_after(layout: Layout, index: int, ceiling: int) -> int | None:
    """The end of the noun phrase without prepositions that begins at token ``index``, or None."""
    texts, lows, tags = layout.texts, layout.lows, layout.tags
    last = index
    while last < ceiling and tags[last] == DETERMINER:
        last += 1
    nouns = last
    while last < ceiling and last - index < LONGEST:
        tag = tags[last]
        if (
            (tag in NOUN_LIKE and not (tag == DAY and last > nouns))
            or (tag == ED and last == nouns)
            or tag == CLITIC
            or texts[last] == "&"
            or (texts[last] == "." and last > nouns and is_abbreviated(layout, last - 1) and last + 1 < ceiling)
            or (lows[last] == "and" and last > nouns and last + 1 < ceiling and _joins(layout, last - 1, last + 1))
        ):
            last += 1
        else:
            break
    return last if last > nouns else None


def first_phrase(layout: Layout, first: int, ceiling: int) -> Phrase | None:
    """The first noun phrase of a sentence that no preposition governs, before token ``ceiling``."""
    texts, tags = layout.texts, layout.tags
    at = first
    while at < ceiling and at - first < REACH:
        tag = tags[at]
        if tag in (BOX, MARK, CONJUNCTION, ADVERB, CLITIC):
            at += 1
        elif tag in (PREPOSITION, SUBORDINATOR, ING):
            while at < ceiling and texts[at] != ",":
                at += 1
        else:
            phrase = phrase_after(layout, at, ceiling)
            if phrase is not None:
                return phrase
            at += 1
    return None


def head_end(layout: Layout, phrase: Phrase) -> int:
    """The token behind the head of ``phrase``: where its first preposition begins, behind its last owner."""
    first, last = phrase
    lows = layout.lows
    for at in range(last - 2, first, -1):
        if layout.tags[at] == CLITIC:
            first = at
            break
    for at in range(first + 1, last):
        if lows[at] in _CHAIN_PREPOSITIONS:
            return at
    return last


def looks_like_name(layout: Layout, phrase: Phrase) -> bool:
    """Whether the phrase begins with a capitalised word that is no sentence opener."""
    return layout.tags[phrase.first] in (NAME, CLITIC)
