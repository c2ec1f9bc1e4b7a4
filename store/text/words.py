"""What counts as a word in a search: the same for the index, the query and the highlights.

The index cuts words as SQLite's ``unicode61`` does: runs of letters and digits, without case and diacritics.
Chinese and Japanese are written without spaces and Korean adds particles to its words; each of their characters
is a word here, so that a search for several of them is a search for a phrase.
"""

from __future__ import annotations

import re
import unicodedata

_CJK = "\u1100-\u11ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_CJK_LETTER = re.compile(f"[{_CJK}]")
_ASCII = bytes(range(128))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")


class _Folding(dict[int, int]):
    """Code point to the code point without case and diacritics, one for one, so that offsets stay."""

    def __missing__(self, point: int) -> int:
        letter = chr(point)
        parts = unicodedata.normalize("NFD", letter)
        if len(parts) > 1 and all(unicodedata.combining(mark) for mark in parts[1:]):
            letter = parts[0]
        lower = letter.lower()
        self[point] = folded = ord(lower) if len(lower) == 1 else ord(letter)
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text without case and diacritics; its length and all offsets stay the same."""
    if text.isascii():
        return text.lower()
    # Letter by letter only where it must be: most texts are ASCII but for their quotation marks.
    return _BEYOND_ASCII.sub(lambda run: run[0].translate(_FOLDING), text).lower()


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text))


def split(text: str) -> list[tuple[int, int]]:
    """Where the words of a text begin and end."""
    return [word.span() for word in _WORD.finditer(fold(text))]


def is_cjk(word: str) -> bool:
    """True for a word that needs no space beside it."""
    return _CJK_LETTER.match(word) is not None


def spaced(text: str) -> str:
    """The text as the index is given it: every CJK character a word of its own."""
    if text.isascii():
        return text
    # A text in Latin letters is left with few when its ASCII is taken out, which bytes do ten times as fast.
    others = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return _CJK_LETTER.sub(r" \g<0> ", text) if _CJK_LETTER.search(others) else text
