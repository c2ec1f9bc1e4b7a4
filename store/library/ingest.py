"""The way in: an entry becomes a stored article, once.

``prepared entry -> new, changed or unchanged -> one batched write``. The decision is pure; reading files and feeds and
telling who said what is done before, writing to disk by the database after. The database's lock is held to decide
and to write, never while a text is analysed, so that the screen can read meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

from store.database.prepared import Item, Prepared, prepare

if TYPE_CHECKING:
    from store.database import Database
    from store.models import Article, Entry, Status

ANALYSED_WITH = "analysed_with"
"""The setting that holds the engine version which all stored articles were analysed with; 0 while some wait."""


class Decision(Enum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def decide(entry: Prepared, stored: Article | None, *, deleted: bool = False) -> Decision:
    """What to do with an entry, given the article stored under its guid; what was deleted never returns."""
    if stored is None:
        return Decision.UNCHANGED if deleted else Decision.NEW
    return Decision.UNCHANGED if stored.digest == entry.digest else Decision.CHANGED


@dataclass(frozen=True, slots=True)
class IngestCounts:
    """What became of a batch of entries: ids of new and of changed articles, and how many were unchanged."""

    added: tuple[int, ...] = ()
    updated: tuple[int, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class FeedEntries:
    """Entries of one feed, newest first. One that was prepared without an analysis waits for
    :meth:`Library.analyse_waiting`."""

    feed_id: int
    entries: Sequence[Prepared]


@dataclass(frozen=True, slots=True)
class EntryTriage:
    """Entries that are new, those that changed with what is stored of them, and how many did not change."""

    new: tuple[Prepared, ...]
    changed: tuple[tuple[Article, Prepared], ...]
    unchanged: int


class MarkRules(Protocol):
    """Who gives articles their first marks."""

    @property
    def there_are_any(self) -> bool:
        """False when no article gets any."""

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
        rules: MarkRules | None = None,
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

    def take_in(self, feed_id: int, entries: Iterable[Entry]) -> IngestCounts:
        """Analyse and store entries: see :meth:`take_in_all`."""
        from store.attribution import analyse

        prepared = [prepare(entry, analyse(entry.document.prose, entry.title)) for entry in entries]
        return self.take_in_all([FeedEntries(feed_id, prepared)])[0]

    def take_in_all(self, arrivals: Sequence[FeedEntries]) -> list[IngestCounts]:
        """Store the entries of some feeds in two commits at most: the new ones and the changed ones.

        Entries come newest first, as feeds list them; ids are given from the oldest on, so that articles of
        one time (or of none) keep the feed's order.
        """
        now = datetime.now(UTC)
        with self._turn:
            sorted_out = [self._sort(arrival.feed_id, arrival.entries) for arrival in arrivals]
            pairs = list(zip(arrivals, sorted_out, strict=True))
            new = [(entry, arrival.feed_id) for arrival, found in pairs for entry in found.new]
            rows = [entry.rows(feed_id, now) for entry, feed_id in new]
            updated = [
                [revise(stored, entry.item(arrival.feed_id, now)) for stored, entry in found.changed]
                for arrival, found in pairs
            ]
            changed = list(chain.from_iterable(updated))
            marks: Sequence[Status | None] = ()
            if new and self.rules is not None and self.rules.there_are_any:
                marks = self.rules.judge([entry.item(feed_id, now) for entry, feed_id in new])
            with self.lock:
                self._note_waiting(
                    [*(entry.engine for entry, _ in new), *(article.engine for article, _, _ in changed)]
                )
                ids = iter(self.database.add_rows(rows, marks) if rows else [])
                if changed:
                    self.database.update_articles(changed)
        taken = [
            IngestCounts(
                tuple(islice(ids, len(found.new))), tuple(article.id for article, _, _ in revised), found.unchanged
            )
            for revised, found in zip(updated, sorted_out, strict=True)
        ]
        self.on_stored([article_id for each in taken for article_id in (*each.added, *each.updated)])
        return taken

    def _note_waiting(self, engines: Sequence[int]) -> None:
        """Remember, before articles analysed with these are stored, that some of them wait for their analysis."""
        waiting = sum(not engine for engine in engines)
        self.left_waiting += waiting
        if waiting and self.database.setting(ANALYSED_WITH):
            self.database.save_setting(ANALYSED_WITH, 0)

    def _sort(self, feed_id: int, entries: Iterable[Prepared]) -> EntryTriage:
        """The entries by what is to be done with them."""
        new: dict[str, Prepared] = {}
        changed: dict[str, tuple[Article, Prepared]] = {}
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
        return EntryTriage(tuple(new.values()), tuple(changed.values()), unchanged)

    def _renamed(self, feed_id: int, entry: Prepared) -> Article | None:
        """The article that this entry is under a new guid: some feeds give their entries new ones at each refresh."""
        stored = self.database.find_digest(entry.digest, feed_id)
        return stored if stored is not None and same_entry(entry, stored) else None


def same_entry(entry: Prepared, stored: Article) -> bool:
    """Whether an entry with the same title, link and text as a stored article is that article, whatever its guid.

    A notice that says the same each time ("All systems work again") is told apart by its date.
    """
    if entry.bare:
        return False
    return entry.published is None or stored.date_guessed or entry.published == stored.published


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
