"""RSS 0.9x, 1.0, 2.0, Atom, RDF, CDF and podcasts to entries, as feedparser has them; JSON Feed has its own reader.

feedparser is given bytes that :mod:`store.feeds.safe_xml` made safe, never an address, path or string: it
opens what it is given. Its own cleaning and resolving of HTML is off; ``store.text`` does both, faster.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Any

from store.errors import FeedError, NotAFeedError
from store.feeds.entries import (
    LONGEST_TITLE,
    Draft,
    ParsedFeed,
    cut,
    enclosure,
    finish,
    identity,
    language_tag,
    moment,
    names,
    read_text,
    web_address,
)
from store.feeds.feedparser_driver import run_feedparser
from store.feeds.json_feed import parse_json_feed
from store.feeds.known_items import MOST_ITEMS, CutFeed, find_items
from store.feeds.safe_xml import plainly_utf8, to_safe_xml, to_safe_xml_as_it_is
from store.models import Document, Enclosure
from store.text.clean import clean_line
from store.text.decoding import NotTextError
from store.text.html import to_line

MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
"""``sy:updatePeriod`` of the RSS syndication module, in minutes."""
LONGEST_BETWEEN = 10080
_END_TAGS = (b"</rss", b"</feed", b":rdf", b"</rdf", b"</channel", b":feed", b":rss")
_MAILBOX = re.compile(r"[^\s()]{1,200}@[^\s()]{1,200} \(([^()@]{1,200})\)")
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body")


def parse_feed(body: bytes, content_type: str, url: str, known: AbstractSet[str] = frozenset()) -> ParsedFeed:
    """Read a feed of any format; ``content_type`` is the HTTP header, ``url`` where it came from.

    ``known`` are item hashes of an earlier reading: what has not changed since is not read again, and is not
    among the entries. Entries that cannot be read are skipped and counted, as is the last one of a document that
    ends too early.

    Raises NotAFeedError when it is something else, FeedError when it is a feed of which nothing can be read.
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
    drafts, skipped = read_entries(entries[cut.first_is_known :], found, url)
    hashes = None if skipped else cut.hashes([identity(draft) for draft in drafts])
    if hashes is None and cut.is_partial:
        return None
    return make_feed(found, drafts, skipped, url, hashes or ())


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
    drafts, skipped = read_entries(entries, found, url)
    return make_feed(found, drafts, skipped + cut_off, url)


def make_feed(
    found: Any, drafts: Sequence[Draft], skipped: int, url: str, item_hashes: tuple[str, ...] = ()
) -> ParsedFeed:
    if skipped and not drafts:
        raise FeedError(f"None of the feed's {skipped} entries could be read.")
    feed = found["feed"]
    return ParsedFeed(
        title=cut(read_title(feed, atom=False), LONGEST_TITLE),
        site=web_address(url, raw(feed, "link")),
        entries=finish(drafts),
        skipped=skipped,
        minutes_between=minutes_between(feed),
        language=language_tag(raw(feed, "language")),
        format=str(found.get("version") or ""),
        item_hashes=item_hashes,
    )


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


# --- entries --------------------------------------------------------------------------------------------------


def read_entries(entries: Sequence[Any], found: Any, url: str) -> tuple[list[Draft], int]:
    """The entries that can be read, and how many cannot."""
    atom = str(found.get("version")).startswith("atom")
    feed_authors = authors_of(found["feed"]) if atom else ()
    drafts: list[Draft] = []
    skipped = 0
    for entry in islice(entries, MOST_ITEMS):
        try:
            drafts.append(read_entry(entry, feed_authors, url, atom=atom))
        except Exception:  # noqa: BLE001 - whatever one entry does to the readers, the others are kept
            skipped += 1
    return drafts, skipped


def read_entry(entry: Any, feed_authors: tuple[str, ...], url: str, *, atom: bool) -> Draft:
    """One entry of feedparser's as a draft; what is relative in it and has no ``xml:base`` is so to ``url``.

    Atom gives an entry its feed's authors (RFC 4287, 4.2.1).
    """
    link = link_of(entry, url)
    published, updated = raw(entry, "published"), raw(entry, "updated")
    document, language = read_body(entry, link or url)
    return Draft(
        guid=clean_line(text_of(raw(entry, "id"))),
        title=read_title(entry, atom=atom),
        document=document,
        link=link,
        authors=authors_of(entry) or feed_authors,
        categories=names([raw(tag, "label") or raw(tag, "term") for tag in raw(entry, "tags") or ()]),
        enclosures=tuple(islice(dict.fromkeys(enclosures_of(entry, url)), 50)),
        published=moment(published or raw(entry, "created") or updated),
        updated=moment(updated),
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
        if kept := enclosure(url, raw(found, "href"), raw(found, "type"), raw(found, "length")):
            yield kept
    for found in raw(entry, "media_content") or ():
        if kept := enclosure(url, raw(found, "url"), raw(found, "type"), raw(found, "filesize")):
            yield kept


def authors_of(thing: Any) -> tuple[str, ...]:
    """The people a feed or an entry says it is by: their names, else their addresses."""
    if mailbox := _MAILBOX.fullmatch(text_of(raw(thing, "author"))[:1000].strip()):
        return names([mailbox[1]])  # feedparser takes such a name apart wrongly after an address like a@b.industries
    people = [raw(person, "name") or raw(person, "email") for person in raw(thing, "authors") or () if person]
    return names([person for person in people if person] or [raw(thing, "author")])


# --- feedparser's dictionaries ----------------------------------------------------------------------------------


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
