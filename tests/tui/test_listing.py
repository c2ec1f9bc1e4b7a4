"""How headlines are listed: unread only, the order, the density; remembered for the next start."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _articles(put_article) -> None:
    for day in (1, 2, 3):
        put_article(f"a{day}", f"Day {day}", day)


async def test_read_articles_can_be_hidden(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("m", "F")
        assert "Day 3" not in driver.titles
        assert "unread only" in driver.text
        await driver.press("m")
        assert "Day 2" in driver.titles, "what is read while it is listed stays until one leaves"
        await driver.press("F")
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
        assert driver.dashboard.headlines.first_line(1) == 2
