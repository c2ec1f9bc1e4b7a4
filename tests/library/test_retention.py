"""What goes when only so much is kept, what stays, and that it stays gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from support.small_store import analysis, item

from store.database import Database
from store.errors import StoreError
from store.library import Library
from store.models import Feed, RetentionRule


@pytest.fixture
def filled(places):
    """Two feeds with five articles each, of the years after 2024-05-17, an hour apart."""
    with Database.open(places.database) as database:
        for number in (1, 2):
            database.feeds.add(Feed(0, f"https://{number}.example/", f"Feed {number}"))
            database.articles.add([item(place, number) for place in range(5)])
    return places


def totals(library: Library) -> dict[int, int]:
    return {row.feed.id: row.total for row in library.feeds.all()}


def test_everything_is_kept_without_a_rule(filled) -> None:
    with Library.open(filled) as library:
        assert library.maintenance.expire(RetentionRule()) == 0
        assert totals(library) == {1: 5, 2: 5}


def test_the_newest_stay_and_a_feeds_own_rule_goes_first(filled) -> None:
    with Library.open(filled) as library:
        library.articles.mark([1], starred=True)
        assert library.maintenance.expire(RetentionRule(newest=2), {2: RetentionRule(newest=4)}) == 3
        assert totals(library) == {1: 3, 2: 4}
        assert library.articles.get(1).status.starred
    with Library.open(filled) as library:
        assert totals(library) == {1: 3, 2: 4}
    with Database.open(filled.database) as database:
        assert database.articles.was_deleted(1, "guid 1")
        assert not database.articles.was_deleted(1, "guid 4")


def test_the_old_go_by_age(filled) -> None:
    age = datetime.now(UTC) - item(0)[0].published
    with Library.open(filled) as library:
        assert library.maintenance.expire(RetentionRule(newer_than=age + timedelta(days=1))) == 0
        assert library.maintenance.expire(RetentionRule(newer_than=age - timedelta(hours=1, minutes=30))) == 4
        assert totals(library) == {1: 3, 2: 3}


@pytest.fixture
def followed(filled):
    """One article quotes somebody who is followed."""
    with Database.open(filled.database) as database:
        database.articles.save_analyses([(2, analysis("Bo Ek"))])
    with Library.open(filled) as library:
        library.people.prepare()
        library.people.follow(library.people.person_in(2, "Bo Ek") or 0)
    return filled


def test_articles_that_quote_somebody_followed_stay(followed) -> None:
    with Library.open(followed) as library:
        assert library.maintenance.expire(RetentionRule(newest=1), {2: RetentionRule(newest=5)}) == 3
        assert library.articles.get(2).article.title == "Title 1"
        library.people.unfollow(library.people.person_in(2, "Bo Ek") or 0)
        assert library.maintenance.expire(RetentionRule(newest=1), {2: RetentionRule(newest=5)}) == 1


def test_nothing_goes_while_it_is_not_known_who_is_quoted(followed) -> None:
    for file in followed.cache.iterdir():
        file.unlink()
    followed.cache.rmdir()
    followed.cache.write_text("a file where the folder should be")
    with Library.open(followed) as library:
        with pytest.raises(StoreError, match="not known yet which articles quote"):
            library.maintenance.expire(RetentionRule(newest=1))
        assert totals(library) == {1: 5, 2: 5}


def test_what_is_being_read_stays_for_now(filled) -> None:
    with Library.open(filled) as library:
        assert library.maintenance.expire(RetentionRule(newest=1), being_read=lambda: {1, 7}) == 6
        assert totals(library) == {1: 2, 2: 2}
        assert library.maintenance.expire(RetentionRule(newest=1)) == 2
