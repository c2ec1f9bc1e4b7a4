"""A few made-up articles, a plain model of what a store should hold, and a run through everything that writes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from store.database import Database
from store.errors import StoreError
from store.models import (
    Analysis,
    Article,
    Block,
    BlockKind,
    Document,
    Feed,
    Person,
    Quote,
    QuoteKind,
    Span,
    Status,
)

NOON = datetime(2024, 5, 17, 12, tzinfo=UTC)
LOST = "damaged"
Item = tuple[Article, Document, Analysis]


def item(number: int, feed_id: int = 1, text: str = "", article_id: int = 0) -> Item:
    """Article ``number``: an hour younger the higher the number, with one person and one quotation."""
    text = text or f"“We said it {number} times,” Ann Lee said.\n\nÀ la fin — ニュース {'z' * (number % 7)}."
    article = Article(
        id=article_id,
        feed_id=feed_id,
        guid=f"guid {number}",
        digest=f"{number:04}{hash_of(text):012x}",
        title=f"Title {number}",
        published=NOON + timedelta(hours=number),
        arrived=NOON,
        quoted=1,
        engine=1,
    )
    document = Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    return article, document, analysis(f"Ann Lee {number}")


def hash_of(text: str) -> int:
    return int.from_bytes(text.encode()[-6:])


def analysis(name: str) -> Analysis:
    return Analysis(1, (Person(name),), (Quote(QuoteKind.DIRECT, (Span(0, 5),), name, 0),))


@dataclass
class Model:
    """What a store should hold, as plain dictionaries."""

    feeds: dict[int, str] = field(default_factory=dict)
    articles: dict[int, tuple[str, int, str, str]] = field(default_factory=dict)
    """Id to guid, feed, text and the one person's name."""
    marks: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    """Id to read and starred."""
    earlier: dict[int, list[str]] = field(default_factory=dict)
    deleted: set[tuple[int, str]] = field(default_factory=set)
    settings: dict[str, object] = field(default_factory=dict)

    def put(self, article_id: int, made: Item) -> None:
        article, document, said = made
        self.articles[article_id] = (article.guid, article.feed_id, document.text, said.people[0].name)

    def drop(self, article_id: int) -> None:
        for table in (self.articles, self.marks, self.earlier):
            table.pop(article_id, None)


def read(database: Database, model: Model) -> Model:
    """What the database holds, asked through every way in; guids and settings to ask for are the model's."""
    found = Model()
    found.feeds = {feed.id: feed.title for feed in database.feeds.all()}
    for article_id in database.articles.ids():
        article = database.articles.get(article_id)
        if article is None:
            continue  # damaged: it leaves the list when it is first asked for
        said = database.texts.analysis(article_id)
        name = said.people[0].name if said.people else LOST
        text = database.texts.document(article_id).text
        found.articles[article_id] = (article.guid, article.feed_id, text, name)
        earlier = [revision.document.text for revision in database.texts.revisions(article_id)]
        if earlier:
            found.earlier[article_id] = earlier
        status = database.articles.status(article_id)
        if (status.read, status.starred) != (False, False):
            found.marks[article_id] = (status.read, status.starred)
        assert (article_id in database.articles.unread()) is (not status.read)
        assert (article_id in database.articles.starred()) is status.starred
        same = database.articles.find(article.feed_id, article.guid)
        assert same is not None
        assert same.id == article_id
    for feed_id, (total, unread) in database.articles.counts().items():
        ids = [key for key, (_, feed, _, _) in found.articles.items() if feed == feed_id]
        assert (total, unread) == (len(ids), len(set(ids) & set(database.articles.unread())))
    found.deleted = {(feed, guid) for feed, guid in model.deleted if database.articles.was_deleted(feed, guid)}
    found.settings = {name: value for name in model.settings if (value := database.settings.get(name)) is not None}
    return found


Step = Callable[[Database, Model], object]


def steps() -> Iterator[Step]:
    """Everything that writes, once or twice. Each step changes the model only after the database returned."""

    def add_feed(database: Database, model: Model) -> None:
        feed = database.feeds.add(Feed(0, f"https://{len(model.feeds)}.example/", f"Feed {len(model.feeds)}"))
        model.feeds[feed.id] = feed.title

    def add(first: int, feed_id: int) -> Step:
        def run(database: Database, model: Model) -> None:
            made = [item(number, feed_id) for number in range(first, first + 3) if feed_id in model.feeds]
            for article_id, one in zip(database.articles.add(made), made, strict=True):
                model.put(article_id, one)

        return run

    def mark(read: bool, starred: bool, place: int) -> Step:
        def run(database: Database, model: Model) -> None:
            for article_id in sorted(model.articles)[place : place + 1]:
                database.articles.save_statuses([Status(article_id, read=read, starred=starred)])
                model.marks[article_id] = (read, starred)

        return run

    def update(database: Database, model: Model) -> None:
        for article_id in sorted(model.articles)[:1]:
            guid, feed_id, text, _ = model.articles[article_id]
            made = item(int(guid.split()[1]), feed_id, text + " More.", article_id)
            database.articles.update([made])
            model.put(article_id, made)
            model.earlier.setdefault(article_id, []).append(text)

    def analyse(database: Database, model: Model) -> None:
        for article_id in sorted(model.articles)[1:2]:
            database.articles.save_analyses([(article_id, analysis("Bo Ek"))])
            model.articles[article_id] = (*model.articles[article_id][:3], "Bo Ek")

    def remove(database: Database, model: Model) -> None:
        for article_id in sorted(model.articles)[2:3]:
            guid, feed_id, _, _ = model.articles[article_id]
            database.articles.remove([article_id])
            model.drop(article_id)
            model.deleted.add((feed_id, guid))

    def remember(database: Database, model: Model) -> None:
        value = len(model.articles)
        database.settings.save("theme", value)
        model.settings["theme"] = value

    def unfollow(database: Database, model: Model) -> None:
        if 2 in model.feeds:
            database.feeds.remove(2)
            model.feeds.pop(2)
            for article_id, (_, feed_id, _, _) in list(model.articles.items()):
                if feed_id == 2 and not model.marks.get(article_id, (False, False))[1]:
                    model.drop(article_id)
            model.deleted = {(feed, guid) for feed, guid in model.deleted if feed != 2}

    def compact(database: Database, model: Model) -> None:
        database.compact()

    yield add_feed
    yield add_feed
    yield add(1, 1)
    yield mark(True, False, 0)
    yield compact
    yield add(11, 2)
    yield update
    yield mark(True, True, 3)
    yield analyse
    yield remove
    yield compact
    yield remember
    yield mark(False, True, 0)
    yield unfollow
    yield add(21, 1)
    yield update
    yield compact


def take(step: Step, database: Database, model: Model) -> bool:
    """Run a step; False when the store refused it, in one sentence. Then the model has not changed."""
    before = copy.deepcopy(vars(model))
    try:
        step(database, model)
    except StoreError as error:
        if not error.message.endswith(".") or "\n" in error.message:
            raise  # not one sentence
        vars(model).update(before)
        return False
    return True


def filled(folder: Any, **options: Any) -> Model:
    """Make a store by all the steps and close it."""
    model = Model()
    with Database.open(folder, **options) as database:
        for step in steps():
            assert take(step, database, model)
    return model
