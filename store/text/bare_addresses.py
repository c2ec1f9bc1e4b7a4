"""Web addresses that stand in a text as they are become links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from store.models import Document, Mark, MarkKind
from store.text.urls import absolute

_ADDRESS = re.compile(
    r"(?<![\w/.@=-])(?:https?://|www\.)[^\s<>\"“”„«»‹›「」『』（）【】、。，；！？|\\^`{}]{3,2000}", re.IGNORECASE
)
_AFTER = ".,;:!?'’‘*_~…"
"""What may follow an address in a sentence and is hardly ever part of it."""
_BRACKETS = {")": "(", "]": "["}
_TAKEN = (MarkKind.LINK, MarkKind.IMAGE)


def with_links(document: Document) -> Document:
    """The document with a link on each address in its text that has none."""
    if "://" not in document.text and "www." not in document.text:
        return document
    taken = sorted((mark.start, mark.end) for mark in document.marks if mark.kind in _TAKEN)
    added = list(_outside(taken, _links(document.text)))
    if not added:
        return document
    marks = sorted((*document.marks, *added), key=lambda mark: (mark.start, -mark.end))
    return replace(document, marks=tuple(marks))


def _outside(taken: Sequence[tuple[int, int]], links: Iterable[Mark]) -> Iterator[Mark]:
    """The links, in order, that touch none of these ranges."""
    waiting = iter(taken)
    end, following = 0, next(waiting, None)
    for link in links:
        while following is not None and following[0] < link.end:
            end, following = max(end, following[1]), next(waiting, None)
        if end <= link.start:
            yield link


def _links(text: str) -> Iterator[Mark]:
    for found in _ADDRESS.finditer(text):
        address = _trimmed(found[0])
        href = absolute("", address if "://" in address else f"http://{address}")
        if href:
            yield Mark(found.start(), found.start() + len(address), MarkKind.LINK, href)


def _trimmed(address: str) -> str:
    """An address without the punctuation and the closing brackets of the sentence around it."""
    while address:
        last = address[-1]
        opening = _BRACKETS.get(last)
        if last not in _AFTER and (opening is None or address.count(opening) >= address.count(last)):
            break
        address = address[:-1]
    return address
