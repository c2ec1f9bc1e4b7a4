"""From what feedparser found to a feed and its entries: RSS 0.9x to 2.0, Atom, RDF, CDF and podcasts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from store.errors import FeedError
from store.feeds.entries import (
    LONGEST_TITLE,
    ParsedEntry,
    ParsedFeed,
    clean_names,
    language_tag,
    make_enclosure,
    parse_time,
    read_text,
    shorten,
    to_entries,
    unique_files,
    web_address,
)
from store.feeds.known_items import MOST_ITEMS
from store.models import Document, Enclosure
from store.text.clean import clean_line
from store.text.html import to_line
from store.text.urls import absolute

MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
"""``sy:updatePeriod`` of the RSS syndication module, in minutes."""
LONGEST_BETWEEN = 10080
SUMMARIES = ("summary", "dc_description", "itunes_summary", "media_description", "itunes_subtitle")
"""feedparser's names of texts that may say what an entry is about, the best first."""
IANA = "http://www.iana.org/assignments/relation/"
"""What Atom's names of relations may be written with (RFC 4287, 4.2.7.2)."""
_MAILBOX = re.compile(r"[^\s()]{1,200}@[^\s()]{1,200} \(([^()@]{1,200})\)")


def make_feed(
    found: Any, parsed: Sequence[ParsedEntry], skipped: int, url: str, item_hashes: tuple[str, ...] = ()
) -> ParsedFeed:
    """The feed with these entries; FeedError when it has some and none can be read."""
    if skipped and not parsed:
        raise FeedError(f"None of the feed's {skipped} entries could be read.")
    feed = found["feed"]
    return ParsedFeed(
        title=shorten(read_title(feed, atom=is_atom(found)), LONGEST_TITLE),
        site=web_address(url, raw(feed, "link")),
        entries=to_entries(parsed),
        skipped=skipped,
        minutes_between=minutes_between(feed),
        language=language_tag(raw(feed, "language")),
        format=str(found.get("version") or ""),
        item_hashes=item_hashes,
    )


def read_entries(entries: Sequence[Any], found: Any, url: str) -> tuple[list[ParsedEntry], int]:
    """The entries that can be read, and how many cannot.

    Relative addresses of RSS are seen from the site that the channel names, as it may be served from elsewhere.
    """
    atom = is_atom(found)
    if not atom:
        url = absolute("", text_of(raw(found["feed"], "link"))) or url
    feed_authors = authors_of(found["feed"]) if atom else ()
    parsed: list[ParsedEntry] = []
    skipped = 0
    for entry in islice(entries, MOST_ITEMS):
        try:
            parsed.append(read_entry(entry, feed_authors, url, atom=atom))
        except Exception:  # noqa: BLE001 - whatever one entry does to the readers, the others are kept
            skipped += 1
    return parsed, skipped


def is_atom(found: Any) -> bool:
    return str(found.get("version")).startswith("atom")


def read_entry(entry: Any, feed_authors: tuple[str, ...], url: str, *, atom: bool) -> ParsedEntry:
    """One entry of feedparser's as a parsed entry; what is relative in it and has no ``xml:base`` is so to ``url``.

    Atom gives an entry its feed's authors (RFC 4287, 4.2.1).
    """
    link = link_of(entry, url)
    updated = parse_time(raw(entry, "updated"))
    document, language = read_body(entry, link, url)
    return ParsedEntry(
        guid=clean_line(text_of(raw(entry, "id"))),
        title=read_title(entry, atom=atom) or to_line(text_of(raw(entry, "itunes_title") or raw(entry, "media_title"))),
        document=document,
        link=link,
        authors=authors_of(entry) or feed_authors,
        categories=clean_names([raw(tag, "label") or raw(tag, "term") for tag in raw(entry, "tags") or ()]),
        enclosures=unique_files(enclosures_of(entry, url)),
        published=parse_time(raw(entry, "published")) or parse_time(raw(entry, "created")) or updated,
        updated=updated,
        language=language,
        comments=web_address(url, raw(entry, "comments")),
    )


def read_title(thing: Any, *, atom: bool) -> str:
    """The title as a line of plain text. Atom says when a title is plain; in RSS it may be HTML or not."""
    detail = raw(thing, "title_detail") or {}
    value = text_of(raw(detail, "value") or raw(thing, "title"))[: 1 << 16]
    plain = atom and raw(detail, "type") == "text/plain"
    return clean_line(value) if plain else to_line(value)


