"""Quotation marks and dashes of other languages: what is quoted, with exact offsets, in one linear pass.

„German“, «Spanish», « French », »German too«, ”Swedish”, 「Japanese」 and “Chinese” marks; a straight mark opens or
closes as the blanks around it say. A quotation whose mark is never closed is none, unless the next paragraph opens
with a mark again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.models import Span

INWARD = frozenset({"de", "da", "cs", "hu", "pl"})
"""Languages that also print »quotations« so."""
SAME = frozenset({"sv", "fi", "da", "nb"})
"""Languages that open and close with the same mark: ”so”, »so»."""
SINGLES = frozenset({"nl"})
"""Languages that quote with single marks."""
LOW_HIGH = frozenset({"de", "cs", "ru", "uk", "da", "nb", "und"})
"""Languages in which “ closes „; elsewhere it only opens."""

DEEPEST = 4
"""Marks open at a time; more is no text."""

_MARK = re.compile("[\"“”„‟«»‹›「」『』｢｣‘’‚']")
_GERMAN = re.compile(r"(?:^|[\s(])»(?=[^\s»«])")
_FRENCH = re.compile(r"(?:^|[\s(])«(?=[^\s»«]|\s)")
_WORD = re.compile(r"\w")
_BEFORE = frozenset("([{—–-/:;,.…'’‘\"“„«»¿¡!?、。，：")
_DUTCH_ELIDED = re.compile(r"['’](?:s|t|n|m|k|r)\b", re.IGNORECASE)


class Quotation(NamedTuple):
    """Text between quotation marks: ``start``/``end`` inside the marks, ``outer_start``/``outer_end`` around them.

    ``continues`` is true when it goes on the quotation before it, which its paragraph left open.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: int
    continues: bool = False


class Marks:
    """The marks of one text in one language."""

    def __init__(self, text: str, code: str) -> None:
        self.text = text
        self.closers = _closers(text, code)
        self.singles = code in SINGLES

    def find(self, paragraphs: Sequence[Span]) -> list[Quotation]:
        """The outermost quotations in text order."""
        found: list[Quotation] = []
        unclosed: Quotation | None = None
        for index, paragraph in enumerate(paragraphs):
            here, still_open = self._pair(paragraph, index)
            first = min([quotation.outer_start for quotation in (*here, *filter(None, [still_open]))], default=-1)
            continues = unclosed is not None and first == paragraph.start
            if unclosed is not None and continues:
                found.append(unclosed)
                here = [here[0]._replace(continues=True), *here[1:]] if here and here[0].outer_start == first else here
                if still_open is not None and still_open.outer_start == first:
                    still_open = still_open._replace(continues=True)
            found += here
            unclosed = still_open
        return found

    def _pair(self, paragraph: Span, index: int) -> tuple[list[Quotation], Quotation | None]:
        """The closed outermost quotations of a paragraph, and one behind them that stays open until its end."""
        text = self.text
        opened: list[tuple[str, int]] = []
        closed: list[tuple[int, int]] = []
        for match in _MARK.finditer(text, paragraph.start, paragraph.end):
            mark, at = match.group(), match.start()
            if opened and mark in self.closers[opened[-1][0]] and self._closes(mark, at, paragraph):
                closed.append((opened.pop()[1], at))
            elif self._opens(mark, at, paragraph):
                if opened and opened[-1][0] == mark:
                    opened.pop()
                if len(opened) < DEEPEST:
                    opened.append((mark, at))
        here: list[Quotation] = []
        for start, end in sorted(closed):
            if not here or start >= here[-1].outer_end:
                here += self._quotation(start + 1, end, start, end + 1, index)
        last = here[-1].outer_end if here else paragraph.start
        rest = [at for _, at in opened if at >= last]
        if not rest:
            return here, None
        return here, next(self._quotation(rest[0] + 1, paragraph.end, rest[0], paragraph.end, index), None)

    def _closes(self, mark: str, at: int, paragraph: Span) -> bool:
        """Whether a mark that may close does: a straight or single one only behind a word, and not before one."""
        if mark in "'’":
            return not self._is_apostrophe(at, paragraph)
        if mark not in '"”»':
            return True
        before, after = self._around(at, paragraph)
        return not (before.isspace() and not after.isspace() and mark not in self.closers["«"])

    def _opens(self, mark: str, at: int, paragraph: Span) -> bool:
        if mark not in self.closers:
            return False
        before, after = self._around(at, paragraph)
        if mark in "'‘‚":
            if not self.singles or _DUTCH_ELIDED.match(self.text, at):
                return False
            return (before.isspace() or before in _BEFORE) and after.isalnum()
        if mark in '"”»':
            return (before.isspace() or before in _BEFORE) and not after.isspace()
        return True

    def _is_apostrophe(self, at: int, paragraph: Span) -> bool:
        before, after = self._around(at, paragraph)
        return before.isspace() or after.isalnum() or bool(_DUTCH_ELIDED.match(self.text, at) and before.isspace())

    def _around(self, at: int, paragraph: Span) -> tuple[str, str]:
        before = self.text[at - 1] if at > paragraph.start else " "
        after = self.text[at + 1] if at + 1 < paragraph.end else " "
        return before, after

    def _quotation(self, start: int, end: int, outer_start: int, outer_end: int, index: int) -> Iterator[Quotation]:
        """One quotation without the blanks inside its marks; nothing when no word stands between them."""
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if _WORD.search(text, start, end):
            yield Quotation(start, end, outer_start, outer_end, index)


def _closers(text: str, code: str) -> dict[str, str]:
    """The marks that open in the text, each with those that close it."""
    closers = {"„": '“”"' if code in LOW_HIGH else '”"', "‟": "”", "“": "”", '"': '"', "「": "」", "『": "』", "｢": "｣"}
    closers |= {"«": "»", "‹": "›"}
    if code in SAME:
        closers |= {"”": "”", "“": "”“"}
        if "«" not in text:
            closers["»"] = "»"
    if code in INWARD and len(_GERMAN.findall(text)) > len(_FRENCH.findall(text)):
        closers |= {"»": "«", "›": "‹"}
        del closers["«"], closers["‹"]
        closers["«"] = ""
    if code in SINGLES:
        closers |= {"‘": "’", "'": "'", "‚": "’"}
    return closers
