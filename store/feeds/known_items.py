"""Known items, cut out of a feed's document before it is parsed.

A feed of fifty items usually has one or two new ones. :func:`find_items` finds each item as a span of bytes, in a tenth
of the time that parsing takes, and names it by their hash. Items whose names are remembered from an earlier refresh
are left out, and feedparser reads what remains.

That must give exactly the entries that reading the whole gives. So items are only cut where it is certain where they
begin and end: they stand side by side, none inside another, and no comment or CDATA section is open between them. And
an item is only remembered (:meth:`CutFeed.hashes`) once it was read in a well-formed document, where no other item
claimed its identity, and when it cannot change how feedparser reads the items after it. Where any of this is in doubt,
the whole document is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

MOST_HASHES = 1000
"""Items of one feed that are remembered; those further down are read at each refresh."""
MOST_ITEMS = 10_000
"""Items read of one feed, from its beginning: feeds list the newest first."""
NAME = 16
"""Characters of an item's hash that stand for its bytes; the others stand for its identity."""
READER = b"feedparser 2"
"""Changing this makes every feed be read whole once, for when items are read in another way."""

_ITEM = re.compile(rb"<(item|entry)(?=[\s>])")
_MARKS = {tag: re.compile(rb"<!\[CDATA\[|<!--|<\?|<!|<item|<entry|</" + tag + rb"\s*>") for tag in (b"item", b"entry")}
"""What may end an item, or seem to."""
_SECTION = re.compile(rb"<[!?]")
_SECTIONS = ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->"), (b"<?", b"?>"))
_BLANK = re.compile(rb"[ \t\r\n]*")
_END_TAGS = re.compile(rb"(?:[ \t\r\n]+|</[\w.:-]{1,100}[ \t\r\n]*+>|<!--(?s:.*?)-->)*+")
_CONTEXT = re.compile(rb"(?:xmlns|base|lang|version)[^=<>]{0,100}=\s{0,9}[\"'][^\"'<>]{0,1000}[\"']")
"""Attributes before the items that change how items are read."""
_BASE = re.compile(rb"\bbase\s*=", re.IGNORECASE)
_BASE_OF_ALL = re.compile(rb"<(?:[\w.-]{1,100}:)?(?:rss|RDF|feed|channel)\s[^<>]*\bbase\s*=")
_PREFIX = re.compile(rb"\bxmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_USUAL_PREFIXES = {
    (b"content", b"http://purl.org/rss/1.0/modules/content/"),
    (b"dc", b"http://purl.org/dc/elements/1.1/"),
    (b"itunes", b"http://www.itunes.com/dtds/podcast-1.0.dtd"),
    (b"media", b"http://search.yahoo.com/mrss/"),
}
_LANGUAGE = re.compile(rb"<[^<>]*\blang\s*=", re.IGNORECASE)
_TEXT_TAG = re.compile(
    rb"<(/?)(?:[\w.-]{1,100}:)?(title|summary|description|abstract|content|encoded|body|fullitem|subtitle|tagline|rights|"
    rb"copyright|info)(?:\s[^<>]*?)?(/?)>",
    re.IGNORECASE,
)
"""Tags of elements that feedparser reads as texts."""


@dataclass(frozen=True, slots=True)
class FeedItems:
    """A feed's document as bytes: what comes before its items, each item with its name, what comes after them."""

    head: bytes
    items: Sequence[bytes]
    tail: bytes
    names: Sequence[str]

    def cut(self, known: AbstractSet[str]) -> CutFeed:
        """The document without known items; ``known`` holds hashes from an earlier refresh.

        The first item always stays: what comes before it may change how feedparser reads it.
        """
        if len(self.items) > MOST_ITEMS:
            known = frozenset()
        identities = {known_hash[:NAME]: known_hash[NAME:] for known_hash in known if len(known_hash) > NAME}
        known_identities = [identities.get(name) for name in self.names]
        known_identities[MOST_HASHES:] = [None] * len(known_identities[MOST_HASHES:])
        kept = [place for place, identity in enumerate(known_identities) if identity is None or not place]
        return CutFeed(self, known_identities, kept[:MOST_ITEMS])