def read_body(entry: Any, link: str, url: str) -> tuple[Document, str]:
    """The first text of an entry that says anything, its links seen from its ``xml:base`` or the entry's page; and its
    language."""
    document, language = Document(), ""
    for detail in bodies_of(entry):
        value, base = text_of(raw(detail, "value")), raw(detail, "base")
        if not value.strip():
            continue
        document = read_text(value, web_address(url, base) or link or url, html=raw(detail, "type") != "text/plain")
        language = language_tag(raw(detail, "language"))
        if document.blocks:
            break
    return document, language


def bodies_of(entry: Any) -> Iterator[Any]:
    """The texts an entry carries, the best first: its contents, fullest first, then its summary; what describes a
    picture or an episode only stands in for them. What is not text (an image, say) is left out."""
    contents = sorted(raw(entry, "content") or (), key=lambda detail: -len(text_of(raw(detail, "value"))))
    for detail in (*contents, *(raw(entry, f"{name}_detail") for name in SUMMARIES)):
        if detail and text_of(raw(detail, "type") or "text/html").startswith(("text/", "application/xhtml")):
            yield detail


def link_of(entry: Any, url: str) -> str:
    """The address of an entry's page (for media without one, of its player), or ''."""
    links = raw(entry, "links") or ()
    pages = [raw(link, "href") for link in links if text_of(raw(link, "rel")).removeprefix(IANA) in ("", "alternate")]
    others = {raw(link, "href") for link in links}.difference(pages)
    first = raw(entry, "link")
    if first in others or (
        first == raw(entry, "id") and not text_of(first).lower().startswith(("http:", "https:", "/"))
    ):
        # feedparser takes an enclosure without an address for the page, and any guid for an address.
        first = ""
    player = raw(raw(entry, "media_player") or {}, "url")
    return next(filter(None, (web_address(url, link) for link in (first, *pages, player))), "")


def enclosures_of(entry: Any, url: str) -> Iterator[Enclosure | None]:
    """The files that come with an entry, and the pictures that stand for it."""
    for found in raw(entry, "links") or ():
        if raw(found, "rel") == "enclosure":
            yield make_enclosure(url, raw(found, "href"), raw(found, "type"), raw(found, "length"))
    for found in raw(entry, "media_content") or ():
        kind = raw(found, "type") or raw(found, "medium")
        yield make_enclosure(url, raw(found, "url"), kind, raw(found, "filesize"))
    for found in raw(entry, "media_thumbnail") or ():
        yield make_enclosure(url, raw(found, "url"), "image")


def authors_of(thing: Any) -> tuple[str, ...]:
    """The people a feed or an entry says it is by: their names, else their addresses."""
    if mailbox := _MAILBOX.fullmatch(text_of(raw(thing, "author"))[:1000].strip()):
        return clean_names(
            [mailbox[1]]
        )  # feedparser takes such a name apart wrongly after an address like a@b.industries
    people = [raw(person, "name") or raw(person, "email") for person in raw(thing, "authors") or () if person]
    return clean_names([person for person in people if person] or [raw(thing, "author")])


def raw(thing: Any, key: str) -> Any:
    """A value of a feedparser dictionary as it is: its own lookup answers with other keys and warnings."""
    return dict.get(thing, key)


def text_of(value: object) -> str:
    return value if isinstance(value, str) else ""


def minutes_between(feed: Any) -> int:
    """How often the feed asks to be read (RSS ``ttl``, ``sy:``), in minutes, at most a week; 0 when it does not say."""
    ttl = text_of(raw(feed, "ttl")).strip()
    if ttl.isascii() and ttl.isdecimal() and len(ttl) < 9:
        return min(int(ttl), LONGEST_BETWEEN)
    period = MINUTES.get(text_of(raw(feed, "sy_updateperiod")).strip().lower(), 0)
    times = text_of(raw(feed, "sy_updatefrequency")).strip()
    often = int(times) if times.isascii() and times.isdecimal() and len(times) < 6 else 1
    return min(period // max(often, 1), LONGEST_BETWEEN)
