"""Reading a feed of any format: from bytes, without the items that are known, to entries.

JSON Feed has a parser of its own. Everything else is read by feedparser, from what :mod:`store.feeds.known_items` left.
"""

from __future__ import annotations

import codecs
from collections.abc import Set as AbstractSet
from typing import Any

from store.errors import FeedError, NotAFeedError
from store.feeds.entries import ParsedFeed, identity
from store.feeds.feedparser_driver import run_feedparser
from store.feeds.feedparser_entries import make_feed, read_entries
from store.feeds.json_feed import parse_json_feed
from store.feeds.known_items import CutFeed, find_items
from store.feeds.safe_xml import plainly_utf8, to_safe_xml, to_safe_xml_as_it_is
from store.text.decoding import NotTextError

_END_TAGS = (b"</rss", b"</feed", b":rdf", b"</rdf", b"</channel", b":feed", b":rss")
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body")


def parse_feed(body: bytes, content_type: str, url: str, known: AbstractSet[str] = frozenset()) -> ParsedFeed:
    """Read a feed of any format; ``content_type`` is the HTTP header, ``url`` where it came from.

    ``known`` holds the item hashes of the last reading: items that did not change since are not read again, and are
    not among the entries. Entries that cannot be read are skipped and counted, as is the last one of a document that
    is cut off.

    :raises NotAFeedError: when it is something else.
    :raises FeedError: when it is a feed, but nothing of it can be read.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    start = body[:512].lstrip()
    if not start and not body.strip():
        raise NotAFeedError("The server sent an empty answer.")
    if start[:1] == b"{":
        return parse_json_feed(body, url, known)
    if start.lower().startswith(_HTML_STARTS):
        raise NotAFeedError("This is a web page, not a feed.")
    try:
        return parse_xml(body, content_type, url, known)
    except NotTextError:
        raise NotAFeedError("This is not a feed: it is not even text.") from None


def parse_xml(body: bytes, content_type: str, url: str, known: AbstractSet[str]) -> ParsedFeed:
    """Read a feed in XML: without its known items where they can be cut out, else the whole of it."""
    is_utf8 = plainly_utf8(body, content_type)
    items = find_items(body if is_utf8 else to_safe_xml(body, content_type))
    if items is not None:
        cut = items.cut(known)
        document = cut.document
        if is_utf8:
            document = to_safe_xml_as_it_is(document) or to_safe_xml(document, content_type)
        found = run_feedparser(document)
        feed = read_cut(cut, found, url)
        if feed is not None:
            return feed
        if not cut.is_partial:
            return read_whole(document, found, url)
    document = to_safe_xml(body, content_type)
    return read_whole(document, run_feedparser(document), url)


def read_cut(cut: CutFeed, found: Any, url: str) -> ParsedFeed | None:
    """The feed in what feedparser found in a cut document; None when the whole must be read to be certain."""
    entries = found["entries"]
    if found.get("bozo") or not found.get("version") or len(entries) != len(cut.kept):
        return None
    parsed, skipped = read_entries(entries[cut.first_is_known :], found, url)
    hashes = None if skipped else cut.hashes([identity(entry) for entry in parsed])
    if hashes is None and cut.is_partial:
        return None
    return make_feed(found, parsed, skipped, url, hashes or ())


def read_whole(document: bytes, found: Any, url: str) -> ParsedFeed:
    """The feed in what feedparser found in a whole document, which may be damaged."""
    entries = found["entries"]
    if not found.get("version") and not entries:
        raise NotAFeedError("This is not a feed, or not one of a known kind.")
    cut_off = bool(found.get("bozo")) and ends_early(document)
    if cut_off and entries and not last_entry_complete(document):
        entries = entries[:-1]
    if cut_off and not entries:
        raise FeedError("The feed is cut off: its document ends in the middle.")
    parsed, skipped = read_entries(entries, found, url)
    return make_feed(found, parsed, skipped + cut_off, url)


def ends_early(document: bytes) -> bool:
    """Whether the document lacks the end of a feed's outermost element."""
    tail = document[-2000:].lower()
    return not any(tag in tail for tag in _END_TAGS)


def last_entry_complete(document: bytes) -> bool:
    """Whether the last entry that begins in the document also ends in it."""
    lower = document.lower()
    begins = max(lower.rfind(b"<item"), lower.rfind(b"<entry"))
    ends = max(lower.rfind(b"</item>"), lower.rfind(b"</entry>"))
    return ends > begins
