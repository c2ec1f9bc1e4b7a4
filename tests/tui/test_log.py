"""The log of what was said."""

from __future__ import annotations

from store.errors import FeedError


async def test_the_log_has_what_was_said_and_is_narrowed_by_words(open_dashboard) -> None:
    async with open_dashboard() as driver:
        driver.context.say("[/] The first sentence.")
        driver.context.fail(FeedError("The server said no."))
        await driver.press("L")
        lines = driver.text.splitlines()
        first, second = (
            next(at for at, line in enumerate(lines) if text in line) for text in ("said no", "[/] The first")
        )
        assert first < second
        await driver.type("first")
        log = driver.app.screen.query_one("#log-text").content.plain
        assert "[/] The first sentence." in log
        assert "said no" not in log
        await driver.press("escape")
        assert driver.app.screen is driver.dashboard


async def test_the_log_keeps_five_hundred(open_dashboard) -> None:
    async with open_dashboard() as driver:
        for number in range(600):
            driver.context.say(f"Sentence {number}.")
        notices = driver.context.status.notices
        assert (len(notices), notices[0].sentence, notices[-1].sentence) == (500, "Sentence 100.", "Sentence 599.")
