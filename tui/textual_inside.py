"""What we use of Textual that it does not promise; ``tests/tui/test_textual_inside.py`` says when it changes."""

from __future__ import annotations

from typing import Any

from textual.app import App


def write_to_terminal(app: App[Any], text: str) -> None:
    """Write to the terminal past everything that is painted, such as a bell."""
    driver = app._driver
    if driver is not None:
        driver.write(text)
        driver.flush()
