"""People over the whole store: the directory, pages, what they said; joining, parting and following them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.library.parts import Parts

if TYPE_CHECKING:
    from store.models import (
        By,
        Followed,
        IsCancelled,
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


class People(Parts):
    """Who is who. The memory behind it is made in the background when first asked for: see :meth:`people_progress`."""

    def directory(self, text: str = "", limit: int = 500, offset: int = 0) -> list[PersonEntry]:
        """Everybody named in the store, most quoted first; the words of ``text`` are in a name or role."""
        return self._people.directory(text, limit, offset)

    def count_people(self, text: str = "") -> int:
        """How many people :meth:`directory` lists for this text."""
        return self._people.count_people(text)

    def tallies(self, by: By, asked: QuoteQuery | None = None, limit: int = 100) -> list[Tally]:
        """Who gets quoted: how often each person, role, organisation, outlet, verb, verb class or kind of quotation
        is quoted and mentioned, most quoted first. Of ``asked`` the person, the time and the feed narrow it; verbs,
        classes and kinds are narrowed by all of it."""
        from store.models import QuoteQuery

        return self._people.tallies(by, asked or QuoteQuery(), limit)

    def person(self, person: int) -> PersonPage:
        """:raises NotFoundError: when nobody has this number."""
        return self._people.page(person)

    def topics_of(self, person: int) -> tuple[str, ...]:
        """Words that are frequent in what somebody says and rare in what others say: for that, hundreds of quotations
        are read."""
        return self._people.topics(person)

    def articles_of_person(self, person: int, held: RoleHeld | None = None) -> list[int]:
        """The articles that name a person, newest first; those that give this role when ``held`` is given."""
        return self._people.articles_of(person, held)

    def person_in(self, article_id: int, name: str) -> int | None:
        """The number of somebody as an article names them; None when the memory does not have it (yet)."""
        return self._people.person_in(article_id, name)

    def people_called(self, name: str) -> list[int]:
        """The numbers of those who have this name, letter case and diacritics aside, the best known first."""
        return self._people.called(name)

    def sayings(self, asked: QuoteQuery) -> list[QuoteOccurrence]:
        """Quotations over the whole store, newest first unless ``asked`` says otherwise."""
        return self._people.sayings(asked)

    def printings(self, saying: QuoteOccurrence) -> list[Reprint]:
        """Everywhere the same quotation is printed, first seen first, and how each differs from the longest."""
        return self._people.printings(saying)

    def outlets_of(self, asked: QuoteQuery) -> list[Outlet]:
        """The sources that print such quotations, those with the most first; of articles only these are counted."""
        return self._people.outlets_of(asked)

    def count_sayings(self, asked: QuoteQuery) -> int:
        """How many quotations there are, the limit aside."""
        return self._people.count(asked)

    # --- decisions ----------------------------------------------------------------------------------------

    def join_people(self, kept: int, other: int) -> PeopleDecision:
        """Two entries are one person; in articles to come as well, and when the memory is made anew.

        :raises (NotFoundError, ReadOnlyError): when one of them is nobody; when the store is read-only.
        :raises NewsdashError: when an article names both.
        """
        self._database.require_writable()
        return self._people.join(kept, other)

    def part_people(self, person: int, articles: Sequence[int]) -> PeopleDecision:
        """The person of these articles is somebody else than the rest of the entry.

        :raises (NotFoundError, ReadOnlyError): as for :meth:`join_people`.
        """
        self._database.require_writable()
        return self._people.part(person, articles)

    def people_decisions(self) -> list[PeopleDecision]:
        """In the order they were made."""
        return self._people.decisions()

    def undo_people_decision(self, number: int) -> None:
        """:raises (NotFoundError, ReadOnlyError): when there is none of this number; when the store is read-only."""
        self._database.require_writable()
        self._people.undo(number)

    # --- following ----------------------------------------------------------------------------------------

    def follow_person(self, person: int) -> Followed:
        """:raises (NotFoundError, ReadOnlyError): when nobody has this number; when the store is read-only."""
        self._database.require_writable()
        return self._people.follow(person)

    def unfollow_person(self, person: int) -> None:
        """Nothing happens to somebody who is not followed.

        :raises ReadOnlyError: when the store is read-only.
        """
        self._database.require_writable()
        self._people.unfollow(person)

    def followed_people(self) -> list[PersonEntry]:
        """Those who are followed, with how many unread articles name them."""
        return self._people.followed()

    def news_of_followed(self) -> list[tuple[PersonEntry, list[QuoteOccurrence]]]:
        """What they said in articles that arrived since :meth:`seen_followed` was last called."""
        return self._people.news_of_followed()

    def seen_followed(self) -> None:
        """The user has seen what is new."""
        if not self.read_only:
            self._people.seen_followed()

    # --- the memory ---------------------------------------------------------------------------------------

    def prepare_people(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> None:
        """Learn who is who in all articles, which a first question else does in the background."""
        self._people.prepare(on_progress, cancelled)

    def people_progress(self) -> Progress | None:
        """How far that is; None when everything is known, or nobody has asked yet."""
        return self._people.progress()

    @property
    def people_notice(self) -> str:
        """'' or one sentence on why people are not remembered."""
        return self._people.notice
