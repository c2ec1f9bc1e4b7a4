"""The keys that arrange, sort, group, filter and jump, typed in a real terminal."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from tmux import Terminal

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")

SEED = "US-Russia Stalemate Wavers"


def bottom_of_headlines(screen: str) -> int:
    """The line of the screen on which the headlines end."""
    return next(number for number, line in enumerate(screen.splitlines()) if line.startswith("╰"))


def test_panes_and_lists_are_arranged_by_key(tmp_path) -> None:
    with Terminal(tmp_path / "home", tmp_path) as terminal:
        screen = terminal.wait_for(lambda screen: SEED in screen and "Matthew Rojansky" in screen)
        before = bottom_of_headlines(screen)
        terminal.press(">")
        terminal.wait_for(lambda screen: bottom_of_headlines(screen) == before + 1)
        terminal.press("C-Up")
        terminal.wait_for(lambda screen: bottom_of_headlines(screen) == before)

        terminal.press("B")
        terminal.wait_for("2  By feed")
        terminal.press("2")
        terminal.wait_for("▾ Seeds")
        terminal.press("-")
        terminal.wait_for("▸ Seeds")
        terminal.press("Enter")
        terminal.wait_for("▾ Seeds")
        terminal.press("S")
        terminal.wait_for("6  Most people quoted first")
        terminal.press("6")
        terminal.wait_for("most people quoted first ─")
        terminal.press("F")
        terminal.wait_for("3  Starred only")
        terminal.press("3")
        terminal.wait_for("Nothing to list here")
        terminal.press("F", "1")
        terminal.wait_for("▾ Seeds")

        terminal.press("m")
        terminal.wait_for("Marked as read")
        terminal.press("C-z")
        terminal.wait_for("Undone")

        terminal.press("'")
        terminal.wait_for("Type a label")
        terminal.press("d")
        terminal.wait_for(lambda screen: "Type a label" not in screen)
        terminal.press("Z")
        terminal.wait_for(lambda screen: "People & quotes ─" not in screen)
        terminal.press("Q")
        terminal.wait_for("newsdash ended with 0")
