"""The items of a feed, found and named before they are read, so that those which are known need not be.

A feed of fifty items usually has one or two new ones. The document is read with lxml, which takes a tenth of the time
that feedparser does; each item is named by a hash of its markup, and known ones can be taken out of the tree, so that
what remains is a well-formed feed with the same head. Where that might change the reading of the items that
stay, there are no names: when a document holds items that can only be told apart by looking at all of them. A document
that is not well-formed or has a DOCTYPE is not taken apart at all.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

MOST_HASHES = 1000
"""Items of one feed that are remembered; further down a feed they are read anew each time."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed's document, its tree and the items in it, with their names if these tell them apart."""

    document: bytes
    root: Any
    items: list[Any]
    hashes: tuple[str, ...]

    def without(self, known: AbstractSet[str]) -> list[Any]:
        """The items whose names are not known."""
        names = [*self.hashes, *[""] * (len(self.items) - len(self.hashes))]
        return [item for item, name in zip(self.items, names, strict=True) if name not in known]

    def only(self, kept: Collection[Any]) -> bytes:
        """The document without its other items; they leave the tree for good."""
        if len(kept) == len(self.items):
            return self.document
        from lxml import etree

        stay = set(kept)
        for item in self.items:
            if item not in stay:
                item.getparent().remove(item)
        return bytes(etree.tostring(self.root, encoding="utf-8"))


def outline_of(document: bytes) -> Outline | None:
    """The outline of a well-formed RSS, RDF or Atom document without DOCTYPE; None for any other."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root: Any = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.getroottree().docinfo.internalDTD is not None or local_name(root) not in ("rss", "RDF", "feed"):
        return None
    parents = [root, *(child for child in root if local_name(child) == "channel")]
    items = [child for parent in parents for child in parent if local_name(child) in ("item", "entry")]
    hashes = tuple(hash_item(item) for item in items[:MOST_HASHES]) if distinct(items) else ()
    return Outline(document, root, items, hashes)


def distinct(items: list[Any]) -> bool:
    """Whether each item has an identity of its own, in itself: a guid, or else a link, that no other has."""
    names = [identity(item) for item in items]
    return all(names) and len(set(names)) == len(names)


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
