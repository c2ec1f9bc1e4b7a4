"""A text as the name rules read it: tokens with their word classes, sentence numbers and quotation depth."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from operator import sub
from typing import Protocol

from store.attribution.cues.verbs import CUES
from store.attribution.lexicon import LookupCache
from store.attribution.tokens.segment import Segments
from store.attribution.tokens.word_classes import (
    ARABIC,
    COLLECTIVE,
    COMMON,
    FUNCTION,
    GIVEN,
    HONORIFIC,
    KNOWN,
    NATION,
    ORGANISATION,
    PLACE,
    RARE,
    ROLE,
    ROLES,
    SURNAME,
    THING,
    TITLE,
    phrases,
    word_classes,
    words,
)

_STAND_ALONE = words("stand alone")

_OPENING = frozenset("“\"‘'„«``([—–:•*")
_ENDINGS = (
    ("ing", ("", "e", "ed")),
    ("ies", ("y", "ied")),
    ("es", ("", "e", "ed", "ing")),
    ("ed", ("", "e", "ing")),
    ("s", ("", "ed", "ing")),
    ("ly", ("",)),
)
_HEADS = ROLE | ROLES | COLLECTIVE | TITLE | NATION
_SPECIFIC = GIVEN | SURNAME | HONORIFIC | TITLE | ROLE | PLACE | NATION | ORGANISATION | KNOWN | THING


class QuotationLike(Protocol):
    """Text between quotation marks, ``[start, end)`` inside the marks."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class TaggedText:
    """Parallel lists, one item a token, and the text they come from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    lows: Sequence[str]
    flags: Sequence[int]
    """Word classes; 0 for marks, numbers and unknown words."""
    capital: Sequence[bool]
    """May belong to a name by its shape. Ordinary words of a headline in title case do not."""
    heads: Sequence[bool]
    """May be the head of a noun phrase that speaks, or a verb of saying behind one."""
    joined: Sequence[bool]
    """Whether the token and the one before stand in one sentence with at most one blank between them."""
    sentence: Sequence[int]
    quotation: Sequence[int]
    """The number of the quotation that the token lies in, -1 outside."""
    paragraphs: Sequence[int]
    """The paragraph of each sentence, by the sentence's number."""
    told: Sequence[int]
    """By the sentence's number how many sentences up to it have words outside quotations."""

    def span(self, first: int, last: int) -> str:
        """The text of the tokens ``first`` to ``last``, both included."""
        return self.text[self.starts[first] : self.ends[last]]

    def is_initial(self, at: int) -> bool:
        """Whether the word at ``at`` begins a sentence or a quotation, so that its capital says nothing."""
        texts, sentence = self.texts, self.sentence
        while at > 0 and sentence[at - 1] == sentence[at] and texts[at - 1] not in _OPENING:
            at -= 1
            if texts[at][0].isalnum():
                return False
        return True


def read(text: str, segments: Segments, quotations: Sequence[QuotationLike]) -> TaggedText:
    """Class every token of ``text``. Linear in its length."""
    starts, ends, texts, lows = segments.starts, segments.ends, segments.texts, segments.lows
    flags, capital, heads, long = _looks.columns(texts, 4)
    joined = [gap <= 1 for gap in map(sub, starts, (0, *ends))]
    sentence: list[int] = []
    for number, (first, last) in enumerate(segments.ranges):
        if first < last:
            joined[first] = False
            sentence += [number] * (last - first)
    _mark_phrases(texts, lows, flags, capital)
    for first, last in segments.ranges:
        if sum(capital[first:last]) >= 3:
            _quiet_headline(texts, lows, flags, capital, long[first:last], first, last)
    quotation = _inside(starts, quotations)
    paragraphs = [one.paragraph for one in segments.sentences]
    told = _told(segments.ranges, texts, quotation)
    return TaggedText(
        text, starts, ends, texts, lows, flags, capital, heads, joined, sentence, quotation, paragraphs, told
    )


def _told(ranges: Sequence[tuple[int, int]], texts: Sequence[str], quotation: Sequence[int]) -> list[int]:
    """:attr:`TaggedText.told`."""
    told: list[int] = []
    count = 0
    for first, last in ranges:
        count += any(quotation[at] < 0 and texts[at][0].isalnum() for at in range(first, last))
        told.append(count)
    return told


