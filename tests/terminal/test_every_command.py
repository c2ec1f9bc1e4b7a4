"""Every command of the dashboard, typed in a real terminal."""

from __future__ import annotations

import shutil
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.small_site import Page, Site, rss

from store.library import Library
from store.paths import Places
from tui.keys.commands import COMMANDS

sys.path.insert(0, str(Path(__file__).parent))
from commands_typed import SESSIONS, Step
from tmux import Terminal

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")

LONG = (
    "<p>A fine day in the harbour. “The bridge is open to all,” said Mayor Ana Horvat. See"
    ' <a href="https://one.example/a">the plan</a> and <a href="https://two.example/b">the map</a>.</p>'
    + "".join(f"<p>Paragraph {number}. The harbour was quiet until the boats came in.</p>" for number in range(40))
    + "<p>“We denied nothing,” said Ivo Kralj, head of the port. “It was late,” Horvat said.</p>"
)
FEEDS = {
    "/harbour": (
        "Harbour News",
        ("Bridge opens", LONG),
        ("Ferry sold", "<p>“It was old,” said Ivo Kralj.</p>"),
    ),
    "/council": ("Council Post", ("Budget passed", "<p>“We asked for more,” said Mayor Ana Horvat.</p>")),
}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as opened:
        for path, (title, *items) in FEEDS.items():
            opened.pages[path] = Page(rss(title, *items, link=f"{opened.url}/page/"))
        story = "<p>The whole story from the page.</p>" + "<p>The bridge was built in a year by many hands.</p>" * 20
        opened.pages["/page/0"] = Page(f"<html><body><article><h1>Bridge opens</h1>{story}</article>", "text/html")
        yield opened


TMUX_NAMES = {
    "enter": "Enter", "space": "Space", "escape": "Escape", "tab": "Tab", "shift+tab": "BTab", "f1": "F1",
    "down": "Down", "up": "Up", "left": "Left", "right": "Right", "home": "Home", "end": "End",
    "pagedown": "PageDown", "pageup": "PageUp",
}  # fmt: skip


def tmux_name(key: str) -> str:
    """The name that tmux has for a key of the table of commands."""
    if key.startswith("ctrl+"):
        key = key.removeprefix("ctrl+")
        return f"C-{TMUX_NAMES.get(key, key)}"
    return TMUX_NAMES.get(key, key)


def take(terminal: Terminal, step: Step) -> None:
    before = terminal.screen()
    if step.text:
        terminal.type(step.text)
    elif step.key:
        terminal.press(tmux_name(step.key))
    elif step.command:
        terminal.press(":")
        terminal.wait_for("Search for commands")
        terminal.type(step.command.title)
        terminal.wait_for(step.command.help[:30])
        terminal.press("Enter")
    try:
        shown = step.shown
        terminal.wait_for(shown if isinstance(shown, str) else lambda screen: shown(screen, before))
    except AssertionError as error:
        raise AssertionError(f"after {step}: {error}") from None
    if step.key == "escape":
        time.sleep(0.15)  # a key right after Escape would be read as Alt and that key


@pytest.mark.parametrize("name", SESSIONS)
def test_what_is_typed_is_done(tmp_path, site, name) -> None:
    home = tmp_path / "home"
    places = Places.below(home)
    with Library.open(places) as library:
        for path in FEEDS:
            library.feeds.add(site.url + path)
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\nexit 0\n")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    places.config.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text('[general]\npipe = { count = ["wc", "-l"] }\n')
    with Terminal(home, tmp_path, environment={"BROWSER": f"{browser} %s &"}) as terminal:
        terminal.wait_for("Budget passed")
        for step in SESSIONS[name]:
            take(terminal, step)


def test_no_command_is_left_out() -> None:
    typed = {step.command.id for steps in SESSIONS.values() for step in steps if step.command}
    assert typed == {command.id for command in COMMANDS}
