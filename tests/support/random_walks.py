"""Random use of the dashboard: keys, bursts of keys, clicks and sizes of the terminal, the same for the same seed.

``PYTHONPATH=tests:. python -m support.random_walks --walks 500 --size 80x24`` tries many, the test suite a few. A walk
that ends the program is printed with its seed and its steps, and is repeated with ``--seed``.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.small_site import Page, Site, rss
from textual import events
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.keys import _character_to_key
from textual.pilot import Pilot

from store.library import Library
from store.models import Network, Rule, RuleAction, SavedSearch
from store.paths import Places
from tui.app import NewsdashApp
from tui.keys.commands import COMMANDS

STEPS = 40
SIZES = {"80x24": (80, 24), "120x40": (120, 40), "150x45": (150, 45), "200x60": (200, 60)}
SMALL = ((1, 1), (1, 24), (80, 1), (2, 2), (5, 3), (20, 6), (40, 10))
QUITS = {"leave", "quit-or-back"}
KEYS = sorted({key for command in COMMANDS if command.id not in QUITS for key in command.keys if len(key) == 1})
NAMED = [
    "enter",
    "enter",
    "enter",
    "escape",
    "escape",
    "escape",
    "tab",
    "shift+tab",
    "up",
    "down",
    "left",
    "right",
    "pageup",
    "pagedown",
    "home",
    "end",
    "space",
    "backspace",
    "ctrl+d",
    "ctrl+u",
    "ctrl+o",
    "ctrl+p",
    "ctrl+s",
    "ctrl+r",
    "ctrl+z",
    "ctrl+left",
    "ctrl+right",
    "ctrl+up",
    "ctrl+down",
    "f1",
    "delete",
]
MOVES = ["j", "k", "h", "l", "n", "p", "g", "G", "]", "[", "z", "enter", "escape"]
PATIENCE = 60.0
"""Seconds until the dashboard must be at rest."""
CONFIG = '[general]\nbrowser = ["true"]\n[general.pipe]\ncount = ["wc", "-w"]\n'


@dataclass(frozen=True)
class Walk:
    """What a walk did, and what ended it; ``error`` is empty when the program went on."""

    seed: int
    steps: tuple[str, ...]
    error: str = ""


def key_event(key: str) -> events.Key:
    """A key as a terminal sends it."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, {"enter": "\r", "space": " ", "tab": "\t", "escape": "\x1b"}.get(key))


def steps_of(seed: int, size: tuple[int, int], count: int = STEPS) -> Iterator[str]:
    """Steps: a key, several with spaces between that come at once, a size as ``80x24``, or ``@x,y`` for a click."""
    chance = random.Random(seed)

    def key() -> str:
        kind = chance.random()
        if kind < 0.35:
            return chance.choice(MOVES)
        if kind < 0.75:
            return chance.choice(KEYS)
        return chance.choice(NAMED) if kind < 0.93 else chance.choice("abcdehinrtxy0123")

    away = False
    for _ in range(count):
        kind = chance.random()
        if away or kind < 0.08:
            away = not away
            width, height = chance.choice([*SMALL, *SIZES.values()]) if away else size
            yield f"{width}x{height}"
        elif kind < 0.12:
            yield f"@{chance.randrange(size[0])},{chance.randrange(size[1])}"
        elif kind < 0.3:
            same = key()
            yield " ".join([same, same] if chance.random() < 0.5 else [key() for _ in range(chance.randint(2, 5))])
        else:
            yield key()


async def walk(places: Places, seed: int, size: tuple[int, int], count: int = STEPS) -> Walk:
    """Walk over a library; whatever ends the program is caught and told."""
    app = NewsdashApp(
        lambda: Library.open(places, network=Network(proxy="")), config_file=places.config_file, welcome=True
    )
    done: list[str] = []
    try:
        async with app.run_test(size=size) as pilot:
            await rest(app, pilot)
            for step in steps_of(seed, size, count):
                done.append(step)
                await take(step, pilot)
                if app._exception is not None or not app.is_running:
                    break
            await rest(app, pilot)
            app.screen._compositor.render_strips(app.size)
            notices = [each.sentence for each in app.dashboard.context.status.notices]
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return Walk(seed, tuple(done), f"{type(error).__name__}: {error}\n{where(error)}")
    return Walk(seed, tuple(done), "\n".join(each for each in notices if each.startswith("An unexpected error")))


def where(error: BaseException) -> str:
    """The innermost places of an error."""
    places, at = [], error.__traceback__
    while at is not None:
        places.append(f"  {at.tb_frame.f_code.co_filename}:{at.tb_lineno} {at.tb_frame.f_code.co_name}")
        at = at.tb_next
    return "\n".join(places[-4:])


async def take(step: str, pilot: Pilot[int]) -> None:
    """Take one step, and wait until what it brought is done."""
    app = pilot.app
    if step.startswith("@"):
        x, y = map(int, step[1:].split(","))
        if x < app.size.width and y < app.size.height:
            await pilot.click(offset=(x, y))
    elif "x" in step and step.replace("x", "").isdigit():
        width, height = map(int, step.split("x"))
        await pilot.resize_terminal(width, height)
    else:
        for key in step.split():
            app.post_message(key_event(key))
    assert isinstance(app, NewsdashApp)
    await rest(app, pilot)


