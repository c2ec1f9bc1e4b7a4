"""The half of a person's page that joins two people and parts one; what is decided holds for articles to come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store.models import PeopleDecision, PersonEntry, PersonPage, QuoteOccurrence
from tui.dialogs.pick import Choice, PickScreen, numbered
from tui.people_pages.base import PageScreen
from tui.people_pages.choose_person import choose_person
from tui.wording.corrections import decided
from tui.wording.counts import plural

MOST_ROLES = 9


class Deciding(PageScreen):
    """Who is one person, and who is not."""

    person: int

    @property
    def known(self) -> PersonPage | None:
        """The person's page, once it is read."""
        raise NotImplementedError

    @property
    def saying(self) -> QuoteOccurrence | None:
        """The quotation under the cursor."""
        raise NotImplementedError

    def action_same_person(self) -> None:
        """Look for somebody who is the same person."""
        page = self.known
        if page is None or not self.may_write():
            return

        def chosen(other: PersonEntry) -> None:
            self._decide(lambda: self.home.session.join_people(self.person, other.id))

        about = f"{page.entry.name} is the same person as:"
        choose_person(self, "The same person as …", about, chosen, page.entry.name.split()[-1], but=self.person)

    def action_split_person(self) -> None:
        """Choose the articles in which this is somebody else: one, or those that give a role."""
        page, saying, library = self.known, self.saying, self.home.library
        if page is None or not self.may_write():
            return
        roles = page.roles[:MOST_ROLES]
        ways: list[tuple[Choice, Callable[[], Sequence[int]]]] = []
        if saying is not None:
            article = saying.article_id
            ways.append((Choice("The article of this quotation", saying.title), lambda: [article]))
        for held in roles:
            role = ", ".join(filter(None, (held.role, held.affiliation)))
            ways.append(
                (
                    Choice(role, plural(held.articles, "article")),
                    lambda held=held: library.people.articles_of(self.person, held),  # type: ignore[misc]
                )
            )
        if not ways or page.entry.articles < 2:
            self.say("There is only one article of this person.")
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                self._decide(lambda: self.home.session.part_people(self.person, ways[place][1]()))

        choices = numbered([choice for choice, _ in ways])
        about = f"Where is it somebody else than {page.entry.name}?"
        self.app.push_screen(PickScreen("Somebody else", choices, about), chosen)

    def _decide(self, decide: Callable[[], PeopleDecision]) -> None:
        def done(decision: PeopleDecision) -> None:
            self.load(keep_place=True)
            self.home.changed()
            self.say(f"{decided(decision)} {self.keyboard.key_of('undo')} takes it back.")

        self.jobs.start("decide", lambda _: decide(), done)
