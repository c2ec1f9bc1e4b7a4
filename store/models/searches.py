"""Searches under names, and why they found what they found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.models.documents import Span


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search kept under a name of the user's; ``query`` is in the query language (``store.search.query``)."""

    name: str
    query: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchSummary:
    """A saved search in the feeds sidebar; ``error`` is one sentence on why it cannot be run, else ''."""

    search: SavedSearch
    total: int = 0
    unread: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Why a search found an article: a passage of its text on one line, with ``…`` where it was cut.

    ``spans`` are offsets into ``text``, ``title_spans`` into the article's title: what to highlight.
    """

    article_id: int
    text: str
    spans: tuple[Span, ...] = ()
    title_spans: tuple[Span, ...] = ()
