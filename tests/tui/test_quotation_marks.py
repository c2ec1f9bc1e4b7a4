"""Only what somebody said word for word stands between quotation marks, wherever the dashboard shows it."""

from __future__ import annotations

import re

import pytest

from tui.people_pages.person import PersonScreen

TALKS = """\
“The harbour opens,” Mara Lindqvist said. Lindqvist said it had “a good year” behind it.

Lindqvist said that the boats wait.
"""
PRINTED = ["“The harbour opens,”", "it had “a good year” behind it", "that the boats wait"]


@pytest.fixture
def talks(put_article, open_dashboard):
    def opened(size: tuple[int, int] = (200, 40)):
        put_article("talks", "Talks", 17, TALKS)
        return open_dashboard(size)

    return opened


def marks_around(text: str, words: str) -> bool:
    return f"“{words}" in text or f"{words}”" in text


def check(text: str, statements: list[str] = PRINTED) -> None:
    for words in statements:
        assert words in text
        assert not marks_around(text, words)


async def to_quotation(driver, number: int) -> None:
    people = driver.context.people
    await driver.press("enter", "l")
    for _ in range(10):
        if people.quote == number:
            return
        await driver.press("j")
    raise AssertionError(f"quotation {number} is not in the panel")


async def test_in_the_panel(talks) -> None:
    async with talks() as driver:
        await driver.press("enter")
        rows = driver.context.people._rows
        assert [row.lines[0][0] for row in rows if row.quote >= 0] == PRINTED


@pytest.mark.parametrize("number", range(3))
async def test_where_the_speaker_is_explained_and_corrected(talks, number) -> None:
    async with talks() as driver:
        await to_quotation(driver, number)
        await driver.press("i")
        assert re.search(rf"Statement +{re.escape(PRINTED[number])} ", driver.text)
        await driver.press("escape", "c")
        assert "Who said this?" in driver.text
        check(driver.text, [PRINTED[number]])


async def test_on_the_page_of_a_person(talks) -> None:
    async with talks() as driver:
        await driver.press("P", "/")
        await driver.type("lindqvist")
        await driver.press("enter", "enter")
        assert isinstance(driver.app.screen, PersonScreen)
        check(driver.text)


@pytest.mark.parametrize("words", ["good year", "boats wait", "opens"])
async def test_in_the_printings_of_a_quotation(talks, words) -> None:
    async with talks() as driver:
        await driver.press("P", "/")
        await driver.type("lindqvist")
        await driver.press("enter", "enter", "/")
        await driver.type(words)
        await driver.press("enter", "i")
        assert "17 May 2024" in driver.text
        check(driver.text, [each for each in PRINTED if words in each])
