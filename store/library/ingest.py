"""Ingestion: an entry becomes a stored article, once.

``prepared entry -> new, changed or unchanged -> one batched write``. The decision is pure. Reading files and feeds and
analysing who said what come before, writing to disk is the database's. Its lock is held to decide and to write, never
while a text is analysed, so that the screen can read meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from itertools import chain, islice
from typing import TYPE_CHECKING

from store.database.prepared import Item, Prepared, prepare

if TYPE_CHECKING:
    from store.library.context import LibraryContext
    from store.library.rules import Rules
    from store.models import Article, Entry, Status

ANALYSED_WITH = "analysed_with"
"""The setting that holds the engine version which all stored articles were analysed with; 0 while some wait."""


class Decision(Enum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def decide(entry: Prepared, stored: Article | None, *, deleted: bool = False) -> Decision:
    """What to do with an entry, given the article stored under its guid. A deleted article never returns."""
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
    :meth:`Analyser.analyse_waiting`."""

    feed_id: int
    entries: Sequence[Prepared]


@dataclass(frozen=True, slots=True)
class EntryTriage:
    """New entries, changed ones with the article stored of each, and how many did not change."""

    new: tuple[Prepared, ...]
    changed: tuple[tuple[Article, Prepared], ...]
    unchanged: int


class Ingester:
    """Stores entries, one batch at a time, whichever thread they come from."""

    def __init__(self, context: LibraryContext, rules: Rules) -> None:
        self._database = context.database
        self._lock = context.lock
        self._derived = context.derived
        self._rules = rules
        self.left_waiting = 0
        """How many articles this process stored so far without their analysis."""
        self._turn = threading.Lock()

    def ingest(self, feed_id: int, entries: Iterable[Entry]) -> IngestCounts:
        """Analyse and store entries of one feed: see :meth:`ingest_prepared`."""
        from store.attribution import analyse

        prepared = [prepare(entry, analyse(entry.document.prose, entry.title)) for entry in entries]
        return self.ingest_prepared([FeedEntries(feed_id, prepared)])[0]

    def ingest_prepared(self, batches: Sequence[FeedEntries]) -> list[IngestCounts]:
        """Store the entries of some feeds in at most two commits: the new ones and the changed ones.

        Entries come newest first, as feeds list them; ids are given from the oldest on, so that articles of
        one time (or of none) keep the feed's order.
        """
        self._database.wait_for_room()
        now = datetime.now(UTC)
        with self._turn:
            triaged = [self._triage(batch.feed_id, batch.entries) for batch in batches]
            pairs = list(zip(batches, triaged, strict=True))
            new = [(entry, batch.feed_id) for batch, found in pairs for entry in found.new]
            rows = [entry.rows(feed_id, now) for entry, feed_id in new]
            updated = [
                [revise(stored, entry.item(batch.feed_id, now)) for stored, entry in found.changed]
                for batch, found in pairs
            ]
            changed = list(chain.from_iterable(updated))
            marks: Sequence[Status | None] = ()
            if new and not self._rules.empty:
                marks = self._rules.apply([entry.item(feed_id, now) for entry, feed_id in new])
            with self._lock:
                self._note_waiting(
                    [*(entry.engine for entry, _ in new), *(article.engine for article, _, _ in changed)]
                )
                ids = iter(self._database.articles.add_rows(rows, marks) if rows else [])
                if changed:
                    self._database.articles.update(changed)
        counts = [
            IngestCounts(
                tuple(islice(ids, len(found.new))), tuple(article.id for article, _, _ in revised), found.unchanged
            )
            for revised, found in zip(updated, triaged, strict=True)
        ]
        self._derived.articles_changed([article_id for each in counts for article_id in (*each.added, *each.updated)])
        return counts

    def _note_waiting(self, engines: Sequence[int]) -> None:
        """Remember, before articles analysed with these are stored, that some of them wait for their analysis."""
        waiting = sum(not engine for engine in engines)
        self.left_waiting += waiting
        if waiting and self._database.settings.get(ANALYSED_WITH):
            self._database.settings.save(ANALYSED_WITH, 0)

    def _triage(self, feed_id: int, entries: Iterable[Prepared]) -> EntryTriage:
        """The entries by what to do with them."""
        new: dict[str, Prepared] = {}
        changed: dict[str, tuple[Article, Prepared]] = {}
        unchanged = 0
        with self._lock:
            feed = self._database.feeds.get(feed_id)
            site = feed.site if feed else ""
            for entry in reversed(list(entries)):
                entry, stored = self._stored(feed_id, entry, site)
                deleted = stored is None and self._database.articles.was_deleted(feed_id, entry.guid)
                decision = decide(entry, stored, deleted=deleted)
                if decision is Decision.NEW:
                    new[entry.guid] = entry
                elif decision is Decision.CHANGED and stored is not None:
                    changed[entry.guid] = stored, entry
                else:
                    unchanged += 1
        return EntryTriage(tuple(new.values()), tuple(changed.values()), unchanged)

    def _stored(self, feed_id: int, entry: Prepared, site: str) -> tuple[Prepared, Article | None]:
        """The stored article that an entry is, if any; and the entry, under a guid of its own if it needs one."""
        articles = self._database.articles
        stored = articles.find(feed_id, entry.guid)
        if stored is not None and stored.digest == entry.digest:
            return entry, stored
        same = articles.find_digest(entry.digest, feed_id)
        if same is not None and same_entry(entry, same, site):
            return entry, same
        if stored is None or not entry.link or stored.link == entry.link:
            return entry, stored
        from store.feeds.entries import shared_guid

        # The guid says that this is the stored article, and the link that it is another: some feeds give a guid twice.
        apart = entry.with_guid(shared_guid(entry.guid, entry.link))
        known = articles.find(feed_id, apart.guid)
        if known is not None or is_another(entry, stored):
            return apart, known
        return entry, stored


def same_entry(entry: Prepared, stored: Article, site: str = "") -> bool:
    """Whether an entry with the same title, link and text as a stored article is that article, whatever its guid.

    One with a page of its own is, also when it is dated anew. A notice that says the same each time ("All systems work
    again") and has no page but its ``site`` is another article on another date.
    """
    if entry.bare:
        return False
    from store.text.urls import same_feed

    if entry.link and same_feed(entry.link) != same_feed(site):
        return True
    return entry.published is None or stored.date_guessed or entry.published == stored.published


def is_another(entry: Prepared, stored: Article) -> bool:
    """Whether an entry is another article than the one stored under its guid: nothing they tell is the same."""
    dated = entry.published is not None and not stored.date_guessed
    return dated and entry.published != stored.published and entry.title != stored.title


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
        # What is shown, and who is quoted in it, is the text of the page, which did not change.
        article = replace(article, full_text=True, words=stored.words, quoted=stored.quoted, engine=stored.engine)
    return article, document, analysis
