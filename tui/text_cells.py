"""Text measured in terminal cells: cutting and wrapping that is right for wide and combining characters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.cells import cell_len, split_graphemes

ELLIPSIS = "…"

_ONE_CELL_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x2FF),
    (0x370, 0x482),
    (0x48A, 0x52F),
    (0x1E00, 0x1FFF),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x20A0, 0x20BF),
)
"""Latin, Greek, Cyrillic and typographic punctuation: one code point, one cell (a test compares them with Rich)."""
_ONE_CELL = frozenset(chr(code) for first, last in _ONE_CELL_RANGES for code in range(first, last + 1))

_NO_LINE_START = frozenset("、。，．・：；？！ー」』）］｝〉》】〕’”…々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
"""Characters that may not begin a line in East Asian typesetting (JIS X 4051, abridged)."""

Lines = list[tuple[int, int]]
"""Wrapped lines as half-open ranges of ``str`` offsets."""


def width_of(text: str) -> int:
    """How many cells ``text`` takes."""
    return len(text) if _ONE_CELL.issuperset(text) else cell_len(text)


def cut(text: str, width: int) -> str:
    """``text`` in at most ``width`` cells, ending in an ellipsis where something was left out."""
    if len(text) > 4 * width + 64:
        # No need to measure what can never be shown; zero-width characters make up the reserve.
        text = text[: 4 * width + 64]
    if width_of(text) <= width:
        return text
    if width < 1:
        return ""
    if _ONE_CELL.issuperset(text):
        return text[: width - 1].rstrip() + ELLIPSIS
    used = 0
    spans, _ = split_graphemes(text)
    for start, _end, cells in spans:
        if used + cells > width - 1:
            return text[:start].rstrip() + ELLIPSIS
        used += cells
    return text


def fit(text: str, width: int) -> str:
    """``text`` in exactly ``width`` cells: cut with an ellipsis, or padded with spaces on the right."""
    # A joiner at the end would join with the padding.
    text = cut(text, width).rstrip("\u200d")
    return text + " " * (width - width_of(text))


def fit_right(text: str, width: int) -> str:
    """Like :func:`fit`, padded on the left."""
    text = cut(text, width)
    return " " * (width - width_of(text)) + text


def clock_time(when: datetime, *, twelve_hours: bool) -> str:
    """The time of day: ``17:05``, or ``5:05pm``."""
    if not twelve_hours:
        return f"{when:%H:%M}"
    return f"{when.hour % 12 or 12}:{when:%M}{'am' if when.hour < 12 else 'pm'}"


def wrap(text: str, start: int, end: int, width: int) -> Lines:
    """Wrap ``text[start:end]`` to lines of at most ``width`` cells; a newline always ends a line.

    Spaces at which a line is broken belong to no line. A word that is wider than a line is broken where it
    must be. Linear in the length of the text.
    """
    width = max(width, 2)
    lines: Lines = []
    simple = _ONE_CELL.issuperset
    while start <= end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop - start <= width // 2:
            lines.append((start, stop))
        elif simple(text[start:stop]):
            _wrap_narrow(text, start, stop, width, lines)
        else:
            _wrap_cells(text, start, stop, width, lines)
        start = stop + 1
    return lines


def _wrap_narrow(text: str, start: int, end: int, width: int, lines: Lines) -> None:
    """Wrap one paragraph in which every character takes one cell."""
    while end - start > width:
        space = text.rfind(" ", start + 1, start + width + 1)
        if space < 0:
            lines.append((start, start + width))
            start += width
            continue
        lines.append((start, space))
        start = space + 1
        while start < end and text[start] == " ":
            start += 1
    lines.append((start, end))


def _wrap_cells(text: str, start: int, end: int, width: int, lines: Lines) -> None:
    """Wrap one paragraph by graphemes: at spaces, and between wide characters."""
    line_start, used = start, 0
    # The last place where the line may be broken: where it would end, where the next would begin, cells before that.
    break_end, break_next, break_used = start, start, 0
    after_space = after_wide = False
    for first, after, cells in _graphemes(text, start, end):
        character = text[first]
        if character == " " and after == first + 1:
            break_end = break_end if after_space else first
            used += cells
            break_next, break_used = after, used
            after_space, after_wide = True, False
            continue
        wide = cells == 2
        if (wide or after_wide) and not after_space and character not in _NO_LINE_START:
            break_end, break_next, break_used = first, first, used
        while used + cells > width and first > line_start:
            if break_next <= line_start:
                break_end, break_next, break_used = first, first, used
            lines.append((line_start, break_end))
            line_start = break_next
            used -= break_used
        used += cells
        after_space, after_wide = False, wide
    lines.append((line_start, end))


def _graphemes(text: str, start: int, end: int, piece: int = 4096) -> Iterator[tuple[int, int, int]]:
    """``(start, end, cells)`` of each grapheme; measured in pieces so that very long paragraphs cost little memory."""
    while start < end:
        stop = min(start + piece, end)
        if stop < end:
            space = text.rfind(" ", start + 1, stop)
            stop = stop if space < 0 else space
        for first, after, cells in split_graphemes(text[start:stop])[0]:
            yield start + first, start + after, cells
        start = stop
