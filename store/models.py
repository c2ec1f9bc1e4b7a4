"""The records that travel through newsdash: frozen, typed, free of behaviour that needs I/O.

Offsets are Python ``str`` offsets, always into :attr:`Document.text`; a quotation in the panel and its
highlight in the article are the same numbers. Times are aware ``datetime`` values that keep the zone they
were published with. All text in these records has been cleaned (``store.text.clean``): no control
characters, no escape sequences, no bidirectional overrides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SEEDS_URL = "seeds:"
"""The address of the built-in feed that articles from plain files belong to."""


# --- text ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range ``[start, end)`` of ``str`` offsets."""

    start: int
    end: int


class MarkKind(StrEnum):
    """What a marked range inside a block is."""

    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline formatting of ``text[start:end]``; ``href`` is an absolute http(s) or mailto URL, or ''."""

    start: int
    end: int
    kind: MarkKind
    href: str = ""


class BlockKind(StrEnum):
    """What a block of an article's text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    CAPTION = "caption"
    TABLE = "table"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Block:
    """A block ``text[start:end]`` of a document.

    ``level`` is the heading level (1-6), the nesting depth of a list item or block quote (from 1), else 0.
    ``label`` is what stands before the text and is not part of it: ``•`` or ``3.`` for a list item.
    A TABLE block holds one row a line, cells separated by a tab.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Readable text: blocks joined by blank lines, with inline marks. Offsets everywhere are into ``text``."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = ()


# --- articles -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with an entry (RSS ``enclosure``); ``length`` in bytes, 0 when unknown."""

    url: str
    type: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """What a source gives: one article as it arrived, cleaned, not yet stored.

    ``guid`` is the source's own stable name of the entry (RSS ``guid``, Atom ``id``, else made from link or
    content); ``digest`` changes when title, link or text change.
    """

    guid: str
    title: str
    document: Document
    digest: str
    link: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    date_guessed: bool = False
    place: str = ""
    agency: str = ""
    language: str = ""
    comments: str = ""
    notes: tuple[str, ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A stored article without its body; immutable but for a new revision of the same entry.

    ``published`` keeps its zone; when the source gave none it is the file's or the arrival time and
    ``date_guessed`` is true. ``notes`` are short sentences on how it was read ("no text", "encoding guessed").
    """

    id: int
    feed_id: int
    guid: str
    digest: str
    title: str
    published: datetime
    arrived: datetime
    link: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    updated: datetime | None = None
    date_guessed: bool = False
    place: str = ""
    agency: str = ""
    language: str = ""
    comments: str = ""
    notes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    words: int = 0
    quoted: int = 0
    """How many different people are quoted in it (from the analysis)."""
    engine: int = 0
    """Version of ``store.speech`` that analysed it; 0 when that is still to be done."""


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier title and text of an article, and when another took their place."""

    replaced: datetime
    title: str
    document: Document


class EditKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of text that stayed, went or came when an article was changed."""

    kind: EditKind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one change of an article did: to its title (() when nothing) and to its text, a tuple of edits a block.

    A block that stayed is one SAME edit; edits of a block, put one after the other, are its text before (without
    ADDED) and after (without REMOVED).
    """

    when: datetime
    title: tuple[Edit, ...]
    blocks: tuple[tuple[Edit, ...], ...]


@dataclass(frozen=True, slots=True)
class Status:
    """What the reader did with an article; the only mutable thing about it."""

    article_id: int
    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    changed: datetime = EPOCH


# --- feeds --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Feed:
    """A followed feed, as the user set it up. ``url`` never holds a password; ``credentials`` is ``user:password``."""

    id: int
    url: str
    title: str
    site: str = ""
    added: datetime = EPOCH
    renamed: bool = False
    """True when the user gave the title: the feed's own no longer replaces it."""
    tags: tuple[str, ...] = ()
    hidden: bool = False
    interval: int = 0
    """Minutes between refreshes; 0 adapts to how often the feed changes."""
    full_text: bool = False
    credentials: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Keep:
    """How many of a feed's articles are kept: those younger than ``newer_than``, the ``newest``; None keeps all."""

    newer_than: timedelta | None = None
    newest: int | None = None

    def over(self, other: Keep) -> Keep:
        """This rule, with the other's word where it says nothing."""
        return Keep(
            other.newer_than if self.newer_than is None else self.newer_than,
            other.newest if self.newest is None else self.newest,
        )


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the last refreshes of a feed found. ``error`` is one sentence, '' when the last refresh was good."""

    feed_id: int
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    checked: datetime | None = None
    succeeded: datetime | None = None
    changed: datetime | None = None
    next_check: datetime | None = None
    failures: int = 0
    error: str = ""
    moved_to: str = ""
    """A permanent redirect seen once; a second agreeing refresh moves the feed."""
    gone: bool = False
    item_hashes: tuple[str, ...] = ()
    minutes_between: int = 0
    """How often the feed itself asks to be read (RSS ``ttl``, ``sy:``), in minutes; 0 when it does not say."""


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """What the user's configuration says of one feed: header fields to send, minutes between refreshes (0: nothing)."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    interval: int = 0


def _no_options(_: str) -> FeedOptions:
    return FeedOptions()


@dataclass(frozen=True, slots=True)
class Network:
    """How feeds are fetched: ``proxy`` (None: as the environment says) and what holds for the feed at an address."""

    proxy: str | None = field(default=None, repr=False)
    options: Callable[[str], FeedOptions] = _no_options


# --- who said what ------------------------------------------------------------------------------------------


class MentionKind(StrEnum):
    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the text speaks of a person."""

    start: int
    end: int
    kind: MentionKind = MentionKind.NAME


class SpeakerKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    """Speakers without a name: "officials", "a spokesman", "experts"."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody (or a speaking organisation or group) in one article, with all mentions in text order."""

    name: str
    role: str = ""
    kind: SpeakerKind = SpeakerKind.PERSON
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    title: str = ""
    """The honorific or office before the name, as printed: "US Defense Secretary", "Dr."."""
    affiliation: str = ""


class QuoteKind(StrEnum):
    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement: what was said (``spans``, in text order), by whom, and why we think so.

    A direct quotation's spans lie inside its quotation marks. ``person`` indexes :attr:`Analysis.people`, None
    when the speaker is unknown. ``speaker`` is the best name, or the noun phrase printed, or '' when unknown.
    ``confidence`` is in [0, 1]; ``rule`` is the short name of the rule that decided, ``reason`` one sentence.
    """

    kind: QuoteKind
    spans: tuple[Span, ...]
    speaker: str = ""
    person: int | None = None
    speaker_span: Span | None = None
    cue: Span | None = None
    verb: str = ""
    """Lemma of the cue: "say", "tell", "according to"; '' without a cue."""
    verb_class: str = ""
    """One of said, asked, claimed, denied, warned, promised … ; '' without a cue."""
    confidence: float = 0.0
    rule: str = ""
    reason: str = ""

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class Analysis:
    """Who said what in one document, made by version ``engine`` of ``store.speech``."""

    engine: int = 0
    people: tuple[Person, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def quoted(self) -> int:
        """How many different people are quoted (organisations and unnamed speakers not counted)."""
        speakers = {quote.person for quote in self.quotes if quote.person is not None}
        return sum(self.people[index].kind is SpeakerKind.PERSON for index in speakers)


# --- what the screen and the command line are given -----------------------------------------------------------


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
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class View:
    """A choice of articles: a scope, and a query that narrows it further.

    ``feed_id`` is the feed of ``Scope.FEED``, ``saved`` the name of the saved search of ``Scope.SAVED``.
    """

    scope: Scope = Scope.ALL
    feed_id: int = 0
    query: str = ""
    saved: str = ""


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


@dataclass(frozen=True, slots=True)
class Snippet:
    """Why a search found an article: a passage of its text on one line, with ``…`` where it was cut.

    ``spans`` are offsets into ``text``, ``title_spans`` into the article's title: what to highlight.
    """

    article_id: int
    text: str
    spans: tuple[Span, ...] = ()
    title_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed found at an address: what ``discover`` offers."""

    url: str
    title: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is: ``done`` of ``total`` steps; ``label`` names the current one."""

    done: int
    total: int
    label: str = ""


OnProgress = Callable[[Progress], None]
"""Called from the working thread; must be quick and must not raise."""
IsCancelled = Callable[[], bool]
"""Asked between steps; True ends the work, keeping what has arrived."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad input: what it was (a file or feed, cleaned for display) and why, in one sentence."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What taking in files did. ``problems`` has one sentence for each file that was not taken in."""

    added: tuple[int, ...] = ()
    updated: tuple[int, ...] = ()
    duplicates: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedResult:
    """What refreshing one feed did: new and updated articles, or the ``error``; ``unchanged`` for 304 and its like."""

    feed_id: int
    title: str
    new: int = 0
    updated: int = 0
    unchanged: bool = False
    skipped: int = 0
    """Entries of the feed that were too broken to read."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """The results of a refresh, one a feed that was tried."""

    results: tuple[FeedResult, ...] = ()
    cancelled: bool = False

    @property
    def new(self) -> int:
        return sum(result.new for result in self.results)

    @property
    def failed(self) -> tuple[FeedResult, ...]:
        return tuple(result for result in self.results if result.error)
