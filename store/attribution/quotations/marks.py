"""Quotation marks: which marks open, which close, and what text stands between them.

One pass over the marks of the text, so the work is linear whatever the marks are. A quotation never runs past
its paragraph: one that is opened and not closed ends with the paragraph, and goes on in the next one only when
that begins with an opening mark (the usual way of print) or closes what was open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.attribution.quotations.transcripts import find_turns
from store.models import Span

_DOUBLE = re.compile(r"[\"“”„‟«»`'&](?:(?<=[\"“”„‟«»])|(?<=`)`|(?<=')'|(?<=&)quot;)")
"""A set of characters comes first, so that the search passes over all others at once."""
_DOUBLED = re.compile(r"[\"“”„‟«»`'&’‘](?:(?<=[\"“”„‟«»])|(?<=`)`|(?<=')'|(?<=’)’|(?<=‘)‘|(?<=&)quot;)")
"""The same with two single curly marks for a double one, as texts have it that close “ with ’’."""
_SINGLE = re.compile(r"[‘’'‚]")
_WORD = re.compile(r"\w")
_BEFORE_OPENING = "([{—–-/…‘'“\"«:"
_AFTER_CLOSING = ")]}—–-/…,.;:!?’'”\"»"
_TAG = re.compile(
    r",(?= (?:[A-Z][\w.’'-]{0,30} ){0,5}(?:(?<=[A-Z ])[Ss]?he |they )?(?:said|says|told|added|asked|wrote)\b)"
)
"""The comma before ``Mayor Jane Roe said``, ``he said`` or ``said``."""
_LONGEST_PIECE = 2000
"""Characters before a mark among which a forgotten closing mark is looked for."""
_ELIDED = re.compile(r"(?:\d0s|tis|twas|em|til|cause|bout|round|n)\b", re.IGNORECASE)


class Quotation(NamedTuple):
    """Text between quotation marks.

    ``start``/``end`` lie inside the marks, ``outer_start``/``outer_end`` around them. ``continues`` is true when it
    goes on a quotation that the paragraph before left open; ``closed`` is false when no mark closes it. ``turn`` is
    true for a labelled paragraph of a transcript, which needs no marks: its label lies before ``start``.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: int
    closed: bool = True
    continues: bool = False
    single: bool = False
    turn: bool = False


_OPEN, _CLOSE, _EITHER, _NEITHER = "open", "close", "either", "neither"
"""Which way a mark turns."""


class _Mark(NamedTuple):
    start: int
    end: int
    turn: str


def find_quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """The outermost quotations of ``text`` in order. Nested ones belong to the quotation around them.

    A text without any double marks is read as British: single marks quote, apostrophes do not. In other texts
    a single-quoted run of words outside double marks is a quotation as well.
    """
    british = _DOUBLE.search(text) is None
    turns = find_turns(text, paragraphs)
    found: list[Quotation] = []
    unclosed = False
    for index, paragraph in enumerate(paragraphs):
        if index in turns:
            found.extend(
                turn._replace(turn=True)
                for turn in _quotation(text, turns[index], paragraph.end, paragraph.start, paragraph.end, index)
            )
            unclosed = False
            continue
        marks = _double_marks(text, paragraph) if not british else _single_marks(text, paragraph)
        here = list(_pair(text, paragraph, index, marks, after_unclosed=unclosed))
        if british:
            runs_on = _runs_on(text, paragraphs, index)
            here = [
                quotation._replace(single=True)
                for quotation in here
                if quotation.closed or quotation.continues or (runs_on and quotation is here[-1])
            ]
        elif "‘" in text[paragraph.start : paragraph.end]:
            here = _with_singles(text, paragraph, index, here)
        if here and not here[-1].closed:
            here[-1] = _cut_at_tag(text, here[-1])
        found.extend(here)
        unclosed = bool(here) and not here[-1].closed
    return found


def _runs_on(text: str, paragraphs: Sequence[Span], index: int) -> bool:
    """Whether the next paragraph begins with a single mark and closes it, so that this one's may stay open."""
    if index + 1 >= len(paragraphs):
        return False
    following = paragraphs[index + 1]
    return text[following.start] in "‘'" and text.find("’", following.start + 1, following.end) > 0


def _cut_at_tag(text: str, quotation: Quotation) -> Quotation:
    """The quotation up to ``, Roe said``, where its closing mark was forgotten; itself when there is no such tag."""
    tag = _TAG.search(text, quotation.start, quotation.end)
    if tag is None:
        return quotation
    end = tag.start() + 1
    return quotation._replace(end=end, outer_end=end, closed=True)


def _double_marks(text: str, paragraph: Span) -> list[_Mark]:
    marks = []
    for match in _DOUBLED.finditer(text, paragraph.start, paragraph.end):
        turn = _double_turn(text, match.group(), match.start(), match.end(), paragraph)
        if turn != _NEITHER:
            marks.append(_Mark(match.start(), match.end(), turn))
    return marks


