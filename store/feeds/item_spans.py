"""Known items cut out of a feed's bytes, so that the rest of it costs what its news cost.

A feed of fifty items has one or two new ones at most refreshes. Where its items stand side by side in UTF-8, each is
named by its bytes, and what is known is left out before any of it is decoded or parsed. That is safe since what is
left out was once part of a document that was parsed and found well-formed, under the same namespaces, and since it
begins and ends where an element does: nothing that could hold an item as mere text (a comment, a CDATA section) is open
there. Where any of this is in doubt the document is not cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b

from store.feeds.safe_xml import plainly_utf8

NAME = 16
"""Characters of a name that stand for an item's bytes; what follows stands for its identity."""
_FIRST = re.compile(rb"<(item|entry)(?=[\s>])")
_ANY = re.compile(rb"<(?:item|entry)")
_SECTION = re.compile(rb"<[!?]")
_SECTIONS = ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->"), (b"<?", b"?>"))
_NAMESPACE = re.compile(rb"xmlns[^=<>]{0,100}=\s{0,9}[\"'][^\"'<>]{0,1000}[\"']")
_BLANK = re.compile(rb"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document: what stands before its items, the bytes of each item, what comes after them."""

    head: bytes
    items: Sequence[bytes]
    tail: bytes

    def names(self) -> list[str]:
        """A name for each item's bytes, as they are read under the namespaces of this document."""
        context = blake2b(b"\0".join(_NAMESPACE.findall(self.head)), digest_size=32).digest()
        return [blake2b(item, digest_size=NAME // 2, key=context).hexdigest() for item in self.items]

    def with_only(self, kept: Sequence[bytes]) -> bytes:
        """The document with these items alone."""
        return b"".join((self.head, *kept, self.tail))


def take_apart(body: bytes, content_type: str) -> Pieces | None:
    """The pieces of a document, or None when it is not certain where its items begin and end."""
    first = _FIRST.search(body)
    if first is None or not plainly_utf8(body, content_type) or not sections_end(body[: first.start()]):
        return None
    ends = b"</" + first[1] + b">"
    items: list[bytes] = []
    at = end = first.start()
    while _FIRST.match(body, at):
        last = body.find(ends, at)
        end = last + len(ends)
        item = body[at:end]
        if last < 0 or _ANY.search(item, 1) or not sections_end(item):
            return None
        items.append(item)
        at = _after_blank(body, end)
    tail = body[end:]
    return None if _ANY.search(tail) else Pieces(body[: first.start()], items, tail)


def sections_end(markup: bytes) -> bool:
    """Whether each comment, CDATA section and instruction in it ends in it, and nothing is declared."""
    at = 0
    while found := _SECTION.search(markup, at):
        for opening, closing in _SECTIONS:
            if markup.startswith(opening, found.start()):
                end = markup.find(closing, found.start() + len(opening))
                if end < 0:
                    return False
                at = end + len(closing)
                break
        else:
            return False
    return True


def identities(known: AbstractSet[str]) -> dict[str, str]:
    """Of names of items, with their identities: what stands for the bytes to what stands for the identity."""
    return {name[:NAME]: name[NAME:] for name in known if len(name) > NAME}


def name_identity(identity: str) -> str:
    """What stands for an item's identity in its name; '' for none."""
    return blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest() if identity else ""


def _after_blank(body: bytes, at: int) -> int:
    blank = _BLANK.match(body, at)
    assert blank is not None
    return blank.end()
