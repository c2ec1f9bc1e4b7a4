"""The sidebar: folders made of tags, what is folded, sorted and left out, and feeds edited by key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from store.database import Database
from store.models import (
    Analysis,
    Article,
    Block,
    BlockKind,
    Counts,
    Document,
    Feed,
    FeedState,
    FeedSummary,
    Scope,
    Status,
    View,
)
from store.paths import Places
from tui.dialogs.confirm import ConfirmScreen
from tui.dialogs.edit_feed import EditFeedScreen
from tui.dialogs.feed_page import FeedPageScreen
from tui.keys.commands import Pane

WHEN = datetime(2024, 5, 16, 9, tzinfo=UTC)
WIDTH = 26
Fill = Callable[..., None]


@pytest.fixture
def fill(places: Places) -> Fill:
    """Stores feeds, given as title and tags, each with two articles of which one is unread."""

    def put(*feeds: tuple[str, tuple[str, ...]], errors: tuple[str, ...] = (), hidden: tuple[str, ...] = ()) -> None:
        with Database.open(places.database) as database:
            for number, (title, tags) in enumerate(feeds):
                feed = database.feeds.add(
                    Feed(0, f"https://example.org/{number}", title, tags=tags, hidden=title in hidden)
                )
                error = "The server answered 404." if title in errors else ""
                state = FeedState(feed.id, checked=WHEN, succeeded=WHEN, error=error, failures=3 if error else 0)
                database.feeds.save_states([state])
                ids = database.articles.add([article(feed.id, f"{title} {name}") for name in ("old", "new")])
                database.articles.save_statuses([Status(ids[0], read=True)])

    return put


def article(feed_id: int, title: str) -> tuple[Article, Document, Analysis]:
    when = WHEN + timedelta(minutes=feed_id * 10 + title.endswith("new"))
    text = f"The text of {title}."
    document = Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    return Article(0, feed_id, title, title, title, when, when, engine=99), document, Analysis(99)


def sidebar(driver) -> list[str]:
    """The rows of the sidebar below the smart views, as they are drawn, without the seeds' feed."""
    feeds = driver.context.feeds
    rows = ["".join(text for text, _ in feeds.draw(row, 0, WIDTH)).rstrip() for row in range(feeds.row_count())]
    return [row for row in rows[5:] if row and "Seeds" not in row]


TWO = (("Coast", ("News", "Sea")), ("Harbour", ("Sea",)), ("Alone", ()))


async def test_tags_are_folders_with_counts_and_a_view_of_their_own(open_dashboard, fill: Fill) -> None:
    fill(*TWO)
    async with open_dashboard() as driver:
        await driver.press("h")
        rows = [row.split() for row in sidebar(driver)]
        assert rows == [
            ["Alone", "1"],
            ["▾", "News", "1"],
            ["Coast", "1"],
            ["▾", "Sea", "2"],
            ["Coast", "1"],
            ["Harbour", "1"],
        ]
        driver.context.feeds.select(View(Scope.TAG, tag="Sea"))
        await driver.press("enter")
        assert driver.titles == ["Harbour new", "Harbour old", "Coast new", "Coast old"]
        assert driver.context.session.title == "Sea"


async def test_folders_fold_by_key_and_mouse_and_stay_so(open_dashboard, fill: Fill) -> None:
    fill(*TWO, errors=("Coast",))
    async with open_dashboard() as driver:
        feeds = driver.context.feeds
        await driver.press("h")
        feeds.select(View(Scope.TAG, tag="Sea"))
        await driver.press("space")
        assert [row.split() for row in sidebar(driver)][3:] == [["!▸", "Sea", "2"]]
        await driver.press("l")
        assert len(sidebar(driver)) == 6
        assert driver.controllers.panes.current is Pane.FEEDS
        await driver.press("j", "h")
        assert feeds.current == View(Scope.TAG, tag="Sea")
        await driver.press("h", "h")
        assert len(sidebar(driver)) == 4
        await driver.press("underscore")
        assert len(sidebar(driver)) == 3
    async with open_dashboard() as driver:
        assert [row.split()[-2:] for row in sidebar(driver)] == [["Alone", "1"], ["News", "1"], ["Sea", "2"]]
        await driver.press("h")
        feeds = driver.context.feeds
        line = next(row for row in range(feeds.row_count()) if feeds._rows[row].title == "News")
        await driver.pilot.click(feeds, offset=(3, line + 1))
        await driver.settle()
        assert len(sidebar(driver)) == 4
        assert driver.context.session.view == View()


