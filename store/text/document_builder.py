"""Builds a :class:`~store.models.Document`: cleans text once, joins blocks with blank lines, keeps offsets exact.

A reader (HTML, Markdown, plain text) collects one :class:`Passage` a block: pieces of text and marks over them.
Cleaning and collapsing whitespace change lengths, so a mark is kept as a range of pieces, and becomes a range of
characters only when its passage is finished.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from store.models import Block, BlockKind, Document, Mark, MarkKind
from store.text.clean import clean_text, is_clean

LINE_BREAK = "\n"
CELL_BREAK = "\t"
_BREAKS = (LINE_BREAK, CELL_BREAK)
"""Pieces that break a line or a table's cell inside a block; in other pieces both are mere whitespace."""
SEPARATOR = "\n\n"

_WHITESPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class Passage:
    """A block in the making. ``marks`` are ranges of ``pieces``: (first, last + 1, kind, href)."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    label: str = ""
    pieces: list[str] = field(default_factory=list)
    marks: list[tuple[int, int, MarkKind, str]] = field(default_factory=list)
    size: int = 0
    """Characters put in so far, whitespace and all."""

    def put(self, text: str) -> None:
        """Add text as it was read; a newline in it breaks no line, unless this is code."""
        if text:
            self.pieces.append(" " if text in _BREAKS and self.kind is not BlockKind.CODE else text)
            self.size += len(text)

    def put_break(self) -> None:
        self.pieces.append(LINE_BREAK)

    def put_tab(self) -> None:
        self.pieces.append(CELL_BREAK)

    @property
    def blank(self) -> bool:
        return not any(map(str.strip, self.pieces))


def passage_of(
    text: str, kind: BlockKind = BlockKind.PARAGRAPH, *, level: int = 0, label: str = "", keep_lines: bool = False
) -> Passage:
    """Text without marks; with ``keep_lines`` its newlines are line breaks, else whitespace."""
    passage = Passage(kind, level, label)
    for number, line in enumerate(text.split("\n") if keep_lines and kind is not BlockKind.CODE else [text]):
        if number:
            passage.put_break()
        passage.put(line)
    return passage


def document_of(passages: Sequence[Passage], prepare: Prepare | None = None) -> Document:
    """The document that passages in reading order make; empty ones leave no block, rules stand only between blocks.

    ``prepare`` is what is done to flowing text before it is cleaned: it changes places in it, whatever is around them.
    """
    whole = ["".join(passage.pieces) for passage in passages]
    # Most articles have nothing to clean, which shows at once when all of one is looked at. A bar belongs to nothing.
    together = "|".join(whole)
    clean = _is_clean(together, prepare)
    tidy = clean and _is_tidy(together)
    texts: list[str] = []
    blocks: list[Block] = []
    marks: list[Mark] = []
    start = 0
    for passage, text in zip(passages, whole, strict=True):
        kind = passage.kind
        places: Places = ()
        if kind is BlockKind.CODE:
            text, places = _verbatim(passage)
        elif tidy or (_is_tidy(text) and (clean or _is_clean(text, prepare))):
            text, places = _plain(passage, text)
        else:
            text, places = _flowing(
                passage, None if clean else lambda run: clean_text(prepare(run) if prepare else run)
            )
        if not text and (kind is not BlockKind.RULE or not blocks or blocks[-1].kind is BlockKind.RULE):
            continue
        for first, last, mark, href in passage.marks:
            from_, to = _trimmed(text, places[first], places[last])
            if from_ < to:
                marks.append(Mark(start + from_, start + to, mark, href))
        blocks.append(Block(kind, start, start + len(text), passage.level, passage.label))
        texts.append(text)
        start += len(text) + len(SEPARATOR)
    while blocks and blocks[-1].kind is BlockKind.RULE:
        blocks.pop()
        texts.pop()
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    return Document(SEPARATOR.join(texts), tuple(blocks), tuple(marks))


def join(blocks: Iterable[tuple[Block, str]], marks: Sequence[Mark] = ()) -> Document:
    """A document of only these blocks of another one, in order; ``marks`` that lie in them move along."""
    texts: list[str] = []
    kept: list[Block] = []
    moved: list[Mark] = []
    length = 0
    waiting = list(reversed(marks))
    for block, text in blocks:
        start = length + len(SEPARATOR) if texts else 0
        kept.append(block._replace(start=start, end=start + len(text)))
        texts.append(text)
        length = start + len(text)
        while waiting and waiting[-1].start < block.end:
            mark = waiting.pop()
            if block.start <= mark.start and mark.end <= block.end:
                shift = start - block.start
                moved.append(mark._replace(start=mark.start + shift, end=mark.end + shift))
    return Document(SEPARATOR.join(texts), tuple(kept), tuple(moved))


def without_blocks(document: Document, first: int, last: int) -> Document:
    """The document without its blocks ``first`` to ``last - 1``."""
    rest = document.blocks[:first] + document.blocks[last:]
    return join(((block, document.text[block.start : block.end]) for block in rest), document.marks)


Prepare = Callable[[str], str]
Places = Mapping[int, int] | Sequence[int]
"""Where in the text of a passage its pieces begin: those at least with which a mark begins, or before which it ends."""


def _is_clean(text: str, prepare: Prepare | None) -> bool:
    """Whether nothing in it is to be prepared or cleaned, nor in any part of it."""
    return (not prepare or prepare(text) == text) and is_clean(text)


def _is_tidy(text: str) -> bool:
    """Whether no white space in it is to be collapsed, but for that at its ends."""
    return not ("  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A part of a text without white space at its ends; nothing of it is left where it is nothing else."""
    while start < end and text[start : start + 1].isspace():
        start += 1
    while start < end and (end > len(text) or text[end - 1].isspace()):
        end -= 1
    return start, end


