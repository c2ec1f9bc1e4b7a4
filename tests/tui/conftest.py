"""The dashboard driven as a user drives it: real keys, a real library below a temporary folder."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from store.paths import Places
from tui.app import NewsdashApp
from tui.dashboard.context import DashboardContext
from tui.dashboard.controllers import Controllers
from tui.dashboard.screen import DashboardScreen

if TYPE_CHECKING:
    from store.library import Library

NOW = datetime(2024, 5, 17, 12, 0, tzinfo=UTC)

GLANCE = 0.005
"""Seconds between two looks whether something is still going on."""
PATIENCE = 60.0
"""Seconds until it must have come to its end; a busy machine is slow, a broken program never gets there."""

SPEECH = """\
Mara Lindqvist, chief economist of the Harbour Bank, opened the talks on Monday.

“The harbour will open in spring,” Mara Lindqvist said. “We have the money for it.”

“Nobody asked the fishermen,” said Tom Adeyemi, a spokesman for the boat owners.
"""


@pytest.fixture(autouse=True, scope="session")
def _styles_parsed_once() -> Iterator[None]:
    """Textual parses all style sheets at each start of an application, which takes as long as many a test."""
    parse, parsed = Stylesheet._parse_rules, {}

    def parse_once(self: Stylesheet, *what: Any, **more: Any) -> list[RuleSet]:
        key = (frozenset(self._variables.items()), what, frozenset(more.items()))
        if key not in parsed:
            parsed[key] = parse(self, *what, **more)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture(autouse=True, scope="session")
def _short_waits() -> Iterator[None]:
    """A pilot looks every 20 ms whether the processor is idle, twice for each key: most tests would mostly sleep."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual._wait.SLEEP_GRANULARITY", GLANCE)
        yield


@pytest.fixture(autouse=True)
def _one_time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.below(tmp_path / "home")


@pytest.fixture
def put_article(places: Places) -> Callable[..., None]:
    """Puts a text file into the user's folder of seeds."""

    def put(name: str, title: str, day: int = 1, text: str = SPEECH) -> None:
        places.seeds.mkdir(parents=True, exist_ok=True)
        content = f"{title}\n\n# {day:02} May 2024 09:00 (UTC +00:00)\n\n{text}"
        (places.seeds / f"{name}.txt").write_text(content, encoding="utf-8")

    return put


@dataclass
class Driver:
    """A running dashboard and what is seen of it."""

    app: NewsdashApp
    pilot: Pilot[int]

    @property
    def dashboard(self) -> DashboardScreen:
        return self.app.dashboard

    @property
    def context(self) -> DashboardContext:
        return self.dashboard.context

    @property
    def controllers(self) -> Controllers:
        return self.dashboard.controllers

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def settle(self) -> None:
        """Wait until no job is running and everything is painted."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            while not self.at_rest and time.monotonic() < until:
                await asyncio.sleep(GLANCE)
            # A key may still be on its way from its pane to the dashboard, or bring the next job.
            await self.pilot.pause()
            if self.at_rest:
                return
        raise AssertionError("the dashboard did not come to rest")

    @property
    def at_rest(self) -> bool:
        """Whether the library is open, or a dialog, and no job is running."""
        started = self.app.is_open or len(self.app.screen_stack) > 1
        jobs = {self.app.jobs, getattr(self.app.screen, "jobs", self.app.jobs)}
        if self.app.is_open:
            jobs.add(self.context.jobs)
        return started and all(each.idle for each in jobs)

    @property
    def text(self) -> str:
        """What is on the screen, line by line."""
        return screen_text(self.app)

    @property
    def titles(self) -> list[str]:
        """The headlines listed, in order."""
        headlines = self.context.headlines
        rows = [headlines.headline(article_id) for article_id in headlines.ids]
        return [row.article.title for row in rows if row is not None]

    @property
    def current(self) -> str:
        """The headline under the cursor."""
        row = self.context.headlines.headline(self.context.headlines.current or 0)
        return row.article.title if row is not None else ""

    @property
    def library(self) -> Library:
        return self.context.library


def screen_text(app: App[object] | NewsdashApp) -> str:
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join(strip.text for strip in strips)


Open = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture
def open_dashboard(places: Places) -> Open:
    """Opens the dashboard on the temporary library, and waits until it has taken in its files."""

    @asynccontextmanager
    async def opened(size: tuple[int, int] = (120, 40), *, read_only: bool = False) -> AsyncIterator[Driver]:
        from store.library import Library

        app = NewsdashApp(
            lambda: Library.open(places, read_only=read_only), config_file=places.config_file, clock=lambda: NOW
        )
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            driver = Driver(app, pilot)
            await driver.settle()
            yield driver

    return opened


@pytest.fixture
def shown() -> Callable[[App[object]], str]:
    """What an application shows, line by line."""
    return screen_text


@pytest.fixture
def pressing() -> Callable[..., Callable[[Pilot[int]], Awaitable[None]]]:
    """Makes what a picture of the application waits for: keys pressed, and everything that they bring."""

    def made(*keys: str) -> Callable[[Pilot[int]], Awaitable[None]]:
        async def run(pilot: Pilot[int]) -> None:
            assert isinstance(pilot.app, NewsdashApp)
            driver = Driver(pilot.app, pilot)
            await driver.settle()
            for key in keys:
                await driver.press(key)

        return run

    return made
