"""What the screen and the command line are given to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.models.articles import Article, Status
from store.models.feeds import Feed, FeedState
from store.models.speech import Analysis, Quote
from store.models.text import Document, Span


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
class SavedSearch:
    """A search kept under a name of the user's; ``query`` is in the query language (``store.database.query``)."""

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


class Scope(StrEnum):
    """Which articles a view shows."""

    ALL = "all"
    UNREAD = "unread"
    TODAY = "today"
    STARRED = "starred"
    FEED = "feed"
    TAG = "tag"
    SAVED = "saved"
    FOLLOWED = "followed"
    """Articles that name somebody who is followed."""
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class View:
    """A choice of articles: a scope, and a query that narrows it further.

    ``feed_id`` is the feed of ``Scope.FEED``, ``tag`` the tag of the feeds of ``Scope.TAG``, ``saved`` the name of
    the saved search of ``Scope.SAVED``, ``person`` the number of the person of ``Scope.PERSON``.
    """

    scope: Scope = Scope.ALL
    feed_id: int = 0
    query: str = ""
    saved: str = ""
    person: int = 0
    tag: str = ""


class Order(StrEnum):
    """What a list of articles is sorted by; articles that are equal in it stand newest first."""

    DATE = "date"
    """Newest first."""
    SOURCE = "source"
    TITLE = "title"
    UNREAD = "unread"
    """Unread before read."""
    QUOTED = "quoted"
    """Most people quoted first."""


class Grouping(StrEnum):
    """What the groups of a list of articles have in common."""

    NONE = "none"
    FEED = "feed"
    DATE = "date"
    STORY = "story"
    """Articles of several outlets on the same event; those that nobody else tells stand between the stories."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """How a list of articles is arranged; ``reverse`` turns the order of articles round."""

    order: Order = Order.DATE
    reverse: bool = False
    grouping: Grouping = Grouping.NONE


@dataclass(frozen=True, slots=True)
class Group:
    """A run of a list of articles, up to the next group. ``name`` stays the same when articles come and go."""

    name: str
    title: str
    start: int
    """Its first article's place in the list."""
    outlets: int = 0
    """Of a story, which comes folded with its first article standing for it: how many sources tell it."""
    heading: bool = True
    """False for a run of articles that belong to no group."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The ids of a list of articles in its order, and its groups; they cover all of it or there are none."""

    ids: Sequence[int] = ()
    groups: tuple[Group, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Snippet:
    """Why a search found an article: a passage of its text on one line, with ``…`` where it was cut.

    ``spans`` are offsets into ``text``, ``title_spans`` into the article's title: what to highlight.
    """

    article_id: int
    text: str
    spans: tuple[Span, ...] = ()
    title_spans: tuple[Span, ...] = ()
