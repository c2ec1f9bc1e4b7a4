"""Counts and stories that are kept are those that reading everything gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from store.library import Library
from store.models import By, Grouping, QuoteQuery, Sorting, View
from store.paths import Places

Write = Callable[..., None]
BEFORE_ALL = datetime(1990, 1, 1, tzinfo=UTC)

NAMED = "Ingrid Solberg was in Bergen, where the dam is. Per Aas came with her."
MINISTER = "“The dam is safe,” said Ingrid Solberg, the energy minister, in Bergen. Per Aas, the mayor, denied it."
SKIER = "“I fell at the second gate,” said Ingrid Solberg, a slalom skier with the Holmen club, after the race."
BODY = "“We counted everybody twice,” the Census Bureau said in a statement. “Nobody was left out.”"


def counts(library: Library, asked: QuoteQuery | None = None) -> dict[By, set[tuple[str, int, int]]]:
    library.people.prepare()
    return {
        by: {(tally.name, tally.quotes, tally.mentions) for tally in library.people.tallies(by, asked, limit=1_000)}
        for by in By
    }


def check(library: Library) -> None:
    kept = counts(library)
    assert kept == counts(library, QuoteQuery(since=BEFORE_ALL))
    assert any(mentions for _, _, mentions in kept[By.ROLE])


def test_counts_are_those_of_all_articles_read(library: Library, write: Write) -> None:
    write("2021-03-04", NAMED)  # her role is told later
    for day in range(5, 9):
        write(f"2021-03-{day:02}", MINISTER, title=f"The dam at Bergen, day {day}")
    write("2021-03-10", SKIER, title="Slalom in Kitzbühel")
    write("2021-03-11", BODY, title="Census")
    check(library)
    roles = {name: mentions for name, _, mentions in counts(library)[By.ROLE]}
    assert sum(mentions for role, mentions in roles.items() if "minister" in role) >= 5

    newest = library.listing.ids(View())[:3]
    library.people.update(newest)
    check(library)
    first, *others = [entry.id for entry in library.people.directory("solberg")]
    for other in others:
        library.people.join(first, other)
    check(library)
    library.people.split(first, [library.people.articles_of(first)[0]])
    check(library)


def test_stories_are_told_of_articles_that_come_and_go(places: Places, library: Library, write: Write) -> None:
    def groups() -> int:
        ids = library.listing.ids(View())
        listed = library.listing.arrange(ids, Sorting(grouping=Grouping.STORY), (), datetime.now(UTC))
        return sum(group.heading for group in listed.groups)

    library.people.prepare()
    assert groups() == 0
    write("2021-03-05", MINISTER, title="The dam at Bergen")
    write("2021-03-11", BODY, title="Census")
    assert groups() == 0
    write("2021-03-06", MINISTER, title="The dam at Bergen is safe")
    assert groups() == 1
    library.close()
    with Library.open(places) as opened:
        opened.people.prepare()
        ids = opened.listing.ids(View())
        listed = opened.listing.arrange(ids, Sorting(grouping=Grouping.STORY), (), datetime.now(UTC))
        assert sum(group.heading for group in listed.groups) == 1
