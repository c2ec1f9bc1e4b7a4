"""config.toml on the screen: keys, presets, sequences, themes and settings, and what is told when it is wrong."""

from __future__ import annotations

import time
from contextlib import nullcontext

import pytest

from store.models import Scope, View
from tui.external.browser import open_in_browser

STARRED = View(Scope.STARRED)


@pytest.fixture
def configured(places, put_article, open_dashboard):
    """Opens the dashboard with this config.toml."""

    def opened(text: str, size=(120, 40)):
        for day in (1, 2, 3):
            put_article(f"a{day}", f"Harbour {day}", day)
        places.config.mkdir(parents=True, exist_ok=True)
        places.config_file.write_text(text, encoding="utf-8")
        return open_dashboard(size)

    return opened


async def test_a_command_has_the_key_of_the_file_everywhere_it_is_shown(configured) -> None:
    async with configured('[keys]\ntoggle-star = "ctrl+y"') as driver:
        await driver.press("s")
        assert driver.library.listing.ids(STARRED) == []
        await driver.press("ctrl+y")
        assert len(driver.library.listing.ids(STARRED)) == 1
        assert "^y Star" in driver.text.splitlines()[-1]
        await driver.press("question_mark")
        assert "^y " in driver.text


async def test_keys_in_turn_are_one_command(configured) -> None:
    async with configured('[keys]\ntop = "g g"\nbottom = ["G"]') as driver:
        await driver.press("G")
        last = driver.current
        await driver.press("g")
        assert "g …" in driver.text
        assert driver.current == last
        await driver.press("x", "k")
        assert driver.current != last
        await driver.press("g", "g")
        assert driver.current == driver.titles[0]


async def test_a_preset_gives_the_keys_of_another_program(configured) -> None:
    async with configured('[keys]\npreset = "emacs"') as driver:
        await driver.press("ctrl+n")
        assert driver.current == driver.titles[1]
        await driver.press("ctrl+p")
        assert driver.current == driver.titles[0]
        await driver.press("alt+x")
        assert len(driver.app.screen_stack) == 2


async def test_what_is_wrong_is_told_and_everything_else_holds(configured) -> None:
    async with configured('[general]\nview = "starred"\ntheme = "nope"\n[layout]\nmeasure = 3') as driver:
        messages = " ".join(str(notice.message) for notice in driver.app._notifications)
        assert "line 3" in messages
        assert "layout.measure" in messages
        assert "from 30 to 200" in messages
        assert driver.context.session.view == STARRED
        assert driver.context.article.measure == 78


async def test_the_file_is_read_again_while_running(configured, places) -> None:
    async with configured("") as driver:
        places.config_file.write_text('[general]\ntheme = "mine"\n[layout]\ndensity = "two"\n[keys]\nleave = "f9"')
        (places.config / "themes.toml").write_text('[mine]\nprimary = "#ff0000"')
        await driver.press("ctrl+r")
        assert driver.app.theme == "mine"
        headlines = driver.context.headlines
        assert headlines.first_line(1) == 2
        await driver.press("Q")
        assert driver.app.is_running
        await driver.press("f9")
        assert driver.app.return_value == 0


async def test_times_can_be_written_with_am_and_pm(configured) -> None:
    async with configured('[general]\ntime_format = "12h"') as driver:
        assert "9:00am" in driver.text


def test_links_are_opened_with_the_program_of_the_file(tmp_path) -> None:
    out = tmp_path / "out"
    program = ["sh", "-c", 'printf %s "$1" > "$0"', str(out), "{url}"]
    open_in_browser("https://example.org/$(id)", program, nullcontext)
    assert out.read_text() == "https://example.org/$(id)"


def test_a_browser_in_the_background_is_kept_off_the_screen(tmp_path, monkeypatch, capfd) -> None:
    out, program = tmp_path / "out", tmp_path / "browse"
    program.write_text(
        f'#!/bin/sh\necho "a warning"; echo "another" >&2; printf %s "$1" > {out}.part; mv {out}.part {out}\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{program} %s &")
    open_in_browser("https://example.org/$(id)", (), nullcontext)
    while not out.exists():
        time.sleep(0.01)
    assert out.read_text() == "https://example.org/$(id)"
    assert capfd.readouterr() == ("", "")
