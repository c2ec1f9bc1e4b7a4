"""The dashboard in a real browser without a screen, which may reach nothing but this machine."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.library import Library
from store.paths import Places

aiohttp = pytest.importorskip("aiohttp", reason="needs newsdash[serve]")
pytest.importorskip("textual_serve", reason="needs newsdash[serve]")

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0"),
    *("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--window-size=1200,800"),
]
PATIENCE = 60.0


@pytest.fixture
def link(tmp_path) -> Iterator[str]:
    """The link that ``newsdash serve`` prints, while it serves."""
    with Library.open(Places.below(tmp_path / "home")) as library:
        library.maintenance.save_setting("welcomed", True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tui.cli", "serve", "--port", str(port)]
    environment = {**os.environ, "NEWSDASH_HOME": str(tmp_path / "home")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as serving:
        try:
            found = re.search(r"http://\S+", serving.stdout.readline())[0]
            for _ in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield found
        finally:
            serving.terminate()


def status(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_only_who_has_the_link_is_let_in(link) -> None:
    site = link.partition("?")[0]
    assert status(link) == 200
    assert (
        status(site)
        == status(site + "?key=wrong")
        == status(site + "static/js/textual.js")
        == status(site + "ws")
        == 403
    )
    assert status(link, Host="evil.example") == status(link, Origin="http://evil.example") == 403


def test_the_page_names_no_other_site(link) -> None:
    with urllib.request.urlopen(link, timeout=20) as answer:
        page = answer.read().decode()
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    site = link.partition("/?")[0].partition("://")[2]
    assert set(re.findall(r"(?:https?|ws)://([^/\"]+)", page)) == {site}


class Browser:
    """Chromium, spoken to through its debugging socket."""

    def __init__(self, connection) -> None:
        self._connection = connection
        self._number = 0
        self.asked: list[str] = []
        """The addresses that the page asked for."""

    async def do(self, method: str, **parameters) -> dict:
        self._number += 1
        await self._connection.send_json({"id": self._number, "method": method, "params": parameters})
        while True:
            message = await self._connection.receive_json(timeout=PATIENCE)
            if message.get("method") in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                about = message["params"]
                self.asked.append(about.get("url") or about["request"]["url"])
            if message.get("id") == self._number:
                return message["result"]

    async def wait_for(self, condition: str) -> None:
        end = time.monotonic() + PATIENCE
        while not (await self.do("Runtime.evaluate", expression=condition))["result"].get("value"):
            assert time.monotonic() < end, condition
            await asyncio.sleep(0.1)

    async def press(self, key: str) -> None:
        await self.do("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
        await self.do("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def picture(self) -> bytes:
        return base64.b64decode((await self.do("Page.captureScreenshot"))["data"])


@pytest.mark.skipif(not CHROMIUM, reason="needs chromium")
async def test_the_dashboard_is_painted_and_hears_the_keyboard(link, tmp_path) -> None:
    profile = tmp_path / "profile"
    with subprocess.Popen(
        [CHROMIUM, *QUIET, f"--user-data-dir={profile}", "about:blank"], stderr=subprocess.DEVNULL
    ) as chromium:
        try:
            port = await debugging_port(profile)
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                    page = next(each for each in await answer.json() if each["type"] == "page")
                async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as connection:
                    await use(Browser(connection), link, tmp_path / "home")
        finally:
            chromium.terminate()


async def use(browser: Browser, link: str, home: Path) -> None:
    """Open the dashboard, look at the picture, change it by a key, and quit."""
    for domain in ("Page", "Network", "Runtime"):
        await browser.do(f"{domain}.enable")
    await browser.do("Page.navigate", url=link)
    await browser.wait_for("document.body.classList.contains('-first-byte')")
    while not (home / "cache/first_picture.json").exists():  # written when the headlines are listed
        await asyncio.sleep(0.1)
    before = await settled(browser)
    await browser.press("?")
    after = await settled(browser, not_as=before)
    assert after != before
    if folder := os.environ.get("NEWSDASH_PICTURES"):
        (Path(folder) / "browser.png").write_bytes(before)
    await browser.press("q")
    await settled(browser, not_as=after)
    await browser.press("Q")
    await browser.wait_for("document.body.classList.contains('-closed')")
    site = link.partition("/?")[0].partition("://")[2]
    assert {re.match(r"\w+://([^/]+)", url)[1] for url in browser.asked if not url.startswith("data:")} == {site}


async def settled(browser: Browser, not_as: bytes = b"") -> bytes:
    """The picture once it no longer changes."""
    last, same = b"", 0
    end = time.monotonic() + PATIENCE
    while same < 3 or last == not_as:
        assert time.monotonic() < end
        await asyncio.sleep(0.4)
        picture = await browser.picture()
        last, same = picture, same + 1 if picture == last else 0
    return last


async def debugging_port(profile: Path) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        file = profile / "DevToolsActivePort"
        if file.exists() and (lines := file.read_text().split()):
            return int(lines[0])
        await asyncio.sleep(0.1)
    raise AssertionError("chromium did not start")
