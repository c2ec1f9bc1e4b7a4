"""Python files that lie in the current folder are never run, whatever they are called."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.small_site import Page, Site, rss

from store.interpreter import python
from store.library import Library
from store.paths import Places

ROOT = Path(__file__).parents[1]
NAMES = ("store.py", "tui/__init__.py", "tui/cli/__init__.py", "json.py", "textual.py", "lxml.py", "sqlite3.py",
         "signal.py", "sitecustomize.py", "usercustomize.py", "encodings/__init__.py")  # fmt: skip


@pytest.fixture
def hostile(tmp_path) -> Path:
    """A folder of files that say so when they are run, and end what runs them."""
    folder = tmp_path / "hostile"
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"open({str(folder / 'ran')!r}, 'a').write({name + ' '!r})\nraise SystemExit(9)\n")
    return folder


@pytest.fixture
def home(tmp_path) -> Path:
    with Library.open(Places.below(tmp_path / "home")) as library:
        library.maintenance.save_setting("welcomed", True)
    return tmp_path / "home"


def ran(hostile: Path) -> str:
    return (hostile / "ran").read_text() if (hostile / "ran").exists() else ""


def command(*arguments: object) -> list[str]:
    """As the installed program starts: the current folder is on no path."""
    return [sys.executable, "-P", "-m", "tui.cli", *map(str, arguments)]


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "NEWSDASH_HOME": str(home), "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize("site", [True, False])
@pytest.mark.parametrize("path", ["", ".", os.pathsep])
def test_processes_of_our_own(hostile: Path, site: bool, path: str) -> None:
    code = "import json, sqlite3, store, tui.cli, textual; print(store.__file__, tui.__file__)"
    done = subprocess.run(
        python(code, site=site), cwd=hostile, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True
    )
    assert (done.returncode, ran(hostile)) == (0, ""), done.stderr
    assert done.stdout.split() == [str(ROOT / "store/__init__.py"), str(ROOT / "tui/__init__.py")]


def test_all_of_them_are_started_so() -> None:
    starting = {
        str(file.relative_to(ROOT))
        for package in ("store", "tui")
        for file in (ROOT / package).rglob("*.py")
        if re.search(r"sys\.executable|multiprocessing|ProcessPool|\bos\.exec|\bos\.spawn", file.read_text())
        and file.name != "workers.py"  # says why it does without
    }
    assert starting == {"store/interpreter.py"}


def test_feeds_read_in_worker_processes(hostile: Path, home: Path) -> None:
    with Site() as site:
        site.pages["/feed"] = Page(rss("Coast", ("Harbour", "<p>The harbour of the town opens.</p>")))
        arguments = command("add", f"{site.url}/feed")
        done = subprocess.run(arguments, cwd=hostile, env=environment(home), capture_output=True, text=True)
    assert (done.returncode, ran(hostile)) == (0, ""), done.stderr


@pytest.fixture
def link(hostile: Path, home: Path) -> Iterator[str]:
    """The link that ``newsdash serve`` prints, started in the hostile folder."""
    pytest.importorskip("textual_serve")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serving = subprocess.Popen(
        command("serve", "--port", port), cwd=hostile, env=environment(home), stdout=subprocess.PIPE, text=True
    )
    with serving:
        try:
            yield re.search(r"http://\S+", serving.stdout.readline())[0]
        finally:
            serving.terminate()


async def test_the_dashboard_in_a_browser(hostile: Path, link: str) -> None:
    from aiohttp import ClientConnectionError, ClientSession

    site, key = link.split("?")
    async with ClientSession() as browser:
        for attempt in range(100):
            try:
                socket_ = await browser.ws_connect(f"{site}ws?width=100&height=30&{key}")
            except ClientConnectionError:
                if attempt == 99:
                    raise
            else:
                break
        async with socket_:
            shown = b""
            while b"All " not in shown:
                message = await socket_.receive(timeout=60)
                assert message.type.name in ("TEXT", "BINARY"), ran(hostile)
                shown += message.data if isinstance(message.data, bytes) else message.data.encode()
    assert ran(hostile) == ""