async def rest(app: NewsdashApp, pilot: Pilot[int]) -> None:
    """Wait until no job is running and everything is painted."""
    until, looks = time.monotonic() + PATIENCE, 0
    while app._exception is None and app.is_running:
        await asyncio.sleep(0.002)
        await asyncio.wait_for(pilot._wait_for_screen(), PATIENCE)
        jobs = {app.jobs, getattr(app.screen, "jobs", app.jobs)}
        at_rest = app.is_open and all(each.idle for each in {*jobs, app.dashboard.context.jobs})
        looks = looks + 1 if at_rest else 0
        if looks == 2:  # a key may still have been on its way from one screen to another
            return
        if time.monotonic() > until:
            raise TimeoutError("the dashboard did not come to rest")


# --- the libraries ------------------------------------------------------------------------------------------


def build_small(folder: Path) -> Places:
    """Files only: long and short articles, one of them without text."""
    places = Places.below(folder)
    places.seeds.mkdir(parents=True)
    for number, length in enumerate((60, 1, 30, 0, 5, 2)):
        said = (
            f"“The harbour {at} will open in spring,” Mara Lindqvist said. The harbour opens, {'word ' * (at % 40)}."
            for at in range(length)
        )
        text = f"Talks {number} begin here\n\n# 0{number + 1} May 2024 09:00 (UTC +00:00)\n\n" + "\n\n".join(said)
        (places.seeds / f"a{number}.txt").write_text(text + "\n", encoding="utf-8")
    with Library.open(places, network=Network(proxy="")) as library:
        library.files.ingest_seeds()
        finish(library, places)
    return places


def build_feeds(folder: Path, site: Site) -> Places:
    """Feeds with folders, tables, code, links, pictures and quotations; one feed fails, one is hidden."""
    places = Places.below(folder)
    people = ("Ann Bell", "Tom Adeyemi", "Mara Lindqvist", "Igor Novak")
    for feed in range(4):
        items = []
        for number in range(12):
            body = "".join(
                f"<p>“We will win {at},” said {people[(at + number + feed) % 4]}, the mayor of Split. "
                f"{people[(at + feed) % 4]} said that it is over. {'word ' * (7 * at)}</p>"
                for at in range(number)
            )
            more = (
                "",
                "<pre>if x:\n\treturn\ty\n</pre>",
                "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>long words here</td></tr></table>",
                '<ul><li><a href="https://a.example/">link</a></li><li>two</li></ul><img src="/p.png" alt="A crane">',
            )[number % 4]
            items.append((f"News {feed} {number} 日本 {'long ' * (number % 5)}", body + more))
        site.pages[f"/{feed}"] = Page(rss(f"Feed {feed}", *items, link=f"{site.url}/{feed}/"))
    with Library.open(places, network=Network(proxy="")) as library:
        added = [library.feeds.add(f"{site.url}/{feed}", "") for feed in range(4)]
        assert added
        library.search.saved.save(SavedSearch("Win", "win", ()))
        library.rules.save(Rule("Stars", "title:news", RuleAction.STAR))
        finish(library, places)
    site.pages["/3"] = Page(b"gone", "text/plain", 500)
    return places


def finish(library: Library, places: Places) -> None:
    """What the user has set already; and everybody's names known, so that walks can come to all pages."""
    library.maintenance.save_setting("welcomed", True)
    while library.people.progress() is not None or library.people.count() == 0:
        time.sleep(0.02)
    places.config_file.parent.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text(CONFIG, encoding="utf-8")


@contextmanager
def styles_read_once() -> Iterator[None]:
    """Textual reads all style sheets at each start, which takes as long as a short walk."""
    read, kept = Stylesheet._parse_rules, {}

    def read_once(self: Stylesheet, *what: Any, **more: Any) -> list[RuleSet]:
        key = (frozenset(self._variables.items()), what, frozenset(more.items()))
        if key not in kept:
            kept[key] = read(self, *what, **more)
        return kept[key]

    Stylesheet._parse_rules = read_once  # type: ignore[method-assign]
    try:
        yield
    finally:
        Stylesheet._parse_rules = read  # type: ignore[method-assign]


@contextmanager
def copied(places: Places) -> Iterator[Places]:
    """A library of its own for a walk, which marks and removes things."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(places.config_file.parents[1], home)
        yield Places.below(home)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--walks", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="of the first walk")
    parser.add_argument("--size", choices=SIZES, default="80x24")
    parser.add_argument("--store", choices=("small", "feeds"), default="small")
    options = parser.parse_args()
    for name in ("EDITOR", "VISUAL", "BROWSER", "PAGER"):
        os.environ[name] = "true"
    ended = 0
    with tempfile.TemporaryDirectory() as folder, Site() as site, styles_read_once():
        home = Path(folder) / "home"
        os.environ["HOME"] = folder
        (Path(folder) / "here").mkdir()
        os.chdir(Path(folder) / "here")  # files are saved under whatever name was typed
        made = build_small(home) if options.store == "small" else build_feeds(home, site)
        for seed in range(options.seed, options.seed + options.walks):
            with copied(made) as places:
                walked = asyncio.run(walk(places, seed, SIZES[options.size]))
            if walked.error:
                ended += 1
                print(f"seed {seed} at {options.size}: {' , '.join(walked.steps)}\n{walked.error}", flush=True)
    print(f"{options.walks} walks at {options.size} over {options.store}: {ended} ended the program")
    return 1 if ended else 0


if __name__ == "__main__":
    sys.exit(main())
