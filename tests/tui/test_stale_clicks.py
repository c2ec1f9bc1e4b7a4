"""A click on a row that is gone by the time it arrives, as a fast hand or a slow line brings it."""

from __future__ import annotations

from rich.style import Style
from textual.command import CommandList
from textual.events import Click


async def test_a_click_on_a_row_of_the_palette_that_is_gone_does_nothing(put_article, open_dashboard) -> None:
    put_article("a1", "Harbour 1")
    async with open_dashboard() as driver:
        await driver.press(":")
        rows = driver.app.screen.query_one(CommandList)
        before = rows.option_count
        assert before > 3
        await driver.type("theme")
        assert rows.option_count < before
        style = Style(meta={"option": before - 1})
        click = Click(rows, 5, 5, 0, 0, 1, False, False, False, screen_x=5, screen_y=5, style=style)
        rows.post_message(click)
        await driver.settle()
        assert driver.app.screen.query_one(CommandList) is rows
