"""Quotations of two people, or of two outlets on a topic, side by side."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from support.small_site import Page, Site, rss

from store.library import Library
from tui.app import NewsdashApp
from tui.people_pages.person import PersonScreen
from tui.people_pages.side_by_side import SideBySideScreen

NOW = datetime(2024, 5, 17, 12, tzinfo=UTC)

TALKS = """\
Mara Lindqvist, chief economist of the Harbour Bank, opened the talks on Monday.

“The harbour will open in spring,” Mara Lindqvist said. “We have the money for it.”

“Nobody asked the fishermen about the money,” said Tom Adeyemi, a spokesman for the boat owners.
"""
LATER = """\
Tom Adeyemi, a spokesman for the boat owners, was in Norvik on Friday, with Mara Lindqvist of the Harbour Bank.

“The cranes are rusty,” Mara Lindqvist said. “Rust is what we have,” Tom Adeyemi said.

“The ferry sails at noon,” said Jon Ekberg, the captain of the Norvik ferry.
"""


@pytest.fixture
def opened(put_article, open_dashboard):
    put_article("talks", "Talks", 10, TALKS)
    put_article("later", "Later", 17, LATER)
    return open_dashboard


async def to_person(driver, name: str) -> None:
    await driver.press("P", "/")
    await driver.type(name)
    await driver.press("enter", "enter")
    assert isinstance(driver.app.screen, PersonScreen)


async def beside(driver, words: str) -> None:
    await driver.press("|")
    await driver.type(words)
    await driver.press("enter", "1")


def columns(driver) -> tuple[str, str]:
    """What stands in the left and the right half, below the lists' top line."""
    middle = driver.app.size.width // 2
    lines = driver.text.splitlines()[1:-2]
    return "\n".join(line[:middle] for line in lines), "\n".join(line[middle:] for line in lines)


async def test_two_people_stand_side_by_side_and_one_filter_narrows_both(opened) -> None:
    async with opened() as driver:
        await to_person(driver, "lindqvist")
        await beside(driver, "adeyemi")
        assert isinstance(driver.app.screen, SideBySideScreen)
        left, right = columns(driver)
        assert "The cranes are rusty" in left
        assert "Rust is what we have" in right
        assert "rusty" not in right
        await driver.press("/")
        await driver.type("money")
        left, right = columns(driver)
        assert "We have the money" in left
        assert "Nobody asked the fishermen" in right
        assert "rusty" not in left
        assert "Rust" not in right
        await driver.type("x")
        assert driver.text.count("No quotation here has “moneyx”.") == 2
        await driver.press("escape")
        assert "Rust is what we have" in driver.text
        await driver.press("escape")
        assert isinstance(driver.app.screen, PersonScreen)


async def test_each_column_moves_by_itself_and_enter_opens_the_article_at_the_passage(opened) -> None:
    async with opened() as driver:
        await driver.press("P", "/")
        await driver.type("lindqvist")
        await driver.press("enter")
        await beside(driver, "adeyemi")
        page = driver.app.screen
        await driver.press("tab", "j")
        assert [sayings.cursor for sayings in page.lists] == [0, 1]
        await driver.press("h", "l", "enter")
        assert driver.app.screen is driver.dashboard
        shown, people = driver.context.article.opened, driver.context.people
        assert shown.article.title == "Talks"
        assert shown.document.text[shown.analysis.quotes[people.quote].start :].startswith("Nobody asked")
        await driver.press("escape")
        again = driver.app.screen
        assert isinstance(again, SideBySideScreen)
        assert [sayings.cursor for sayings in again.lists] == [0, 1]
        assert again.lists[1].has_focus


async def test_another_person_is_put_into_the_column_one_is_in(opened) -> None:
    async with opened() as driver:
        await to_person(driver, "lindqvist")
        await beside(driver, "adeyemi")
        await driver.press("l")
        await beside(driver, "ekberg")
        left, right = columns(driver)
        assert "The cranes are rusty" in left
        assert "The ferry sails" in right
        await driver.press("|")
        await driver.type("nobody of that name")
        await driver.press("enter")
        assert "Nobody else has these words" in driver.text


@pytest.fixture
def two_outlets(places, put_article):
    """The seeds and a feed, which both quote on one topic."""
    put_article("talks", "Talks", 10, TALKS)
    with Site() as site:
        feed = rss(
            "Coast News",
            ("Boats", "<p>“The money is for the boats,” said Ann Bell, a teacher.</p>"
             "<p>“We have the money for it,” Mara Lindqvist, chief economist of the Harbour Bank, said.</p>"),
        )  # fmt: skip
        site.pages["/feed"] = Page(feed)
        with Library.open(places) as library:
            library.feeds.add(f"{site.url}/feed")
            library.refresh.run()
        yield site


async def test_one_topic_stands_in_two_outlets(open_dashboard, two_outlets) -> None:
    async with open_dashboard() as driver:
        await driver.press("D")
        await driver.type("money")
        await driver.press("enter")
        assert isinstance(driver.app.screen, SideBySideScreen)
        left, right = columns(driver)
        coast, seeds = (left, right) if "Ann Bell" in left else (right, left)
        assert "The money is for the boats" in coast
        assert "Nobody asked the fishermen" in seeds
        assert "Tom Adeyemi" in seeds
        assert "Nobody asked" not in coast
        await driver.press("|")
        assert "Coast News" in driver.text
        assert "2 quotations" in driver.text
        await driver.press("1")
        await driver.press("escape")
        assert driver.app.screen is driver.dashboard
        await driver.press("D")
        await driver.type("boats")
        await driver.press("enter")
        assert "Only Coast News prints such quotations with “boats”." in driver.text
        await driver.press("D")
        await driver.type("zeppelin")
        await driver.press("enter")
        assert "No outlet prints a quotation with “zeppelin”." in driver.text


async def test_one_person_stands_in_two_outlets(open_dashboard, two_outlets) -> None:
    async with open_dashboard() as driver:
        await to_person(driver, "lindqvist")
        await driver.press("D")
        left, right = columns(driver)
        assert "We have the money" in left
        assert "We have the money" in right
        assert "Nobody asked" not in driver.text
        await driver.press("escape")
        assert isinstance(driver.app.screen, PersonScreen)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (200, 60)], ids=["wide", "narrow", "large"])
def test_picture(snap_compare, put_article, places, pressing, size) -> None:
    put_article("talks", "Talks", 10, TALKS)
    put_article("later", "Later", 17, LATER)
    app = NewsdashApp(lambda: Library.open(places), config_file=places.config_file, clock=lambda: NOW)
    keys = "P slash l i n d q enter enter | a d e y enter 1 l j"
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys.split()))
