"""Orders and groups of lists: right, stable, and following what changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database.index.sort_keys import comparable
from store.library import Library
from store.library.listing import period
from store.models import Grouping, Order, Scope, Sorting, View
from store.paths import Places

NOW = datetime(2024, 5, 17, 12, 0, tzinfo=UTC)
TEXT = "“It is open,” said Mara Lindqvist, the mayor.\n"


@pytest.fixture
def library(tmp_path):
    places = Places.below(tmp_path / "home")
    articles = {
        "Zebra": (17, TEXT + "\n“It is not,” said Tom Adeyemi, the pilot.\n"),
        "Éclair": (16, "Nothing was said.\n"),
        "“apple”": (12, TEXT),
        "Banana": (1, TEXT),
    }
    for number, (title, (day, text)) in enumerate(articles.items()):
        places.seeds.mkdir(parents=True, exist_ok=True)
        content = f"{title}\n\n# {day:02} May 2024 09:00 (UTC +00:00)\n\n{text}"
        (places.seeds / f"{number}.txt").write_text(content, encoding="utf-8")
    with Library.open(places) as opened:
        opened.files.ingest(sorted(places.seeds.iterdir()))
        yield opened


def titles(library, sorting: Sorting) -> list[str]:
    unread = set(library.listing.ids(View(Scope.UNREAD)))
    listed = library.listing.arrange(library.listing.ids(View()), sorting, unread, NOW)
    return [library.articles.get(article_id).article.title.strip("“”") for article_id in listed.ids]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.DATE, ["Zebra", "Éclair", "apple", "Banana"]),
        (Order.TITLE, ["apple", "Banana", "Éclair", "Zebra"]),
        (Order.QUOTED, ["Zebra", "apple", "Banana", "Éclair"]),
        (Order.SOURCE, ["Zebra", "Éclair", "apple", "Banana"]),
    ],
)
def test_orders(library, order: Order, expected: list[str]) -> None:
    assert titles(library, Sorting(order)) == expected
    assert titles(library, Sorting(order, reverse=True)) == expected[::-1]


def test_unread_first_and_what_changes_is_followed(library) -> None:
    ids = library.listing.ids(View())
    library.articles.mark(ids[:1], read=True)
    assert titles(library, Sorting(Order.UNREAD)) == ["Éclair", "apple", "Banana", "Zebra"]
    assert titles(library, Sorting(Order.TITLE))[0] == "apple"
    new = library.places.seeds / "new.txt"
    new.write_text(f"Aardvark\n\n# 02 May 2024 09:00 (UTC +00:00)\n\n{TEXT}", encoding="utf-8")
    library.files.ingest([new])
    assert titles(library, Sorting(Order.TITLE))[0] == "Aardvark"
    assert len(library.listing.quoting(library.listing.ids(View()))) == 4


def test_groups_by_date_and_by_feed(library) -> None:
    listed = library.listing.arrange(library.listing.ids(View()), Sorting(grouping=Grouping.DATE), (), NOW)
    assert [(group.title, group.start) for group in listed.groups] == [
        ("Today", 0),
        ("Yesterday", 1),
        ("Sunday 12 May", 2),
        ("May 2024", 3),
    ]
    listed = library.listing.arrange(
        library.listing.ids(View()), Sorting(Order.DATE, reverse=True, grouping=Grouping.DATE), (), NOW
    )
    assert [group.title for group in listed.groups] == ["May 2024", "Sunday 12 May", "Yesterday", "Today"]
    listed = library.listing.arrange(library.listing.ids(View()), Sorting(Order.TITLE, grouping=Grouping.FEED), (), NOW)
    assert [(group.title, group.start) for group in listed.groups] == [("Seeds", 0)]
    assert library.listing.newest_first(sorted(listed.ids)) == list(library.listing.ids(View()))


@given(st.datetimes(datetime(1, 1, 2), datetime(9998, 1, 1)), st.sampled_from([-11, 0, 5.5, 14]), st.integers(0, 400))
def test_every_moment_is_in_its_period(when: datetime, hours: float, ahead: int) -> None:
    zone = timezone(timedelta(hours=hours))
    now = when.replace(tzinfo=zone) + timedelta(days=ahead)
    time = int((when.replace(tzinfo=zone) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
    low, high, (name, title) = period(time, now)
    assert low <= time < high
    assert name
    assert title
    assert period(low, now)[2] == (name, title)


def test_titles_are_compared_without_case_diacritics_and_quotation_marks() -> None:
    assert comparable("“Élan” vital") == "elan” vital"
    assert comparable("!!!") == "!!!"
