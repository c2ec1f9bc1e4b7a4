"""Panes that are out of sight: what comes meanwhile is there when they are seen again, and nothing of what was."""

from __future__ import annotations

import pytest

from tui.keys.commands import Pane

LONG = "\n\n".join(f"Paragraph {number} of the long text, which goes on for a while." for number in range(60))


@pytest.fixture(autouse=True)
def _articles(put_article) -> None:
    put_article("a", "Short text", 1, "All there is.")
    put_article("b", "Middle text", 2, "Between the two.")
    put_article("c", "Long text", 3, LONG)


async def test_a_shorter_article_is_shown_after_a_long_one_that_was_hidden(open_dashboard) -> None:
    async with open_dashboard(size=(80, 24)) as driver:
        await driver.press("enter", "G", "h", "j", "j", "enter")
        assert "All there is." in driver.text
        assert "Paragraph" not in driver.text


async def test_what_was_chosen_while_the_headlines_had_the_screen_is_shown_afterwards(open_dashboard) -> None:
    async with open_dashboard(size=(150, 45)) as driver:
        await driver.press("enter", "G", "h", "z", "j", "j", "z")
        assert "All there is." in driver.text


async def test_a_terminal_that_grows_shows_what_was_chosen_while_it_was_small(open_dashboard) -> None:
    async with open_dashboard(size=(150, 45)) as driver:
        await driver.press("enter", "G", "h")
        await driver.pilot.resize_terminal(80, 24)
        await driver.press("j", "j")
        await driver.pilot.resize_terminal(150, 45)
        await driver.settle()
        assert "All there is." in driver.text


async def test_the_place_in_a_text_is_kept_where_one_pane_is_seen_at_a_time(open_dashboard) -> None:
    async with open_dashboard(size=(80, 24)) as driver:
        await driver.press("enter", *["pagedown"] * 3)
        first = driver.text.splitlines()[2]
        assert "Paragraph" in first
        await driver.press("h", "j", "k", "enter")
        assert first in driver.text


async def test_the_cursor_that_moved_out_of_sight_is_seen_again(open_dashboard, put_article) -> None:
    for number in range(50):
        put_article(f"more{number}", f"Number {number}", 4)
    async with open_dashboard(size=(80, 24)) as driver:
        await driver.press("enter", *["n"] * 30)
        current = driver.current
        await driver.press("h")
        assert driver.controllers.panes.current is Pane.HEADLINES
        assert current in driver.text


SMALL = [(1, 1), (1, 45), (150, 1), (2, 2), (9, 3)]


@pytest.mark.parametrize("small", SMALL)
async def test_it_can_be_started_in_a_terminal_as_small_as_there_is(open_dashboard, small: tuple[int, int]) -> None:
    async with open_dashboard(size=small) as driver:
        for key in ("enter", "l", "?", "escape", "a", "escape", "P", "escape", "h", "j"):
            await driver.press(key)
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert "text" in driver.text


@pytest.mark.parametrize("small", SMALL)
async def test_a_terminal_may_become_as_small_as_there_is(open_dashboard, small: tuple[int, int]) -> None:
    async with open_dashboard(size=(150, 45)) as driver:
        whole = driver.text
        for key in ("h", "enter", "l", "l", "?", "escape", "P", "escape", "h", "h"):
            await driver.press(key)
            await driver.pilot.resize_terminal(*small)
            await driver.pilot.resize_terminal(150, 45)
            await driver.settle()
        assert "Long text" in driver.text
        assert len(driver.text) == len(whole)
