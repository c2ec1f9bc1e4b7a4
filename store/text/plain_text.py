"""Plain text and Markdown to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from store.models import BlockKind, Document
from store.text.clean import clean_text
from store.text.document_builder import Passage, document_of, passage_of
from store.text.html import to_document

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MAX_MARKDOWN = 400_000
MAX_BRACKETS = 20_000
"""Characters, and opening brackets, beyond which Markdown is read as plain text: its parser is quadratic in them."""
MAX_IMAGES = 1_000
"""The same of openings of images, each of which costs most."""
MAX_NESTING = 60
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_BULLET = re.compile(r"[•*‣]\s+(?=\S)")
_ENDS_SENTENCE = re.compile(r"[.!?…:;]['\"”’»)\]]*$")
_MIN_WIDTH, _MAX_WIDTH = 45, 120
"""Columns at which somebody may have wrapped lines; a longer line is a paragraph."""
_VERSE = 60
"""Columns that lines of verse or of an address stay under."""


def plain_to_document(text: str, *, keep_lines: bool = False) -> Document:
    """Paragraphs of plain text as blocks.

    Blank lines part paragraphs. Inside such a chunk, lines are joined when they were wrapped at a width, kept as
    lines of one block when they are verse or an address, and are else paragraphs of their own. ``# Words`` is a
    heading, ``• words`` an item. With ``keep_lines`` the lines that were not wrapped stay lines of one block, as in the
    descriptions of videos.
    """
    chunks = [_lines(chunk) for chunk in _BLANK_LINES.split(clean_text(text))]
    width = _wrap_width(chunks)
    return document_of([passage for lines in chunks for passage in _passages(lines, width, keep_lines=keep_lines)])


def is_wrapped(lines: Sequence[str]) -> bool:
    """True when these lines are one paragraph that was wrapped at a width: some break falls inside a sentence."""
    width = max(map(len, lines), default=0)
    if len(lines) < 2 or not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return False
    pairs = list(pairwise(lines))
    return any(_breaks_sentence(line, after) for line, after in pairs) and all(
        _filled(line, after, width) for line, after in pairs
    )


def _lines(chunk: str) -> list[str]:
    return [line.strip() for line in chunk.split("\n") if line.strip()]


def _wrap_width(chunks: Sequence[Sequence[str]]) -> int:
    """The width at which the text was wrapped, 0 if it was not."""
    return max((max(map(len, lines)) for lines in chunks if is_wrapped(lines)), default=0)


def _filled(line: str, after: str, width: int) -> bool:
    """A wrapped line ends where the next word would not have fitted; some leeway for editors that count otherwise."""
    first_word = after.split(maxsplit=1)[0]
    return len(line) + 1 + len(first_word) > width - 2


def _breaks_sentence(line: str, after: str) -> bool:
    return not _ENDS_SENTENCE.search(line[-8:]) and (after[0].islower() or line[-1] in ",—–-" or len(line) > _VERSE)


def _passages(lines: Sequence[str], width: int, *, keep_lines: bool) -> Iterator[Passage]:
    """What the lines of a chunk are."""
    if (_is_verse(lines) or (keep_lines and _are_lines(lines))) and not is_wrapped(lines):
        yield passage_of("\n".join(lines), keep_lines=True)
        return
    paragraph: list[str] = []
    for line in lines:
        heading, bullet = _HEADING.fullmatch(line), _BULLET.match(line)
        if paragraph and (heading or bullet or not _continues(paragraph[-1], line, width)):
            yield passage_of(" ".join(paragraph))
            paragraph.clear()
        if heading:
            yield passage_of(heading[2], BlockKind.HEADING, level=len(heading[1]))
        elif bullet:
            yield passage_of(line[bullet.end() :], BlockKind.ITEM, level=1, label="•")
        else:
            paragraph.append(line)
    if paragraph:
        yield passage_of(" ".join(paragraph))


def _continues(line: str, after: str, width: int) -> bool:
    """True when ``after`` goes on with the sentence or the wrapped paragraph of ``line``."""
    if len(line) > _MAX_WIDTH:
        return False
    if not _ENDS_SENTENCE.search(line[-8:]) and after[0].islower():
        return True
    return bool(width) and len(line) <= width and _filled(line, after, width)


def _are_lines(lines: Sequence[str]) -> bool:
    """Several lines, not all of which are as long as paragraphs, and none of which says what it is."""
    return len(lines) > 1 and min(map(len, lines)) <= _MAX_WIDTH and not any(map(_has_mark, lines))


def _has_mark(line: str) -> bool:
    """Whether a line says itself that it is a heading or an item."""
    return bool(_HEADING.fullmatch(line) or _BULLET.match(line))


def _is_verse(lines: Sequence[str]) -> bool:
    """Several short lines, most of which begin with no small letter and end no sentence."""
    if len(lines) < 3 or max(map(len, lines)) > _VERSE:
        return False
    if any(map(_has_mark, lines)):
        return False
    if sum(line[0].islower() for line in lines) * 2 > len(lines):
        return False
    return sum(bool(_ENDS_SENTENCE.search(line[-8:])) for line in lines) * 2 <= len(lines)


# --- Markdown -----------------------------------------------------------------------------------------------


def markdown_to_document(text: str, base_url: str = "") -> Document:
    """CommonMark with tables as blocks; HTML in it loses its tags and keeps its text. Never raises."""
    text = clean_text(text)
    if len(text) > MAX_MARKDOWN or text.count("[") > MAX_BRACKETS or text.count("![") > MAX_IMAGES:
        return plain_to_document(text)
    parser = _markdown()
    tokens = parser.parse(text)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        return plain_to_document(text)  # The parser drops what lies deeper.
    return to_document(parser.renderer.render(tokens, parser.options, {}), base_url)


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
