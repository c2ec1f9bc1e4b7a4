"""How the dashboard looks, held by pictures: each size in its own arrangement, dark and light."""

from __future__ import annotations

import pytest
from support.shelf import NOW, Shelf

from tui.app import NewsdashApp


def dashboard(theme: str = "") -> NewsdashApp:
    shelf = Shelf()
    if theme:
        shelf.maintenance.save_setting("theme", theme)
    return NewsdashApp(lambda: shelf, clock=lambda: NOW)  # type: ignore[arg-type, return-value]


PICTURES = {
    "narrow-headlines": ((80, 24), (), ""),
    "narrow-article": ((80, 24), ("enter",), "newsdash-light"),
    "narrow-people": ((80, 24), ("l", "l", "j"), ""),
    "stacked": ((120, 40), ("right_square_bracket",) * 3, ""),
    "stacked-feeds": ((120, 40), ("h", "j", "j"), "newsdash-light"),
    "tall": ((80, 50), ("enter",), ""),
    "columns": ((200, 60), ("enter",), ""),
    "why": ((120, 40), ("right_square_bracket", "enter", "i"), ""),
    "why-narrow": ((80, 24), ("enter", "right_square_bracket", "i"), "newsdash-light"),
    "who-is-this": ((120, 40), ("enter", "l", "i"), ""),
    "who-said-this": ((120, 40), ("enter", "right_square_bracket", "c"), ""),
    "stories": ((120, 40), ("B", "4", "j", "j"), ""),
    "stories-open": ((120, 40), ("B", "4", "j", "j", "enter", "j"), "newsdash-light"),
    "stories-narrow": ((80, 24), ("B", "4", "j", "j", "enter"), ""),
    "stories-two-lines": ((80, 24), ("equals_sign", "equals_sign", "B", "4", "j", "j", "j", "j"), ""),
    "help": ((100, 30), ("question_mark",), ""),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(snap_compare, pressing, name: str) -> None:
    size, keys, theme = PICTURES[name]
    assert snap_compare(dashboard(theme), terminal_size=size, run_before=pressing(*keys))
