"""The way in: an entry becomes a stored article, once.

``entry -> new, changed or unchanged -> who said what -> one batched write``. The decision is pure; reading
files and feeds is done before, writing to disk by the database after. The database's lock is held to decide
and to write, never while a text is analysed, so that the screen can read meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

from store.models import Analysis, Article, Document

if TYPE_CHECKING:
    from store.database import Database
    from store.models import Entry, Status

FUTURE = timedelta(days=1)
"""An entry dated further ahead than this is not believed; zones and clocks account for less."""

ANALYSED_WITH = "analysed_with"
"""The setting that holds the engine version which all stored articles were analysed with; 0 while some wait."""

Item = tuple[Article, Document, Analysis]


class Decision(Enum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def decide(entry: Entry, stored: Article | None, *, deleted: bool = False) -> Decision:
    """What to do with an entry, given the article stored under its guid; what was deleted never returns."""
    if stored is None:
        return Decision.UNCHANGED if deleted else Decision.NEW
    return Decision.UNCHANGED if stored.digest == entry.digest else Decision.CHANGED


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch of entries: ids of new and of changed articles, and how many were unchanged."""

    added: tuple[int, ...] = ()
    updated: tuple[int, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """Entries of one feed, newest first.

    ``analyses`` holds, by guid, who said what where that is known already; an entry it lacks is stored with an
    empty analysis and waits for :meth:`Library.analyse_waiting`. Without it each entry is analysed when taken in.
    """

    feed_id: int
    entries: tuple[Entry, ...]
    analyses: Mapping[str, Analysis] | None = None

    def item(self, entry: Entry, arrived: datetime) -> Item:
        """The records to store for one of the entries."""
        found = analyse_entry(entry) if self.analyses is None else self.analyses.get(entry.guid, Analysis())
        return make_item(entry, self.feed_id, arrived, found)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Entries that are new, those that changed with what is stored of them, and how many did not change."""

    new: tuple[Entry, ...]
    changed: tuple[tuple[Article, Entry], ...]
    unchanged: int


class Judges(Protocol):
    """Who gives articles their first marks."""

    def judge(self, items: Sequence[Item]) -> Sequence[Status | None]:
        """The marks of each new article, None for none."""

    def judge_late(self, items: Sequence[tuple[Item, Status]]) -> Sequence[Status]:
        """The changed marks of articles that came without their analysis and have it now."""


class Intake:
    """Takes entries into the database, one batch at a time, whichever thread they come from."""

    def __init__(
        self,
        database: Database,
        lock: threading.RLock,
        on_stored: Callable[[Iterable[int]], None] | None = None,
        rules: Judges | None = None,
    ) -> None:
        self.database = database
        self.lock = lock
        """Guards the database; taken for short moments only."""
        self.on_stored = on_stored or (lambda _: None)
        """Told the ids of articles that came or changed, without the lock held."""
        self.rules = rules
        """Say what marks articles get when they arrive."""
        self.left_waiting = 0
        """How many articles this process stored so far without their analysis."""
        self._turn = threading.Lock()

    def take_in(
        self, feed_id: int, entries: Iterable[Entry], *, analyses: Mapping[str, Analysis] | None = None
    ) -> Taken:
        """Store the entries of one feed: see :meth:`take_in_all`."""
        return self.take_in_all([Arrival(feed_id, tuple(entries), analyses)])[0]

    def take_in_all(self, arrivals: Sequence[Arrival]) -> list[Taken]:
        """Store the entries of some feeds in two commits at most: the new ones and the changed ones.

        Entries come newest first, as feeds list them; ids are given from the oldest on, so that articles of
        one time (or of none) keep the feed's order.
        """
        now = datetime.now(UTC)
        with self._turn:
            sorted_out = [self._sort(arrival.feed_id, arrival.entries) for arrival in arrivals]
            pairs = list(zip(arrivals, sorted_out, strict=True))
            added = [[arrival.item(entry, now) for entry in found.new] for arrival, found in pairs]
            updated = [
                [revise(stored, arrival.item(entry, now)) for stored, entry in found.changed]
                for arrival, found in pairs
            ]
            new, changed = list(chain.from_iterable(added)), list(chain.from_iterable(updated))
            marks = self.rules.judge(new) if self.rules is not None and new else ()
            with self.lock:
                self._note_waiting([*new, *changed])
                ids = iter(self.database.add_articles(new, marks) if new else [])
                if changed:
                    self.database.update_articles(changed)
        taken = [
            Taken(tuple(islice(ids, len(items))), tuple(article.id for article, _, _ in revised), found.unchanged)
            for items, revised, found in zip(added, updated, sorted_out, strict=True)
        ]
        self.on_stored([article_id for each in taken for article_id in (*each.added, *each.updated)])
        return taken

    def _note_waiting(self, items: Sequence[Item]) -> None:
        """Remember, before they are stored, that some of these wait for their analysis."""
        waiting = sum(not article.engine for article, _, _ in items)
        self.left_waiting += waiting
        if waiting and self.database.setting(ANALYSED_WITH):
            self.database.save_setting(ANALYSED_WITH, 0)

    def _sort(self, feed_id: int, entries: Iterable[Entry]) -> Sorted:
        """The entries by what is to be done with them."""
        new: dict[str, Entry] = {}
        changed: dict[str, tuple[Article, Entry]] = {}
        unchanged = 0
        with self.lock:
            for entry in reversed(list(entries)):
                stored = self.database.find(feed_id, entry.guid) or self._renamed(feed_id, entry)
                deleted = stored is None and self.database.was_deleted(feed_id, entry.guid)
                decision = decide(entry, stored, deleted=deleted)
                if decision is Decision.NEW:
                    new[entry.guid] = entry
                elif decision is Decision.CHANGED and stored is not None:
                    changed[entry.guid] = stored, entry
                else:
                    unchanged += 1
        return Sorted(tuple(new.values()), tuple(changed.values()), unchanged)

    def _renamed(self, feed_id: int, entry: Entry) -> Article | None:
        """The article that this entry is under a new guid: some feeds give their entries new ones at each refresh."""
        stored = self.database.find_digest(entry.digest, feed_id)
        return stored if stored is not None and same_entry(entry, stored) else None


def same_entry(entry: Entry, stored: Article) -> bool:
    """Whether an entry with the same title, link and text as a stored article is that article, whatever its guid.

    A notice that says the same each time ("All systems work again") is told apart by its date.
    """
    if not (entry.link or entry.document.text):
        return False
    return entry.published is None or stored.date_guessed or entry.published == stored.published


def analyse_entry(entry: Entry) -> Analysis:
    """Who said what in an entry."""
    from store.speech import analyse

    return analyse(entry.document.prose, entry.title)


def make_item(entry: Entry, feed_id: int, arrived: datetime, analysis: Analysis) -> Item:
    """The records to store for an entry; the article's id is 0 until the database gives one."""
    published, notes, guessed = entry.published, entry.notes, entry.date_guessed
    if published is None:
        published, guessed = arrived, True
    elif published > arrived + FUTURE:
        published, guessed = arrived, True
        notes = (*notes, "Its own date lies in the future; the time it arrived is shown.")
    article = Article(
        id=0,
        feed_id=feed_id,
        guid=entry.guid,
        digest=entry.digest,
        title=entry.title,
        published=published,
        arrived=arrived,
        link=entry.link,
        authors=entry.authors,
        categories=entry.categories,
        enclosures=entry.enclosures,
        updated=entry.updated,
        date_guessed=guessed,
        place=entry.place,
        agency=entry.agency,
        language=entry.language,
        comments=entry.comments,
        notes=notes,
        paths=(entry.path,) if entry.path else (),
        words=len(entry.document.text.split()),
        quoted=analysis.quoted,
        engine=analysis.engine,
    )
    return article, entry.document, analysis


def revise(stored: Article, item: Item) -> Item:
    """The changed entry as a revision of the stored article: same id and arrival, and its date if it still has one."""
    article, document, analysis = item
    published, guessed = article.published, article.date_guessed
    if guessed:
        published, guessed = stored.published, stored.date_guessed
    article = replace(
        article, id=stored.id, arrived=stored.arrived, published=published, date_guessed=guessed, paths=stored.paths
    )
    if stored.full_text:
        # What is shown, and who is quoted in it, is the text of the page, which is not what changed.
        article = replace(article, full_text=True, words=stored.words, quoted=stored.quoted, engine=stored.engine)
    return article, document, analysis
