"""The shape of a seed file's text: title, title again, date line, byline, dateline, and then the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from store.files.datelines import read_dateline
from store.text.clean import clean_line
from store.text.dates import Moment, looks_like_date, read_moment
from store.text.plain_text import is_wrapped

MAX_TITLE = 80
"""Characters of a title that we make from the text."""
_LONGEST_TITLE = 250
_LONGEST_LONE_TITLE = 120
_HEADER_LINES = 4
"""Lines between title and story that may be a date or a byline."""

_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]*(?=\s|$)")
_INNER_SENTENCE_END = re.compile(r"[^\W\d_]{2}[.!?]['\"”’»)]*\s+['\"“‘«(]?[^\W\d_]")
_BYLINE = re.compile(r"[Bb][Yy]:?\s+((?:[^\W\d_][\w.'’-]*\s?){1,5})")
_QUOTES = str.maketrans("“”„«»‘’‚`´", "\"\"\"\"\"'''''")


@dataclass(slots=True)
class Shape:
    """What was found above the story, and the story's text as it stands in the file."""

    title: str = ""
    moment: Moment | None = None
    bad_date: str = ""
    """A line shaped like a date that names no day there is."""
    authors: tuple[str, ...] = ()
    body: str = ""


def read_shape(text: str, *, title: str = "") -> Shape:
    """Take cleaned text apart. ``title`` is one known already (from front matter); its repeats are taken off.

    The title is the first line when that reads like one: a line repeated, or a short line that is no date, no
    dateline and no paragraph. Then come, in any order, the title once more, one date line and one byline.
    """
    shape = Shape(title=title)
    lines = text.split("\n")
    number = _skip_blank(lines, 0)
    if not shape.title:
        number = _take_header_line(shape, lines, number)
        shape.title, number = _take_title(lines, number)
    for _ in range(_HEADER_LINES):
        number = _skip_repeats(shape.title, lines, number)
        after = _take_header_line(shape, lines, number)
        if after == number:
            break
        number = after
    shape.body = "\n".join(lines[number:]).strip("\n")
    return shape


def make_title(text: str, place_end: int = 0) -> str:
    """A title from a story without one: its first sentence after the dateline, cut at a word."""
    start = clean_line(text[place_end : place_end + 600])
    for end in _SENTENCE_END.finditer(start):
        if end.start() >= 24:
            start = start[: end.end()]
            break
    return cut(start, MAX_TITLE)


def cut(line: str, length: int) -> str:
    """The line cut at a word so that it has at most ``length`` characters, its ellipsis counted."""
    if len(line) <= length:
        return line
    short = line[: length - 1]
    words = short.rpartition(" ")[0] if not line[length - 1].isspace() else short
    return (words or short).rstrip(" ,;:–—-") + "…"


def _skip_blank(lines: Sequence[str], number: int) -> int:
    while number < len(lines) and not lines[number].strip():
        number += 1
    return number


def _take_title(lines: Sequence[str], number: int) -> tuple[str, int]:
    """The title that stands at line ``number`` and the number of the line after it; '' when none does."""
    if number >= len(lines):
        return "", number
    line = lines[number].strip()
    title = clean_line(line.lstrip("#") if re.match(r"#{1,6}\s", line) else line)
    after = _skip_blank(lines, number + 1)
    repeated = after < len(lines) and _key(lines[after]) == _key(line) != ""
    underlined = number + 1 < len(lines) and len(lines[number + 1].strip()) > 2 and not lines[number + 1].strip(" =")
    if not (repeated or underlined or _reads_like_title(line, lines[number:])):
        return "", number
    return title, number + 2 if underlined else number + 1


def _reads_like_title(line: str, lines: Sequence[str]) -> bool:
    chunk = [other.strip() for other in takewhile(str.strip, lines[:6])]
    is_all = not any(other.strip() for other in lines[1:])
    sentences = bool(_INNER_SENTENCE_END.search(line)) and _SENTENCE_END.search(line[-6:]) is not None
    return (
        any(map(str.isalnum, line))
        and len(line) <= (_LONGEST_LONE_TITLE if is_all else _LONGEST_TITLE)
        and not sentences
        and not read_dateline(line).place
        and not is_wrapped(chunk)
    )


def _skip_repeats(title: str, lines: Sequence[str], number: int) -> int:
    """The number of the next line that is neither blank nor the title again; twice is a habit, more is the story."""
    number = _skip_blank(lines, number)
    for _ in range(2):
        if number < len(lines) and _key(title) and _key(lines[number]) == _key(title):
            number = _skip_blank(lines, number + 1)
    return number


def _take_header_line(shape: Shape, lines: Sequence[str], number: int) -> int:
    """Note a date or a byline that line ``number`` is; the number of the next line, or the same when it is neither."""
    if number >= len(lines):
        return number
    line = lines[number].strip()
    if not shape.moment and not shape.bad_date and looks_like_date(line):
        shape.moment = read_moment(line)
        shape.bad_date = "" if shape.moment else clean_line(line.lstrip("# "))
        return _skip_blank(lines, number + 1)
    byline = _BYLINE.fullmatch(line) if len(line) <= 80 else None
    if byline and shape.title and not shape.authors and byline[1][0].isupper():
        shape.authors = (clean_line(byline[1]),)
        return _skip_blank(lines, number + 1)
    return number


def _key(line: str) -> str:
    """What two lines have in common that say the same title."""
    if len(line) > 2_000:
        line = line[:2_000] + str(len(line))
    return " ".join(line.translate(_QUOTES).casefold().lstrip("# ").rstrip(" .").split())