async def test_feeds_are_sorted_and_left_out_as_wished(open_dashboard, fill: Fill) -> None:
    fill(("Zebra", ()), ("Ant", ()), ("Quiet", ()), ("Broken", ()), errors=("Broken",), hidden=("Ant",))
    async with open_dashboard() as driver:
        quiet = driver.library.feeds.find("Quiet").id
        broken = driver.library.feeds.find("Broken").id
        driver.library.articles.mark([*driver.library.listing.ids(View(Scope.FEED, quiet))], read=True)
        driver.library.articles.mark([*driver.library.listing.ids(View(Scope.FEED, broken))], read=True)
        driver.controllers.sidebar.update_feeds()
        await driver.settle()

        def names() -> list[str]:
            return [row.strip(" !1") for row in sidebar(driver)]

        assert names() == ["Broken", "Quiet", "Zebra"]
        await driver.press("h", "o")
        assert names() == ["Zebra", "Broken", "Quiet"]
        assert "unread" in driver.context.status.text
        await driver.press("o")
        assert names() == ["Zebra", "Quiet", "Broken"]
        await driver.press("u")
        assert names() == ["Zebra", "Broken"]
        await driver.press("full_stop")
        assert names() == ["Zebra", "Ant", "Broken"]
        assert "Ant new" not in driver.titles


async def test_the_feed_that_is_listed_stays_in_the_sidebar_when_it_is_read(open_dashboard, fill: Fill) -> None:
    fill(("Ant", ()), ("Bee", ()))
    async with open_dashboard() as driver:
        await driver.press("h", "u")
        driver.context.feeds.select(View(Scope.FEED, driver.library.feeds.find("Ant").id))
        await driver.press("enter", "A")
        assert [row.strip(" 1") for row in sidebar(driver)] == ["Ant", "Bee"]
        await driver.press("J")
        assert driver.titles == ["Bee new", "Bee old"]
        await driver.press("K", "K")
        assert [row.strip(" 1") for row in sidebar(driver)] == ["Bee"]


async def test_next_feed_goes_through_folders_without_going_round(open_dashboard, fill: Fill) -> None:
    fill(("Both", ("A", "B")), ("Last", ("B",)))
    async with open_dashboard() as driver:
        seen = []
        for _ in range(14):
            await driver.press("J")
            seen.append(driver.context.session.title)
        assert seen[3:10] == ["Seeds", "A", "Both", "B", "Both", "Last", "Last"]


async def test_a_folder_is_marked_read_from_the_sidebar_and_that_is_undone(open_dashboard, fill: Fill) -> None:
    fill(*TWO)
    async with open_dashboard() as driver:
        await driver.press("h")
        driver.context.feeds.select(View(Scope.TAG, tag="Sea"))
        unread = len(driver.library.listing.ids(View(Scope.UNREAD)))
        await driver.press("A")
        assert "2 articles marked as read" in driver.context.status.text
        assert len(driver.library.listing.ids(View(Scope.UNREAD))) == unread - 2
        await driver.press("U")
        assert len(driver.library.listing.ids(View(Scope.UNREAD))) == unread


async def test_a_feed_is_edited_by_key(open_dashboard, fill: Fill) -> None:
    fill(("Coast", ()), ("Harbour", ("Sea",)))
    async with open_dashboard() as driver:
        await driver.press("h")
        driver.context.feeds.select(View(Scope.FEED, driver.library.feeds.find("Coast").id))
        await driver.press("e")
        assert isinstance(driver.app.screen, EditFeedScreen)
        await driver.type("Shore")
        await driver.press("tab")
        await driver.type("sea,x")
        await driver.press("tab")
        await driver.type("3s")
        await driver.press("enter")
        assert "at least" in driver.text
        await driver.press("backspace", "backspace", *"90m", "tab", "space", "space", "tab", "enter")
        feed = driver.library.feeds.find("Shore")
        assert (feed.tags, feed.interval, feed.full_text, feed.hidden) == (("Sea", "x"), 90, False, False)
        assert feed.renamed
        assert "Shore" in driver.text


