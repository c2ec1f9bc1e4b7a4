"""The records that travel through newsdash: frozen, typed, free of behaviour that needs I/O.

Offsets are Python ``str`` offsets, always into :attr:`Document.text`; a quotation in the panel and its
highlight in the article are the same numbers. Times are aware ``datetime`` values that keep the zone they
were published with. All text in these records has been cleaned (``store.text.clean``): no control
characters, no escape sequences, no bidirectional overrides.
"""

from __future__ import annotations

from store.models.articles import EPOCH, Article, Change, Edit, EditKind, Enclosure, Entry, Revision, Status
from store.models.feeds import SEEDS_URL, Feed, FeedOptions, FeedState, Keep, Network
from store.models.people import (
    Anchor,
    Asked,
    Companion,
    DecisionKind,
    Followed,
    Held,
    Outlet,
    PeopleDecision,
    PersonEntry,
    PersonPage,
    Saying,
    Week,
)
from store.models.reports import (
    Candidate,
    FeedResult,
    IngestReport,
    IsCancelled,
    OnProgress,
    Problem,
    Progress,
    RefreshReport,
)
from store.models.speech import Analysis, Mention, MentionKind, Person, Quote, QuoteKind, SpeakerKind
from store.models.text import Block, BlockKind, Document, Mark, MarkKind, Span
from store.models.views import (
    FeedSummary,
    Headline,
    OpenArticle,
    PersonSummary,
    QuoteRecord,
    SavedSearch,
    Scope,
    SearchSummary,
    Snippet,
    View,
)

__all__ = [
    "EPOCH",
    "SEEDS_URL",
    "Analysis",
    "Anchor",
    "Article",
    "Asked",
    "Block",
    "BlockKind",
    "Candidate",
    "Change",
    "Companion",
    "DecisionKind",
    "Document",
    "Edit",
    "EditKind",
    "Enclosure",
    "Entry",
    "Feed",
    "FeedOptions",
    "FeedResult",
    "FeedState",
    "FeedSummary",
    "Followed",
    "Headline",
    "Held",
    "IngestReport",
    "IsCancelled",
    "Keep",
    "Mark",
    "MarkKind",
    "Mention",
    "MentionKind",
    "Network",
    "OnProgress",
    "OpenArticle",
    "Outlet",
    "PeopleDecision",
    "Person",
    "PersonEntry",
    "PersonPage",
    "PersonSummary",
    "Problem",
    "Progress",
    "Quote",
    "QuoteKind",
    "QuoteRecord",
    "RefreshReport",
    "Revision",
    "SavedSearch",
    "Saying",
    "Scope",
    "SearchSummary",
    "Snippet",
    "Span",
    "SpeakerKind",
    "Status",
    "View",
    "Week",
]
