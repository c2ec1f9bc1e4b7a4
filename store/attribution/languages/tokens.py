"""The words of a text with their offsets, for languages that set blanks between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from store.models import Span

_LETTER = r"[^\W\d_]"
_MARKS = r"\u0300-\u036f\u064b-\u0652"
_WORD = rf"{_LETTER}[{_MARKS}]*(?:[^\W\d_{_MARKS}]|[{_MARKS}]|[-‐‑'’·](?={_LETTER}))*"
_ELIDED = (
    r"(?:[dlcjmnst]|qu|jusqu|lorsqu|puisqu|dell|dall|all|nell|sull|coll|un|quell|anch|com)['’](?=[^\W\d_])"
    r"|(?:[DLCJMNST]|Qu|Jusqu|Lorsqu|Puisqu|Dell|Dall|All|Nell|Sull|Un|Quell|Anch|Com)['’](?=[a-zà-ÿ])"
)
"""An article or preposition that lost its vowel; ``D'`` before a capital belongs to a name."""
_PLAIN = re.compile(rf"{_WORD}|\d+|[^\w\s]")
_ELIDING = re.compile(rf"\b(?:{_ELIDED})|{_WORD}|\d+|[^\w\s]")
_UNJOINED = re.compile(rf"{_LETTER}[^\W\d_{_MARKS}]*(?:[-‐‑](?={_LETTER})[^\W\d_]+)*|\d+|[^\w\s]")
_PATTERNS = {"fr": _ELIDING, "it": _ELIDING, "ca": _ELIDING, "tr": _UNJOINED}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words, numbers and single marks in text order; ``lows`` are in lower case, with a straight apostrophe."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    lows: Sequence[str]
    joined: Sequence[bool]
    """Whether only blanks stand between a token and the one before it, both in one paragraph."""

    def at(self, offset: int) -> int:
        """The first token that starts at ``offset`` or behind it."""
        return bisect_left(self.starts, offset)

    def is_capital(self, at: int) -> bool:
        return 0 <= at < len(self.texts) and self.texts[at][0].isupper()

    def is_word(self, at: int) -> bool:
        return 0 <= at < len(self.texts) and self.texts[at][0].isalpha()

    def starts_sentence(self, at: int) -> bool:
        """Whether a sentence, a paragraph or a quotation begins with the token."""
        return at == 0 or not self.joined[at] or self.texts[at - 1] in STOPS


STOPS = frozenset('.!?…:;„“”«»"–—-')


def tokenize(text: str, paragraphs: Sequence[Span], code: str) -> Tokens:
    """The tokens of all paragraphs. Linear in the length of the text."""
    pattern = _PATTERNS.get(code, _PLAIN)
    starts: list[int] = []
    ends: list[int] = []
    joined: list[bool] = []
    for paragraph in paragraphs:
        first = True
        for match in pattern.finditer(text, paragraph.start, paragraph.end):
            starts.append(match.start())
            ends.append(match.end())
            joined.append(not first)
            first = False
    texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return Tokens(text, starts, ends, texts, [low(word) for word in texts], joined)


def low(word: str) -> str:
    return word.lower().replace("’", "'")


def split(entry: str, code: str) -> tuple[str, ...]:
    """The words of an entry of a word list as :func:`tokenize` would cut them."""
    return tuple([low(word) for word in _PATTERNS.get(code, _PLAIN).findall(entry)])