def _look(word: str) -> tuple[int, bool, bool, bool]:
    """What a word tells by itself.

    Its classes, whether it may belong to a name and be the head of a noun phrase, and whether it is a longer word.
    """
    low = word.lower()
    first = word[0]
    flags = _class_of(word, low)
    capital = first.isupper() or (first.islower() and "-" in word and low.startswith(ARABIC) and word != low)
    head = flags & _HEADS or low in CUES or low in _STAND_ALONE or low.endswith("-year-old")
    return flags, capital, bool(head), len(word) > 3 and first.isalpha()


_looks = LookupCache(_look)


def _class_of(word: str, low: str) -> int:
    classes = word_classes()
    known = classes.get(low)
    if known is not None:
        if known & FUNCTION and known & (PLACE | KNOWN) and word.isupper():
            return known & (PLACE | KNOWN)
        return known
    if not low[0].isalpha():
        return 0
    if not low.isascii() and (plain := classes.get(without_accents(low))) is not None:
        return 0 if plain & COMMON else plain & (GIVEN | SURNAME | PLACE)
    if "’" in low:
        return classes.get(low.replace("’", "'"), 0)
    if "-" in low:
        head = low.rsplit("-", 1)[1]
        known = classes.get(head, 0)
        if known & (NATION | PLACE | ROLE):
            return 0 if low.startswith(ARABIC) else known & (NATION | PLACE | ROLE)
        return COMMON if len(head) > 4 and word.endswith(head) and known & COMMON else 0
    return _inflected(low, classes)


def without_accents(word: str) -> str:
    """``word`` without its diacritics."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))


def _inflected(low: str, classes: dict[str, int]) -> int:
    """The class of an unlisted word that is a form of a common one: "endorses", "pinned"; 0 for others."""
    for ending, replacements in _ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 2:
            stem = low[: -len(ending)]
            forms = [known for tail in replacements if (known := classes.get(stem + tail, 0)) & COMMON]
            if not forms:
                return 0
            return COMMON | RARE if all(known & RARE for known in forms) else COMMON
    return 0


def _inside(starts: Sequence[int], quotations: Sequence[QuotationLike]) -> list[int]:
    """For each token the quotation that it begins in, -1 outside."""
    inside = [-1] * len(starts)
    for number, quotation in enumerate(quotations):
        first, last = bisect_left(starts, quotation.start), bisect_left(starts, quotation.end)
        inside[first:last] = [number] * (last - first)
    return inside


def _mark_phrases(texts: Sequence[str], lows: Sequence[str], flags: list[int], capital: Sequence[bool]) -> None:
    """Give the words of a known name of several words (New York, White House) its class alone."""
    table = phrases()
    for first in compress(range(len(lows)), capital):
        for parts in table.get(lows[first], ()):
            last = first + len(parts)
            if texts[first][0].isupper() and tuple(lows[first:last]) == parts:
                flags[first:last] = [PLACE] * len(parts)
                break


def _quiet_headline(
    texts: Sequence[str],
    lows: Sequence[str],
    flags: Sequence[int],
    capital: list[bool],
    long: Sequence[bool],
    first: int,
    last: int,
) -> None:
    """In a headline in title case a capital is no sign of a name: take it off common words.

    A short sentence full of names ("Shadow Home Secretary Yasmin Cole said no.") looks the same but for its full stop.
    """
    count, high = sum(long), sum(compress(capital[first:last], long))
    if count < 4 or high * 10 < count * 7 or _is_plain_sentence(texts, lows, flags, first, last):
        return
    for at in range(first, last):
        if flags[at] & COMMON and not flags[at] & _SPECIFIC and not _may_end_name(flags, first, at):
            capital[at] = False


def _may_end_name(flags: Sequence[int], first: int, at: int) -> bool:
    """Whether a seldom used word stands behind a given name, so that it may be a family name: "Jan Crouch"."""
    return bool(flags[at] & RARE) and at > first and bool(flags[at - 1] & GIVEN) and not flags[at - 1] & SURNAME


def _is_plain_sentence(texts: Sequence[str], lows: Sequence[str], flags: Sequence[int], first: int, last: int) -> bool:
    """Whether it ends with a full stop and has small words that a headline writes large: a verb, a noun."""
    if texts[last - 1] != ".":
        return False
    return any(texts[at][0].islower() and (not flags[at] & FUNCTION or lows[at] in CUES) for at in range(first, last))
