"""An article as Markdown: to copy, to save, and to hand to another program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.models import Block, BlockKind, Document, MarkKind, OpenArticle

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_FENCE = re.compile(r"`{3,}")
_AROUND = {MarkKind.STRONG: "**", MarkKind.EMPHASIS: "*", MarkKind.CODE: "`"}


def article_markdown(opened: OpenArticle) -> str:
    """The whole article: title, where it is from, its text, and its link. Ends in a newline."""
    article = opened.article
    source = " · ".join(part for part in (opened.source, ", ".join(article.authors)) if part)
    parts = [
        f"# {escaped(article.title or '(no title)')}",
        f"{escaped(source)}{', ' if source else ''}{article.published:%Y-%m-%d %H:%M}",
        document_markdown(opened.document),
        f"<{article.link}>" if article.link else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def document_markdown(document: Document) -> str:
    """The blocks of a document as CommonMark, tables as in GitHub's dialect."""
    text = ""
    before: Block | None = None
    for block in document.blocks or (Block(BlockKind.PARAGRAPH, 0, len(document.text)),):
        if before is not None:
            text += "\n" if before.kind is block.kind is BlockKind.ITEM else "\n\n"
        text += "\n".join(_lines(document, block))
        before = block
    return text


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", " ")


def _lines(document: Document, block: Block) -> Iterator[str]:
    raw = document.text[block.start : block.end]
    match block.kind:
        case BlockKind.CODE:
            fence = "`" * max(3, *(len(found) + 1 for found in _FENCE.findall(raw)), 3)
            yield from (fence, raw, fence)
        case BlockKind.RULE:
            yield "---"
        case BlockKind.TABLE:
            yield from _table(raw)
        case BlockKind.HEADING:
            yield f"{'#' * min(max(block.level, 1) + 1, 6)} {_inline(document, block)}"
        case BlockKind.ITEM:
            label = block.label if block.label[:1].isdigit() else "-"
            yield f"{'    ' * (max(block.level, 1) - 1)}{label} {_inline(document, block)}"
        case BlockKind.QUOTE:
            yield f"{'> ' * max(block.level, 1)}{_inline(document, block)}"
        case BlockKind.CAPTION:
            yield f"*{_inline(document, block)}*"
        case _:
            yield _inline(document, block)


def _table(raw: str) -> Iterator[str]:
    for number, row in enumerate(raw.split("\n")):
        cells = [escaped(cell).replace("|", r"\|") for cell in row.split("\t")]
        yield f"| {' | '.join(cells)} |"
        if not number:
            yield f"|{'---|' * len(cells)}"


def _inline(document: Document, block: Block) -> str:
    """The block's text with its links and emphasis; marks that overlap others are left out."""
    text, at = "", block.start
    for mark in sorted(document.marks, key=lambda mark: (mark.start, -mark.end)):
        if mark.start < at or mark.end > block.end or mark.start >= mark.end:
            continue
        inside = escaped(document.text[mark.start : mark.end])
        around = _AROUND.get(mark.kind, "")
        if mark.kind in (MarkKind.LINK, MarkKind.IMAGE) and mark.href:
            inside = f"[{inside}](<{mark.href}>)"
        elif inside.strip() == inside:
            inside = f"{around}{inside}{around}"
        text += escaped(document.text[at : mark.start]) + inside
        at = mark.end
    return text + escaped(document.text[at : block.end])
