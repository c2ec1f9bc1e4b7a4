"""A library of a few hand-made records, for pictures that must not change when reading or analysing gets better."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store.errors import StoreError
from store.models import (
    SEEDS_URL,
    Analysis,
    Article,
    ArticleList,
    Block,
    BlockKind,
    Counts,
    Document,
    Feed,
    FeedState,
    FeedSummary,
    Group,
    Grouping,
    Headline,
    IngestReport,
    Mark,
    MarkKind,
    Mention,
    OpenArticle,
    Person,
    PersonEntry,
    Quote,
    QuoteKind,
    Scope,
    SearchSummary,
    Snippet,
    Sorting,
    Span,
    SpeakerKind,
    Status,
    View,
)
from store.paths import Places

NOW = datetime(2024, 5, 17, 12, 0, tzinfo=UTC)

PARTS = (
    (BlockKind.PARAGRAPH, "The ferry harbour of Norvik will open again in spring, its owners said after a night "
     "of talks."),
    (BlockKind.PARAGRAPH, "“The harbour will open in spring,” Mara Lindqvist, chief economist of the Harbour Bank, "
     "said. “We have the money for it.”"),
    (BlockKind.HEADING, "What the boat owners want"),
    (BlockKind.PARAGRAPH, "“Nobody asked the fishermen,” said Tom Adeyemi, who speaks for the boat owners. He wants:"),
    (BlockKind.ITEM, "a berth for every boat that had one before the storm,"),
    (BlockKind.ITEM, "cranes that work in winter, as the plan of 2019 promised."),
    (BlockKind.PARAGRAPH, "Officials said the price would not rise. It was unclear who had promised that “no boat is "
     "turned away”."),
    (BlockKind.QUOTE, "A harbour is a promise to come back."),
    (BlockKind.TABLE, "Year\tBoats\tPassengers\n2022\t112\t48 000\n2023\t97\t31 500"),
    (BlockKind.CAPTION, "The eastern pier in March. Photo: Ida Holm"),
    (BlockKind.CODE, "position: 58.146 N, 7.995 E"),
    (BlockKind.PARAGRAPH, "日本語の段落も正しく折り返されます。港は春に再開すると関係者は述べた。"),
)  # fmt: skip


def _document() -> Document:
    text, blocks = "", []
    for kind, part in PARTS:
        text += "\n\n" if text else ""
        level = 1 if kind in (BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTE) else 0
        blocks.append(Block(kind, len(text), len(text) + len(part), level, "•" if kind is BlockKind.ITEM else ""))
        text += part
    at = text.index("the plan of 2019")
    return Document(text, tuple(blocks), (Mark(at, at + 16, MarkKind.LINK, "https://example.org/plan"),))


DOCUMENT = _document()


def span(part: str) -> Span:
    start = DOCUMENT.text.index(part)
    return Span(start, start + len(part))


def mentions(name: str) -> tuple[Mention, ...]:
    place = span(name)
    return (Mention(place.start, place.end),)


PEOPLE = (
    Person("Mara Lindqvist", "chief economist of the Harbour Bank", mentions=mentions("Mara Lindqvist")),
    Person("Tom Adeyemi", "spokesman of the boat owners", mentions=mentions("Tom Adeyemi")),
    Person("Officials", kind=SpeakerKind.GROUP, mentions=mentions("Officials")),
    Person("Ida Holm", "photographer", mentions=mentions("Ida Holm")),
)


def _quote(kind: QuoteKind, part: str, who: int | None, confidence: float) -> Quote:
    return Quote(kind, (span(part),), PEOPLE[who].name if who is not None else "", who, confidence=confidence)


QUOTES = (
    replace(
        _quote(QuoteKind.DIRECT, "The harbour will open in spring,", 0, 0.95),
        speaker_span=span("Mara Lindqvist, chief economist of the Harbour Bank"),
        cue=span("said"),
        verb="say",
        verb_class="said",
        rule="verb-after",
        reason="“said” follows the quotation; its subject is Mara Lindqvist.",
    ),
    _quote(QuoteKind.DIRECT, "We have the money for it.", 0, 0.8),
    _quote(QuoteKind.DIRECT, "Nobody asked the fishermen,", 1, 0.95),
    _quote(QuoteKind.INDIRECT, "the price would not rise", 2, 0.4),
    _quote(QuoteKind.MIXED, "no boat is turned away", None, 0.1),
)

TITLES = (
    "Harbour of Norvik to open again in spring after a night of talks",
    "[/] [@click=app.quit]x[/]",
    "日本銀行、金利を据え置き 市場は次の会合に注目している",
    "Parliament passes the budget; nobody in the chamber seems happy about how it went or what comes next",
    "Storm closes ports along the coast",
    "Scientists find water where none was expected",
    "Élections : le Sénat dit non",
)
FEEDS = (
    Feed(1, SEEDS_URL, "Seeds"),
    Feed(2, "https://coast.example/feed.xml", "Coast News"),
    Feed(3, "https://example.org/[/]", "[/] A feed with a long and hostile title"),
)


STORIES = (
    Group("", "", 0, heading=False),
    Group("story 3", "", 2, 3),
    Group("", "", 6, heading=False),
    Group("story 8", "", 7, 2),
    Group("", "", 9, heading=False),
)


class Shelf:
    """What the dashboard asks of a library, answered from memory."""

    read_only = False
    notice = ""

    def __init__(self) -> None:
        self.places = Places.below(Path("/home/reader"))
        self.articles = Articles()
        self.listing = Listing(self.articles)
        self.feeds = Feeds(self.listing)
        self.people = People()
        self.search = Search()
        self.rules = Rules()
        self.files = Files()
        self.analysis = Analysing()
        self.maintenance = Maintenance()
        self.notifications = Notifications(self.articles)

    def write_in_background(self, on_refused: Callable[[StoreError], None]) -> None:
        pass

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


class Articles:
    def __init__(self) -> None:
        self.known = {number: article(number) for number in range(1, 41)}
        self.statuses = {number: Status(number, read=number % 3 == 0, starred=number % 7 == 0) for number in self.known}

    def get(self, article_id: int) -> Headline:
        found = self.known[article_id]
        return Headline(found, self.statuses[article_id], FEEDS[found.feed_id - 1].title)

    def open(self, article_id: int) -> OpenArticle:
        row = self.get(article_id)
        return OpenArticle(row.article, row.status, row.source, DOCUMENT, Analysis(1, PEOPLE, QUOTES))

    def mark(
        self,
        ids: Sequence[int],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        muted: bool | None = None,
    ) -> list[Status]:
        before = [self.statuses[article_id] for article_id in ids]
        for status in before:
            changed = {"read": read, "starred": starred, "muted": muted}
            fields = {name: value for name, value in changed.items() if value is not None}
            self.statuses[status.article_id] = replace(status, **fields)
        return before


def article(number: int) -> Article:
    when = NOW - timedelta(hours=3 * (number - 1))
    title = TITLES[(number - 1) % len(TITLES)]
    return Article(
        number, 1 + (number - 1) % 3, f"g{number}", f"d{number}", title, when, when, "https://example.org/",
        ("Ann Reporter",), words=460, quoted=2 if number % 2 else 0,
    )  # fmt: skip


class Listing:
    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    def ids(self, view: View) -> Sequence[int]:
        known, statuses = self._articles.known, self._articles.statuses
        kept = {
            Scope.UNREAD: lambda number: not statuses[number].read,
            Scope.STARRED: lambda number: statuses[number].starred,
            Scope.TODAY: lambda number: known[number].published.date() == NOW.date(),
            Scope.FEED: lambda number: known[number].feed_id == view.feed_id,
        }.get(view.scope, lambda _: True)
        return [number for number, article in known.items() if kept(number) and view.query in article.title]

    def arrange(self, ids: Sequence[int], sorting: Sorting, *_: object) -> ArticleList:
        return ArticleList(ids, STORIES if sorting.grouping is Grouping.STORY else ())

    def newest_first(self, ids: Collection[int]) -> list[int]:
        return sorted(ids)

    def summaries(self, *_: object) -> list[SearchSummary]:
        return []


class Feeds:
    def __init__(self, listing: Listing) -> None:
        self._listing = listing

    def all(self) -> list[FeedSummary]:
        errors = {3: "The server answered 404: there is no such page."}
        return [FeedSummary(feed, FeedState(feed.id, error=errors.get(feed.id, "")), 13, 9 - feed.id) for feed in FEEDS]

    def counts(self) -> Counts:
        ids = self._listing.ids
        unread = set(ids(View(Scope.UNREAD)))
        scopes = {
            Scope.UNREAD: len(unread),
            Scope.TODAY: len(unread.intersection(ids(View(Scope.TODAY)))),
            Scope.STARRED: len(ids(View(Scope.STARRED))),
        }
        return Counts({feed.id: (13, 9 - feed.id) for feed in FEEDS}, scopes)


class People:
    notice = ""

    def followed(self) -> list[PersonEntry]:
        return []

    def progress(self) -> None:
        return None


class Search:
    notice = ""

    def open(self) -> None:
        pass

    def check(self, query: str) -> None:
        pass

    def progress(self) -> None:
        return None

    def snippets(self, ids: Sequence[int], query: str) -> list[Snippet]:
        del ids, query
        return []

    def places(self, article_id: int, query: str) -> list[Span]:
        del article_id, query
        return []


class Rules:
    def use(self, configured: object) -> None:
        pass


class Files:
    def ingest_seeds(self, *_: object) -> IngestReport:
        return IngestReport()


class Analysing:
    def analyse_waiting(self, **_: object) -> int:
        return 0


class Maintenance:
    def __init__(self) -> None:
        self._settings: dict[str, object] = {}

    def setting(self, name: str, default: object = None) -> object:
        return self._settings.get(name, default)

    def save_setting(self, name: str, value: object) -> None:
        self._settings[name] = value

    def expire(self, *_: object, **__: object) -> int:
        return 0


class Notifications:
    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    def newest_article(self) -> int:
        return max(self._articles.known)
