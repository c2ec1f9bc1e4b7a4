"""The full text of an article from its web page, for feeds that give only the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.errors import FeedError, NewsdashError
from store.feeds.credentials import NO_CREDENTIALS, Credentials
from store.feeds.fetcher import ACCEPT_PAGE, Fetcher
from store.feeds.safe_xml import to_text
from store.models import Document, IsCancelled
from store.text.html import to_document

if TYPE_CHECKING:
    from store.workers import Pool

LONGEST_PAGE = 2_000_000
"""Characters of a page that are looked at."""
SHORTEST_TEXT = 200
"""A text shorter than this is no article: a notice about cookies, say, or a login."""


def fetch_full_text(
    url: str,
    fetcher: Fetcher,
    pool: Pool,
    *,
    found_at: str = "",
    credentials: Credentials = NO_CREDENTIALS,
    cancelled: IsCancelled | None = None,
) -> Document:
    """The readable body of a web page; ``found_at`` is the feed that links to it (see :meth:`Fetcher.get`).

    Raises FeedError when the page cannot be fetched or no article is found on it.
    """
    response = fetcher.get(url, credentials=credentials, accept=ACCEPT_PAGE, cancelled=cancelled, found_at=found_at)
    return pool.call(extract_article, response.body, response.content_type, response.url)


def extract_article(body: bytes, content_type: str, url: str) -> Document:
    """The article on a page, without menus, advertisements and comments; runs in a worker process."""
    try:
        page = to_text(body, content_type)[:LONGEST_PAGE]
    except NewsdashError:
        raise FeedError("The page is not text.") from None
    html = _main_part(page, url)
    document = to_document(html, url) if html else Document()
    if len(document.text) < SHORTEST_TEXT:
        raise FeedError("No article was found on the page.")
    return document


def _main_part(page: str, url: str) -> str:
    """The part of the page that holds its article, as simple HTML; '' when there is none."""
    import trafilatura

    found: Any = trafilatura.extract(
        page,
        url=url,
        output_format="html",
        include_formatting=True,
        include_links=True,
        include_images=False,
        include_comments=False,
        include_tables=True,
        favor_precision=False,
    )
    return found if isinstance(found, str) else ""
