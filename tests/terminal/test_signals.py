"""Signals from a shell, a system that shuts down, and a terminal that is closed."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from support.small_site import Page, Site, rss

from store.library import Library
from store.models import Network, Scope, View
from store.paths import Places

sys.path.insert(0, str(Path(__file__).parent))
from raw_terminal import PATIENCE, RawTerminal

SEED = b"US-Russia Stalemate Wavers"
OFF = {
    "the alternate screen": b"\x1b[?1049l",
    "mouse": b"\x1b[?1000l",
    "any motion of the mouse": b"\x1b[?1003l",
    "bracketed paste": b"\x1b[?2004l",
    "events of focus": b"\x1b[?1004l",
    "keys of Kitty's kind": b"\x1b[<u",
}
CURSOR, WRAP = b"\x1b[?25h", b"\x1b[?7h"


def given_back(output: bytes) -> list[str]:
    """What was not given back at the end of the output."""
    missing = [name for name, off in OFF.items() if output.rfind(off) < output.rfind(off[:-1] + b"h")]
    missing += [name for name, off in OFF.items() if off not in output]
    missing += ["the cursor"] if output.rfind(CURSOR) < output.rfind(b"\x1b[?25l") else []
    return missing + (["wrapping"] if output.rfind(WRAP) < output.rfind(b"\x1b[?7l") else [])


def wait_for_state(terminal: RawTerminal, *states: str) -> None:
    until = time.monotonic() + PATIENCE
    while terminal.state not in states:
        assert time.monotonic() < until, f"{terminal.state} instead of {states}"
        terminal.read(0.02)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
def test_a_signal_that_ends_it_gives_the_terminal_back_and_keeps_what_was_done(tmp_path: Path, name: str) -> None:
    home, number = tmp_path / "home", signal.Signals[name]
    with RawTerminal(home) as terminal:
        terminal.wait_for(SEED)
        terminal.write(b"s")
        terminal.wait_for("★".encode())
        terminal.signal(number)
        assert terminal.wait() == 128 + number
        assert not given_back(terminal.output)
        assert terminal.modes_now == terminal.modes
        assert b"Traceback" not in terminal.output
    with Library.open(Places.below(home)) as library:
        assert library.notice == ""
        assert len(library.listing.ids(View(Scope.STARRED))) == 1


def test_the_dashboard_ends_when_its_terminal_is_closed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with RawTerminal(home) as terminal:
        terminal.wait_for(SEED)
        terminal.write(b"s")
        terminal.wait_for("★".encode())
        terminal.hang_up()
        assert terminal.wait() == 128 + signal.SIGHUP
    with Library.open(Places.below(home)) as library:
        assert len(library.listing.ids(View(Scope.STARRED))) == 1


def test_it_is_stopped_and_goes_on_as_often_as_one_likes(tmp_path: Path) -> None:
    with RawTerminal(tmp_path / "home") as terminal:
        terminal.wait_for(SEED)
        for _ in range(10):
            terminal.write(b"j")
            terminal.signal(signal.SIGTSTP)
            wait_for_state(terminal, "T")
            terminal.read(0.2)
            assert not given_back(terminal.output)
            assert terminal.modes_now == terminal.modes
            before = len(terminal.output)
            terminal.signal(signal.SIGCONT)
            terminal.wait_for(SEED, since=before)
            terminal.settle()
            assert terminal.modes_now != terminal.modes
        before = len(terminal.output)
        terminal.write(b"?")
        terminal.wait_for(b"Keys", since=before)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert not given_back(terminal.output)
        assert terminal.modes_now == terminal.modes


def test_one_that_was_stopped_without_being_asked_takes_the_terminal_again(tmp_path: Path) -> None:
    with RawTerminal(tmp_path / "home") as terminal:
        terminal.wait_for(SEED)
        terminal.settle()
        terminal.signal(signal.SIGSTOP)
        wait_for_state(terminal, "T")
        terminal.make_as_before()
        before = len(terminal.output)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for(SEED, since=before)
        terminal.settle()
        terminal.write(b"Q")
        assert terminal.wait() == 0
        assert terminal.modes_now == terminal.modes


def test_a_stopped_one_ends_when_it_is_told_to(tmp_path: Path) -> None:
    with RawTerminal(tmp_path / "home") as terminal:
        terminal.wait_for(SEED)
        terminal.signal(signal.SIGTSTP)
        wait_for_state(terminal, "T")
        terminal.read(0.2)
        before = len(terminal.output)
        terminal.signal(signal.SIGTERM)
        terminal.signal(signal.SIGCONT)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert terminal.output[before:] == b""
        assert terminal.modes_now == terminal.modes


def test_a_browser_in_the_terminal_is_stopped_and_interrupted_without_the_dashboard_being_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\necho browsing\nread answer\necho answered\n", encoding="utf-8")
    browser.chmod(0o755)
    config = Places.below(home).config_file
    config.parent.mkdir(parents=True)
    config.write_text(f'[general]\nbrowser = ["{browser}"]\n', encoding="utf-8")
    with Site() as site, Library.open(Places.below(home), network=Network(proxy="")) as library:
        site.pages["/feed"] = Page(rss("Harbour News", ("Bridge opens", "<p>It is open.</p>")))
        library.feeds.add(f"{site.url}/feed", "")
    with RawTerminal(home) as terminal:
        terminal.wait_for(b"It is open")
        terminal.write(b"o")
        terminal.wait_for(b"browsing")
        terminal.write(b"\x03")
        terminal.wait_for(lambda output: b"ended with status" in output)
        before = len(terminal.output)
        terminal.write(b"o")
        terminal.wait_for(b"browsing", since=before)
        os.killpg(terminal.pid, signal.SIGSTOP)
        wait_for_state(terminal, "T")
        os.killpg(terminal.pid, signal.SIGCONT)
        before = len(terminal.output)
        terminal.write(b"\n")
        terminal.wait_for(b"answered", since=before)
        terminal.wait_for(b"Bridge opens", since=before)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
