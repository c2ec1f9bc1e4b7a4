"""From what a feed says about an entry to an Entry: names, times and addresses cleaned, identity settled.

The XML and the JSON reader both fill a :class:`Draft`; :func:`finish` makes the entries of a whole feed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from store.models import Document, Enclosure, Entry
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
class Draft:
    """An entry as its feed gives it: cleaned, but its identity not yet settled (``guid`` may be '')."""

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
    """A feed that was read: newest entry first, as feeds list them; ``skipped`` counts those too broken to read.

    ``minutes_between`` is how often the feed asks to be read, 0 when it does not say. ``format`` names the
    kind of document ("rss20", "atom10", "json11"). ``item_hashes`` names the items of the document, for the
    next time; entries of items that were known already are not in ``entries``.
    """

    title: str
    site: str
    entries: tuple[Entry, ...]
    skipped: int = 0
    minutes_between: int = 0
    language: str = ""
    format: str = ""
    item_hashes: tuple[str, ...] = ()


def finish(drafts: Sequence[Draft]) -> tuple[Entry, ...]:
    """The entries of one feed, each with a guid of its own: its :func:`identity`.

    An identity that several entries share tells nothing: all of them get their link added (then their title, then
    their text), so that it does not matter which one comes first. Exact repetitions are left out.
    """
    named = [_with_guid(draft, identity(draft)) for draft in drafts]
    for distinguish in (_link, _title, _text_hash):
        shared = Counter(draft.guid for draft in named)
        if len(shared) == len(named):
            break
        named = [_distinguished(draft, distinguish) if shared[draft.guid] > 1 else draft for draft in named]
    entries = {draft.guid: _entry(draft) for draft in reversed(named)}
    return tuple(reversed(entries.values()))


def identity(draft: Draft) -> str:
    """What an entry is known by: its guid, else its link, else its title and date, else its text."""
    return _short(draft.guid or draft.link or _content_name(draft))


def _entry(draft: Draft) -> Entry:
    title = cut(draft.title, LONGEST_TITLE) or made_title(draft)
    return Entry(
        guid=draft.guid,
        title=title,
        document=draft.document,
        digest=hash_of(title, draft.link, draft.document.text),
        link=draft.link,
        authors=draft.authors,
        categories=draft.categories,
        enclosures=draft.enclosures,
        published=draft.published,
        updated=draft.updated if draft.updated != draft.published else None,
        language=draft.language,
        comments=draft.comments,
    )


def made_title(draft: Draft) -> str:
    """A title for an entry without one: the beginning of its text, else the end of its link, else "Untitled"."""
    for block in draft.document.blocks:
        words = clean_line(draft.document.text[block.start : min(block.end, block.start + 4 * MADE_TITLE)])
        if words:
            return cut(words, MADE_TITLE)
    path = draft.link.partition("://")[2].partition("?")[0].rstrip("/")
    return cut(path.rpartition("/")[2] or path, MADE_TITLE) or "Untitled"


def cut(text: str, length: int) -> str:
    """The text, at most ``length`` characters of it; where it is cut, at a word's end if one is near, stands …"""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    space = kept.rfind(" ", length * 2 // 3)
    return (kept[:space] if space > 0 else kept).rstrip() + "…"


def hash_of(*parts: str) -> str:
    """A name for content: it changes when any of the parts does."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def names(values: Sequence[object]) -> tuple[str, ...]:
    """Names cleaned to one line each, without repetitions and empty ones."""
    cleaned = (cut(clean_line(value), LONGEST_NAME) for value in values[: 4 * MOST_NAMES] if isinstance(value, str))
    return tuple(dict.fromkeys(name for name in cleaned if name))[:MOST_NAMES]


def enclosure(base: str, url: object, kind: object = "", length: object = 0) -> Enclosure | None:
    """A file that comes with an entry, or None when its address is not on the web."""
    href = web_address(base, url)
    if not href.startswith("http"):
        return None
    size = str(length).strip()
    return Enclosure(
        href,
        cut(clean_line(kind), LONGEST_NAME) if isinstance(kind, str) else "",
        int(size) if size.isascii() and size.isdecimal() and len(size) < 16 else 0,
    )


def web_address(base: str, url: object) -> str:
    """An absolute http, https or mailto address of a value out of a feed, or ''."""
    return absolute(base, url) if isinstance(url, str) and url else ""


def moment(value: object) -> datetime | None:
    """A time of a value out of a feed; None when there is none that can be believed."""
    return parse_date(value) if isinstance(value, str) and value else None


def language_tag(value: object) -> str:
    """A language tag such as ``en-GB``, or ''."""
    return value.strip() if isinstance(value, str) and _LANGUAGE.fullmatch(value.strip()) else ""


def read_text(text: str, base: str, *, html: bool) -> Document:
    """The body of an entry, from HTML or from plain text."""
    return to_document(text, base) if html else plain_to_document(text)


def _with_guid(draft: Draft, guid: str) -> Draft:
    return replace(draft, guid=guid) if guid != draft.guid else draft


def _distinguished(draft: Draft, by: Callable[[Draft], str]) -> Draft:
    added = by(draft)
    return _with_guid(draft, _short(f"{draft.guid}|{added}")) if added and added != draft.guid else draft


def _link(draft: Draft) -> str:
    return draft.link


def _title(draft: Draft) -> str:
    return draft.title


def _text_hash(draft: Draft) -> str:
    return hash_of(draft.document.text)


def _short(guid: str) -> str:
    guid = clean_line(guid)
    return guid if len(guid) <= LONGEST_GUID else f"{guid[:100]}…{hash_of(guid)}"


def _content_name(draft: Draft) -> str:
    date = draft.published.isoformat() if draft.published else ""
    parts = (draft.title, date) if draft.title else (draft.document.text,)
    return f"content:{hash_of(*parts)}"
