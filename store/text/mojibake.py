"""Repairs UTF-8 that somebody read in a single-byte code page: ``â€œ`` for ``“``, ``RÄ°A`` for ``RİA``.

ftfy decides what is mis-decoded; it is imported only when a cheap test has seen the tell-tale pairs, and only
the lines that show them are given to it. Curly quotes stay curly, ligatures and widths stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


def _characters(first: int, last: int, *encodings: str, more: str = "") -> str:
    """A regex class of what the bytes ``first..last`` look like in the code pages, and ``more``."""
    letters = {bytes([code]).decode(name, "ignore") for name in encodings for code in range(first, last + 1)}
    return "[" + "".join(sorted(re.escape(letter) for letter in (letters | set(more)) - {""})) + "]"


_WESTERN = ("latin-1", "cp1252", "cp1250", "cp1254")
_NEXT = _characters(0x80, 0xBF, *_WESTERN)
_NEXT_CYRILLIC = _characters(0x80, 0xBF, "cp1251")
_SUSPICIOUS = re.compile(
    f"{_characters(0xC2, 0xDF, *_WESTERN)}{_NEXT}"
    f"|{_characters(0xE0, 0xEF, *_WESTERN)}{_NEXT}{{2}}"
    f"|{_characters(0xF0, 0xF4, *_WESTERN)}{_NEXT}{{3}}"
    f"|(?:[РС]{_NEXT_CYRILLIC}){{2}}|вЂ{_NEXT_CYRILLIC}"
)
_PAIR = re.compile(
    _characters(0xC2, 0xF4, *_WESTERN, more="РСв") + _characters(0x80, 0xBF, *_WESTERN, "cp1251", more="Ђ")
)
"""How each of them begins; to look for this alone takes a tenth of the time."""
_MANY_LINES = 2_000
_LINES_AT_ONCE = 200
"""A text with this many doubtful lines was read wrongly as a whole; asking for each line would take long."""
_LONG_LINE = 20_000
_WORDS = re.compile(r"(\s+)")


def suspicious(s: str) -> bool:
    """True when the text holds what two or three bytes of UTF-8 look like in a code page; cheap."""
    return not s.isascii() and _PAIR.search(s) is not None and _SUSPICIOUS.search(s) is not None


def doubtful_pairs(s: str) -> int:
    """How many such stretches there are; fewer after cleaning than before means that some were repaired."""
    return 0 if s.isascii() else sum(1 for _ in _SUSPICIOUS.finditer(s))


def repair(s: str) -> str:
    """The text with mis-decoded stretches read again as UTF-8, line by line, where ftfy is sure of it."""
    lines = s.split("\n")
    doubtful = [number for number, line in enumerate(lines) if suspicious(line)]
    if len(doubtful) <= _MANY_LINES:
        for number in doubtful:
            lines[number] = _repair_line(lines[number])
        return "\n".join(lines)
    fix = _ftfy()
    for first in range(0, len(lines), _LINES_AT_ONCE):
        part = "\n".join(lines[first : first + _LINES_AT_ONCE])
        lines[first : first + _LINES_AT_ONCE] = (fix(part) if suspicious(part) else part).split("\n")
    return "\n".join(lines)


def _repair_line(line: str) -> str:
    fix = _ftfy()
    line = fix(line)
    if not suspicious(line):
        return line
    # What was read rightly around it can keep a whole line from being encoded back: try each word alone.
    words = _WORDS.split(line) if len(line) <= _LONG_LINE else [line]
    return "".join(fix(word) if suspicious(word) else word for word in words)


@cache
def _ftfy() -> Callable[[str], str]:
    import ftfy

    config = ftfy.TextFixerConfig(fix_c1_controls=False, explain=False)
    return lambda text: str(ftfy.fix_encoding(text, config))
