"""What the user sets for feeds: titles, tags, intervals, hidden; and how tags are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Database
from store.errors import FeedError, NotFoundError
from store.library import Library
from store.models import Analysis, Article, Document, Feed, FeedEdit, FeedState, Scope, View
from store.paths import Places
from store.text.tags import clean_tags, join_tags, split_tags

NOW = datetime.now(UTC)


@pytest.fixture
def library(tmp_path) -> Iterator[Library]:
    places = Places.below(tmp_path)
    with Database.open(places.database) as database:
        for number, tags in enumerate([("Sea",), (), ("Sea", "News")]):
            feed = database.feeds.add(Feed(0, f"https://example.org/{number}", f"Feed {number}", tags=tags))
            state = FeedState(feed.id, etag="e", body_hash="b", checked=NOW, succeeded=NOW, next_check=NOW)
            database.feeds.save_states([state])
            article = Article(0, feed.id, "g", f"d{number}", f"Article {number}", NOW, NOW, engine=99)
            database.articles.add([(article, Document(), Analysis(99))])
    with Library.open(places) as opened:
        yield opened


def titles(library: Library, view: View) -> list[str]:
    return sorted(library.articles.get(key).article.title for key in library.listing.ids(view))


def test_a_tag_is_a_view_of_its_feeds(library: Library) -> None:
    assert titles(library, View(Scope.TAG, tag="Sea")) == ["Article 0", "Article 2"]
    assert titles(library, View(Scope.TAG, tag="sea")) == []
    assert titles(library, View(Scope.TAG, tag="Sea", query="title:2")) == ["Article 2"]


def test_a_hidden_feed_is_in_no_list_of_several_but_in_searches(library: Library) -> None:
    library.feeds.edit(1, FeedEdit(hidden=True))
    rest = ["Article 1", "Article 2"]
    assert titles(library, View()) == rest
    assert titles(library, View(Scope.UNREAD)) == rest
    assert titles(library, View(Scope.TODAY)) == rest
    assert titles(library, View(Scope.TAG, tag="Sea")) == ["Article 2"]
    assert titles(library, View(Scope.FEED, 1)) == ["Article 0"]
    assert titles(library, View(query="article")) == ["Article 0", *rest]
    assert library.feeds.counts().scopes[Scope.UNREAD] == 2
    library.articles.mark(library.listing.ids(View(Scope.FEED, 1)), starred=True)
    assert titles(library, View(Scope.STARRED)) == ["Article 0"]


def test_a_muted_article_is_listed_and_counted_only_where_it_is_asked_for(library: Library) -> None:
    (muted,) = library.listing.ids(View(Scope.FEED, 1))
    before = library.articles.mark([muted], muted=True)
    assert muted not in library.listing.ids(View())
    assert library.listing.ids(View(Scope.FEED, 1)) == []
    assert muted not in library.listing.ids(View(query="article"))
    assert list(library.listing.ids(View(query="is:muted"))) == [muted]
    assert list(library.listing.ids(View(query="article is:muted"))) == [muted]
    assert muted not in library.listing.ids(View(query="is:unread"))
    assert library.feeds.counts().scopes[Scope.UNREAD] == 2
    assert library.feeds.counts().feeds[1] == (1, 0)
    library.articles.mark([muted], starred=True)
    assert muted in library.listing.ids(View(Scope.STARRED))
    library.articles.restore(before)
    assert muted in library.listing.ids(View())
    assert library.feeds.counts().feeds[1] == (1, 1)


def test_the_first_unread_article_is_none_that_is_read_muted_or_of_a_hidden_feed(library: Library) -> None:
    ids = [key for feed in (1, 2, 3) for key in library.listing.ids(View(Scope.FEED, feed))]
    assert library.articles.first_unread(ids) == ids[0]
    assert library.articles.first_unread(reversed(ids)) == ids[2]
    library.articles.mark([ids[0]], read=True)
    assert library.articles.first_unread(ids) == ids[1]
    library.articles.mark([ids[1]], muted=True)
    assert library.articles.first_unread(ids) == ids[2]
    library.feeds.edit(3, FeedEdit(hidden=True))
    assert library.articles.first_unread(ids) is None


def test_marks_and_counts_of_muted_articles_hold_after_a_restart(tmp_path) -> None:
    places = Places.below(tmp_path)
    with Library.open(places) as library:
        library.files.ingest_seeds()
        (seed,) = library.listing.ids(View())
        library.articles.mark([seed], muted=True)
        library.maintenance.compact()
    with Library.open(places) as library:
        assert list(library.listing.ids(View())) == []
        assert library.feeds.counts().scopes[Scope.UNREAD] == 0
        assert list(library.listing.ids(View(query="is:muted"))) == [seed]


def test_an_interval_moves_the_next_fetch(library: Library) -> None:
    library.feeds.edit(1, FeedEdit(interval=90))
    page = library.feeds.page(1)
    assert page.interval == 90
    assert page.summary.state.next_check == NOW + timedelta(minutes=90)
    with pytest.raises(FeedError, match="every 5 minutes"):
        library.feeds.edit(1, FeedEdit(interval=2))


def test_a_title_of_ones_own_stays_until_it_is_given_up(library: Library) -> None:
    assert library.feeds.edit(1, FeedEdit(title=" My\nsea ")).title == "My sea"
    given_up = library.feeds.edit(1, FeedEdit(title=""))
    assert (given_up.title, given_up.renamed) == ("My sea", False)
    assert library.feeds.page(1).summary.state.body_hash == ""


def test_tags_keep_the_spelling_that_is_known(library: Library) -> None:
    assert library.feeds.edit(2, FeedEdit(tags=("sea", "SEA", "x"))).tags == ("Sea", "x")
    assert library.feeds.rename_tag("x", "news") == "News"
    assert library.feeds.tags()[0] == "Sea"
    assert library.feeds.remove_tag("Sea") == 3
    assert library.feeds.tags() == ["News"]
    with pytest.raises(FeedError):
        library.feeds.rename_tag("News", " \n")


def test_there_is_no_page_of_a_feed_that_is_not_followed(library: Library) -> None:
    (kept,) = library.listing.ids(View(Scope.FEED, 1))
    library.articles.mark([kept], starred=True)
    library.feeds.remove(1)
    with pytest.raises(NotFoundError):
        library.feeds.page(1)
    with pytest.raises(NotFoundError):
        library.feeds.edit(1, FeedEdit(hidden=True))


@given(st.lists(st.text(max_size=80), max_size=6))
def test_tags_that_are_written_down_read_back(tags: list[str]) -> None:
    clean = clean_tags(tags)
    assert split_tags(join_tags(clean)) == clean
    assert clean_tags(clean) == clean
