"""Questions that several pages ask: which person is meant, which topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store.models import PersonEntry
from tui.dialogs.ask import AskScreen
from tui.dialogs.pick import Choice, PickScreen, numbered
from tui.people_pages.base import PageScreen
from tui.wording.counts import plural

MOST_OFFERED = 20


def choose_person(
    page: PageScreen, title: str, about: str, then: Callable[[PersonEntry], object], words: str = "", but: int = 0
) -> None:
    """Ask for words of a name or role, then for one of those who have them, but for the person ``but``."""
    library = page.context.library

    def found(people: Sequence[PersonEntry]) -> None:
        others = [entry for entry in people if entry.id != but][:MOST_OFFERED]
        if not others:
            page.say("Nobody else has these words in a name or role.")
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                then(others[place])

        choices = numbered([Choice(entry.name, _about(entry)) for entry in others])
        page.app.push_screen(PickScreen(title.removesuffix(" …"), choices, about), chosen)

    def asked(words: str | None) -> None:
        if words:
            page.jobs.start("look up", lambda _: library.people.directory(words, MOST_OFFERED + 1), found)

    page.app.push_screen(AskScreen(title, "Words of the other name or role:", words), asked)


def _about(entry: PersonEntry) -> str:
    return " · ".join(filter(None, (entry.role, plural(entry.articles, "article"))))
