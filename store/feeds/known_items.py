"""The items of a feed, found and named before they are read, so that those which are known need not be.

A feed of fifty items usually has one or two new ones. Known items are cut out of the document's bytes where that is
safe (:mod:`store.feeds.item_spans`). Else the document is parsed with lxml, which takes a tenth of the time that
feedparser does; each item is named by a hash of its markup, and known ones can be taken out of the tree, so that what
remains is a well-formed feed with the same head. Where that might change the reading of the items that
stay, there are no names: when a document holds items that can only be told apart by looking at all of them. A document
that is not well-formed or has a DOCTYPE is not taken apart at all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from store.feeds.item_spans import identities, name_identity, take_apart
from store.feeds.safe_xml import to_safe_xml, to_safe_xml_as_it_is

MOST_HASHES = 1000
"""Items of one feed that are remembered; further down a feed they are read anew each time."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed's document in UTF-8, its tree, the items in it, and those of them that are not known.

    ``hashes`` are names of the feed's items, known ones included, if names tell them apart.
    """

    document: bytes
    root: Any
    items: Sequence[Any]
    fresh: Sequence[Any]
    hashes: tuple[str, ...]

    def only(self, kept: Sequence[Any]) -> bytes:
        """The document without its other items; they leave the tree for good."""
        if len(kept) == len(self.items):
            return self.document
        from lxml import etree

        stay = set(kept)
        for item in self.items:
            if item not in stay:
                item.getparent().remove(item)
        return bytes(etree.tostring(self.root, encoding="utf-8"))


def outline_of_news(body: bytes, content_type: str, known: AbstractSet[str]) -> Outline | None:
    """The outline of a feed's document without its known items, or None where they cannot safely be cut out of it.

    :raises NewsdashError: when the bytes are no text.
    """
    pieces = take_apart(body, content_type)
    if pieces is None:
        return None
    before = identities(known)
    names = pieces.names()
    is_known = [name in before and place < MOST_HASHES for place, name in enumerate(names)]
    fresh = [item for item, has in zip(pieces.items, is_known, strict=True) if not has]
    plain = pieces.with_only(fresh)
    document = to_safe_xml_as_it_is(plain) or to_safe_xml(plain, content_type)
    parsed = parse(document)
    if parsed is None or len(parsed[1]) != len(fresh):
        return None
    root, items = parsed
    told = iter([name_identity(identity(item)) for item in items])
    told_apart = [before[name] if has else next(told) for name, has in zip(names, is_known, strict=True)]
    hashes: tuple[str, ...] = ()
    if all(told_apart) and len(set(told_apart)) == len(told_apart):
        hashes = tuple(map("".join, zip(names[:MOST_HASHES], told_apart, strict=False)))
    elif len(fresh) < len(names):
        return None
    return Outline(document, root, items, items, hashes)


def outline_of(document: bytes, known: AbstractSet[str] = frozenset()) -> Outline | None:
    """The outline of a well-formed RSS, RDF or Atom document without DOCTYPE, in UTF-8; None for any other."""
    parsed = parse(document)
    if parsed is None:
        return None
    root, items = parsed
    hashes = tuple(hash_item(item) for item in items[:MOST_HASHES]) if distinct(items) else ()
    names = [*hashes, *[""] * (len(items) - len(hashes))]
    fresh = [item for item, name in zip(items, names, strict=True) if name not in known]
    return Outline(document, root, items, fresh, hashes)


def parse(document: bytes) -> tuple[Any, list[Any]] | None:
    """The root of a document as above, and its items."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root: Any = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.getroottree().docinfo.internalDTD is not None or local_name(root) not in ("rss", "RDF", "feed"):
        return None
    parents = [root, *(child for child in root if local_name(child) == "channel")]
    return root, [child for parent in parents for child in parent if local_name(child) in ("item", "entry")]


def distinct(items: list[Any]) -> bool:
    """Whether each item has an identity of its own, in itself: a guid, or else a link, that no other has.

    feedparser takes an item inside of another as one more of the feed, whose identity is not looked at here.
    """
    names = [identity(item) for item in items]
    nested = any(next(item.iterdescendants("{*}item", "{*}entry"), None) is not None for item in items)
    return all(names) and len(set(names)) == len(names) and not nested


def identity(item: Any) -> str:
    """The guid of an item, else its link; ''."""
    link = ""
    for child in item:
        name = local_name(child)
        if name in ("guid", "id") and (text := (child.text or "").strip()):
            return text
        if name == "link" and not link:
            link = (child.text or child.get("href") or "").strip()
    return link


def hash_item(item: Any) -> str:
    """A name for an item's markup."""
    from lxml import etree

    return short_hash(etree.tostring(item, encoding="utf-8", with_tail=False))


def hash_json(item: object) -> str:
    """A name for an item of a JSON Feed."""
    return short_hash(json.dumps(item, sort_keys=True, ensure_ascii=True).encode())


def short_hash(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()


def local_name(element: Any) -> str:
    """An element's name without its namespace; '' for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
