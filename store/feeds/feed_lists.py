"""Reading a list of feeds whatever its kind: OPML, a newsboat ``urls`` file, or addresses line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import FeedError
from store.feeds.newsboat_urls import read_urls
from store.feeds.opml import read_opml
from store.feeds.safe_xml import to_text
from store.text.decoding import NotTextError

if TYPE_CHECKING:
    from store.feeds.import_plan import ImportPlan

LARGEST = 15 << 20


def read_list(data: bytes) -> ImportPlan:
    """What a list of feeds holds; FeedError when it is none."""
    if len(data) > LARGEST:
        raise FeedError(f"The list is larger than {LARGEST >> 20} MB.")
    try:
        looks_like_markup = to_text(data[:4096]).lstrip("\ufeff \t\r\n").startswith("<")
    except NotTextError:
        raise FeedError("This is not a list of feeds: it is not even text.") from None
    return read_opml(data) if looks_like_markup else read_urls(data)
