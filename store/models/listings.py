"""What the screen and the command line are given to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.models.articles import Article, Status
    from store.models.documents import Document
    from store.models.feeds import Feed, FeedState
    from store.models.quotes import Analysis, Quote
    from store.models.views import Scope


@dataclass(frozen=True, slots=True)
class Headline:
    """One row of the headlines list."""

    article: Article
    status: Status
    source: str


@dataclass(frozen=True, slots=True)
class OpenArticle:
    """Everything the article and people panes show."""

    article: Article
    status: Status
    source: str
    document: Document
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class FeedSummary:
    """One row of the feeds sidebar."""

    feed: Feed
    state: FeedState
    total: int
    unread: int


@dataclass(frozen=True, slots=True)
class FeedPage:
    """All there is to say of one feed."""

    summary: FeedSummary
    starred: int
    muted: int
    oldest: datetime | None
    """When its oldest article was published; None without articles."""
    newest: datetime | None
    interval: int
    """Minutes between refreshes as the configuration or else the user sets them; 0 adapts to the feed."""
    configured: bool
    """True when the interval is the configuration's."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the sidebar counts: feed id to articles and unread articles; the number beside each smart view."""

    feeds: Mapping[int, tuple[int, int]]
    scopes: Mapping[Scope, int]


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A person over the whole store."""

    name: str
    role: str
    articles: int
    mentions: int
    quotes: int
    latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """A quotation with where it stands, as lists and exports give it."""

    article: Article
    source: str
    quote: Quote
    text: str
    role: str
    cue: str = ""
    """The words that say that somebody speaks, as printed."""
