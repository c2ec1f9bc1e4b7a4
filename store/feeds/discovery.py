"""Finding the feeds of a page: what it links as its feeds, else feed-like links in it, else the usual addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from store.errors import FeedError, NotAFeedError
from store.feeds.credentials import NO_CREDENTIALS, Credentials
from store.feeds.entries import LONGEST_NAME, ParsedFeed, shorten, web_address
from store.feeds.parser import parse_feed
from store.feeds.safe_xml import to_text
from store.feeds.site_feeds import channel_addresses, site_feeds
from store.models import Candidate, IsCancelled
from store.text.clean import clean_line
from store.text.html import parse
from store.text.urls import same_feed

if TYPE_CHECKING:
    from store.feeds.fetcher import Fetcher, Response
    from store.feeds.kept_answers import KeptAnswers
    from store.workers import Pool

FEED_TYPES = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/feed+json": "JSON Feed",
    "application/rdf+xml": "RSS",
    "application/xml": "XML",
    "text/xml": "XML",
}
FEED_ENDINGS = ("/feed", "/rss", ".rss", ".atom", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json", ".rdf")
USUAL_ADDRESSES = ("feed", "rss", "atom.xml", "feed.json", "rss.xml", "feed.xml", "index.xml")
MOST_CANDIDATES = 20
MOST_GUESSES = 28
"""Addresses that are tried when a page names no feed."""


def discover(
    url: str,
    fetcher: Fetcher | KeptAnswers,
    pool: Pool,
    *,
    credentials: Credentials = NO_CREDENTIALS,
    cancelled: IsCancelled | None = None,
) -> list[Candidate]:
    """The feeds at an address: itself if it is one, else those its page offers, best first; never an empty list.

    Raises FeedError when the address cannot be fetched, NotAFeedError when no feed is found there.
    """
    try:
        response = fetcher.get(url, credentials=credentials, cancelled=cancelled)
    except FeedError:
        # Some sites let programs read their feeds and not their pages.
        if found := _try(site_feeds(url), fetcher, pool, credentials, cancelled):
            return found
        raise
    try:
        feed = pool.call(parse_feed, response.body, response.content_type, response.url)
    except NotAFeedError as reason:
        why = reason
    else:
        return [_candidate(response.permanent_redirect or url, feed)]
    page = pool.call(read_page, response.body, response.content_type, response.url)
    if page.feeds:
        return list(page.feeds)
    found = _try(_guesses(response, page), fetcher, pool, credentials, cancelled)
    if not found:
        raise NotAFeedError(f"{why.message} No feed was found on it or near it.")
    return found


@dataclass(slots=True)
class Page:
    """What a page says about feeds: the ones it declares, and links in it that look like feeds.

    ``addresses`` are others of the page itself, by which the feeds of a site can be known.
    """

    feeds: tuple[Candidate, ...] = ()
    links: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def read_page(body: bytes, content_type: str, url: str) -> Page:
    """The feeds that an HTML page declares (``link rel=alternate``) and the links in it that look like feeds."""
    reader = _PageReader(url)
    text = to_text(body, content_type)
    parse(text, reader)
    feeds: dict[str, Candidate] = {}
    for candidate in reader.feeds:
        feeds.setdefault(same_feed(candidate.url), candidate)
    return Page(
        tuple(islice(feeds.values(), MOST_CANDIDATES)),
        tuple(islice(dict.fromkeys(reader.links), MOST_CANDIDATES)),
        (*reader.addresses, *channel_addresses(url, text)),
    )


@dataclass(slots=True)
class _PageReader:
    """Collects feeds and feed-like links while a page is parsed."""

    base: str
    feeds: list[Candidate] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        href = attributes.get("href", "")
        if tag == "base" and href:
            self.base = web_address(self.base, href) or self.base
        elif tag == "link" and href:
            kind = attributes.get("type", "").partition(";")[0].strip().lower()
            relations = attributes.get("rel", "").lower().split()
            if kind in FEED_TYPES and "alternate" in relations:
                self._offer(href, attributes.get("title", ""), FEED_TYPES[kind])
            elif kind == "application/json" and "alternate" in relations and "/wp-json" not in href:
                # A JSON Feed as version 1.0 had it declared, or anything else in JSON.
                self.links.append(web_address(self.base, href))
            elif "canonical" in relations:
                self.addresses.append(web_address(self.base, href))
        elif tag == "a" and urlsplit_path(href).rstrip("/").lower().endswith(FEED_ENDINGS):
            self.links.append(web_address(self.base, href))

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass

    def _offer(self, href: str, title: str, kind: str) -> None:
        address = web_address(self.base, href)
        if address.startswith("http"):
            self.feeds.append(Candidate(address, shorten(clean_line(title), LONGEST_NAME), kind))


def urlsplit_path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _guesses(response: Response, page: Page) -> Iterator[str]:
    yield from (site for address in (response.url, *page.addresses) for site in site_feeds(address))
    yield from (link for link in page.links if link.startswith("http"))
    folders = [urljoin(response.url, "."), urljoin(response.url, "/")]
    path = urlsplit_path(response.url)
    if path.strip("/") and not path.endswith("/") and "." not in path.rpartition("/")[2]:
        # A page that is written without its slash.
        folders.insert(0, urljoin(response.url, f"{path}/"))
    for folder in dict.fromkeys(folders):
        yield from (urljoin(folder, name) for name in USUAL_ADDRESSES)


def _try(
    addresses: Iterable[str],
    fetcher: Fetcher | KeptAnswers,
    pool: Pool,
    credentials: Credentials,
    cancelled: IsCancelled | None,
) -> list[Candidate]:
    """Those of the addresses that are feeds; different addresses of one feed count once."""
    found: dict[str, Candidate] = {}
    for address in islice(dict.fromkeys(addresses), MOST_GUESSES):
        if cancelled is not None and cancelled():
            break
        try:
            response = fetcher.get(address, credentials=credentials, cancelled=cancelled)
            feed = pool.call(parse_feed, response.body, response.content_type, response.url)
        except FeedError:
            continue
        found.setdefault(same_feed(response.url), _candidate(response.url, feed))
    return list(found.values())


def _candidate(url: str, feed: ParsedFeed) -> Candidate:
    kind = {"atom": "Atom", "json": "JSON Feed"}.get(feed.format[:4], "RSS")
    return Candidate(url, feed.title, kind)
