"""Builds a :class:`~store.models.Document`: cleans text once, joins blocks with blank lines, keeps offsets exact.

A reader (HTML, Markdown, plain text) collects one :class:`Passage` a block: pieces of text and marks over them.
Cleaning and collapsing whitespace change lengths, so a mark is kept as a range of pieces, and becomes a range of
characters only when its passage is finished.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
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
        return all(not piece or piece.isspace() for piece in self.pieces)


class DocumentBuilder:
    """Takes passages in reading order; empty ones leave no block, rules stand only between blocks."""

    def __init__(self, prepare: Prepare | None = None) -> None:
        self._prepare = prepare
        """What is done to flowing text before it is cleaned."""
        self._texts: list[str] = []
        self._blocks: list[Block] = []
        self._marks: list[Mark] = []
        self._length = 0

    def add(
        self,
        text: str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        level: int = 0,
        label: str = "",
        keep_lines: bool = False,
    ) -> None:
        """A block of text without marks; with ``keep_lines`` its newlines are line breaks, else whitespace."""
        passage = Passage(kind, level, label)
        for number, line in enumerate(text.split("\n") if keep_lines and kind is not BlockKind.CODE else [text]):
            if number:
                passage.put_break()
            passage.put(line)
        self.add_passage(passage)

    def add_passage(self, passage: Passage) -> None:
        """Finish a passage: clean it, work out the offsets of its marks, put it behind the blocks so far."""
        if passage.kind is BlockKind.RULE:
            self._put("", passage, [])
            return
        starts: dict[int, int] = {}
        if passage.kind is BlockKind.CODE:
            text = _verbatim(passage, starts)
        else:
            text = _plain(passage, self._prepare, starts) or _flowing(passage, self._prepare, starts)
        if not text:
            return
        marks = []
        shift = self._next_start()
        for first, last, kind, href in passage.marks:
            start, end = starts[first], starts[last]
            while start < end and text[start : start + 1].isspace():
                start += 1
            while start < end and (end > len(text) or text[end - 1].isspace()):
                end -= 1
            if start < end:
                marks.append(Mark(shift + start, shift + end, kind, href))
        self._put(text, passage, marks)

    def finish(self) -> Document:
        """The document; the builder may not be used afterwards."""
        while self._blocks and self._blocks[-1].kind is BlockKind.RULE:
            self._blocks.pop()
            self._texts.pop()
        self._marks.sort(key=lambda mark: (mark.start, -mark.end))
        return Document(SEPARATOR.join(self._texts), tuple(self._blocks), tuple(self._marks))

    def _next_start(self) -> int:
        return self._length + len(SEPARATOR) if self._texts else 0

    def _put(self, text: str, passage: Passage, marks: list[Mark]) -> None:
        is_rule = passage.kind is BlockKind.RULE
        if is_rule and (not self._blocks or self._blocks[-1].kind is BlockKind.RULE):
            return
        start = self._next_start()
        self._blocks.append(Block(passage.kind, start, start + len(text), passage.level, passage.label))
        self._texts.append(text)
        self._marks += marks
        self._length = start + len(text)


def join(blocks: Iterable[tuple[Block, str]], marks: Sequence[Mark] = ()) -> Document:
    """A document of only these blocks of another one, in order; ``marks`` that lie in them move along."""
    texts: list[str] = []
    kept: list[Block] = []
    moved: list[Mark] = []
    length = 0
    waiting = list(reversed(marks))
    for block, text in blocks:
        start = length + len(SEPARATOR) if texts else 0
        kept.append(replace(block, start=start, end=start + len(text)))
        texts.append(text)
        length = start + len(text)
        while waiting and waiting[-1].start < block.end:
            mark = waiting.pop()
            if block.start <= mark.start and mark.end <= block.end:
                shift = start - block.start
                moved.append(replace(mark, start=mark.start + shift, end=mark.end + shift))
    return Document(SEPARATOR.join(texts), tuple(kept), tuple(moved))


def without_blocks(document: Document, first: int, last: int) -> Document:
    """The document without its blocks ``first`` to ``last - 1``."""
    rest = document.blocks[:first] + document.blocks[last:]
    return join(((block, document.text[block.start : block.end]) for block in rest), document.marks)


Prepare = Callable[[str], str]


def _plain(passage: Passage, prepare: Prepare | None, starts: dict[int, int]) -> str:
    """The same as :func:`_flowing` of a text in which nothing is to be cleaned or collapsed; '' of others."""
    text = "".join(passage.pieces)
    if "  " in text or not text.isprintable() or not is_clean(text) or (prepare and prepare(text) != text):
        return ""
    indent = text.startswith(" ")
    offsets = accumulate(map(len, passage.pieces), initial=0)
    starts.update((number, max(0, offset - indent)) for number, offset in enumerate(offsets))
    return text.strip(" ")


def _flowing(passage: Passage, prepare: Prepare | None, starts: dict[int, int]) -> str:
    """Text with its white space collapsed; notes in ``starts`` where each run of pieces begins."""
    out: list[str] = []
    length = 0
    ends_in_space = True  # also true at the start of a line or cell, where no space is wanted
    for number, text in _runs(passage):
        if text in _BREAKS:
            if ends_in_space and out and out[-1].endswith(" "):
                out[-1] = out[-1][:-1]
                length -= 1
            starts[number] = length
            if text == CELL_BREAK or (out and out[-1] != LINE_BREAK):
                out.append(text)
                length += 1
            ends_in_space = True
            continue
        text = clean_text(prepare(text) if prepare else text)
        if "  " in text or not text.isprintable():  # In a printable text spaces are all there is of white space.
            text = _WHITESPACE.sub(" ", text)
        if ends_in_space and text.startswith(" "):
            text = text[1:]
        starts[number] = length
        if text:
            out.append(text)
            length += len(text)
            ends_in_space = text.endswith(" ")
    starts[len(passage.pieces)] = length
    return "".join(out).rstrip()


def _verbatim(passage: Passage, starts: dict[int, int]) -> str:
    """Text as it is, but for blank lines around it (of which the first is cut as HTML does)."""
    out: list[str] = []
    length = 0
    for number, text in _runs(passage):
        text = clean_text(text)
        if not length:
            text = text.lstrip("\n")
        starts[number] = length
        out.append(text)
        length += len(text)
    starts[len(passage.pieces)] = length
    return "".join(out).rstrip()


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
