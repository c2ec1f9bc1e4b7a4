"""JSON Feed 1.0 and 1.1 (jsonfeed.org) to entries; what is of the wrong type is repaired or skipped."""

from __future__ import annotations

import json
from collections.abc import Set as AbstractSet
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from store.errors import FeedError, NotAFeedError
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
from store.feeds.known_items import MOST_HASHES, hash_json
from store.feeds.safe_xml import to_text
from store.text.clean import clean_line

if TYPE_CHECKING:
    from store.models import Document, Enclosure

MOST_ITEMS = 10_000
LONGEST_NUMBER = 18
"""Digits of a number that is read as one; a longer one stays text."""


def parse_json_feed(body: bytes, url: str, known: AbstractSet[str] = frozenset()) -> ParsedFeed:
    """Read a JSON Feed that came from ``url``, but for the items whose hash is known.

    Raises NotAFeedError when it is other JSON, FeedError when it is damaged or none of its items can be read.
    """
    feed = read_json(body)
    version = text_of(feed.get("version"))
    if "jsonfeed.org/version/" not in version:
        raise NotAFeedError("This is JSON, but not a JSON Feed.")
    items = feed.get("items")
    items = items if isinstance(items, list) else []
    own_authors = authors_of(feed)
    hashes = tuple(hash_json(item) for item in items[:MOST_HASHES]) if have_ids_of_their_own(items) else ()
    parsed: list[ParsedEntry] = []
    skipped = 0
    for item, name in zip_longest(islice(items, MOST_ITEMS), hashes):
        if name in known:
            continue
        if isinstance(item, dict) and any(item.values()):
            parsed.append(read_item(item, own_authors, url))
        else:
            skipped += 1
    if skipped and not parsed:
        raise FeedError(f"None of the feed's {skipped} items could be read.")
    return ParsedFeed(
        title=shorten(clean_line(text_of(feed.get("title"))), LONGEST_TITLE),
        site=web_address(url, feed.get("home_page_url")),
        entries=to_entries(parsed),
        skipped=skipped,
        language=language_tag(feed.get("language")),
        format="json11" if version.endswith("1.1") else "json10",
        item_hashes=hashes,
    )


def have_ids_of_their_own(items: list[Any]) -> bool:
    """Whether no two items share an id, so that each can be read without the others."""
    ids = [identity(item.get("id")) if isinstance(item, dict) else "" for item in items]
    return all(ids) and len(set(ids)) == len(ids)


def read_json(body: bytes) -> dict[str, Any]:
    """The JSON object of a document; NaN and infinities are read as nothing, very long numbers as text."""
    try:
        found = json.loads(to_text(body), parse_constant=lambda _: None, parse_int=read_int)
    except RecursionError:
        raise FeedError("The feed is nested too deeply to be read.") from None
    except ValueError:
        raise FeedError("The feed is damaged or cut off: its JSON cannot be read.") from None
    if not isinstance(found, dict):
        raise NotAFeedError("This is JSON, but not a JSON Feed.")
    return found


def read_item(item: dict[str, Any], feed_authors: tuple[str, ...], url: str) -> ParsedEntry:
    """One item as a parsed entry. A linked article (``external_url``) stands in for an item without an address."""
    link = web_address(url, item.get("url")) or web_address(url, item.get("external_url"))
    published, updated = parse_time(item.get("date_published")), parse_time(item.get("date_modified"))
    tags = item.get("tags")
    return ParsedEntry(
        guid=identity(item.get("id")),
        title=clean_line(text_of(item.get("title"))[: 1 << 16]),
        document=read_body(item, link or url),
        link=link,
        authors=authors_of(item) or feed_authors,
        categories=clean_names(tags if isinstance(tags, list) else []),
        enclosures=attachments(item, url),
        published=published or updated,
        updated=updated,
        language=language_tag(item.get("language")),
    )


def read_body(item: dict[str, Any], base: str) -> Document:
    html, plain, summary = (text_of(item.get(key)) for key in ("content_html", "content_text", "summary"))
    if html.strip():
        return read_text(html, base, html=True)
    return read_text(plain if plain.strip() else summary, base, html=False)


def attachments(item: dict[str, Any], url: str) -> tuple[Enclosure, ...]:
    found = item.get("attachments")
    kept = (
        make_enclosure(url, each.get("url"), each.get("mime_type"), each.get("size_in_bytes"))
        for each in islice(found if isinstance(found, list) else (), 50)
        if isinstance(each, dict)
    )
    return unique_files(kept)


def authors_of(thing: dict[str, Any]) -> tuple[str, ...]:
    """The names in ``authors`` (1.1) or ``author`` (1.0)."""
    listed = thing.get("authors")
    people = listed if isinstance(listed, list) and listed else [thing.get("author")]
    return clean_names([person.get("name") for person in people if isinstance(person, dict)])


def identity(value: object) -> str:
    """An item's id; the format asks for text, feeds also give numbers."""
    if isinstance(value, str):
        return clean_line(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def read_int(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def text_of(value: object) -> str:
    return value if isinstance(value, str) else ""