def _double_turn(text: str, mark: str, start: int, end: int, paragraph: Span) -> str:
    """Which way a double mark turns: by its shape, unless the blanks around it say the opposite."""
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = (after.isspace() or after in _AFTER_CLOSING) and not before.isspace()
    if mark in ("“", "``", "„", "‟", "‘‘"):
        return _CLOSE if closes and not opens else _OPEN
    if mark in ("”", "’’"):
        return _OPEN if opens and not closes and (before.isspace() or before == "(") else _CLOSE
    if opens and not closes:
        return _OPEN
    if closes and not opens:
        return _NEITHER if before.isdigit() and after in " ,;-" and mark == '"' and _is_inch(text, start) else _CLOSE
    if before.isspace() and after.isspace() and mark == '"':
        return _EITHER
    return _EITHER


def _is_inch(text: str, at: int) -> bool:
    """``6' 2"``: a number with a foot mark shortly before."""
    return "'" in text[max(0, at - 5) : at] or "′" in text[max(0, at - 5) : at]


def _single_marks(text: str, paragraph: Span) -> list[_Mark]:
    """Single marks that quote: apostrophes are left out, a plural possessive where a better close follows."""
    marks: list[_Mark] = []
    weak: list[int] = []
    for match in _SINGLE.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        if before.isalnum() and after.isalnum():
            continue
        if not after.isspace() and not before.isalnum() and (before.isspace() or before in _BEFORE_OPENING):
            if match.group() != "’" and not (match.group() == "'" and _ELIDED.match(text, end)):
                marks.append(_Mark(start, end, _OPEN))
        elif not before.isspace() and match.group() != "‘":
            if before.isalnum():
                weak.append(len(marks))
            marks.append(_Mark(start, end, _CLOSE))
    return _without_possessives(text, marks, weak)


def _without_possessives(text: str, marks: list[_Mark], weak: list[int]) -> list[_Mark]:
    """Drop closes such as ``workers’`` when a close after punctuation follows before anything opens again."""
    doubtful = set(weak)
    kept: list[_Mark] = []
    better_follows = False
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if mark.turn == _OPEN:
            better_follows = False
        elif index in doubtful:
            if better_follows and text[mark.start - 1] in "sSzx":
                continue
        else:
            better_follows = True
        kept.append(mark)
    kept.reverse()
    return kept


def _pair(
    text: str, paragraph: Span, index: int, marks: Sequence[_Mark], *, after_unclosed: bool
) -> Iterator[Quotation]:
    """Join opening and closing marks of one paragraph into its outermost quotations."""
    opened: _Mark | None = None
    nested = 0
    continues = False
    for number, mark in enumerate(marks):
        first = number == 0
        if opened is None:
            if mark.turn == _CLOSE:
                if first and after_unclosed:
                    yield from _quotation(
                        text, paragraph.start, mark.start, paragraph.start, mark.end, index, continues=True
                    )
                continue
            opened = mark
            continues = first and after_unclosed and not _WORD.search(text, paragraph.start, mark.start)
            nested = 0
        elif mark.turn == _OPEN:
            if _closes_twice(marks, number):
                nested += 1
                continue
            if _goes_on(text, opened, mark):
                continue
            yield from _quotation(
                text, opened.end, mark.start, opened.start, mark.start, index, closed=False, continues=continues
            )
            opened, continues, nested = mark, False, 0
        elif nested:
            nested -= 1
        else:
            yield from _quotation(text, opened.end, mark.start, opened.start, mark.end, index, continues=continues)
            opened = None
    if opened is not None:
        yield from _quotation(
            text, opened.end, paragraph.end, opened.start, paragraph.end, index, closed=False, continues=continues
        )


def _goes_on(text: str, opened: _Mark, mark: _Mark) -> bool:
    """Whether the opening mark only says that the quotation goes on: its paragraphs were merged into one.

    A sentence ends before the mark, and nothing like ``, he said`` stands since the quotation was opened.
    """
    if text[opened.start : opened.end] != '"' or text[mark.start : mark.end] != '"':
        return False
    ends = text[max(opened.end, mark.start - 3) : mark.start].rstrip()[-1:] in (".", "?", "!")
    return ends and _TAG.search(text, max(opened.end, mark.start - _LONGEST_PIECE), mark.start) is None


def _closes_twice(marks: Sequence[_Mark], number: int) -> bool:
    """Whether the opening mark ``number`` is nested: the next two marks both close."""
    following = marks[number + 1 : number + 3]
    return len(following) == 2 and all(mark.turn == _CLOSE for mark in following)


def _quotation(
    text: str,
    start: int,
    end: int,
    outer_start: int,
    outer_end: int,
    paragraph: int,
    *,
    closed: bool = True,
    continues: bool = False,
) -> Iterator[Quotation]:
    """One quotation without the blanks inside its marks; nothing when no word stands between them."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if _WORD.search(text, start, end):
        yield Quotation(start, end, outer_start, outer_end, paragraph, closed=closed, continues=continues)


def _with_singles(text: str, paragraph: Span, index: int, doubles: list[Quotation]) -> list[Quotation]:
    """Add the closed single-quoted runs that lie outside the double-quoted ones."""
    singles = [
        single._replace(single=True)
        for single in _pair(text, paragraph, index, _single_marks(text, paragraph), after_unclosed=False)
        if single.closed
    ]
    merged: list[Quotation] = []
    at = 0
    for double in doubles:
        while at < len(singles) and singles[at].outer_start < double.outer_end:
            if singles[at].outer_end <= double.outer_start:
                merged.append(singles[at])
            at += 1
        merged.append(double)
    merged.extend(singles[at:])
    return merged
