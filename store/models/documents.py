"""Text as it is stored and shown: blocks, inline marks and spans, all in ``str`` offsets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

_INK = re.compile(r"\S")
_QUOTING = re.compile("[\"'`“”„‟«»‘’‚‛]")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range ``[start, end)`` of ``str`` offsets."""

    start: int
    end: int


class MarkKind(StrEnum):
    """What a marked range inside a block is."""

    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    IMAGE = "image"


class Mark(NamedTuple):
    """Inline formatting of ``text[start:end]``; ``href`` is an absolute http(s) or mailto URL, or ''."""

    start: int
    end: int
    kind: MarkKind
    href: str = ""


class BlockKind(StrEnum):
    """What a block of an article's text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    CAPTION = "caption"
    TABLE = "table"
    RULE = "rule"


class Block(NamedTuple):
    """A block ``text[start:end]`` of a document.

    ``level`` is the heading level (1-6), the nesting depth of a list item or block quote (from 1), else 0.
    ``label`` is what stands before the text and is not part of it: ``•`` or ``3.`` for a list item.
    A TABLE block holds one row a line, cells separated by a tab.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Readable text: blocks joined by blank lines, with inline marks. Offsets everywhere are into ``text``."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def prose(self) -> str:
        """The text as people wrote it for people, of the same length: blocks of code are blank, and the quotation
        marks of code in a line are letters, since nobody has said what a program has between them.
        """
        code = [(block.start, block.end, _INK, " ") for block in self.blocks if block.kind is BlockKind.CODE]
        code += [(mark.start, mark.end, _QUOTING, "ˈ") for mark in self.marks if mark.kind is MarkKind.CODE]
        pieces, at = [], 0
        for start, end, what, filling in sorted(code, key=lambda item: item[:2]):
            first = max(start, at)
            if first < end:
                pieces += [self.text[at:first], what.sub(filling, self.text[first:end])]
                at = end
        return "".join(pieces) + self.text[at:]

    def __reduce__(self) -> tuple[Callable[..., Document], tuple[object, ...]]:
        """Pickled as plain values, in a third of the time: worker processes hand thousands of blocks over."""
        return _unpickled, (self.text, list(map(tuple, self.blocks)), list(map(tuple, self.marks)))


def _unpickled(
    text: str, blocks: list[tuple[BlockKind, int, int, int, str]], marks: list[tuple[int, int, MarkKind, str]]
) -> Document:
    return Document(text, tuple(map(Block._make, blocks)), tuple(map(Mark._make, marks)))
