"""People across articles, for the library: opens the memory when first asked, and joins it with what is stored."""

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
from store.people import queries as pages
from store.people import tallies as quoted
from store.people import user_decisions as deciding
from store.people.identity_index import IdentityIndex
from store.people.reprints import printings_of

if TYPE_CHECKING:
    from store.database import Database

FOLLOW_ANCHORS = 20


class People:
    """Who is in the store. May be used from any thread, without the library's lock held."""

    def __init__(self, database: Database, lock: threading.RLock, cache: Path) -> None:
        self._database = database
        self._lock = lock
        self._cache = cache
        self._opening = threading.Lock()
        self._memory: IdentityIndex | None = None

    # --- the memory ---------------------------------------------------------------------------------------

    def update(self, ids: Iterable[int]) -> None:
        """Articles came, changed or went. A memory that is not open finds out when it is opened."""
        if self._memory is not None:
            self._memory.update(ids)

    def forget_gone(self) -> None:
        """Articles were removed."""
        if self._memory is not None:
            self._memory.forget_gone()

    def prepare(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> None:
        """Put everything into the memory that it lacks."""
        self._opened().catch_up(on_progress, cancelled)

    def progress(self) -> Progress | None:
        """How far the memory is; None when it has everything or nobody has asked yet."""
        return self._memory.progress() if self._memory else None

    @property
    def notice(self) -> str:
        return self._memory.notice if self._memory else ""

    def rebuild(self) -> None:
        """Make it again from the store, in the background."""
        self._opened().rebuild()

    def close(self) -> None:
        with self._opening:
            if self._memory is not None:
                self._memory.close()

    def _opened(self) -> IdentityIndex:
        with self._opening:
            if self._memory is None:
                self._memory = memory = IdentityIndex.open(self._cache, self._database, self._lock, self._carry_out)
                if memory.progress() is None:
                    self._carry_out()  # the program may have been killed between a decision and this
        return self._memory

    def _carry_out(self) -> None:
        with self._lock:
            decisions = self._database.decisions()
        memory = self._memory
        if memory is None or memory.register is None:
            return
        if not memory.ask(lambda tables: deciding.carry_out_new(tables, decisions)):
            memory.rebuild()

    # --- questions ----------------------------------------------------------------------------------------

    def directory(self, text: str = "", limit: int = 500, offset: int = 0) -> list[PersonEntry]:
        followed = self._followed_ids()
        found = self._opened().ask(lambda tables: pages.directory(tables, text, limit, offset))
        return [replace(entry, followed=entry.id in followed) for entry in found]

    def count_people(self, text: str = "") -> int:
        return self._opened().ask(lambda tables: pages.count_people(tables, text))

    def tallies(self, by: By, asked: QuoteQuery, limit: int) -> list[Tally]:
        return self._opened().ask(lambda tables: quoted.tallies(tables, by, asked, limit, self._source_of))

    def page(self, person: int) -> PersonPage:
        """:raises NotFoundError: when nobody has this number."""
        found = self._opened().ask(lambda tables: pages.page(tables, person, self._source_of))
        if found is None:
            raise NotFoundError("This person is in no article any more.")
        return replace(found, entry=replace(found.entry, followed=person in self._followed_ids()))

    def topics(self, person: int) -> tuple[str, ...]:
        return self._opened().ask(lambda tables: pages.topics(tables, person))

    def sayings(self, asked: QuoteQuery) -> list[QuoteOccurrence]:
        return self._opened().ask(lambda tables: pages.sayings(tables, asked, self._source_of, self._title_of))

    def printings(self, saying: QuoteOccurrence) -> list[Reprint]:
        found = self._opened().ask(lambda tables: pages.group(tables, saying.group, self._source_of, self._title_of))
        return printings_of(found)

    def outlets_of(self, asked: QuoteQuery) -> list[Outlet]:
        return self._opened().ask(lambda tables: pages.outlets_of(tables, asked, self._source_of))

    def count(self, asked: QuoteQuery) -> int:
        return self._opened().ask(lambda tables: pages.count(tables, asked))

    def person_in(self, article_id: int, name: str) -> int | None:
        return self._opened().ask(lambda tables: pages.person_in(tables, article_id, name))

    def stories(self) -> dict[int, int]:
        """The story, as a number, of every article that is known."""
        return self._opened().stories()

    def articles_of(self, person: int, held: RoleHeld | None = None) -> list[int]:
        return self._opened().ask(lambda tables: pages.articles_of(tables, person, held))

    def called(self, name: str) -> list[int]:
        return self._opened().ask(lambda tables: pages.called(tables, name))

    # --- decisions ----------------------------------------------------------------------------------------

    def join(self, kept: int, other: int) -> PeopleDecision:
        """Make two entries one person, now and in all articles to come.

        :raises NewsdashError: when an article names both: there they are two, until that is corrected in it.
        """
        if shared := set(self.articles_of(kept)).intersection(self.articles_of(other)):
            title = self._title_of(max(shared))
            raise NewsdashError(f"“{title}” names both as two people. Say in that article that they are one.")
        return self._decide(DecisionKind.JOINED, (kept, None), (other, None))

    def part(self, person: int, articles: Sequence[int]) -> PeopleDecision:
        """The person of these articles is somebody else than the rest of the entry."""
        rest = set(self.articles_of(person)).difference(articles)
        return self._decide(DecisionKind.PARTED, (person, sorted(rest)), (person, articles))

    def decisions(self) -> list[PeopleDecision]:
        with self._lock:
            return self._database.decisions()

    def undo(self, number: int) -> None:
        """Take a decision back.

        :raises NotFoundError: when there is none of this number.
        """
        decision = next((one for one in self.decisions() if one.number == number), None)
        if decision is None:
            raise NotFoundError(f"There is no decision {number} about people.")
        with self._lock:
            self._database.remove_decision(number)
        memory = self._opened()
        if memory.register is not None:
            memory.ask(lambda tables: deciding.undo(tables, decision))

    def _decide(
        self, kind: DecisionKind, one: tuple[int, Sequence[int] | None], other: tuple[int, Sequence[int] | None]
    ) -> PeopleDecision:
        memory = self._opened()
        sides = [memory.ask(partial(deciding.anchors_of, person=person, articles=ids)) for person, ids in (one, other)]
        if not all(sides):
            raise NotFoundError("There is nobody to decide about in these articles.")
        with self._lock:
            decision = self._database.add_decision(kind, sides[0], sides[1], datetime.now(UTC))
        if memory.register is not None:
            memory.ask(lambda tables: deciding.carry_out(tables, decision))
        return decision

    # --- following ----------------------------------------------------------------------------------------

    def follow(self, person: int) -> Followed:
        """:raises NotFoundError: when nobody has this number."""
        known = self._of_followed().get(person)
        if known is not None:
            return known
        memory = self._opened()
        entry = self._entry(person)
        if entry is None:
            raise NotFoundError("This person is in no article any more.")
        anchors = memory.ask(lambda tables: deciding.anchors_of(tables, person))[:FOLLOW_ANCHORS]
        now = datetime.now(UTC)
        with self._lock:
            return self._database.save_followed(Followed(0, entry.name, anchors, now, now))

    def unfollow(self, person: int) -> None:
        known = self._of_followed().get(person)
        if known is not None:
            with self._lock:
                self._database.unfollow(known.number)

    def followed(self) -> list[PersonEntry]:
        """Those who are followed, with their unread articles; somebody who is in no article any more is passed over."""
        with self._lock:
            unread = self._database.unread()
            unread = set(unread)
        found = []
        for person in self._of_followed():
            entry = self._entry(person)
            if entry is not None:
                own = sum(article in unread for article in self.articles_of(person))
                found.append(replace(entry, followed=True, unread=own))
        return found

    def followed_articles(self) -> set[int]:
        """Every article that names somebody who is followed."""
        return {article for person in self._of_followed() for article in self.articles_of(person)}

    def quoting_followed(self) -> set[int]:
        """Every article that quotes somebody who is followed; what the memory lacks is put in first.

        :raises StoreError: when it cannot be known.
        """
        with self._lock:
            if not self._database.followed():
                return set()
        memory = self._opened()
        memory.catch_up()
        if memory.notice or memory.progress() is not None:
            raise StoreError(f"It is not known yet which articles quote people you follow. {memory.notice}".strip())
        return {
            article
            for person in self._of_followed()
            for article in memory.ask(partial(pages.articles_quoting, person=person))
        }

    def news_of_followed(self) -> list[tuple[PersonEntry, list[QuoteOccurrence]]]:
        """What those who are followed said in articles that arrived since the user last looked, oldest person first."""
        found = []
        for person, known in self._of_followed().items():
            entry = self._entry(person)
            said = [
                one for one in self.sayings(QuoteQuery(person=person)) if self._arrived(one.article_id) > known.seen
            ]
            if entry is not None and said:
                found.append((replace(entry, followed=True), said))
        return found

    def quoted_since(self, after: int) -> list[NewsCount]:
        """How many quotations of each who is followed are in articles with greater numbers, of those who have any."""
        with self._lock:
            if not self._database.followed():
                return []
        found = []
        for person in self._of_followed():
            entry = self._entry(person)
            count = self._opened().ask(partial(pages.count_after, person=person, article=after))
            if entry is not None and count:
                found.append(NewsCount(entry.name, count))
        return found

    def seen_followed(self) -> None:
        """The user looked at what is new of those who are followed."""
        now = datetime.now(UTC)
        for known in self._of_followed().values():
            with self._lock:
                self._database.save_followed(replace(known, seen=now))

    def _of_followed(self) -> dict[int, Followed]:
        """Identity to what is kept of following it."""
        with self._lock:
            followed = self._database.followed()
        return {person: known for known in followed if (person := self._find(known)) is not None}

    def _followed_ids(self) -> set[int]:
        return set(self._of_followed())

    def _find(self, known: Followed) -> int | None:
        def found(tables: SqliteFile) -> list[int]:
            return deciding.identities(tables, known.anchors) or pages.called(tables, known.name)

        return next(iter(self._opened().ask(found)), None)

    def _entry(self, person: int) -> PersonEntry | None:
        return self._opened().ask(lambda tables: pages.entry(tables, person))

    # --- what is stored -----------------------------------------------------------------------------------

    def _source_of(self, feed_id: int) -> str:
        with self._lock:
            feed = self._database.feed(feed_id)
        return feed.title if feed else ""

    def _title_of(self, article_id: int) -> str:
        with self._lock:
            article = self._database.article(article_id)
        return article.title if article else ""

    def _arrived(self, article_id: int) -> datetime:
        with self._lock:
            article = self._database.article(article_id)
        return article.arrived if article else datetime.min.replace(tzinfo=UTC)
