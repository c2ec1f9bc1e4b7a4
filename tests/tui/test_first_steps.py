"""What a new user is shown: the card, lists of another reader, news to start with."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest
from support.small_site import Page, Site, rss
from textual.widgets import Input

from store.feeds.feed_lists import find_lists
from store.models import Feed
from tui.dialogs.confirm import ConfirmScreen
from tui.dialogs.help import HelpScreen
from tui.dialogs.starter_feeds import StarterScreen, starter_feeds
from tui.dialogs.welcome import WelcomeScreen
from tui.widgets.search import SearchBar


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home folder of the user's that nobody else has."""
    folder = tmp_path / "user"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return folder


async def test_the_card_is_shown_once_and_can_be_seen_again(open_dashboard) -> None:
    async with open_dashboard() as driver:
        driver.controllers.onboarding.welcome_once()
        await driver.settle()
        assert isinstance(driver.app.screen, WelcomeScreen)
        for words in ("who said what", "Headlines", "People & quotes", "Any key"):
            assert words in driver.text
        await driver.press("j")
        assert driver.app.screen is driver.dashboard
        driver.controllers.onboarding.welcome_once()
        await driver.settle()
        assert driver.app.screen is driver.dashboard
        await driver.press("f1")
        assert isinstance(driver.app.screen, WelcomeScreen)


async def test_keys_of_the_card_do_what_it_says(open_dashboard) -> None:
    async with open_dashboard() as driver:
        driver.controllers.onboarding.welcome_once()
        await driver.settle()
        await driver.press("slash", "h", "a", "r")
        assert driver.dashboard.query_one(SearchBar).query_one(Input).value == "har"
        assert "End the search" in driver.text
        await driver.press("escape")
        assert "End the search" not in driver.text
    async with open_dashboard() as driver:
        await driver.press("f1")
        await driver.press("question_mark")
        assert isinstance(driver.app.screen, HelpScreen)
        await driver.press("escape", "f1", "q")
        assert driver.app.screen is driver.dashboard


@pytest.mark.parametrize("yes", [True, False])
async def test_a_list_of_another_reader_is_offered(open_dashboard, home, yes) -> None:
    (home / ".newsboat").mkdir()
    (home / ".newsboat/urls").write_text('https://a.invalid/feed "~A"\nhttps://b.invalid/feed\nexec:rm\n')
    async with open_dashboard() as driver:
        driver.controllers.onboarding.welcome_once()
        await driver.settle()
        await driver.press("space")
        assert isinstance(driver.app.screen, ConfirmScreen)
        assert "~/.newsboat/urls has 2 feeds" in driver.text
        assert len(driver.library.feeds.all()) == 1
        await driver.press("y" if yes else "n")
        assert len(driver.library.feeds.all()) == (3 if yes else 1)


async def test_nothing_is_offered_where_nothing_is(open_dashboard, home) -> None:
    (home / "notes.opml").write_text("no list at all")
    (home / "Downloads").write_text("not a folder")
    async with open_dashboard() as driver:
        driver.controllers.onboarding.welcome_once()
        await driver.settle()
        await driver.press("space")
        assert driver.app.screen is driver.dashboard


def test_lists_are_looked_for_in_the_usual_places(home) -> None:
    files = [home / ".newsboat/urls", home / ".config/newsboat/urls", home / "b.opml", home / "Downloads/a.OPML"]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    (home / "c.opml").mkdir()
    assert list(find_lists(home, {})) == files


def test_the_feeds_on_offer_are_named_and_by_topic() -> None:
    feeds = starter_feeds()
    assert len(feeds) > 30
    assert all(feed.title and len(feed.tags) == 1 for feed in feeds)
    assert max(Counter(feed.url for feed in feeds).values()) == 1
    assert all(urlsplit(feed.url).scheme == "https" for feed in feeds)
    topics = [feed.tags[0] for feed in feeds]
    assert len([one for one, other in zip(topics, ["", *topics], strict=False) if one != other]) == len(set(topics))


async def test_feeds_are_chosen_by_space_and_fetched_then(open_dashboard, monkeypatch) -> None:
    with Site() as site:
        site.pages["/one"] = Page(rss("One", ("First of one", "<p>Text</p>")))
        site.pages["/two"] = Page(rss("Two", ("First of two", "<p>Text</p>")))
        offered = [Feed(0, f"{site.url}/{name}", name.title(), tags=("World",)) for name in ("one", "two", "three")]
        monkeypatch.setattr("tui.dashboard.onboarding.starter_feeds", lambda: offered)
        async with open_dashboard() as driver:
            await driver.press("N")
            assert isinstance(driver.app.screen, StarterScreen)
            assert not site.asked
            await driver.press("space", "j", "space", "j", "space", "space")
            assert "Enter follows the 2 chosen" in driver.text
            await driver.press("enter")
            assert {"First of one", "First of two"} <= set(driver.titles)
            await driver.press("N")
            assert "Three" in driver.text
            assert "[ ] One" not in driver.text
            await driver.press("escape")
            assert {feed.feed.title for feed in driver.library.feeds.all()} == {"Seeds", "One", "Two"}
