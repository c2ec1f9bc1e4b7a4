"""Asking why and correcting who said what, by keys."""

from __future__ import annotations

import pytest

TALKS = """\
Mara Lindqvist, chief economist of the Harbour Bank, opened the talks on Monday.

“The harbour will open in spring,” Mara Lindqvist said. “We have the money for it.”

“Nobody asked the fishermen,” said Tom Adeyemi, a spokesman for the boat owners.

Adeyemi denied that the boats were old. Karin Lindqvist, a sister of the economist, stayed away.
"""


@pytest.fixture
def talks(put_article, open_dashboard):
    """Opens the dashboard on one article, with the keyboard on its first quotation."""

    def opened(**how):
        put_article("talks", "Talks", 17, TALKS)
        return open_dashboard(**how)

    return opened


async def to_quotation(driver, words: str) -> None:
    """Put the cursor of the people pane on a quotation."""
    await driver.press("enter", "l")
    for _ in range(20):
        if words in said(driver):
            return
        await driver.press("j")
    raise AssertionError(f"{words} is not among the quotations")


def said(driver) -> str:
    people, opened = driver.context.people, driver.context.article.opened
    if people.quote < 0:
        return ""
    return opened.document.text[opened.analysis.quotes[people.quote].start :][:40]


def speakers(driver) -> dict[str, str]:
    opened = driver.context.article.opened
    return {opened.document.text[quote.start :][:6]: quote.speaker for quote in opened.analysis.quotes}


def status(driver) -> str:
    return driver.text.splitlines()[-2]


async def test_the_reason_is_told_in_words(talks) -> None:
    async with talks() as driver:
        await to_quotation(driver, "Nobody asked")
        await driver.press("i")
        for words in (
            "Why this speaker?",
            "Tom Adeyemi",
            "direct: word for word",
            "its subject is Tom Adeyemi",
            "Certainty",
            "c corrects the speaker",
        ):
            assert words in driver.text, words
        await driver.press("escape")
        assert "Why this speaker?" not in driver.text


async def test_a_person_is_explained(talks) -> None:
    async with talks() as driver:
        await driver.press("enter", "l", "i")
        for words in ("Who is this?", "Tom Adeyemi", "spokesman for the boat owners", "by name", "M merges"):
            assert words in driver.text, words


async def test_two_keys_correct_a_speaker_and_one_takes_it_back(talks) -> None:
    async with talks() as driver:
        await to_quotation(driver, "Nobody asked")
        await driver.press("c")
        assert "Who said this?" in driver.text
        await driver.press("1")
        corrected = speakers(driver)["Nobody"]
        assert corrected in ("Mara Lindqvist", "Karin Lindqvist")
        assert "Nobody asked" in said(driver)
        assert "corrected by you" in driver.text
        assert f"U takes back: “Nobody asked the fishermen,” is said by {corrected}." in status(driver)
        await driver.press("U")
        assert speakers(driver)["Nobody"] == "Tom Adeyemi"
        assert "Taken back" in status(driver)
        assert driver.library.corrections.all() == []


async def test_the_explanation_leads_to_the_correction(talks) -> None:
    async with talks() as driver:
        await to_quotation(driver, "Nobody asked")
        await driver.press("i", "c", "u")
        assert speakers(driver)["Nobody"] == ""
        assert "Unknown speaker" in driver.text
        await driver.press("i")
        assert "certain: you corrected it" in driver.text


async def test_a_speaker_who_is_not_in_the_list_is_typed(talks) -> None:
    async with talks() as driver:
        await to_quotation(driver, "Nobody asked")
        await driver.press("c", "n", *"Eve Holm", "enter")
        assert speakers(driver)["Nobody"] == "Eve Holm"


async def test_what_is_no_quotation_goes(talks) -> None:
    async with talks() as driver:
        await to_quotation(driver, "Nobody asked")
        await driver.press("c", "x")
        assert "Nobody" not in speakers(driver)
        await driver.press("ctrl+z")
        assert speakers(driver)["Nobody"] == "Tom Adeyemi"


async def test_a_name_is_corrected_on_the_person(talks) -> None:
    async with talks() as driver:
        await driver.press("enter", "l", "c", "ctrl+u", *"Thomas Adeyemi", "enter")
        assert "Thomas Adeyemi" in speakers(driver).values()
        assert "Tom Adeyemi" not in speakers(driver).values()


async def test_two_people_are_merged(talks) -> None:
    async with talks() as driver:
        await driver.press("enter", "l", "M")
        assert "Tom Adeyemi is the same as:" in driver.text
        await driver.press("1")
        assert "Tom Adeyemi" not in speakers(driver).values()
        assert "Mara Lindqvist" in driver.text
        await driver.press("U")
        assert "Tom Adeyemi" in speakers(driver).values()


async def test_a_name_is_split_off(talks) -> None:
    async with talks() as driver:
        await to_quotation(driver, "Nobody asked")
        await driver.press("B")
        assert "Which of these is not Tom Adeyemi?" in driver.text
        choices = driver.app.screen._choices
        place = next(number for number, choice in enumerate(choices) if choice.text == "“Adeyemi”")
        await driver.press(str(place + 1), "n", "ctrl+u", *"Ade Adeyemi", "enter")
        people = driver.context.article.opened.analysis.people
        assert {"Tom Adeyemi", "Ade Adeyemi"} <= {person.name for person in people}


async def test_only_one_class_of_verbs_is_listed(talks) -> None:
    async with talks() as driver:
        await driver.press("enter", "l", "V")
        choices = driver.app.screen._choices
        place = next(choice.key for choice in choices if choice.text == "denied")
        await driver.press(place)
        assert "People & quotes · only denied" in driver.text
        people = driver.context.people
        assert [row.quote for row in people._rows if row.quote >= 0] == [
            index for index, quote in enumerate(people._cast.quotes) if quote.verb_class == "denied"
        ]
        await driver.press("V", "a")
        assert "only denied" not in driver.text


async def test_a_read_only_library_explains_and_corrects_nothing(talks, open_dashboard) -> None:
    async with talks() as driver:
        assert driver.titles[0] == "Talks"
    async with open_dashboard(read_only=True) as driver:
        await to_quotation(driver, "Nobody asked")
        await driver.press("i")
        assert "Why this speaker?" in driver.text
        await driver.press("escape")
        for key in ("c", "M", "B", "U"):
            await driver.press(key)
            assert "read" in status(driver)
            assert len(driver.app.screen_stack) == 1
        assert driver.library.corrections.all() == []


@pytest.mark.parametrize("key", ["i", "c", "V"])
async def test_without_a_quotation_one_sentence_says_so(put_article, open_dashboard, key) -> None:
    put_article("empty", "Nothing said", 17, "The sea was calm.")
    async with open_dashboard() as driver:
        await driver.press("enter", key)
        assert "Go to a quotation or a person first." in status(driver) or "Nobody is quoted" in status(driver)
        assert len(driver.app.screen_stack) == 1
