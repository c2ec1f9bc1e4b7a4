"""Keys that come faster than they can be answered: what is left of them when a screen is closed does nothing."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from store.library import Library
from store.models import Feed, Network, Rule, RuleAction, SavedSearch
from store.paths import Places

sys.path.insert(0, str(Path(__file__).parent))
from raw_terminal import ESCAPE, PATIENCE, RawTerminal

PARTS = 8
"""The tests that share the screens, so that they can be run side by side."""
QUIET = 0.04
"""Seconds without an answer after which the next key is pressed; too few would only try something else."""
QUIT, PAGE_DOWN, PAGE_UP, END = b"\x11", b"\x1b[6~", b"\x1b[5~", b"\x1b[F"
CLOSING = (b"\r", ESCAPE, b"q", b"1")
ALL = (*CLOSING, b"y", b"n", b"a", b"e", b"d", b"r", b"u", b"x", b" ", b"\t", PAGE_DOWN, PAGE_UP, END)
KEYS = ALL if "ALL_QUICK_KEYS" in os.environ else CLOSING
"""Keys that screens over the dashboard know. All of them on all screens take ten minutes."""
WAYS = {
    "": "BSFDPCNT?:L,WaI='z",
    "\r": "tuwIO|f",
    "\rl": "icMBV|*\r",
    "h": "IOaN",
    "hG": "iedt",
    "P": "|?*:/D\r",
    "P\r": "FiMBV|?D\r",
    "C": "F?\r\t",
    ",": "aed",
}
"""Keys that open dialogs, pickers and pages, by those that lead to where they do."""
SPEECH = """\
Mara Lindqvist, chief economist of the Harbour Bank, opened the talks on Monday.

“The harbour will open in spring,” Mara Lindqvist said. “We have the money for it.”

“Nobody asked the fishermen,” said Tom Adeyemi, a spokesman for the boat owners.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    places = Places.below(tmp_path / "home")
    places.seeds.mkdir(parents=True)
    for day in range(1, 4):
        text = f"Talks {day}\n\n# {day:02} May 2024 09:00 (UTC +00:00)\n\n{SPEECH}"
        (places.seeds / f"a{day}.txt").write_text(text, encoding="utf-8")
    places.config_file.parent.mkdir(parents=True)
    places.config_file.write_text(
        '[general]\nbrowser = ["true"]\n[general.pipe]\ncount = ["wc", "-w"]\nother = ["cat"]\n', encoding="utf-8"
    )
    with Library.open(places, network=Network(proxy="")) as library:
        library.files.ingest_seeds()
        library.search.saved.save(SavedSearch("Harbour", "harbour", ()))
        library.rules.save(Rule("Stars", "title:talks", RuleAction.STAR))
        library.feeds.follow([Feed(0, "http://127.0.0.1:9/feed", "Harbour News", tags=("sea",))])
    return tmp_path / "home"


def ways() -> Iterator[str]:
    """How to come to each screen: keys one after the other, the last of which opens it."""
    for before, openers in WAYS.items():
        for opener in openers:
            yield before + opener


def press(terminal: RawTerminal, *keys: bytes) -> None:
    """Press keys, each when the one before is answered. When one of them has quit the program, start it again."""
    for key in keys:
        if terminal.status is not None:
            assert terminal.status == 0, terminal.output[-3000:].decode(errors="replace")
            terminal.start()
            terminal.wait_for(b"Talks 3")
        terminal.write(key)
        terminal.settle(QUIET)


def leave(terminal: RawTerminal) -> None:
    """Close what is open, and quit."""
    until = time.monotonic() + PATIENCE
    while terminal.status is None and time.monotonic() < until:
        terminal.write(ESCAPE)
        terminal.settle()
        terminal.write(QUIT)
        terminal.settle()
    assert terminal.status == 0, terminal.output[-3000:].decode(errors="replace")


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(PARTS))
def test_each_key_twice_at_once_leaves_the_program_running(home: Path, part: int) -> None:
    with RawTerminal(home) as terminal:
        terminal.wait_for(b"Talks 3")
        for way in islice(ways(), part, None, PARTS):
            opening = [key.encode() for key in way]
            for key in KEYS:
                press(terminal, *opening, key * 2, ESCAPE, ESCAPE, ESCAPE)
            # Pressed before the screen is there.
            press(terminal, *opening[:-1], opening[-1] + PAGE_DOWN, ESCAPE, ESCAPE, ESCAPE)
        leave(terminal)


def test_keys_pressed_together_on_a_page_close_only_that_page(home: Path) -> None:
    with RawTerminal(home) as terminal:
        terminal.wait_for(b"Talks 3")
        press(terminal, b"P")
        terminal.wait_for(b"People in all articles")
        terminal.write(b"qqq" + ESCAPE)
        terminal.wait_for(b"Talks 3", since=len(terminal.output))
        leave(terminal)
