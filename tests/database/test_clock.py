"""A clock that goes backwards changes times that are told, never what is kept or which change is the later one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.small_store import item

from store.database import Database
from store.library import Library
from store.models import Feed, RetentionRule
from store.paths import Places


class Clock(datetime):
    """The time of day as a test sets it."""

    moment = datetime(2024, 5, 18, tzinfo=UTC)

    @classmethod
    def now(cls, tz=None):
        return cls.moment.astimezone(tz)


@pytest.fixture
def clock(monkeypatch):
    for module in ("store.library.articles", "store.database.articles", "store.database.retention"):
        monkeypatch.setattr(f"{module}.datetime", Clock)
    monkeypatch.setattr(Clock, "moment", datetime(2024, 5, 18, tzinfo=UTC))
    return Clock


@pytest.fixture
def library(tmp_path):
    places = Places.below(tmp_path / "home")
    with Database.open(places.database) as database:
        database.feeds.add(Feed(0, "https://a.example/", "A"))
        database.articles.add([item(number) for number in range(3)])
    return places


def test_the_last_mark_holds_though_the_clock_went_back(library, clock) -> None:
    with Library.open(library) as opened:
        opened.articles.mark([1], read=True)
        clock.moment -= timedelta(days=400)
        opened.articles.mark([1], read=False, starred=True)
    with Library.open(library) as opened:
        status = opened.articles.get(1).status
        assert (status.read, status.starred) == (False, True)
        assert status.changed == clock.moment


def test_earlier_texts_stay_in_the_order_they_were_replaced_in(library, clock) -> None:
    with Database.open(library.database) as database:
        for version in ("two", "three", "four"):
            clock.moment -= timedelta(days=1)
            database.articles.update([item(0, text=f"Version {version}.", article_id=1)])
        texts = [revision.document.text for revision in database.texts.revisions(1)]
        assert texts[1:] == ["Version two.", "Version three."]
        database.compact()
        assert [revision.document.text for revision in database.texts.revisions(1)] == texts


def test_nothing_is_too_old_for_a_clock_that_stands_in_the_past(library, clock) -> None:
    clock.moment = datetime(1970, 1, 1, tzinfo=UTC)
    with Library.open(library) as opened:
        assert opened.maintenance.expire(RetentionRule(newer_than=timedelta(days=30))) == 0


def test_articles_of_any_time_keep_their_order(library) -> None:
    far = [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), datetime(1969, 12, 31, tzinfo=UTC)]
    with Database.open(library.database) as database:
        new = [(replace(item(10 + place)[0], published=time), *item(10)[1:]) for place, time in enumerate(far)]
        first, last, before = database.articles.add(new)
        expected = [last, 3, 2, 1, before, first]
        assert list(database.articles.ids()) == expected
        database.compact()
    with Database.open(library.database) as database:
        assert list(database.articles.ids()) == expected
