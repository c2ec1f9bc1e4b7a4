"""Searching on the screen: mistakes, hits shown, saved searches, by keys on a real library."""

from __future__ import annotations

import pytest

from store.models import SavedSearch, Scope, View
from tui.keys.commands import Pane


@pytest.fixture(autouse=True)
def three(put_article) -> None:
    put_article("one", "Ferry harbour", 1, "The pier is closed.\n\n“Ships wait,” said Ann Bell.")
    put_article("two", "Budget day", 2, "Money for the harbour is there.\n\n“We pay,” said Tom Reed.")
    put_article("three", "Storm warning", 3, "Wind and rain.\n\n“Stay home,” said Ann Bell.")


async def test_what_was_found_is_shown_under_its_headline_and_marked_in_the_article(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("slash")
        await driver.type("money")
        await driver.press("enter")
        assert driver.titles == ["Budget day"]
        rows = [line for line in driver.text.splitlines() if "Money for the harbour" in line]
        assert len(rows) == 2


async def test_a_mistake_is_pointed_at_and_enter_keeps_the_line_open(open_dashboard) -> None:
    async with open_dashboard() as driver:
        before = driver.titles
        await driver.press("slash")
        await driver.type("harbour is:green")
        await driver.press("enter")
        lines = driver.text.splitlines()
        at = next(number for number, line in enumerate(lines) if "harbour is:green" in line)
        assert "unread, read, starred" in lines[at - 1]
        assert lines[at + 1].index("^") == lines[at].index("green")
        assert driver.context.search_bar.display
        await driver.press(*["backspace"] * len("green"))
        await driver.type("unread")
        await driver.press("enter")
        assert not driver.context.search_bar.display
        assert driver.titles == ["Budget day", "Ferry harbour"]
        await driver.press("escape")
        assert driver.titles == before


async def test_the_search_line_says_what_can_be_typed(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("slash")
        assert "said:NAME" in driver.text
        assert "newer:7d" in driver.text


async def test_nothing_found_in_one_view_offers_to_search_everywhere(open_dashboard) -> None:
    async with open_dashboard() as driver:
        driver.controllers.headline_list.show(View(Scope.STARRED), "Starred")
        await driver.settle()
        await driver.press("slash")
        await driver.type("storm")
        await driver.press("enter")
        assert "Nothing in Starred matches “storm”." in driver.text
        await driver.press("E")
        assert driver.titles == ["Storm warning"]


async def test_nothing_found_offers_words_that_begin_so(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("slash")
        await driver.type("harb")
        assert "harb* also finds words that begin so." in driver.text
        assert "Nothing to read" in driver.text
        await driver.type("*")
        assert {"Ferry harbour", "Budget day"} <= set(driver.titles)
        await driver.press("escape", "slash")
        await driver.type("is:starred")
        assert "is:starred*" not in driver.text


async def test_a_search_is_saved_listed_with_its_count_renamed_and_removed(open_dashboard) -> None:
    async with open_dashboard(size=(160, 40)) as driver:
        await driver.press("slash")
        await driver.type("said:bell")
        await driver.press("enter", "W")
        await driver.type("Bell")
        await driver.press("enter")
        assert driver.library.search.saved.all() == [SavedSearch("Bell", "said:bell")]
        row = next(line for line in driver.text.splitlines() if "⌕ Bell" in line)
        assert row.split("⌕ Bell")[1].split()[0] == "2"
        await driver.press("escape")
        driver.controllers.headline_list.show(View(Scope.SAVED, saved="Bell"), "Bell")
        await driver.settle()
        assert driver.titles == ["Storm warning", "Ferry harbour"]
        await driver.press("W")
        await driver.type("2")
        await driver.press("enter")
        assert [search.name for search in driver.library.search.saved.all()] == ["Bell2"]
        assert driver.context.session.view.saved == "Bell2"
        await driver.press("d", "y")
        assert driver.library.search.saved.all() == []
        assert driver.context.session.view.scope is Scope.ALL
        assert "⌕" not in driver.text


async def test_the_count_of_a_saved_search_follows_what_is_read(open_dashboard) -> None:
    async with open_dashboard(size=(160, 40)) as driver:
        driver.library.search.saved.save(SavedSearch("Bell", "said:bell"))
        driver.controllers.sidebar.update_searches()
        await driver.settle()
        await driver.press("m")
        row = next(line for line in driver.text.splitlines() if "⌕ Bell" in line)
        assert row.split("⌕ Bell")[1].split()[0] == "1"


async def test_a_search_that_cannot_be_kept_can_be_put_right(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("slash")
        await driver.type("storm")
        await driver.press("enter", "W", "tab")
        await driver.type(" (")
        await driver.press("enter")
        assert "This bracket is not closed." in driver.text
        await driver.press("tab", "backspace", "enter")
        assert [search.query for search in driver.library.search.saved.all()] == ["storm"]
        assert driver.controllers.panes.current is Pane.HEADLINES
