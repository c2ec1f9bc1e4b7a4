"""Text from outside is shown as it is: it is never markup, never an action, never a terminal sequence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.widgets import OptionList
from textual.widgets._toast import Toast

from store.errors import FeedError
from store.models import Candidate, Counts, Feed, FeedState, FeedSummary, IngestReport, Problem, Scope, View
from tui.dialogs.add_feed import AddFeedScreen
from tui.dialogs.confirm import ConfirmScreen

EVIL = "[/] [@click=app.quit]x[/]"
"""Half of it breaks markup, half of it would be an action."""
WORSE = EVIL + " \x1b]0;evil\x07"

BODY = f"""{EVIL} is what the text says.

“The words {EVIL} end,” said Ann Bell, the {EVIL} of the bank.
"""


@pytest.fixture
def evil_article(put_article: Callable[..., None]) -> None:
    put_article("evil", WORSE, 9, BODY)


@pytest.mark.usefixtures("evil_article")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_a_hostile_headline_is_shown_literally_in_every_pane(open_dashboard, size: tuple[int, int]) -> None:
    async with open_dashboard(size) as driver:
        assert driver.current.startswith(EVIL)
        for key in ("g", "enter", "l", "j", "h", "h"):
            await driver.press(key)
            assert EVIL in driver.text, key
            assert "\x1b" not in driver.text
        assert driver.app.is_running


@pytest.mark.usefixtures("evil_article")
async def test_no_escape_sequence_reaches_the_terminal(open_dashboard) -> None:
    async with open_dashboard() as driver:
        strips = driver.app.screen._compositor.render_strips(driver.app.size)
        written = "".join(strip.render(driver.app.console) for strip in strips)
    assert "]0;" not in written
    assert "\x07" not in written
    assert EVIL in "".join(strip.text for strip in strips)


async def test_a_hostile_search_is_shown_literally(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("slash")
        driver.context.search_bar._input.value = f'"{EVIL}"'
        await driver.press("enter")
        assert driver.text.count(EVIL) >= 1


async def test_a_hostile_feed_is_shown_literally(open_dashboard) -> None:
    feed = Feed(77, f"https://example.org/{EVIL}", EVIL)
    async with open_dashboard((200, 50)) as driver:
        dashboard = driver.dashboard
        summary = FeedSummary(feed, FeedState(77, error=f"The server said {EVIL}."), 3, 2)
        dashboard.context.feeds.load([summary], Counts({}, {}))
        await driver.settle()
        assert EVIL[:10] in driver.text
        dashboard.controllers.panes.go_to("feeds")
        dashboard.context.feeds.select(View(Scope.FEED, 77))
        dashboard.context.feeds.cursor_moved()
        await driver.settle()
        assert f"The server said {EVIL}" in driver.text
        dashboard.context.headlines.title(EVIL)
        dashboard.context.say(f"Following {EVIL}.")
        await driver.settle()
        assert driver.text.count(EVIL) >= 2


async def test_a_hostile_feed_is_shown_literally_in_the_palette(open_dashboard) -> None:
    feed = Feed(77, "https://example.org/", f"Go {EVIL}")
    async with open_dashboard() as driver:
        driver.context.feeds.load([FeedSummary(feed, FeedState(77), 3, 2)], Counts({}, {}))
        await driver.press("colon")
        await driver.type("click")
        await asyncio.sleep(0.4)
        await driver.settle()
        options = driver.app.screen.query_one(OptionList)
        assert any(EVIL in str(option.prompt) for option in options.options)
        assert EVIL in driver.text


async def test_hostile_errors_and_reports_are_shown_literally(open_dashboard) -> None:
    async with open_dashboard() as driver:
        driver.context.fail(FeedError(f"The server said {EVIL}."))
        await driver.settle()
        assert EVIL in driver.text
        await driver.pilot.pause(0.2)
        assert [toast.render().plain for toast in driver.app.screen.query(Toast)] == [f"Feed\nThe server said {EVIL}."]
        report = IngestReport(problems=(Problem(EVIL, "It is empty."),))
        library = replace_take_in(driver.library, report)
        driver.controllers.refresh.take_in_seeds()
        await driver.settle()
        assert library is driver.library
        assert f"{EVIL} was not taken in" in driver.text


def replace_take_in(library, report: IngestReport):
    library.files.ingest_seeds = lambda *_: report
    return library


async def test_hostile_dialogs_are_shown_literally(open_dashboard) -> None:
    offers = [Candidate(f"https://example.org/{EVIL}", EVIL), Candidate("https://example.org/2", "")]
    async with open_dashboard() as driver:
        driver.app.push_screen(ConfirmScreen("Remove", f"Stop following {EVIL}?", "removes it"))
        await driver.settle()
        assert f"Stop following {EVIL}?" in driver.text
        await driver.press("escape")
        driver.app.push_screen(AddFeedScreen(lambda _: offers, lambda url, _: replace(Feed(1, url, ""), id=1)))
        await driver.settle()
        await driver.type("x")
        await driver.press("enter")
        await driver.pilot.pause(0.1)
        await driver.settle()
        assert driver.text.count(EVIL) == 2
