"""Joins two people and splits one; what is decided holds for articles to come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store.models import PeopleDecision, PersonEntry, PersonPage, QuoteOccurrence
from tui.dialogs.pick import Choice, PickScreen, numbered
from tui.people_pages.base import PageScreen
from tui.people_pages.choose_person import choose_person
from tui.wording.corrections import decided
from tui.wording.counts import plural

MOST_ROLES = 9

Articles = Callable[[], Sequence[int]]
"""Looks up the articles in which somebody is another person."""


def join_person(page: PageScreen, entry: PersonEntry) -> None:
    """Ask for somebody who is the same person."""

    def chosen(other: PersonEntry) -> None:
        _decide(page, lambda: page.context.history.join_people(entry.id, other.id))

    about = f"{entry.name} is the same person as:"
    choose_person(page, "The same person as …", about, chosen, entry.name.split()[-1], but=entry.id)


def split_person(page: PageScreen, person: PersonPage, quote: QuoteOccurrence | None) -> None:
    """Ask in which articles this is somebody else: in that of the quotation, or in those that give a role."""
    ways = _ways_to_split(page, person, quote)
    if not ways or person.entry.articles < 2:
        page.say("There is only one article of this person.")
        return

    def chosen(place: int | None) -> None:
        if place is not None:
            _decide(page, lambda: page.context.history.split_person(person.entry.id, ways[place][1]()))

    choices = numbered([choice for choice, _ in ways])
    about = f"Where is it somebody else than {person.entry.name}?"
    page.ask(PickScreen("Somebody else", choices, about), chosen)


def _ways_to_split(
    page: PageScreen, person: PersonPage, quote: QuoteOccurrence | None
) -> list[tuple[Choice, Articles]]:
    library = page.context.library
    ways: list[tuple[Choice, Articles]] = []
    if quote is not None:
        article = quote.article_id
        ways.append((Choice("The article of this quotation", quote.title), lambda: [article]))
    for held in person.roles[:MOST_ROLES]:
        role = ", ".join(filter(None, (held.role, held.affiliation)))
        choice = Choice(role, plural(held.articles, "article"))
        ways.append((choice, lambda held=held: library.people.articles_of(person.entry.id, held)))  # type: ignore[misc]
    return ways


def _decide(page: PageScreen, decide: Callable[[], PeopleDecision]) -> None:
    def done(decision: PeopleDecision) -> None:
        page.load(keep_place=True)
        page.context.changed()
        page.say(f"{decided(decision)} {page.keyboard.key_of('undo')} takes it back.")

    page.jobs.start("decide", lambda _: decide(), done)
