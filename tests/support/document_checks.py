"""What holds for every document, and short views of one for comparison."""

from __future__ import annotations

import unicodedata

from store.models import BlockKind, Document, MarkKind


def check(document: Document) -> None:
    """Blocks in order, apart by a blank line, together the whole text; marks inside blocks; nothing unclean."""
    text = document.text
    assert text == "\n\n".join(text[block.start : block.end] for block in document.blocks)
    end = -2
    for block in document.blocks:
        assert block.start == end + 2
        assert block.end >= block.start
        assert (block.kind is BlockKind.RULE) == (block.start == block.end)
        end = block.end
    for mark in document.marks:
        assert mark.start < mark.end
        assert any(block.start <= mark.start and mark.end <= block.end for block in document.blocks)
        assert not mark.href or mark.href.startswith(("http://", "https://", "mailto:"))
    assert list(document.marks) == sorted(document.marks, key=lambda mark: (mark.start, -mark.end))
    assert len(document.prose) == len(text)
    assert all(document.prose[at] == text[at] or is_code(document, at) for at in range(len(text)))
    assert not any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in text)


def is_code(document: Document, at: int) -> bool:
    return any(block.kind is BlockKind.CODE and block.start <= at < block.end for block in document.blocks) or any(
        mark.kind is MarkKind.CODE and mark.start <= at < mark.end for mark in document.marks
    )


def kinds(document: Document) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.label, document.text[b.start : b.end]) for b in document.blocks]


def marked(document: Document, kind: MarkKind) -> list[tuple[str, str]]:
    return [(document.text[mark.start : mark.end], mark.href) for mark in document.marks if mark.kind is kind]


def short(value: object) -> str:
    """A test's name from its input, which may be very long or hold control characters."""
    return ascii(value)[1:25]
