"""Articles on one event are one line of the headlines, which opens to them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.library import Library
from store.models import Grouping, Order, Sorting

NOW = datetime(2024, 5, 17, 12, tzinfo=UTC)

COPY = """\
Mara Lindqvist, chief economist of the Harbour Bank, opened the talks on the Norvik ferry harbour on Monday.

“The harbour will open in spring,” Mara Lindqvist said. “We have the money for the ferry pier.”
"""
REWRITTEN = """\
The ferry harbour of Norvik opens in spring, the Harbour Bank promised after the talks on Monday.

Its chief economist Mara Lindqvist said: “The harbour will open in spring.” The pier of the ferry is paid for.
"""
APART = """\
Rain fell on the vineyards of Alba for a ninth day, and growers feared for the grapes.

“My cellar is a lake,” said Paolo Ferri, a grower.
"""


@pytest.fixture(autouse=True)
def _articles(put_article) -> None:
    put_article("copy", "Norvik ferry harbour opens in spring", 13, COPY)
    put_article("again", "Norvik harbour: ferry talks end with a promise", 14, REWRITTEN)
    put_article("apart", "Rain in Alba", 15, APART)


async def grouped(driver) -> None:
    await driver.press("B", "4")


def line_of(driver, words: str) -> str:
    return next(line for line in driver.text.splitlines() if words in line)


async def test_a_story_is_one_line_that_opens_to_its_articles(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await grouped(driver)
        headline = line_of(driver, "2 in 1 outlet")
        assert "▸" in headline
        assert "Norvik harbour: ferry talks" in headline
        assert "opens in spring" not in driver.text.split("Article")[0]
        assert "Rain in Alba" in driver.text
        assert "▸" not in line_of(driver, "Rain in Alba")
        await driver.press("g", "j")
        assert driver.current.startswith("Norvik harbour"), "its first article stands for it"
        assert driver.context.article.opened.article.title == driver.current
        await driver.press("enter")
        assert "▾ One story: 2 articles in 1 outlet" in driver.text
        assert "├" in line_of(driver, " Norvik harbour: ferry")
        assert "╰" in line_of(driver, " Norvik ferry harbour")
        await driver.press("j")
        assert driver.current == "Norvik ferry harbour opens in spring"
        await driver.press("j")
        assert driver.current.startswith("US-Russia")
        await driver.press("k", "-")
        assert "▸" in line_of(driver, "2 in 1 outlet")


async def test_marking_a_folded_story_marks_its_articles_and_undo_brings_them_back(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await grouped(driver)
        before = driver.library.feeds.counts().scopes
        await driver.press("g", "j", "m")
        assert "2 articles marked as read. U undoes it." in driver.text
        read = [each for each in driver.context.headlines.ids if driver.library.articles.get(each).status.read]
        assert {driver.library.articles.get(each).article.title.split()[0] for each in read} == {"Norvik"}
        assert len(read) == 2
        assert "●" not in line_of(driver, "2 in 1 outlet")
        await driver.press("U")
        assert "Undone for 2 articles." in driver.text
        assert "●" in line_of(driver, "2 in 1 outlet")
        assert driver.library.feeds.counts().scopes == before
        await driver.press("m", "m")
        assert "2 articles marked as unread" in driver.text
        assert driver.library.feeds.counts().scopes == before


async def test_the_next_unread_article_opens_its_story(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await grouped(driver)
        await driver.press("g", "n")
        assert driver.current.startswith("Norvik harbour")
        assert "▾ One story" in driver.text
        await driver.press("n")
        assert driver.current == "Norvik ferry harbour opens in spring"
        await driver.press("_")
        assert driver.current.startswith("Norvik harbour")
        await driver.press("_")
        assert "▾ One story" in driver.text


async def test_an_article_one_is_on_is_not_folded_away_by_one_that_tells_the_same(open_dashboard, put_article) -> None:
    async with open_dashboard() as driver:
        await grouped(driver)
        await driver.press("g")
        assert driver.current == "Rain in Alba"
        put_article("more", "More rain in Alba, growers fear for grapes", 16, APART.replace("ninth", "tenth"))
        await driver.press("R")
        assert "▾ One story: 2 articles" in driver.text
        assert driver.current == "Rain in Alba"


async def test_the_grouping_is_remembered_and_holds_in_a_narrow_terminal(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await grouped(driver)
    async with open_dashboard((80, 24)) as driver:
        assert "Norvik harbour" in line_of(driver, "2 in 1 outlet")
        await driver.press("F", "4", "B", "1")
        assert "▸" not in driver.text


def test_stories_keep_every_article_once_in_every_order(places, put_article) -> None:
    for day in range(1, 9):
        put_article(f"filler {day}", f"Filler {day}", day, f"Nothing else happened on day {day}.\n")
    with Library.open(places) as library:
        library.files.ingest_seeds()
        library.people.prepare()
        ids = library.listing.newest_first(range(1, 100))
        for order in Order:
            for reverse in (False, True):
                found = library.listing.arrange(ids, Sorting(order, reverse, Grouping.STORY), ids[::2], NOW)
                assert sorted(found.ids) == sorted(ids)
                assert [group.start for group in found.groups] == sorted({group.start for group in found.groups})
                assert found.groups[0].start == 0
                assert [group.outlets for group in found.groups if group.heading] == [1]
