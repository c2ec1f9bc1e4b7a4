"""Which pictures an article has, and how they are got."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from store.errors import NotFoundError
from store.library.full_text import same_server
from store.models import BlockKind, MarkKind, Picture
from store.text.urls import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.library.full_text import PageNetwork
    from store.models import Article, Document, Feed, IsCancelled, Pixels


def pictures_of(article: Article, document: Document) -> list[Picture]:
    """The pictures in the text in their order, each with its caption, then those that come as files with the entry."""
    found: dict[str, Picture] = {}
    captions = dict(_captions(document))
    for mark in sorted(document.marks, key=lambda mark: mark.start):
        if mark.kind is MarkKind.IMAGE and is_web(mark.href):
            alt = " ".join(document.text[mark.start : mark.end].split())
            found.setdefault(mark.href, Picture(mark.href, mark.start, alt, captions.get(mark.start, "")))
    for enclosure in article.enclosures:
        if enclosure.type.startswith("image/") and is_web(enclosure.url):
            found.setdefault(enclosure.url, Picture(enclosure.url, len(document.text)))
    return list(found.values())


def _captions(document: Document) -> Iterator[tuple[int, str]]:
    """Where a picture's block begins, and the text of the caption that comes right after it."""
    pictures = {mark.start for mark in document.marks if mark.kind is MarkKind.IMAGE}
    for one, following in pairwise(document.blocks):
        if one.start in pictures and following.kind is BlockKind.CAPTION and following.start not in pictures:
            yield one.start, " ".join(document.text[following.start : following.end].split())


def get_picture(
    url: str,
    article: Article,
    feed: Feed | None,
    reach: PageNetwork,
    most: tuple[int, int],
    cancelled: IsCancelled | None,
) -> Pixels:
    """Fetch and decode a picture of an article, which a public feed may not have lead into a private network.

    :raises NotFoundError: when it has no web address.
    :raises FeedError: when it cannot be fetched or read.
    """
    from store.feeds.images import fetch_picture

    if not is_web(url):
        raise NotFoundError("This picture has no web address.")
    feed_url = feed.url if feed is not None and is_web(feed.url) else ""
    return fetch_picture(
        url,
        reach.fetcher,
        reach.pool,
        most,
        found_at=feed_url or (article.link if is_web(article.link) else ""),
        credentials=feed.credentials if feed is not None and same_server(feed_url, url) else "",
        cancelled=cancelled,
    )
