"""Which panes are seen at which size."""

from __future__ import annotations

import pytest

from tui.commands import Pane
from tui.screens.layout import Shape, arrange

THREE = (Pane.HEADLINES, Pane.ARTICLE, Pane.PEOPLE)


@pytest.mark.parametrize("pane", Pane)
def test_a_narrow_terminal_shows_the_pane_one_is_in(pane: Pane) -> None:
    arrangement = arrange(80, pane, feeds_shown=True, zoomed=False)
    assert (arrangement.shape, arrangement.panes) == (Shape.SINGLE, (pane,))


@pytest.mark.parametrize(
    ("width", "shown", "shape", "panes"),
    [
        (100, None, Shape.STACKED, THREE),
        (120, None, Shape.STACKED, THREE),
        (120, True, Shape.STACKED, tuple(Pane)),
        (200, None, Shape.COLUMNS, tuple(Pane)),
        (200, False, Shape.COLUMNS, THREE),
    ],
)
def test_wider_terminals(width: int, shown: bool | None, shape: Shape, panes: tuple[Pane, ...]) -> None:
    arrangement = arrange(width, Pane.HEADLINES, feeds_shown=shown, zoomed=False)
    assert (arrangement.shape, arrangement.panes) == (shape, panes)


def test_a_hidden_sidebar_is_seen_while_one_is_in_it() -> None:
    assert Pane.FEEDS in arrange(120, Pane.FEEDS, feeds_shown=False, zoomed=False).panes


def test_zoom_shows_one_pane_at_any_size() -> None:
    assert arrange(200, Pane.PEOPLE, feeds_shown=True, zoomed=True).panes == (Pane.PEOPLE,)
