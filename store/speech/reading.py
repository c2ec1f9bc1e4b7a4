"""A text as the name rules read it: tokens with their word classes, sentence numbers and quotation depth."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise
from operator import itemgetter
from typing import Protocol

from store.speech.cues import cue_forms
from store.speech.lexicon import WORDS
from store.speech.segment import Segments, Token
from store.speech.wordclasses import (
    ARABIC,
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
    SURNAME,
    THING,
    TITLE,
    phrases,
    word_classes,
)

_OPENING = frozenset("“\"‘'„«``([—–:•*")
_ENDINGS = (
    ("ing", ("", "e", "ed")),
    ("ies", ("y", "ied")),
    ("es", ("", "e", "ed", "ing")),
    ("ed", ("", "e", "ing")),
    ("s", ("", "ed", "ing")),
    ("ly", ("",)),
)
_SPECIFIC = GIVEN | SURNAME | HONORIFIC | TITLE | ROLE | PLACE | NATION | ORGANISATION | KNOWN | THING


class QuotationLike(Protocol):
    """Text between quotation marks, ``[start, end)`` inside the marks."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """Parallel lists, one item a token, and the text they come from."""

    text: str
    tokens: Sequence[Token]
    lows: Sequence[str]
    flags: Sequence[int]
    """Word classes; 0 for marks, numbers and unknown words."""
    capital: Sequence[bool]
    """May belong to a name by its shape. Ordinary words of a headline in title case do not."""
    initial: Sequence[bool]
    """Begins a sentence or a quotation, so that its capital says nothing."""
    sentence: Sequence[int]
    paragraph: Sequence[int]
    quotation: Sequence[int]
    """The number of the quotation that the token lies in, -1 outside."""

    def span(self, first: int, last: int) -> str:
        """The text of the tokens ``first`` to ``last``, both included."""
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def joined(self, index: int) -> bool:
        """Whether the token and the one before stand in one sentence with at most one blank between them."""
        if index <= 0 or self.sentence[index] != self.sentence[index - 1]:
            return False
        return self.tokens[index].start - self.tokens[index - 1].end <= 1


def read(text: str, segments: Segments, quotations: Sequence[QuotationLike]) -> Reading:
    """Class every token of ``text``. Linear in its length."""
    tokens = segments.tokens
    looks = [*map(_look, segments.words)]
    flags = [*map(itemgetter(0), looks)]
    capital = [*map(itemgetter(1), looks)]
    sentence, paragraph, firsts = _places(segments)
    quotation = _inside(segments.starts, quotations)
    initial = _initials(segments.words, firsts)
    _mark_phrases(tokens, flags, capital)
    _quiet_headlines(tokens, flags, capital, firsts)
    return Reading(text, tokens, segments.lows, flags, capital, initial, sentence, paragraph, quotation)


@lru_cache(maxsize=WORDS)
def _look(word: str) -> tuple[int, bool]:
    """The classes of a word, and whether it may belong to a name by its shape."""
    low = word.lower()
    capital = word[0].isupper() or (word[0].islower() and "-" in word and low.startswith(ARABIC) and word != low)
    return _class_of(word, low), capital


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


def _places(segments: Segments) -> tuple[list[int], list[int], list[int]]:
    """For each token its sentence and its paragraph, and the tokens that begin sentences."""
    sentence: list[int] = []
    paragraph: list[int] = []
    firsts: list[int] = []
    last = len(segments.sentences) - 1
    for number, here in enumerate(segments.sentences):
        first = len(sentence)
        end = bisect_left(segments.starts, here.end) if number < last else len(segments.tokens)
        if first < end:
            firsts.append(first)
            sentence += [number] * (end - first)
            paragraph += [here.paragraph] * (end - first)
    return sentence, paragraph, firsts


def _inside(starts: Sequence[int], quotations: Sequence[QuotationLike]) -> list[int]:
    """For each token the quotation that it begins in, -1 outside."""
    inside = [-1] * len(starts)
    for number, quotation in enumerate(quotations):
        first, last = bisect_left(starts, quotation.start), bisect_left(starts, quotation.end)
        inside[first:last] = [number] * (last - first)
    return inside


def _initials(words: Sequence[str], firsts: Sequence[int]) -> list[bool]:
    """For each token whether it opens a sentence or a quotation, but for marks."""
    initial = [False] * len(words)
    openings = [at for at, word in enumerate(words) if word in _OPENING]
    for before in (*[first - 1 for first in firsts], *openings):
        at = before + 1
        while at < len(words) and not initial[at]:
            initial[at] = True
            if words[at][0].isalnum():
                break
            at += 1
    return initial


def _mark_phrases(tokens: Sequence[Token], flags: list[int], capital: Sequence[bool]) -> None:
    """Give the words of a known name of several words (New York, White House) its class alone."""
    table = phrases()
    for first in compress(range(len(tokens)), capital):
        for parts in table.get(tokens[first].low, ()):
            words = tokens[first : first + len(parts)]
            if words[0].text[0].isupper() and tuple([token.low for token in words]) == parts:
                flags[first : first + len(parts)] = [PLACE] * len(parts)
                break


def _quiet_headlines(tokens: Sequence[Token], flags: Sequence[int], capital: list[bool], firsts: Sequence[int]) -> None:
    """In a headline in title case a capital is no sign of a name: take it off common words.

    A short sentence full of names ("Shadow Home Secretary Yasmin Cole said no.") looks the same but for its full stop.
    """
    for first, last in pairwise((*firsts, len(tokens))):
        if sum(capital[first:last]) < 3:
            continue
        words = [at for at in range(first, last) if len(tokens[at].text) > 3 and tokens[at].text[0].isalpha()]
        high = sum([capital[at] for at in words])
        if len(words) < 4 or high * 10 < len(words) * 7 or _is_plain_sentence(flags, tokens[first:last], first):
            continue
        for at in range(first, last):
            if flags[at] & COMMON and not flags[at] & _SPECIFIC and not _may_end_name(flags, first, at):
                capital[at] = False


def _may_end_name(flags: Sequence[int], first: int, at: int) -> bool:
    """Whether a seldom used word stands behind a given name, so that it may be a family name: "Jan Crouch"."""
    return bool(flags[at] & RARE) and at > first and bool(flags[at - 1] & GIVEN) and not flags[at - 1] & SURNAME


def _is_plain_sentence(flags: Sequence[int], tokens: Sequence[Token], first: int) -> bool:
    """Whether it ends with a full stop and has small words that a headline writes large: a verb, a noun."""
    if tokens[-1].text != ".":
        return False
    return any(
        token.text[0].islower() and (not flags[at] & FUNCTION or token.low in cue_forms())
        for at, token in enumerate(tokens, first)
    )
