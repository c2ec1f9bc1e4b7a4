"""A text as the name rules read it: tokens with their word classes, sentence numbers and quotation depth."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from store.speech.cues import cue_forms
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
    SUFFIXES,
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

    def is_opening(self, index: int) -> bool:
        return self.initial[index]

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
    classes = word_classes()
    flags = [_class_of(token, classes) for token in tokens]
    sentence, paragraph, starts = _places(segments)
    quotation = _inside(tokens, quotations)
    capital = [_is_capital(token) for token in tokens]
    initial = _initials(tokens, starts)
    _mark_phrases(tokens, flags)
    _quiet_headlines(flags, capital, sentence, tokens)
    return Reading(text, tokens, flags, capital, initial, sentence, paragraph, quotation)


def _class_of(token: Token, classes: dict[str, int]) -> int:
    low = token.low
    known = classes.get(low)
    if known is not None:
        if known & FUNCTION and known & (PLACE | KNOWN) and token.text.isupper():
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
        return COMMON if len(head) > 4 and token.text.endswith(head) and known & COMMON else 0
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


def _places(segments: Segments) -> tuple[list[int], list[int], list[bool]]:
    """For each token its sentence, its paragraph, and whether it is the first of the sentence."""
    sentence: list[int] = []
    paragraph: list[int] = []
    starts: list[bool] = []
    sentences = segments.sentences
    at = 0
    seen = -1
    for token in segments.tokens:
        while at + 1 < len(sentences) and token.start >= sentences[at].end:
            at += 1
        sentence.append(at)
        paragraph.append(sentences[at].paragraph if sentences else 0)
        starts.append(at != seen)
        seen = at
    return sentence, paragraph, starts


def _inside(tokens: Sequence[Token], quotations: Sequence[QuotationLike]) -> list[int]:
    inside: list[int] = []
    at = 0
    for token in tokens:
        while at < len(quotations) and token.start >= quotations[at].end:
            at += 1
        within = at < len(quotations) and quotations[at].start <= token.start
        inside.append(at if within else -1)
    return inside


def _is_capital(token: Token) -> bool:
    first = token.text[0]
    if first.isupper():
        return True
    return first.islower() and "-" in token.text and token.low.startswith(ARABIC) and token.text != token.low


def _initials(tokens: Sequence[Token], starts: Sequence[bool]) -> list[bool]:
    initial: list[bool] = []
    opened = True
    for token, start in zip(tokens, starts, strict=True):
        opened = opened or start
        initial.append(opened)
        opened = token.text in _OPENING or (opened and not token.text[0].isalnum())
    return initial


def _quiet_headlines(flags: list[int], capital: list[bool], sentence: Sequence[int], tokens: Sequence[Token]) -> None:
    """In a headline in title case a capital is no sign of a name: take it off common words.

    A short sentence full of names ("Shadow Home Secretary Yasmin Cole said no.") looks the same but for its full stop.
    """
    first = 0
    for index in range(1, len(tokens) + 1):
        if index < len(tokens) and sentence[index] == sentence[first]:
            continue
        words = [at for at in range(first, index) if len(tokens[at].text) > 3 and tokens[at].text[0].isalpha()]
        high = sum(capital[at] for at in words)
        if (
            len(words) >= 4
            and high * 10 >= len(words) * 7
            and not _is_plain_sentence(flags, tokens[first:index], first)
        ):
            for at in range(first, index):
                if flags[at] & COMMON and not flags[at] & _SPECIFIC and not _may_end_name(flags, first, at):
                    capital[at] = False
        first = index


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


def _mark_phrases(tokens: Sequence[Token], flags: list[int]) -> None:
    """Give the words of a known name of several words (New York, White House) its class alone."""
    table = phrases()
    count = len(tokens)
    for index in range(count - 1):
        known = table.get(tokens[index].low)
        if known is None or not tokens[index].text[0].isupper():
            continue
        for parts in known:
            end = index + len(parts)
            if end <= count and all(tokens[index + step].low == part for step, part in enumerate(parts)):
                for at in range(index, end):
                    flags[at] = PLACE
                break


def is_word(token: Token) -> bool:
    return token.text[0].isalpha()


def is_suffix(token: Token) -> bool:
    return token.low in SUFFIXES and token.text[0].isupper()


def is_function(flags: int) -> bool:
    return bool(flags & FUNCTION) and not flags & (GIVEN | SURNAME)
