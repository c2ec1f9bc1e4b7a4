"""The first picture, painted before the library is open."""

from __future__ import annotations

import json
import threading
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from store.library import Library
from tui.app import NewsdashApp
from tui.keys.commands import Pane


@pytest.fixture
def start(places, put_article):
    """Starts the dashboard with a library that opens only when it is let."""
    put_article("one", "First headline", day=1)
    put_article("two", "Second headline", day=2)

    @asynccontextmanager
    async def started(size: tuple[int, int] = (120, 40)):
        let = threading.Event()

        def open_library() -> Library:
            let.wait(20)
            return Library.open(places)

        app = NewsdashApp(open_library, config_file=places.config_file, picture_file=places.first_picture)
        async with app.run_test(size=size) as pilot:
            try:
                await pilot.pause()
                yield app, pilot, let
            finally:
                let.set()

    return started


async def rest(app: NewsdashApp, pilot) -> None:
    """Wait until the dashboard is there and nothing is going on."""
    quiet = 0
    for _ in range(1000):
        await pilot.pause(0.01)
        there = app.screen.id != "opening" and app.is_open
        quiet = quiet + 1 if there and app.jobs.idle and app.dashboard.context.jobs.idle else 0
        if quiet == 5:
            return
    raise AssertionError("the dashboard did not come to rest")


async def test_keys_pressed_before_the_library_is_open_are_not_lost(start, shown) -> None:
    async with start() as (app, pilot, let):
        let.set()
        await rest(app, pilot)  # the files are in the library then
    async with start() as (app, pilot, let):
        assert "Opening the library" in shown(app)
        await pilot.press("j", "enter")
        let.set()
        await rest(app, pilot)
        assert app.dashboard.controllers.panes.current is Pane.ARTICLE
        assert app.dashboard.context.article.opened.article.title == "First headline"


@pytest.mark.parametrize("key", ["q", "Q", "ctrl+c"])
async def test_one_can_quit_before_the_library_is_open(start, key) -> None:
    async with start() as (app, pilot, _):
        await pilot.press(key)
        assert app.return_code == 0
        assert not app.is_running


def borders(picture: str) -> set[tuple[int, int]]:
    """Where the corners of frames are."""
    return {
        (x, y) for y, line in enumerate(picture.splitlines()) for x, character in enumerate(line) if character in "╭╮╰╯"
    }


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_panes_are_where_they_were(start, shown, size) -> None:
    async with start(size) as (app, pilot, let):
        let.set()
        await rest(app, pilot)
        await pilot.pause(0.05)
        app.theme = "newsdash-light"
        await pilot.press("Q")
        last = shown(app)
    async with start(size) as (app, pilot, _):
        first = shown(app)
        assert borders(first) == borders(last)
        assert "Opening the library" in first
    async with start((100, 30)) as (app, _, _):
        assert len(borders(shown(app))) == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"width": 120, "height": 40, "frames": []}',
        json.dumps({"width": 120, "height": 40, "frames": [[0, 0, 5, 5, "t"]]}),
        json.dumps({"ground": "#000", "ink": "#fff", "width": 120, "height": 40, "frames": [[0, 0, 5]]}),
        json.dumps(
            {
                "ground": "#000",
                "ink": "#fff",
                "width": 120,
                "height": 40,
                "frames": [[-5, -5, 10**9, 10**9, "\x1b]0;evil\x07"], [3, 3, 0, 0, "t"], [3, 3, 1, 1, "界"]],
            }
        ),
    ],
)
async def test_a_damaged_file_is_done_without(start, shown, places, text) -> None:
    Path(places.first_picture).parent.mkdir(parents=True)
    places.first_picture.write_text(text)
    async with start() as (app, pilot, let):
        assert "\x1b" not in shown(app)
        let.set()
        await rest(app, pilot)
        assert "Second headline" in shown(app)
