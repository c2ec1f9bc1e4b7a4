"""Jump mode: letters on everything in sight."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.keys.commands import Pane
from tui.widgets.jump_labels import LETTERS, labels


@given(st.integers(0, 26 * 26))
def test_no_label_begins_another_and_few_have_two_letters(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == count
    assert not any(one != other and other.startswith(one) for one in made[:60] for other in made)
    assert all(len(label) <= 2 for label in made)
    assert count > len(LETTERS) or all(len(label) == 1 for label in made)


@pytest.fixture(autouse=True)
def _articles(put_article) -> None:
    for day in (1, 2, 3):
        put_article(f"a{day}", f"Day {day}", day)


def labels_shown(driver) -> dict[str, tuple[Pane, int]]:
    shown = {}
    for pane, widget in driver.context.panes.items():
        for y, marks in widget._labels.items():
            for _, label in marks:
                shown[label] = (pane, y)
    return shown


async def test_a_label_goes_to_a_pane_a_headline_and_a_quotation(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("'")
        shown = labels_shown(driver)
        assert len(shown) >= 10
        pane = next(label for label, where in shown.items() if where == (Pane.PEOPLE, -1))
        assert f" {pane}  People" in driver.text
        await driver.press(*pane)
        assert driver.controllers.panes.current is Pane.PEOPLE
        assert not labels_shown(driver)

        await driver.press("ctrl+o")
        second = next(label for label, where in labels_shown(driver).items() if where == (Pane.HEADLINES, 1))
        await driver.press(*second)
        assert driver.current == "Day 2"
        assert driver.controllers.panes.current is Pane.ARTICLE

        await driver.press("'")
        quotation = next(label for label, (pane, y) in labels_shown(driver).items() if pane is Pane.ARTICLE and y > 0)
        await driver.press(*quotation)
        assert driver.context.people.quote >= 0


async def test_any_other_key_leaves_and_does_nothing_else(open_dashboard) -> None:
    async with open_dashboard() as driver:
        before = driver.current
        for key in ("escape", "down", "1", "Q"):
            await driver.press("'", key)
            assert not labels_shown(driver)
            assert not driver.controllers.jump.is_on
        assert driver.current == before
        assert driver.app.is_running


async def test_of_two_letters_the_first_leaves_those_that_begin_with_it(open_dashboard, put_article) -> None:
    for number in range(40):
        put_article(f"b{number}", f"More {number}", 4)
    async with open_dashboard((200, 60)) as driver:
        await driver.press("'")
        long = next(label for label, (pane, _) in labels_shown(driver).items() if len(label) == 2)
        await driver.press(long[0])
        assert all(len(label) == 1 for label in labels_shown(driver))
        assert long[1] in labels_shown(driver)
        await driver.press(long[1])
        assert not driver.controllers.jump.is_on
