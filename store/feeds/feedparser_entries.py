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
    web_address,
)
from store.feeds.known_items import MOST_ITEMS
from store.models import Document, Enclosure
from store.text.clean import clean_line
from store.text.html import to_line

MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
"""``sy:updatePeriod`` of the RSS syndication module, in minutes."""
LONGEST_BETWEEN = 10080
_MAILBOX = re.compile(r"[^\s()]{1,200}@[^\s()]{1,200} \(([^()@]{1,200})\)")


def make_feed(
    found: Any, parsed: Sequence[ParsedEntry], skipped: int, url: str, item_hashes: tuple[str, ...] = ()
) -> ParsedFeed:
    """The feed with these entries; FeedError when it has some and none can be read."""
    if skipped and not parsed:
        raise FeedError(f"None of the feed's {skipped} entries could be read.")
    feed = found["feed"]
    return ParsedFeed(
        title=shorten(read_title(feed, atom=False), LONGEST_TITLE),
        site=web_address(url, raw(feed, "link")),
        entries=to_entries(parsed),
        skipped=skipped,
        minutes_between=minutes_between(feed),
        language=language_tag(raw(feed, "language")),
        format=str(found.get("version") or ""),
        item_hashes=item_hashes,
    )


def read_entries(entries: Sequence[Any], found: Any, url: str) -> tuple[list[ParsedEntry], int]:
    """The entries that can be read, and how many cannot."""
    atom = str(found.get("version")).startswith("atom")
    feed_authors = authors_of(found["feed"]) if atom else ()
    parsed: list[ParsedEntry] = []
    skipped = 0
    for entry in islice(entries, MOST_ITEMS):
        try:
            parsed.append(read_entry(entry, feed_authors, url, atom=atom))
        except Exception:  # noqa: BLE001 - whatever one entry does to the readers, the others are kept
            skipped += 1
    return parsed, skipped


def read_entry(entry: Any, feed_authors: tuple[str, ...], url: str, *, atom: bool) -> ParsedEntry:
    """One entry of feedparser's as a parsed entry; what is relative in it and has no ``xml:base`` is so to ``url``.

    Atom gives an entry its feed's authors (RFC 4287, 4.2.1).
    """
    link = link_of(entry, url)
    published, updated = raw(entry, "published"), raw(entry, "updated")
    document, language = read_body(entry, link or url)
    return ParsedEntry(
        guid=clean_line(text_of(raw(entry, "id"))),
        title=read_title(entry, atom=atom),
        document=document,
        link=link,
        authors=authors_of(entry) or feed_authors,
        categories=clean_names([raw(tag, "label") or raw(tag, "term") for tag in raw(entry, "tags") or ()]),
        enclosures=tuple(islice(dict.fromkeys(enclosures_of(entry, url)), 50)),
        published=parse_time(published or raw(entry, "created") or updated),
        updated=parse_time(updated),
        language=language,
        comments=web_address(url, raw(entry, "comments")),
    )


def read_title(thing: Any, *, atom: bool) -> str:
    """The title as a line of plain text. Atom says when a title is plain; in RSS it may be HTML or not."""
    detail = raw(thing, "title_detail") or {}
    value = text_of(raw(detail, "value") or raw(thing, "title"))[: 1 << 16]
    plain = atom and raw(detail, "type") == "text/plain"
    return clean_line(value) if plain else to_line(value)


def read_body(entry: Any, page: str) -> tuple[Document, str]:
    """The fullest of an entry's texts, its links seen from its ``xml:base`` or the entry's page; and its language."""
    details = [detail for detail in bodies_of(entry) if text_of(raw(detail, "value")).strip()]
    if not details:
        return Document(), ""
    fullest = max(details, key=lambda detail: len(raw(detail, "value")))
    base = web_address(page, raw(fullest, "base")) or page
    document = read_text(raw(fullest, "value"), base, html=raw(fullest, "type") != "text/plain")
    return document, language_tag(raw(fullest, "language"))


def bodies_of(entry: Any) -> Iterator[Any]:
    """The texts an entry carries, contents before summary; what is not text (an image, say) is left out."""
    for detail in (*(raw(entry, "content") or ()), raw(entry, "summary_detail")):
        if detail and text_of(raw(detail, "type") or "text/html").startswith(("text/", "application/xhtml")):
            yield detail


def link_of(entry: Any, url: str) -> str:
    """The address of an entry's page (for media without one, of its player), or ''."""
    links = [raw(link, "href") for link in raw(entry, "links") or () if raw(link, "rel") in (None, "", "alternate")]
    player = raw(raw(entry, "media_player") or {}, "url")
    return next(filter(None, (web_address(url, link) for link in (raw(entry, "link"), *links, player))), "")


def enclosures_of(entry: Any, url: str) -> Iterator[Enclosure]:
    for found in raw(entry, "links") or ():
        if raw(found, "rel") != "enclosure":
            continue
        if kept := make_enclosure(url, raw(found, "href"), raw(found, "type"), raw(found, "length")):
            yield kept
    for found in raw(entry, "media_content") or ():
        if kept := make_enclosure(url, raw(found, "url"), raw(found, "type"), raw(found, "filesize")):
            yield kept


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