def _plain(passage: Passage, text: str) -> tuple[str, Places]:
    """The same as :func:`_flowing` of a text in which nothing is to be cleaned or collapsed."""
    indent = text.startswith(" ")
    places: list[int] = []
    if passage.marks:
        places = list(accumulate(map(len, passage.pieces), initial=-indent))
        places[0] = 0
    return text[indent:].rstrip(), places


def _flowing(passage: Passage, clean: Prepare | None) -> tuple[str, Places]:
    """Text cleaned and with its white space collapsed, and where each run of pieces begins in it."""
    out: list[str] = []
    length = 0
    places: dict[int, int] = {}
    ends_in_space = True  # also true at the start of a line or cell, where no space is wanted
    for number, text in _runs(passage):
        if text in _BREAKS:
            if ends_in_space and out and out[-1].endswith(" "):
                out[-1] = out[-1][:-1]
                length -= 1
            places[number] = length
            if text == CELL_BREAK or (out and out[-1] != LINE_BREAK):
                out.append(text)
                length += 1
            ends_in_space = True
            continue
        text = clean(text) if clean else text
        if not _is_tidy(text):
            text = _WHITESPACE.sub(" ", text)
        if ends_in_space and text.startswith(" "):
            text = text[1:]
        places[number] = length
        if text:
            out.append(text)
            length += len(text)
            ends_in_space = text.endswith(" ")
    places[len(passage.pieces)] = length
    return "".join(out).rstrip(), places


def _verbatim(passage: Passage) -> tuple[str, Places]:
    """Text as it is, but for blank lines around it (of which the first is cut as HTML does)."""
    out: list[str] = []
    length = 0
    places: dict[int, int] = {}
    for number, text in _runs(passage):
        text = clean_text(text)
        if not length:
            text = text.lstrip("\n")
        places[number] = length
        out.append(text)
        length += len(text)
    places[len(passage.pieces)] = length
    return "".join(out).rstrip(), places


def _runs(passage: Passage) -> Iterator[tuple[int, str]]:
    """The pieces between two edges of marks or breaks as one, each with the number of its first piece.

    A parser hands ``A&amp;B`` over in three pieces; what spans pieces (a mis-decoded letter, a combining mark)
    can only be seen when they are one.
    """
    pieces = passage.pieces
    edges = {0, len(pieces)}
    for first, last, _, _ in passage.marks:
        edges.add(first)
        edges.add(last)
    if passage.kind is not BlockKind.CODE and (LINE_BREAK in pieces or CELL_BREAK in pieces):
        for number, piece in enumerate(pieces):
            if piece in _BREAKS:
                edges.update((number, number + 1))
    for first, last in pairwise(sorted(edges)):
        yield first, pieces[first] if last == first + 1 else "".join(pieces[first:last])
