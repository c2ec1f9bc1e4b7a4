"""What a refresh means for a feed: pure decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.errors import FeedError, NotAFeedError
from store.feeds.schedule import (
    LONGEST,
    LONGEST_BACK_OFF,
    SHORTEST,
    Outcome,
    after_failure,
    after_not_modified,
    after_success,
    back_off,
    is_due,
)
from store.models import Feed, FeedState

NOW = datetime(2024, 1, 1, tzinfo=UTC)
FEED = Feed(1, "https://news.example/feed", "News")
FRESH = FeedState(1)
NEW = Outcome(new=True, etag='"v1"', body_hash="h", item_hashes=("a",))


def wait(state: FeedState) -> timedelta:
    assert state.next_check is not None
    assert state.checked is not None
    return state.next_check - state.checked


def test_a_good_answer_is_remembered():
    feed, state = after_success(FEED, replace(FRESH, failures=3, error="No."), NEW, NOW)
    assert feed == FEED
    assert (state.etag, state.body_hash, state.item_hashes) == ('"v1"', "h", ("a",))
    assert (state.checked, state.succeeded, state.changed) == (NOW, NOW, NOW)
    assert (state.failures, state.error) == (0, "")


def test_nothing_new_keeps_what_is_known():
    _, state = after_success(FEED, FRESH, NEW, NOW)
    later = NOW + timedelta(hours=1)
    _, again = after_not_modified(FEED, state, later)
    assert (again.etag, again.body_hash, again.item_hashes, again.changed) == ('"v1"', "h", ("a",), NOW)
    assert again.succeeded == later


class TestIntervals:
    def test_shorter_while_there_is_news_and_longer_while_there_is_none(self):
        _, state = after_success(FEED, FRESH, NEW, NOW)
        first = wait(state)
        _, busy = after_success(FEED, state, NEW, NOW + first)
        _, quiet = after_not_modified(FEED, state, NOW + first)
        assert wait(busy) < first < wait(quiet)

    @given(st.lists(st.booleans(), max_size=30))
    def test_within_bounds_whatever_happens(self, news):
        state, now = FRESH, NOW
        for new in news:
            _, state = after_success(FEED, state, replace(NEW, new=new), now)
            assert SHORTEST <= wait(state) <= LONGEST
            now += wait(state)

    def test_the_users_own(self):
        _, state = after_success(replace(FEED, interval=5), FRESH, NEW, NOW)
        assert wait(state) == timedelta(minutes=5)

    def test_not_more_often_than_the_feed_asks_for(self):
        _, state = after_success(FEED, FRESH, replace(NEW, minutes_between=1000), NOW)
        assert wait(state) == timedelta(minutes=1000)
        _, state = after_success(FEED, FRESH, replace(NEW, minutes_between=10080), NOW)
        assert wait(state) == timedelta(days=1)


class TestMoving:
    MOVED = replace(NEW, permanent_redirect="https://new.example/feed")

    def test_after_two_agreeing_refreshes(self):
        feed, state = after_success(FEED, FRESH, self.MOVED, NOW)
        assert feed.url == FEED.url
        feed, state = after_success(feed, state, self.MOVED, NOW)
        assert feed.url == "https://new.example/feed"
        assert state.moved_to == ""

    def test_not_when_they_differ(self):
        _, state = after_success(FEED, FRESH, self.MOVED, NOW)
        feed, _ = after_success(FEED, state, replace(NEW, permanent_redirect="https://login.example/"), NOW)
        assert feed.url == FEED.url

    def test_not_when_the_redirect_went_away_between(self):
        _, state = after_success(FEED, FRESH, self.MOVED, NOW)
        _, state = after_success(FEED, state, NEW, NOW)
        feed, _ = after_success(FEED, state, self.MOVED, NOW)
        assert feed.url == FEED.url

    def test_also_by_answers_that_nothing_changed(self):
        _, state = after_success(FEED, FRESH, self.MOVED, NOW)
        feed, _ = after_not_modified(FEED, state, NOW, "https://new.example/feed")
        assert feed.url == "https://new.example/feed"


class TestFailures:
    def test_keep_what_is_known(self):
        _, good = after_success(FEED, FRESH, NEW, NOW)
        bad = after_failure(good, FeedError("No."), NOW)
        assert (bad.etag, bad.body_hash, bad.item_hashes, bad.succeeded) == ('"v1"', "h", ("a",), NOW)
        assert (bad.error, bad.failures) == ("No.", 1)

    def test_wait_longer_each_time_and_never_stop(self):
        waits = [back_off(number) for number in range(1, 2000)]
        assert waits == sorted(waits)
        assert waits[0] < timedelta(hours=1)
        assert waits[-1] == LONGEST_BACK_OFF

    def test_a_wait_that_the_server_asks_for(self):
        state = after_failure(FRESH, FeedError("Slow down.", status=429, retry_after=7200), NOW)
        assert wait(state) == timedelta(hours=2)
        state = after_failure(FRESH, FeedError("Slow down.", status=429, retry_after=1), NOW)
        assert wait(state) == back_off(1)

    def test_gone_is_not_asked_again(self):
        state = after_failure(FRESH, FeedError("Gone.", status=410, gone=True), NOW)
        assert state.gone
        assert not is_due(state, NOW + timedelta(days=1000))

    def test_a_feed_that_became_a_page(self):
        _, good = after_success(FEED, FRESH, NEW, NOW)
        assert "not a feed any more" in after_failure(good, NotAFeedError("This is a web page."), NOW).error
        assert "any more" not in after_failure(FRESH, NotAFeedError("This is a web page."), NOW).error


def test_due():
    _, state = after_success(FEED, FRESH, NEW, NOW)
    assert is_due(FRESH, NOW)
    assert not is_due(state, NOW + timedelta(minutes=1))
    assert is_due(state, NOW + timedelta(days=1))
