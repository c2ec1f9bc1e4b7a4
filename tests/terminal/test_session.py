"""A whole session in a real terminal: what a new user does first, and that it is there the next time."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from support.small_site import Page, Site, rss

from store.library import Library
from store.paths import Places

sys.path.insert(0, str(Path(__file__).parent))
from tmux import Terminal

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")

HOSTILE = "[/] [@click=app.quit]x[/] \x1b]0;evil\x07 ferry"
SEED = "US-Russia Stalemate Wavers"


@pytest.fixture
def site():
    with Site() as opened:
        opened.pages["/"] = Page('<link rel="alternate" type="application/rss+xml" href="/feed">', "text/html")
        opened.pages["/feed"] = Page(
            rss("Harbour News", ("Bridge opens", "<p>“It is open,” said Mayor Ana Horvat.</p>"))
        )
        yield opened


def test_a_first_session_and_the_next(tmp_path, site) -> None:
    home = tmp_path / "home"
    with Terminal(home, tmp_path) as terminal:
        terminal.wait_for(lambda screen: SEED in screen and "Matthew Rojansky" in screen)
        title = terminal.title()

        terminal.press("Enter")
        terminal.wait_for("Baku-APA.")
        terminal.press("]")
        terminal.press("Tab", "Enter")

        terminal.press("a")
        terminal.wait_for("address")
        terminal.type(site.url)
        terminal.press("Enter")
        terminal.wait_for("Bridge opens")

        hostile = (HOSTILE.replace("\x1b", "&#27;").replace("\x07", "&#7;"), "<p>The ferry made its last trip.</p>")
        site.pages["/feed"] = Page(
            rss("Harbour News", hostile, ("Bridge opens", "<p>“It is open,” said Mayor Ana Horvat.</p>")).replace(
                "&amp;#", "&#"
            )
        )
        terminal.press("R")
        terminal.wait_for("[/] [@click=app.quit]x[/]")
        assert terminal.title() == title

        terminal.press("h", "h", "h", "l", "g", "s")
        terminal.wait_for("★")

        terminal.press("h", "g", "Enter")
        terminal.wait_for(lambda screen: SEED in screen and "Bridge opens" in screen)
        terminal.press("/")
        terminal.wait_for("a phrase")
        terminal.type("stalemate")
        terminal.press("Enter")
        terminal.wait_for(lambda screen: SEED in screen and "Bridge opens" not in screen)
        terminal.press("Escape")
        terminal.wait_for("Bridge opens")

        terminal.press("Q")
        terminal.wait_for("newsdash ended with 0")

    with Terminal(home, tmp_path) as terminal:
        screen = terminal.wait_for(lambda screen: SEED in screen and "Bridge opens" in screen and "★" in screen)
        assert "[/] [@click=app.quit]x[/]" in screen
        assert terminal.title() == title


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40), (200, 60)])
def test_every_size_can_be_used(tmp_path, columns, rows) -> None:
    with Terminal(tmp_path / "home", tmp_path, columns, rows) as terminal:
        terminal.wait_for(SEED)
        terminal.press("Enter")
        terminal.wait_for("Baku-APA. The rapidly")
        terminal.press("l")
        terminal.wait_for("Angela Stent")
        terminal.press("?")
        terminal.wait_for("Keys ·")
        terminal.press("Escape")
        terminal.wait_for(lambda screen: "Keys ·" not in screen)
        terminal.press("Q")
        terminal.wait_for("newsdash ended with 0")


def test_five_tasks_need_no_more_than_what_is_on_the_screen(tmp_path, site) -> None:
    """A new user adds a feed, looks up what somebody said, stars, searches, and changes the colours."""
    with Terminal(tmp_path / "home", tmp_path, 80, 24, first_steps=True) as terminal:
        card = terminal.wait_for("Welcome to newsdash")
        for hint in ("a adds any site", "P                lists who is quoted", "s stars", "/                searches"):
            assert hint in card
        assert "T                changes the colours" in card
        terminal.press("Escape")
        terminal.wait_for(lambda screen: SEED in screen and "Welcome" not in screen)

        terminal.press("a")
        terminal.wait_for("Enter looks it up")
        terminal.type(site.url)
        terminal.press("Enter")
        terminal.wait_for("Bridge opens")

        terminal.press("P")
        terminal.wait_for(lambda screen: "Enter Open" in screen and "/ Search" in screen and "Ana Horvat" in screen)
        terminal.press("/")
        terminal.wait_for("a name or a role")
        terminal.type("horvat")
        terminal.press("Enter")
        terminal.wait_for(lambda screen: "Ana Horvat" in screen and "Angela Stent" not in screen)
        terminal.press("Enter")
        terminal.wait_for(lambda screen: "“It is open,”" in screen and "q Back" in screen)
        terminal.press("q")
        terminal.wait_for("People in all articles")
        terminal.press("q", "q")
        terminal.wait_for(lambda screen: "Bridge opens" in screen and "People in all" not in screen)

        terminal.press("s")
        terminal.wait_for("Starred.")
        terminal.press("/")
        terminal.wait_for("said:NAME")
        terminal.type("said:horvat open")
        terminal.press("Enter")
        terminal.wait_for(lambda screen: "Bridge opens" in screen and "said:NAME" not in screen)

        terminal.press("T")
        terminal.wait_for("dracula")
        terminal.type("newsdash-light")
        terminal.wait_for(lambda screen: screen.count("newsdash-light") == 2 and "dracula" not in screen)
        terminal.press("Enter")
        terminal.wait_for(lambda screen: "Search for themes" not in screen)
        terminal.press("Q")
        terminal.wait_for("newsdash ended with 0")
    with Library.open(Places.below(tmp_path / "home")) as library:
        assert library.maintenance.setting("theme") == "newsdash-light"
