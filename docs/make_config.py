"""Writes docs/CONFIG.md anew: its own words as they are, the tables of options from the settings themselves.

.venv/bin/python docs/make_config.py
"""

from __future__ import annotations

from pathlib import Path

from tui.config.template import reference

PAGE = Path(__file__).with_name("CONFIG.md")
FIRST, AFTER = "### `[general]`", "\n## "


def main() -> None:
    """Put the tables in place of those of the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, tables = text.split(FIRST, 1)
    _, mark, rest = tables.partition(AFTER)
    PAGE.write_text(before + reference() + (mark + rest), encoding="utf-8")


if __name__ == "__main__":
    main()
