"""Parsed items to entries: their names, times and addresses cleaned, each with an identity of its own.

Both parsers make a :class:`ParsedEntry` of each item; :func:`to_entries` makes the entries of a feed from them.
"""

from __future__ import annotations

import mimetypes
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from urllib.parse import urlsplit

from store.models import Document, Enclosure, Entry
from store.text.bare_addresses import with_links
from store.text.clean import clean_line
from store.text.dates import parse_date
from store.text.html import to_document
from store.text.plain_text import plain_to_document
from store.text.urls import absolute

LONGEST_TITLE = 500
LONGEST_NAME = 200
LONGEST_GUID = 500
MADE_TITLE = 90
"""Characters of a title that is made from the text of an entry without one."""
MOST_NAMES = 50
"""Authors, categories or enclosures kept of one entry."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """An entry as its feed gives it, cleaned. ``guid`` may be '', or shared with others."""

    guid: str
    title: str
    document: Document
    link: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    comments: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A parsed feed. ``entries`` come in the feed's order, newest first, without those of known items.

    ``skipped`` counts entries that are too broken to read. ``minutes_between`` is how often the feed asks to be
    fetched, 0 when it does not say. ``format`` names the kind of document ("rss20", "atom10", "json11").
    ``item_hashes`` is what to remember of its items: they are known at the next refresh.
    """

    title: str
    site: str
    entries: tuple[Entry, ...]
    skipped: int = 0
    minutes_between: int = 0
    language: str = ""
    format: str = ""
    item_hashes: tuple[str, ...] = ()


def to_entries(parsed: Sequence[ParsedEntry]) -> tuple[Entry, ...]:
    """The entries of one feed, each with a guid of its own: its :func:`identity`.

    An identity that several entries share tells nothing: all of them get their link added (then their title, their
    first file, their text), so that it does not matter which one comes first. Exact repetitions are left out.
    """
    named = [_with_guid(entry, identity(entry)) for entry in parsed]
    for distinguish in (_link, _title, _first_file, _text_hash):
        shared = Counter(entry.guid for entry in named)
        if len(shared) == len(named):
            break
        named = [_distinguished(entry, distinguish) if shared[entry.guid] > 1 else entry for entry in named]
    entries = {entry.guid: _entry(entry) for entry in reversed(named)}
    return tuple(reversed(entries.values()))


def identity(entry: ParsedEntry) -> str:
    """What an entry is known by: its guid, else its link, else its title and date, else its title
    and text."""
    return _short(entry.guid or entry.link or _content_name(entry))


def _entry(entry: ParsedEntry) -> Entry:
    title = shorten(entry.title, LONGEST_TITLE) or made_title(entry)
    return Entry(
        guid=entry.guid,
        title=title,
        document=entry.document,
        digest=hash_of(title, entry.link, entry.document.text),
        link=entry.link,
        authors=entry.authors,
        categories=entry.categories,
        enclosures=entry.enclosures,
        published=entry.published,
        updated=entry.updated if entry.updated != entry.published else None,
        language=entry.language,
        comments=entry.comments,
    )


def made_title(entry: ParsedEntry) -> str:
    """A title for an entry without one: the beginning of its text, else the end of its link, else "Untitled"."""
    for block in entry.document.blocks:
        words = clean_line(entry.document.text[block.start : min(block.end, block.start + 4 * MADE_TITLE)])
        if words:
            return shorten(words, MADE_TITLE)
    path = entry.link.partition("://")[2].partition("?")[0].rstrip("/")
    return shorten(path.rpartition("/")[2] or path, MADE_TITLE) or "Untitled"


