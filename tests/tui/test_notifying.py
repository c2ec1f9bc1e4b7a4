"""What a refresh brings of people who are followed, saved searches and rules is told, by a program or the terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.small_site import Page, Site, rss

from store.library import Library
from store.models import News, NewsCount, SavedSearch
from tui.external.desktop import Method, run, summary, terminal_text

OLD = ("Bridge", "<p>“It is open,” said Mayor Ana Horvat.</p>")
NEW = ("Ferry", "<p>“The ferry sails at noon,” said Mayor Ana Horvat. “It is full,” Ana Horvat said.</p>")


@pytest.fixture
def site(places):
    with Site() as opened:
        opened.pages["/feed"] = Page(rss("Harbour News", OLD))
        with Library.open(places) as library:
            library.feeds.add(f"{opened.url}/feed")
            library.refresh.run()
            library.people.prepare()
            library.people.follow(library.people.called("Ana Horvat")[0])
            library.search.saved.save(SavedSearch("Ferries", "title:ferry"))
        yield opened


@pytest.fixture
def told(places, tmp_path):
    """Has a program write down what it is told, one line a time; returns those lines."""
    program, log = tmp_path / "tell.py", tmp_path / "told.txt"
    program.write_text(f"import sys\nopen({str(log)!r}, 'a').write('|'.join(sys.argv[1:]) + '\\n')\n")
    places.config_file.parent.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text(
        f'[notify]\nmethod = "command"\ncommand = ["{sys.executable}", "{program}", "{{title}}", "{{text}}"]\n'
        'searches = ["ferries"]\n'
    )
    return lambda: log.read_text().splitlines() if log.exists() else []


async def test_a_refresh_tells_once_what_is_new_of_people_and_searches(open_dashboard, site, told) -> None:
    async with open_dashboard() as driver:
        await driver.press("R")
        assert told() == [], "what was there before is not told"
        site.pages["/feed"] = Page(rss("Harbour News", NEW, OLD))
        await driver.press("R")
        assert told() == ["newsdash|New: Ana Horvat (2 quotations) · Ferries (1 article)"]
        await driver.press("R")
        assert len(told()) == 1


async def test_nothing_is_told_of_a_feed_that_is_added(open_dashboard, site, told) -> None:
    site.pages["/other"] = Page(rss("Other", ("Ferry again", NEW[1]), link="https://other.example/"))
    async with open_dashboard() as driver:
        await driver.press("a")
        await driver.type(f"{site.url}/other")
        await driver.press("enter")
        while "Ferry again" not in driver.titles:
            await driver.settle()
        assert "Ferry again" in driver.titles
        await driver.press("R")
        assert told() == []


async def test_a_program_that_is_not_there_is_named_and_the_rest_goes_on(open_dashboard, site, places) -> None:
    places.config_file.parent.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text('[notify]\nmethod = "command"\ncommand = ["/no/such/program"]\n')
    async with open_dashboard() as driver:
        site.pages["/feed"] = Page(rss("Harbour News", NEW, OLD))
        await driver.press("R")
        assert "/no/such/program of [notify] cannot be started" in driver.text
        assert "Ferry" in driver.titles


@given(st.lists(st.text(max_size=80), max_size=8), st.lists(st.text(max_size=80), max_size=8))
def test_no_name_reaches_the_terminal_as_more_than_text(people: list[str], searches: list[str]) -> None:
    names = [*people, "x\x1b]0;evil\x07\x9c;2\x1b\\", "-u critical"]
    text = summary(News(1, tuple(NewsCount(name, 2) for name in names), tuple(NewsCount(name, 1) for name in searches)))
    assert text.isprintable()
    assert text.startswith("New: ")
    assert ";" not in text
    for method in (Method.OSC9, Method.OSC777):
        written = terminal_text(method, text)
        assert written.startswith("\x1b]")
        assert written.endswith("\x1b\\")
        assert written[2:-2].isprintable()
    assert len(text) < 400


def test_a_program_gets_the_text_as_one_argument_and_no_shell_reads_it(tmp_path) -> None:
    log = tmp_path / "log"
    code = f"import sys; open({str(log)!r}, 'w').write(repr(sys.argv[1:]))"
    run([sys.executable, "-c", code, "--flag"], "New: $(touch x) `y` 'z' (1 article)")
    assert log.read_text() == repr(["--flag", "New: $(touch x) `y` 'z' (1 article)"])


@pytest.mark.parametrize(
    ("method", "sign"),
    [
        ("bell", b"\x07"),
        ("osc9", b"\x1b]9;newsdash: New: Ana Horvat (2 quotations)\x1b\\"),
        ("osc777", b"\x1b]777;notify;newsdash;New: Ana Horvat (2 quotations)\x1b\\"),
    ],
    ids=["bell", "osc9", "osc777"],
)
def test_the_terminal_is_told_in_a_real_one(places, site, method: str, sign: bytes) -> None:
    places.config_file.parent.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text(f'[notify]\nmethod = "{method}"\n')
    with Library.open(places) as library:
        library.maintenance.save_setting("welcomed", True)
    child, terminal = pty.fork()
    if not child:
        home = str(places.config.parent)
        os.execve(
            sys.executable,
            [sys.executable, "-m", "tui.cli"],
            {**os.environ, "NEWSDASH_HOME": home, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"},
        )
    try:
        read_until(terminal, b"Bridge")
        read_until(terminal, b"Nothing", key=b"R")
        site.pages["/feed"] = Page(rss("Harbour News", NEW, OLD))
        read_until(terminal, sign, key=b"R")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def read_until(terminal: int, wanted: bytes, key: bytes = b"", patience: float = 40.0) -> bytes:
    """What the program writes up to these bytes; the key is pressed again and again, for the program may be busy."""
    seen, end, again = b"", time.monotonic() + patience, 0.0
    while wanted not in seen:
        if key and time.monotonic() > again:
            os.write(terminal, key)
            again = time.monotonic() + 2
        assert time.monotonic() < end, f"{wanted!r} did not come; the last was {seen[-500:]!r}"
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 65536)
    return seen
