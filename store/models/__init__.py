"""The records that travel through newsdash: frozen, typed, free of behaviour that needs I/O.

Offsets are Python ``str`` offsets, always into :attr:`Document.text`; a quotation in the panel and its
highlight in the article are the same numbers. Times are aware ``datetime`` values that keep the zone they
were published with. All text in these records has been cleaned (``store.text.clean``): no control
characters, no escape sequences, no bidirectional overrides.

A record's module is loaded when the record is first asked for (PEP 562): a command needs few of them, and making a
record class takes longer than using it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.models.articles import (
        EPOCH,
        Article,
        Change,
        Edit,
        EditKind,
        Enclosure,
        Entry,
        Revision,
        Status,
    )
    from store.models.corrections import (
        Amendment,
        AnotherPerson,
        Correction,
        CorrectionRecord,
        NameIs,
        NoStatement,
        Passage,
        SamePerson,
        SpeakerIs,
    )
    from store.models.decisions import (
        Anchor,
        DecisionKind,
        Followed,
        PeopleDecision,
    )
    from store.models.documents import (
        Block,
        BlockKind,
        Document,
        Mark,
        MarkKind,
        Span,
    )
    from store.models.feeds import (
        SEEDS_URL,
        Feed,
        FeedEdit,
        FeedOptions,
        FeedState,
        Network,
        RetentionRule,
    )
    from store.models.listings import (
        Counts,
        FeedPage,
        FeedSummary,
        Headline,
        OpenArticle,
        PersonSummary,
        QuoteRecord,
    )
    from store.models.notifications import (
        News,
        NewsCount,
    )
    from store.models.people import (
        By,
        Companion,
        Outlet,
        PersonEntry,
        PersonPage,
        QuoteOccurrence,
        QuoteQuery,
        Reprint,
        ReprintChange,
        RoleHeld,
        Tally,
        Week,
    )
    from store.models.pictures import (
        Picture,
        Pixels,
    )
    from store.models.quotes import (
        Analysis,
        Mention,
        MentionKind,
        Person,
        Quote,
        QuoteKind,
        SpeakerKind,
    )
    from store.models.reports import (
        Candidate,
        FeedResult,
        ImportReport,
        IngestReport,
        IsCancelled,
        OnFetching,
        OnProgress,
        Problem,
        Progress,
        RefreshReport,
    )
    from store.models.rules import (
        Rule,
        RuleAction,
    )
    from store.models.searches import (
        SavedSearch,
        SearchSummary,
        Snippet,
    )
    from store.models.views import (
        ArticleList,
        Group,
        Grouping,
        Order,
        Scope,
        Sorting,
        View,
    )

_NAMES = {
    "articles": "Article Change EPOCH Edit EditKind Enclosure Entry Revision Status",
    "corrections": "Amendment AnotherPerson Correction CorrectionRecord NameIs NoStatement Passage SamePerson"
    " SpeakerIs",
    "decisions": "Anchor DecisionKind Followed PeopleDecision",
    "feeds": "Feed FeedEdit FeedOptions FeedState Network RetentionRule SEEDS_URL",
    "notifications": "News NewsCount",
    "people": "By Companion Outlet PersonEntry PersonPage QuoteOccurrence QuoteQuery Reprint ReprintChange"
    " RoleHeld Tally Week",
    "pictures": "Picture Pixels",
    "reports": "Candidate FeedResult ImportReport IngestReport IsCancelled OnFetching OnProgress Problem Progress"
    " RefreshReport",
    "rules": "Rule RuleAction",
    "searches": "SavedSearch SearchSummary Snippet",
    "listings": "Counts FeedPage FeedSummary Headline OpenArticle PersonSummary QuoteRecord",
    "quotes": "Analysis Mention MentionKind Person Quote QuoteKind SpeakerKind",
    "documents": "Block BlockKind Document Mark MarkKind Span",
    "views": "ArticleList Group Grouping Order Scope Sorting View",
}
"""The names that each module has for others."""
_HOMES = {name: f"{__name__}.{module}" for module, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_HOMES)

if not TYPE_CHECKING:  # a checker shall know the names, and no others

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return value
