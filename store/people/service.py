"""The library's service for people across articles: the people index, joined with what is stored."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.derived.sqlite_file import SqliteFile
from store.errors import NewsdashError, NotFoundError, StoreError
from store.models import (
    By,
    DecisionKind,
    Followed,
    IsCancelled,
    NewsCount,
    OnProgress,
    Outlet,
    PeopleDecision,
    PersonEntry,
    PersonPage,
    Progress,
    QuoteOccurrence,
    QuoteQuery,
    Reprint,
    RoleHeld,
    Tally,
)
from store.people import queries, tallies, user_decisions
from store.people.identity_index import IdentityIndex
from store.people.reprints import reprints_of

if TYPE_CHECKING:
    from store.database import Database

FOLLOW_ANCHORS = 20


class People:
    """Everybody named in the store. The people index is opened by the first question, and built in the background when
    it lacks much: see :meth:`progress`. May be used from any thread, without the library's lock held."""

    def __init__(self, database: Database, lock: threading.RLock, cache: Path) -> None:
        self._database = database
        self._lock = lock
        self._cache = cache
        self._opening = threading.Lock()
        self._index: IdentityIndex | None = None

    # --- the index ----------------------------------------------------------------------------------------

    def update(self, ids: Iterable[int]) -> None:
        """Articles were added, changed or removed. An index that is not open finds out when it is opened."""
        if self._index is not None:
            self._index.update(ids)

    def forget_gone(self) -> None:
        """Articles were removed."""
        if self._index is not None:
            self._index.forget_gone()

    def prepare(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> None:
        """Index all articles now, which the first question else starts in the background."""
        self._opened().catch_up(on_progress, cancelled)

    def progress(self) -> Progress | None:
        """How far the index is; None when it is complete or was not used yet."""
        return self._index.progress() if self._index else None

    @property
    def notice(self) -> str:
        """'' or one sentence on why the index cannot be used."""
        return self._index.notice if self._index else ""

    def close(self) -> None:
        with self._opening:
            if self._index is not None:
                self._index.close()

    def _opened(self) -> IdentityIndex:
        with self._opening:
            if self._index is None:
                self._index = index = IdentityIndex.open(self._cache, self._database, self._lock, self._apply_decisions)
                if index.progress() is None:
                    self._apply_decisions()  # the program may have been killed between a decision and this
        return self._index

    def _apply_decisions(self) -> None:
        with self._lock:
            decisions = self._database.people.all()
        index = self._index
        if index is None or index.writer is None:
            return
        if not index.ask(lambda tables: user_decisions.apply_new(tables, decisions)):
            index.rebuild()

    # --- questions ----------------------------------------------------------------------------------------

    def directory(self, text: str = "", limit: int = 500, offset: int = 0) -> list[PersonEntry]:
        """Everybody named in the store, most quoted first; the words of ``text`` are in a name or role."""
        followed = self._followed_ids()
        found = self._opened().ask(lambda tables: queries.directory(tables, text, limit, offset))
        return [replace(entry, followed=entry.id in followed) for entry in found]

    def count(self, text: str = "") -> int:
        """How many people :meth:`directory` lists for this text."""
        return self._opened().ask(lambda tables: queries.count_people(tables, text))

    def tallies(self, by: By, asked: QuoteQuery | None = None, limit: int = 100) -> list[Tally]:
        """Who gets quoted: how often each person, role, organisation, outlet, verb, verb class or kind of quotation
        is quoted and mentioned, most quoted first.

        The person, time and feed of ``asked`` restrict what is counted; for verbs, verb classes and kinds all of it
        does.
        """
        query = asked or QuoteQuery()
        return self._opened().ask(lambda tables: tallies.tallies(tables, by, query, limit, self._source_of))

    def page(self, person: int) -> PersonPage:
        """Everything about a person except quotations and topics.

        :raises NotFoundError: when nobody has this number.
        """
        found = self._opened().ask(lambda tables: queries.page(tables, person, self._source_of))
        if found is None:
            raise NotFoundError("This person is in no article any more.")
        return replace(found, entry=replace(found.entry, followed=person in self._followed_ids()))

    def topics(self, person: int) -> tuple[str, ...]:
        """Words that are frequent in what a person says and rare in what others say. Reads hundreds of quotations."""
        return self._opened().ask(lambda tables: queries.topics(tables, person))

    def quotes(self, asked: QuoteQuery) -> list[QuoteOccurrence]:
        """Quotations over the whole store, newest first unless ``asked`` says otherwise."""
        return self._opened().ask(lambda tables: queries.quotes(tables, asked, self._source_of, self._title_of))

    def reprints(self, quote: QuoteOccurrence) -> list[Reprint]:
        """Everywhere the same quotation is printed, first seen first, and how each differs from the longest."""
        found = self._opened().ask(lambda tables: queries.group(tables, quote.group, self._source_of, self._title_of))
        return reprints_of(found)

    def outlets_of(self, asked: QuoteQuery) -> list[Outlet]:
        """The sources that print such quotations, those with the most first; only articles with one are counted."""
        return self._opened().ask(lambda tables: queries.outlets_of(tables, asked, self._source_of))

    def count_quotes(self, asked: QuoteQuery) -> int:
        """How many quotations there are, whatever the limit."""
        return self._opened().ask(lambda tables: queries.count_quotes(tables, asked))

    def person_in(self, article_id: int, name: str) -> int | None:
        """The number of the person whom an article calls so; None when the index does not have it (yet)."""
        return self._opened().ask(lambda tables: queries.person_in(tables, article_id, name))

    def stories(self) -> dict[int, int]:
        """The story, as a number, of every article that is known."""
        return self._opened().stories()

    def articles_of(self, person: int, held: RoleHeld | None = None) -> list[int]:
        """The articles that name a person, newest first; with ``held`` only those that give this role."""
        return self._opened().ask(lambda tables: queries.articles_of(tables, person, held))

    def called(self, name: str) -> list[int]:
        """The numbers of the people with this name, letter case and diacritics aside, the best known first."""
        return self._opened().ask(lambda tables: queries.called(tables, name))

    # --- decisions ----------------------------------------------------------------------------------------

    def join(self, kept: int, other: int) -> PeopleDecision:
        """Merge two entries into one person, for articles to come as well, and when the index is rebuilt.

        :raises (NotFoundError, ReadOnlyError): when one of them is nobody; when the store is read-only.
        :raises NewsdashError: when an article names both: there they are two, until that is corrected in it.
        """
        self._database.require_writable()
        if shared := set(self.articles_of(kept)).intersection(self.articles_of(other)):
            title = self._title_of(max(shared))
            raise NewsdashError(f"“{title}” names both as two people. Say in that article that they are one.")
        return self._decide(DecisionKind.JOINED, (kept, None), (other, None))

    def split(self, person: int, articles: Sequence[int]) -> PeopleDecision:
        """Split an entry: the person of these articles is not the one of the other articles.

        :raises (NotFoundError, ReadOnlyError): as for :meth:`join`.
        """
        self._database.require_writable()
        rest = set(self.articles_of(person)).difference(articles)
        return self._decide(DecisionKind.PARTED, (person, sorted(rest)), (person, articles))

    def decisions(self) -> list[PeopleDecision]:
        """Your decisions on who is who, in the order they were made."""
        with self._lock:
            return self._database.people.all()

    def undo(self, number: int) -> None:
        """Undo a decision.

        :raises (NotFoundError, ReadOnlyError): when there is none of this number; when the store is read-only.
        """
        self._database.require_writable()
        decision = next((one for one in self.decisions() if one.number == number), None)
        if decision is None:
            raise NotFoundError(f"There is no decision {number} about people.")
        with self._lock:
            self._database.people.remove(number)
        index = self._opened()
        if index.writer is not None:
            index.ask(lambda tables: user_decisions.undo(tables, decision))

    def _decide(
        self, kind: DecisionKind, one: tuple[int, Sequence[int] | None], other: tuple[int, Sequence[int] | None]
    ) -> PeopleDecision:
        index = self._opened()
        sides = [
            index.ask(partial(user_decisions.anchors_of, person=person, articles=ids)) for person, ids in (one, other)
        ]
        if not all(sides):
            raise NotFoundError("This person is in none of these articles.")
        with self._lock:
            decision = self._database.people.add(kind, sides[0], sides[1], datetime.now(UTC))
        if index.writer is not None:
            index.ask(lambda tables: user_decisions.apply(tables, decision))
        return decision

    # --- following ----------------------------------------------------------------------------------------

    def follow(self, person: int) -> Followed:
        """Follow a person.

        :raises (NotFoundError, ReadOnlyError): when nobody has this number; when the store is read-only.
        """
        self._database.require_writable()
        known = self._of_followed().get(person)
        if known is not None:
            return known
        index = self._opened()
        entry = self._entry(person)
        if entry is None:
            raise NotFoundError("This person is in no article any more.")
        anchors = index.ask(lambda tables: user_decisions.anchors_of(tables, person))[:FOLLOW_ANCHORS]
        now = datetime.now(UTC)
        with self._lock:
            return self._database.people.save_followed(Followed(0, entry.name, anchors, now, now))

    def unfollow(self, person: int) -> None:
        """Stop following a person, if you do.

        :raises ReadOnlyError: when the store is read-only.
        """
        self._database.require_writable()
        known = self._of_followed().get(person)
        if known is not None:
            with self._lock:
                self._database.people.unfollow(known.number)

    def followed(self) -> list[PersonEntry]:
        """The people you follow, with how many unread articles name each; not those who are in no article any more."""
        with self._lock:
            unread = set(self._database.articles.unread())
        found = []
        for person in self._of_followed():
            entry = self._entry(person)
            if entry is not None:
                own = sum(article in unread for article in self.articles_of(person))
                found.append(replace(entry, followed=True, unread=own))
        return found

    def followed_articles(self) -> set[int]:
        """Every article that names somebody you follow."""
        return {article for person in self._of_followed() for article in self.articles_of(person)}

    def quoting_followed(self) -> set[int]:
        """Every article that quotes somebody you follow; what the index lacks is indexed first.

        :raises StoreError: when it cannot be known.
        """
        with self._lock:
            if not self._database.people.followed():
                return set()
        index = self._opened()
        index.catch_up()
        if index.notice or index.progress() is not None:
            raise StoreError(f"It is not known yet which articles quote people you follow. {index.notice}".strip())
        return {
            article
            for person in self._of_followed()
            for article in index.ask(partial(queries.articles_quoting, person=person))
        }

    def news(self) -> list[tuple[PersonEntry, list[QuoteOccurrence]]]:
        """What the people you follow said in articles that arrived since :meth:`mark_seen` was last called."""
        found = []
        for person, known in self._of_followed().items():
            entry = self._entry(person)
            said = [one for one in self.quotes(QuoteQuery(person=person)) if self._arrived(one.article_id) > known.seen]
            if entry is not None and said:
                found.append((replace(entry, followed=True), said))
        return found

    def quoted_since(self, after: int) -> list[NewsCount]:
        """How many quotations of each person you follow are in articles with numbers greater than ``after``; only
        those with any."""
        with self._lock:
            if not self._database.people.followed():
                return []
        found = []
        for person in self._of_followed():
            entry = self._entry(person)
            count = self._opened().ask(partial(queries.count_after, person=person, article=after))
            if entry is not None and count:
                found.append(NewsCount(entry.name, count))
        return found

    def mark_seen(self) -> None:
        """Remember that you looked at :meth:`news`. A read-only store is left as it is."""
        if self._database.read_only:
            return
        now = datetime.now(UTC)
        for known in self._of_followed().values():
            with self._lock:
                self._database.people.save_followed(replace(known, seen=now))

    def _of_followed(self) -> dict[int, Followed]:
        """What is stored of each person you follow, by identity."""
        with self._lock:
            followed = self._database.people.followed()
        return {person: known for known in followed if (person := self._find(known)) is not None}

    def _followed_ids(self) -> set[int]:
        return set(self._of_followed())

    def _find(self, known: Followed) -> int | None:
        def found(tables: SqliteFile) -> list[int]:
            return user_decisions.identities(tables, known.anchors) or queries.called(tables, known.name)

        return next(iter(self._opened().ask(found)), None)

    def _entry(self, person: int) -> PersonEntry | None:
        return self._opened().ask(lambda tables: queries.entry(tables, person))

    # --- what is stored -----------------------------------------------------------------------------------

    def _source_of(self, feed_id: int) -> str:
        with self._lock:
            feed = self._database.feeds.get(feed_id)
        return feed.title if feed else ""

    def _title_of(self, article_id: int) -> str:
        with self._lock:
            article = self._database.articles.get(article_id)
        return article.title if article else ""

    def _arrived(self, article_id: int) -> datetime:
        with self._lock:
            article = self._database.articles.get(article_id)
        return article.arrived if article else datetime.min.replace(tzinfo=UTC)
