"""Which panes are seen at which size, how large they are, and that the lines between them can be moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tui.dashboard.layout import (
    BARS,
    LEAST_HEIGHT,
    LEAST_WIDTH,
    Axis,
    LayoutPreferences,
    Shape,
    arrange,
    first_preferences,
    read_preferences,
    written,
)
from tui.keys.commands import Pane

FIRST = {shape: first_preferences(shape) for shape in Shape}
THREE = (Pane.HEADLINES, Pane.ARTICLE, Pane.PEOPLE)


@pytest.mark.parametrize("pane", Pane)
def test_a_small_terminal_shows_the_pane_one_is_in(pane: Pane) -> None:
    arrangement = arrange(80, 24, pane, FIRST, zoomed=False)
    assert (arrangement.shape, arrangement.panes) == (Shape.SINGLE, (pane,))


@pytest.mark.parametrize(
    ("width", "height", "shape", "panes"),
    [
        (80, 60, Shape.TALL, THREE),
        (40, 60, Shape.SINGLE, (Pane.HEADLINES,)),
        (100, 24, Shape.STACKED, THREE),
        (120, 40, Shape.STACKED, THREE),
        (200, 60, Shape.COLUMNS, tuple(Pane)),
    ],
)
def test_larger_terminals(width: int, height: int, shape: Shape, panes: tuple[Pane, ...]) -> None:
    arrangement = arrange(width, height, Pane.HEADLINES, FIRST, zoomed=False)
    assert (arrangement.shape, arrangement.panes) == (shape, panes)


def test_a_hidden_pane_is_seen_while_one_is_in_it() -> None:
    assert Pane.FEEDS in arrange(120, 40, Pane.FEEDS, FIRST, zoomed=False).panes


def test_zoom_shows_one_pane_at_any_size() -> None:
    assert arrange(200, 60, Pane.PEOPLE, FIRST, zoomed=True).panes == (Pane.PEOPLE,)


shares = st.dictionaries(st.sampled_from(Pane), st.floats(0.001, 0.999))
wished = st.builds(LayoutPreferences, st.sets(st.sampled_from(Pane), max_size=3), shares)


@given(wished, st.integers(56, 400), st.integers(24, 200), st.sampled_from(Pane))
def test_whatever_is_wished_every_pane_keeps_room(
    wishes: LayoutPreferences, width: int, height: int, pane: Pane
) -> None:
    arrangement = arrange(width, height, pane, dict.fromkeys(Shape, wishes), zoomed=False)
    for axis, total, least in ((Axis.WIDTH, width, LEAST_WIDTH), (Axis.HEIGHT, height - BARS, LEAST_HEIGHT)):
        sizes = [arrangement.sizes[each.pane] for each in arrangement.dividers if each.axis is axis]
        assert all(size >= least for size in sizes)
        assert not sizes or sum(sizes) + least <= total
    assert pane in arrangement.panes


@given(st.dictionaries(st.sampled_from(Shape), wished))
def test_wishes_are_remembered(wishes: dict[Shape, LayoutPreferences]) -> None:
    wishes = {shape: wishes.get(shape, first_preferences(shape)) for shape in Shape}
    again = read_preferences(written(wishes))
    assert {shape: each.hidden for shape, each in again.items()} == {
        shape: each.hidden for shape, each in wishes.items()
    }
    for shape, each in wishes.items():
        assert again[shape].shares == pytest.approx(each.shares, abs=0.0001)


@pytest.mark.parametrize(
    "stored", [None, 7, [], {"stacked": 1}, {"stacked": {"hidden": 3, "shares": {"feeds": "x", "people": 7}}}]
)
def test_what_cannot_be_read_is_left_out(stored: object) -> None:
    arrangement = arrange(120, 40, Pane.HEADLINES, read_preferences(stored), zoomed=False)
    assert set(THREE) <= set(arrangement.panes)


# --- on the screen ----------------------------------------------------------------------------------------------


def widths(driver) -> dict[Pane, int]:
    return {pane: widget.outer_size.width for pane, widget in driver.context.panes.items()}


def heights(driver) -> dict[Pane, int]:
    return {pane: widget.outer_size.height for pane, widget in driver.context.panes.items()}


async def test_keys_make_a_pane_larger_and_smaller(open_dashboard) -> None:
    async with open_dashboard((200, 60)) as driver:
        before = widths(driver)
        await driver.press(">", ">")
        after = widths(driver)
        assert after[Pane.HEADLINES] == before[Pane.HEADLINES] + 4
        assert after[Pane.ARTICLE] == before[Pane.ARTICLE] - 4
        assert after[Pane.PEOPLE] == before[Pane.PEOPLE]
        await driver.press("<", "<")
        assert widths(driver) == before
        await driver.press("l", "<")
        assert widths(driver)[Pane.PEOPLE] == before[Pane.PEOPLE] + 2


async def test_keys_move_the_line_their_way(open_dashboard) -> None:
    async with open_dashboard() as driver:
        before = heights(driver)
        await driver.press("ctrl+down")
        assert heights(driver)[Pane.HEADLINES] == before[Pane.HEADLINES] + 1
        await driver.press("l", "ctrl+up")
        assert heights(driver) == before
        width = widths(driver)[Pane.ARTICLE]
        await driver.press("ctrl+right")
        assert widths(driver)[Pane.ARTICLE] == width + 2
        await driver.press("l", "ctrl+left")
        assert widths(driver)[Pane.ARTICLE] == width


async def test_a_line_that_cannot_go_further_says_so_and_comes_back_at_once(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press(*["<"] * 20)
        assert heights(driver)[Pane.HEADLINES] == LEAST_HEIGHT
        assert "cannot go further" in driver.text
        await driver.press(">")
        assert heights(driver)[Pane.HEADLINES] == LEAST_HEIGHT + 1


async def test_sizes_and_hidden_panes_are_remembered_for_each_class_of_sizes(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press(">", "l", "l", "Z")
        height = heights(driver)[Pane.HEADLINES]
        assert not driver.controllers.panes.sees(Pane.PEOPLE)
    async with open_dashboard() as driver:
        assert not driver.controllers.panes.sees(Pane.PEOPLE)
        assert heights(driver)[Pane.HEADLINES] == height
        await driver.pilot.resize_terminal(200, 60)
        await driver.settle()
        assert driver.controllers.panes.sees(Pane.PEOPLE)


async def test_a_hidden_pane_comes_while_one_is_in_it_and_stays_when_asked_for(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("Z")
        assert not driver.controllers.panes.sees(Pane.HEADLINES)
        assert driver.controllers.panes.current is Pane.ARTICLE
        await driver.press("h")
        assert driver.controllers.panes.sees(Pane.HEADLINES)
        await driver.press("l")
        assert not driver.controllers.panes.sees(Pane.HEADLINES)
        await driver.press("h", "Z", "l")
        assert driver.controllers.panes.sees(Pane.HEADLINES)


async def test_the_last_pane_stays(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("Z", "Z", "Z")
        assert len(driver.controllers.panes.arrangement.panes) == 1
        assert "only pane" in driver.text


async def drag(driver, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press the mouse at a cell of the screen, move it to another and let go."""
    screen = driver.dashboard
    for kind, (x, y) in ((events.MouseDown, start), (events.MouseMove, end), (events.MouseUp, end)):
        event = kind(screen, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)
        driver.app.mouse_position = event.screen_offset
        screen._forward_event(event)
        await driver.settle()


@pytest.mark.parametrize("offset", [0, 1])
async def test_the_mouse_drags_the_line_between_panes(open_dashboard, offset: int) -> None:
    async with open_dashboard((200, 60)) as driver:
        edge = driver.context.headlines.region.right - 1 + offset
        before = widths(driver)
        await drag(driver, (edge, 20), (edge + 7 - offset, 24))
        after = widths(driver)
        assert after[Pane.HEADLINES] == before[Pane.HEADLINES] + 7
        assert after[Pane.ARTICLE] == before[Pane.ARTICLE] - 7
        assert driver.app.mouse_captured is None
    async with open_dashboard((200, 60)) as driver:
        assert widths(driver) == after


async def test_the_mouse_drags_the_line_below_the_headlines(open_dashboard) -> None:
    async with open_dashboard() as driver:
        edge = driver.context.headlines.region.bottom
        before = heights(driver)
        await drag(driver, (40, edge), (60, edge + 5))
        assert heights(driver)[Pane.HEADLINES] == before[Pane.HEADLINES] + 6
        await drag(driver, (50, 3), (50, 10))
        assert heights(driver)[Pane.HEADLINES] == before[Pane.HEADLINES] + 6