async def test_tags_are_set_with_completion_of_those_that_are_known(open_dashboard, fill: Fill) -> None:
    fill(("Coast", ()), ("Harbour", ("Deep sea",)))
    async with open_dashboard() as driver:
        await driver.press("h")
        driver.context.feeds.select(View(Scope.FEED, driver.library.feeds.find("Coast").id))
        await driver.press("t")
        await driver.type("x, dee")
        await driver.press("tab", "enter")
        assert driver.library.feeds.find("Coast").tags == ("x", "Deep sea")
        await driver.press("t", *"y", "enter")
        assert driver.library.feeds.find("Coast").tags == ("x", "Deep sea", "y")


async def test_an_article_is_tagged_found_by_its_tag_and_that_is_undone(open_dashboard, fill: Fill) -> None:
    fill(
        ("Coast", ()),
    )
    async with open_dashboard() as driver:
        title = driver.titles[0]
        await driver.press("t", *"keep", "enter")
        found = driver.library.listing.ids(View(query="tag:keep"))
        assert [driver.library.articles.get(key).article.title for key in found] == [title]
        await driver.press("U")
        assert not driver.library.listing.ids(View(query="tag:keep"))


async def test_the_page_of_a_failing_feed_says_why(open_dashboard, fill: Fill) -> None:
    fill(("Coast", ("Sea",)), errors=("Coast",))
    async with open_dashboard() as driver:
        await driver.press("h")
        driver.context.feeds.select(View(Scope.FEED, driver.library.feeds.find("Coast").id))
        await driver.press("i")
        assert isinstance(driver.app.screen, FeedPageScreen)
        assert "The server answered 404. This was failure 3 in a row." in driver.text
        assert "2, 1 unread" in driver.text
        await driver.press("e")
        assert isinstance(driver.app.screen, EditFeedScreen)
        await driver.press("escape")
        assert driver.app.screen is driver.dashboard


async def test_a_folder_is_renamed_and_removed_and_its_feeds_stay(open_dashboard, fill: Fill) -> None:
    fill(*TWO)
    async with open_dashboard() as driver:
        await driver.press("h")
        driver.context.feeds.select(View(Scope.TAG, tag="Sea"))
        await driver.press("e", "ctrl+u", *"news", "enter")
        assert driver.library.feeds.find("Harbour").tags == ("News",)
        assert driver.library.feeds.find("Coast").tags == ("News",)
        assert driver.context.session.view == View(Scope.TAG, tag="News")
        await driver.press("d")
        assert isinstance(driver.app.screen, ConfirmScreen)
        await driver.press("y")
        assert driver.library.feeds.find("Harbour").tags == ()
        assert driver.context.session.view == View()


async def test_a_thousand_feeds_are_listed(open_dashboard, places: Places) -> None:
    with Database.open(places.database) as database:
        for number in range(1000):
            tags = ("Many",) if number % 2 else ()
            database.feeds.add(Feed(0, f"https://example.org/{number}", f"Feed {number:04}", tags=tags))
    async with open_dashboard() as driver:
        await driver.press("h", "G")
        assert "Feed 0999" in driver.text
        await driver.press("h", "space")
        assert driver.context.feeds.row_count() == 5 + 1 + 500 + 1


def test_a_look_survives_its_setting() -> None:
    from tui.widgets.feed_tree import Look, Order

    look = Look(frozenset({"A", "b, c"}), Order.ADDED, only_unread=True)
    assert Look.recalled(look.stored()) == look
    assert Look.recalled({"folded": [1, "A"], "order": "odd", "only_unread": 1}) == Look(frozenset({"A"}))
    assert Look.recalled([]) == replace(Look())


def test_rows_counted_again_are_the_rows_made_anew() -> None:
    from tui.widgets.feed_tree import Contents, Look, build, recounted

    feeds = [
        FeedSummary(Feed(number, f"https://example.org/{number}", f"Feed {number}", tags=tags, hidden=hidden),
                    FeedState(number), 9, 5)
        for number, (tags, hidden) in enumerate([(("A",), False), (("A", "B"), False), ((), False), (("B",), True)], 1)
    ]  # fmt: skip
    look = Look(frozenset({"B"}), show_hidden=True)
    rows = build(Contents(feeds), look)
    counts = Counts({1: (9, 3), 2: (9, 0), 3: (9, 12345), 4: (9, 2)}, {Scope.UNREAD: 7, Scope.STARRED: 1})
    contents = Contents(feeds, counts)
    assert recounted(rows, contents) == build(contents, look)
