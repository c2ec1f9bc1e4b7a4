"""Colours can be read."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tui.themes import OWN_THEMES, READABLE, contrast, own_variables

PLAIN_THEMES = [theme for theme in BUILTIN_THEMES.values() if not theme.ansi]


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_our_themes_have_enough_contrast(theme: Theme) -> None:
    variables = {**theme.to_color_system().generate(), **theme.variables}
    for ground in ("background", "surface", "panel"):
        for name in ("foreground", "primary", "accent", "error", "warning", "success"):
            ratio = contrast(Color.parse(variables[name]), Color.parse(variables[ground]))
            assert ratio >= READABLE, f"{name} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("theme", [*OWN_THEMES, *PLAIN_THEMES], ids=lambda theme: theme.name)
def test_speakers_can_be_read_and_told_apart_in_every_theme(theme: Theme) -> None:
    variables = theme.to_color_system().generate()
    colours = own_variables(variables["background"], variables["primary"], dark=theme.dark)
    cursor = colours.pop("cursor")
    assert len(set(colours.values())) == len(colours) == 8
    for ground in (variables["background"], cursor):
        for name, colour in colours.items():
            ratio = contrast(Color.parse(colour), Color.parse(ground))
            assert ratio >= READABLE, f"{name} on {ground}: {ratio:.2f}"


def test_terminal_colours_are_left_to_the_terminal() -> None:
    variables = own_variables("ansi_default", "ansi_blue", dark=True)
    assert variables.pop("cursor") == "transparent"
    assert all(colour.startswith("ansi_") for colour in variables.values())


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)