def shorten(text: str, length: int) -> str:
    """The text, at most ``length`` characters of it; where it is cut, at a word's end if one is near, stands …"""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    space = kept.rfind(" ", length * 2 // 3)
    return (kept[:space] if space > 0 else kept).rstrip() + "…"


def hash_of(*parts: str) -> str:
    """A name for content: it changes when any of the parts does."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def clean_names(values: Sequence[object]) -> tuple[str, ...]:
    """Names cleaned to one line each, without repetitions and empty ones."""
    cleaned = (shorten(clean_line(value), LONGEST_NAME) for value in values[: 4 * MOST_NAMES] if isinstance(value, str))
    return tuple(dict.fromkeys(name for name in cleaned if name))[:MOST_NAMES]


def make_enclosure(base: str, url: object, kind: object = "", length: object = 0) -> Enclosure | None:
    """A file that comes with an entry, or None when its address is not on the web.

    ``kind`` is a media type or only the first half of one ("image"), and may be missing: the name of the file tells.
    """
    href = web_address(base, url)
    if not href.startswith("http"):
        return None
    size = str(length).strip()
    return Enclosure(
        href,
        media_type(href, shorten(clean_line(kind), LONGEST_NAME) if isinstance(kind, str) else ""),
        int(size) if size.isascii() and size.isdecimal() and len(size) < 16 else 0,
    )


def media_type(href: str, kind: str) -> str:
    """The media type of a file: ``kind`` if it is one, else what the ending of its address says."""
    if "/" in kind:
        return kind
    by_name = mimetypes.guess_type(urlsplit(href).path)[0] or ""
    if kind in ("audio", "image", "video"):
        return by_name if by_name.startswith(kind) else f"{kind}/*"
    return by_name if by_name.startswith(("audio/", "image/", "video/")) else kind


def unique_files(files: Iterable[Enclosure | None]) -> tuple[Enclosure, ...]:
    """The files, each address once, as it was named first."""
    by_address: dict[str, Enclosure] = {}
    for file in files:
        if file is not None:
            by_address.setdefault(file.url, file)
    return tuple(islice(by_address.values(), MOST_NAMES))


def web_address(base: str, url: object) -> str:
    """An absolute http, https or mailto address of a value out of a feed, or ''."""
    return absolute(base, url) if isinstance(url, str) and url else ""


def parse_time(value: object) -> datetime | None:
    """A time of a value out of a feed; None when there is none that can be believed."""
    return parse_date(value) if isinstance(value, str) and value else None


def language_tag(value: object) -> str:
    """A language tag such as ``en-GB``, or ''."""
    return value.strip() if isinstance(value, str) and _LANGUAGE.fullmatch(value.strip()) else ""


def read_text(text: str, base: str, *, html: bool) -> Document:
    """The body of an entry, from HTML or from plain text."""
    return with_links(to_document(text, base) if html else plain_to_document(text, keep_lines=True))


def _with_guid(entry: ParsedEntry, guid: str) -> ParsedEntry:
    return replace(entry, guid=guid) if guid != entry.guid else entry


def _distinguished(entry: ParsedEntry, by: Callable[[ParsedEntry], str]) -> ParsedEntry:
    added = by(entry)
    return _with_guid(entry, shared_guid(entry.guid, added)) if added and added != entry.guid else entry


def shared_guid(guid: str, added: str) -> str:
    """The guid of an entry whose own one is not its alone, with what tells it from the others."""
    return _short(f"{guid}|{added}")


def _link(entry: ParsedEntry) -> str:
    return entry.link


def _title(entry: ParsedEntry) -> str:
    return entry.title


def _first_file(entry: ParsedEntry) -> str:
    return entry.enclosures[0].url if entry.enclosures else ""


def _text_hash(entry: ParsedEntry) -> str:
    return hash_of(entry.document.text)


def _short(guid: str) -> str:
    guid = clean_line(guid)
    return guid if len(guid) <= LONGEST_GUID else f"{guid[:100]}…{hash_of(guid)}"


def _content_name(entry: ParsedEntry) -> str:
    if entry.title and entry.published:
        parts: tuple[str, ...] = (entry.title, entry.published.isoformat())
    else:
        parts = (entry.title, entry.document.text) if entry.title else (entry.document.text,)
    return f"content:{hash_of(*parts)}"
