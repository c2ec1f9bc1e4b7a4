"""Feeds that are written plainly, read from their tree: what feedparser says of them, in a tenth of its time.

Most feeds are rows of simple elements whose text means what it says. Those are read here into the dictionaries that
feedparser makes, as far as :mod:`store.feeds.parser` looks at these. Where this reader is not certain (an element or
attribute that it does not know, markup inside a text, letters that feedparser repairs) it reads nothing, and feedparser
has the word. Which elements there are is told in :mod:`store.feeds.plain_formats`, how each is read in
:mod:`store.feeds.plain_elements`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store.feeds.plain_elements import (
    ATOM,
    CONTENT,
    DC,
    FEEDBURNER,
    ITUNES,
    MEDIA,
    RDF,
    RSS10,
    SLASH,
    SYNDICATION,
    WFW,
    Found,
    Handlers,
    Reading,
    Unsure,
    skip,
    skip_image,
)
from store.feeds.plain_formats import ATOM_ENTRY, ATOM_HEAD, RDF_ENTRY, RDF_HEAD, RSS_ENTRY, RSS_HEAD

PREFIXES = {
    "content": CONTENT, "dc": DC, "feedburner": FEEDBURNER, "itunes": ITUNES, "media": MEDIA, "rdf": RDF,
    "slash": SLASH, "sy": SYNDICATION, "wfw": WFW,
}  # fmt: skip
"""feedparser's own prefixes. A document that uses one of them for something else is not plain."""

NETSCAPE = "http://my.netscape.com/rdf/simple/0.9/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = f"{{{RDF}}}about"
_VERSIONS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a document is written: its format, the language of its texts, what its elements mean.

    ``channel`` is the element that holds the feed's own, '' when the root does.
    """

    version: str
    language: str | None
    channel: str
    entry_tag: str
    entry: Handlers
    head: Handlers


def dialect_of(root: Any, document: bytes) -> Dialect | None:
    """The dialect of a well-formed document without DOCTYPE; None when it is not a plain one."""
    spaces: dict[str | None, str] = root.nsmap
    if document.count(b"xmlns") != len(spaces):
        return None  # something is declared further down, or seems to be
    if any(prefix in PREFIXES and uri != PREFIXES[prefix] for prefix, uri in spaces.items()):
        return None
    lower = {uri.lower() for uri in spaces.values()}
    if NETSCAPE in lower or (RSS10 in lower and ATOM.lower() in lower):
        return None  # feedparser tells the format by the namespace that is declared first
    attributes = dict(root.attrib)
    language = attributes.pop(_LANG, "").replace("_", "-") or None
    if root.tag == "rss" and RSS10 not in lower:
        number = attributes.pop("version", "")
        version = _VERSIONS.get(number) or ("rss20" if number.startswith("2.") else "rss")
        dialect = Dialect(version, language, "channel", "item", RSS_ENTRY, RSS_HEAD)
    elif root.tag == f"{{{ATOM}}}feed":
        dialect = Dialect("atom10", language, "", f"{{{ATOM}}}entry", ATOM_ENTRY, ATOM_HEAD)
    elif root.tag == f"{{{RDF}}}RDF" and RSS10 in lower:
        dialect = Dialect("rss10", language, f"{{{RSS10}}}channel", f"{{{RSS10}}}item", RDF_ENTRY, RDF_HEAD)
    else:
        return None
    return None if attributes else dialect


def read(root: Any, items: Sequence[Any], document: bytes) -> Found | None:
    """What feedparser makes of a feed of these items, or None when that is not certain for all of it."""
    dialect = dialect_of(root, document)
    head = read_head(root, dialect) if dialect else None
    if dialect is None or head is None:
        return None
    entries = []
    for item in items:
        entry = read_entry(item, dialect)
        if entry is None:
            return None
        entries.append(entry)
    return {"version": dialect.version, "feed": head, "entries": entries}


def read_entry(item: Any, dialect: Dialect) -> Found | None:
    """What feedparser makes of an entry, or None when that is not certain."""
    about = item.get(_ABOUT) if dialect.version == "rss10" else None
    if item.tag != dialect.entry_tag or len(item.keys()) > (about is not None):
        return None
    reading = Reading(dialect.language)
    if about:
        reading.found["id"] = about
    return reading.found if _read(reading, item, dialect.entry) else None


def read_head(root: Any, dialect: Dialect) -> Found | None:
    """What feedparser makes of a feed without its entries, or None when that is not certain."""
    reading = Reading(dialect.language)
    if dialect.language and dialect.version != "rss10":
        reading.found["language"] = dialect.language
    holder = root
    if dialect.channel:
        channels = root.findall(dialect.channel)
        if len(channels) != 1 or any(key != _ABOUT for key in channels[0].attrib):
            return None
        holder = channels[0]
        if not _read(reading, root, {dialect.channel: skip, f"{{{RSS10}}}image": skip_image}, dialect.entry_tag):
            return None
    return reading.found if _read(reading, holder, dialect.head, dialect.entry_tag) else None


def _read(reading: Reading, parent: Any, handlers: Handlers, entry_tag: str = "") -> bool:
    """Whether all elements but entries could be read."""
    for child in parent:
        if child.tag == entry_tag or not isinstance(child.tag, str):
            continue  # not the feed's own; a comment or an instruction
        handler = handlers.get(child.tag)
        if handler is None:
            return False
        try:
            handler(reading, child)
        except Unsure:
            return False
    return True
