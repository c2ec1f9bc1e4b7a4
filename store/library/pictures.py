"""The pictures of an article: which there are, and fetching them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from store.errors import NotFoundError
from store.models import BlockKind, MarkKind, Picture
from store.text.urls import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.library.context import LibraryContext
    from store.library.network import NetworkAccess
    from store.models import Article, Document, IsCancelled, OpenArticle, Pixels


class Pictures:
    """The pictures of articles."""

    def __init__(self, context: LibraryContext, network: NetworkAccess) -> None:
        self._context = context
        self._network = network

    def of(self, opened: OpenArticle) -> list[Picture]:
        """The pictures that an article shows, in the order of its text. Nothing is fetched."""
        return pictures_of(opened.article, opened.document)

    def fetch(self, article_id: int, url: str, most: tuple[int, int], cancelled: IsCancelled | None = None) -> Pixels:
        """Fetch a picture of an article and decode it, no larger than ``most`` (width and height in pixels). A public
        feed cannot make it reach into a private network.

        :raises NotFoundError: when there is no such article, or the picture has no web address.
        :raises FeedError: when it cannot be fetched, is no picture, is too large or cannot be read.
        """
        from store.feeds.images import fetch_picture

        if not is_web(url):
            raise NotFoundError("This picture has no web address.")
        with self._context.lock:
            article = self._context.article(article_id)
            feed = self._context.database.feeds.get(article.feed_id)
        feed_url = feed.url if feed is not None and is_web(feed.url) else ""
        return fetch_picture(
            url,
            self._network.fetcher,
            self._network.pool,
            most,
            found_at=feed_url or (article.link if is_web(article.link) else ""),
            credentials=self._network.credentials_of(feed),
            cancelled=cancelled,
        )


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
