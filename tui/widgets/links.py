"""The links of a text, numbered in its order."""

from __future__ import annotations

from dataclasses import dataclass

from store.models import Document, MarkKind

SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹"
"""The marks of links that have a key."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where its text begins, that text on one line, and the address."""

    start: int
    text: str
    url: str


def links_of(document: Document) -> tuple[Link, ...]:
    """The links to web pages; an address that comes again is the same link."""
    links: dict[str, Link] = {}
    for mark in sorted(document.marks, key=lambda mark: mark.start):
        if mark.kind in (MarkKind.LINK, MarkKind.IMAGE) and mark.href.startswith(("http://", "https://")):
            text = " ".join(document.text[mark.start : mark.end].split())
            links.setdefault(mark.href, Link(mark.start, text or mark.href, mark.href))
    return tuple(links.values())
