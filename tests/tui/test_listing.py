"""How headlines are listed: which, the order, groups, the density; remembered for the next start."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _articles(put_article) -> None:
    for day in (1, 2, 3):
        put_article(f"a{day}", f"Day {day}", day)


async def test_read_articles_can_be_hidden(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("m", "H")
        assert "Day 3" not in driver.titles
        assert "unread only" in driver.text
        await driver.press("m")
        assert "Day 2" in driver.titles, "what is read while it is listed stays until one leaves"
        await driver.press("H")
        assert driver.titles[:3] == ["Day 3", "Day 2", "Day 1"]


async def test_the_order_and_the_density_are_remembered(open_dashboard) -> None:
    async with open_dashboard() as driver:
        current = driver.current
        await driver.press("v")
        assert driver.titles[-3:] == ["Day 1", "Day 2", "Day 3"]
        assert driver.current == current
        await driver.press("equals_sign", "equals_sign")
    async with open_dashboard() as driver:
        assert driver.titles[-1] == "Day 3"
        assert "oldest first" in driver.text
        assert driver.context.headlines.first_line(1) == 2


QUIET_TEXT = "Nobody said anything about it.\n"


async def test_a_filter_is_chosen_by_its_number(open_dashboard, put_article) -> None:
    put_article("quiet", "Quiet day", 4, QUIET_TEXT)
    async with open_dashboard() as driver:
        await driver.press("s", "F", "3")
        assert driver.titles == [driver.current]
        await driver.press("F", "4")
        assert "Quiet day" not in driver.titles
        assert "Day 1" in driver.titles
        await driver.press("F", "2", "F", "escape")
        assert "unread only" in driver.text
    async with open_dashboard() as driver:
        assert "unread only" in driver.text
        await driver.press("F", "1")
        assert "Quiet day" in driver.titles


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [("1", "Quiet day", "US-Russia"), ("2", "US-Russia", "Quiet day"), ("4", "Day 1", "US-Russia"),
     ("5", "Day 3", "Quiet day"), ("6", "US-Russia", "Quiet day")],
)  # fmt: skip
async def test_headlines_are_sorted(open_dashboard, put_article, number: str, first: str, last: str) -> None:
    put_article("quiet", "Quiet day", 4, QUIET_TEXT)
    async with open_dashboard() as driver:
        await driver.press("m", "G")
        current = driver.current
        await driver.press("S", number)
        assert driver.titles[0].startswith(first)
        assert driver.titles[-1].startswith(last)
        assert driver.current == current


async def test_a_read_article_keeps_its_place_among_the_unread_until_one_leaves(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("S", "5", "g", "m", "R")
        assert driver.titles[0] == "Day 3"
        assert driver.current == "Day 3"
        await driver.press("J", "K")
        assert driver.titles[-1] == "Day 3"


async def test_headlines_are_grouped_and_groups_folded(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("B", "3")
        assert "▾ May 2024" in driver.text.splitlines()[1], "the heading above the first article is seen"
        assert driver.current == "Day 3"
        await driver.press("-")
        assert "▸ May 2024" in driver.text
        assert "Day 2" not in [line for line in driver.text.splitlines() if "Day 2" in line]
        assert driver.context.headlines.current is None
        await driver.press("n")
        assert driver.current in ("Day 3", "Day 2", "Day 1") or driver.current.startswith("US-Russia")
        await driver.press("g", "enter")
        assert driver.current == "Day 3"
        await driver.press("_", "_")
        assert "▾ May 2024" in driver.text


async def test_groups_are_by_feed_too(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("B", "2")
        assert "▾ Seeds" in driver.text
        await driver.press("G", "B", "1")
        assert "▾" not in driver.text
        assert driver.current == driver.titles[-1]