@dataclass(frozen=True, slots=True)
class CutFeed:
    """A feed without its known items. ``kept`` are the places in the feed of the items that the document still has."""

    whole: FeedItems
    known_identities: Sequence[str | None]
    kept: Sequence[int]

    @property
    def document(self) -> bytes:
        return b"".join((self.whole.head, *(self.whole.items[place] for place in self.kept), self.whole.tail))

    @property
    def is_partial(self) -> bool:
        """Whether any item is known, and so not among the entries."""
        return any(identity is not None for identity in self.known_identities)

    @property
    def first_is_known(self) -> bool:
        """Whether the first item is in the document for the sake of the others only."""
        return self.known_identities[0] is not None

    def hashes(self, identities: Sequence[str]) -> tuple[str, ...] | None:
        """What to remember of all items for the next refresh, given the identities of those that were new.

        None when two items have the same identity: to tell them apart takes reading all of them.
        """
        if len(self.whole.items) > MOST_ITEMS:
            return ()
        new = iter([hash_identity(identity) for identity in identities])
        every = [next(new) if known is None else known for known in self.known_identities]
        if len(set(every)) < len(every):
            return None
        has_base = _BASE_OF_ALL.search(self.whole.head) is not None
        return tuple(
            name + identity
            for name, identity, known, item in zip(
                self.whole.names[:MOST_HASHES], every, self.known_identities, self.whole.items, strict=False
            )
            if known is not None or is_self_contained(item, has_base=has_base)
        )


def find_items(document: bytes) -> FeedItems | None:
    """The items of a document in UTF-8, or None when it is not certain where they begin and end."""
    first = _ITEM.search(document)
    if first is None:
        return None
    head = document[: first.start()]
    if not sections_end(head):
        return None
    items: list[bytes] = []
    at = end = first.start()
    while found := _ITEM.match(document, at):
        end = end_of_item(document, found)
        if not end:
            return None
        items.append(document[at:end])
        blank = _BLANK.match(document, end)
        at = blank.end() if blank else end
    tail = document[end:]
    if not _END_TAGS.fullmatch(tail):
        return None
    context = blake2b(b"\0".join(_CONTEXT.findall(head)), digest_size=32, person=READER).digest()
    names = [blake2b(item, digest_size=NAME // 2, key=context).hexdigest() for item in items]
    return FeedItems(head, items, tail, names)


def end_of_item(document: bytes, start: re.Match[bytes]) -> int:
    """Where the item ends that starts here; 0 when it does not end, or another one starts inside it."""
    marks = _MARKS[start[1]]
    at = start.end()
    while found := marks.search(document, at):
        if found[0].startswith(b"</"):
            return found.end()
        at = end_of_section(document, found.start())
        if not at:
            return 0
    return 0


def sections_end(markup: bytes) -> bool:
    """Whether each comment, CDATA section and instruction in it ends in it, and nothing is declared."""
    at = 0
    while found := _SECTION.search(markup, at):
        at = end_of_section(markup, found.start())
        if not at:
            return False
    return True


def end_of_section(markup: bytes, start: int) -> int:
    """Where the comment, CDATA section or instruction ends that starts here; 0 when it does not, or none starts."""
    for opening, closing in _SECTIONS:
        if markup.startswith(opening, start):
            end = markup.find(closing, start + len(opening))
            return end + len(closing) if end >= 0 else 0
    return 0


def is_self_contained(item: bytes, *, has_base: bool) -> bool:
    """Whether feedparser reads the items after this one as if it were not there.

    feedparser keeps an ``xml:base`` when the feed has none (``has_base``), the language of an item that has its own,
    and what prefixes stand for; and it loses count of texts when one is inside another.
    """
    markup = without_cdata(item)
    if _LANGUAGE.match(markup) or (not has_base and b"base" in markup.lower() and _BASE.search(markup)):
        return False
    if b"xmlns:" in markup and not _USUAL_PREFIXES.issuperset(_PREFIX.findall(markup)):
        return False
    opened = b""
    for closes, name, is_empty in _TEXT_TAG.findall(markup):
        if closes:
            if name != opened:
                return False
            opened = b""
        elif opened:
            return False
        elif not is_empty:
            opened = name
    return True


def without_cdata(item: bytes) -> bytes:
    """An item without its CDATA sections; as it is where a comment could seem to begin one."""
    if b"<!--" in item:
        return item
    before, *sections = item.split(b"<![CDATA[")
    return b"".join((before, *(section.partition(b"]]>")[2] for section in sections)))


def hash_identity(identity: str) -> str:
    return blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def hash_json(item: Any) -> str:
    """The hash that an item of a JSON Feed is remembered by."""
    markup = json.dumps(item, sort_keys=True, ensure_ascii=True).encode()
    return blake2b(markup, digest_size=NAME // 2).hexdigest()
