"""Feeds added, refreshed and removed by key, from a server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from store.models import Scope, View
from tui.dialogs.add_feed import AddFeedScreen
from tui.dialogs.confirm import ConfirmScreen

ITEM = """<item><title>{name} item</title><guid isPermaLink="false">{name}</guid>
<link>https://example.org/{name}</link><pubDate>1{day} May 2024 10:00:00 GMT</pubDate>
<description>The {name} story. “We go on,” said Ann Bell.</description></item>"""


class Site:
    """A web site with a page, two feeds, and an address that is gone."""

    def __init__(self) -> None:
        self.items = ["one", "two"]
        self.hold = threading.Event()
        self.hold.set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.hold.wait(20)
                status, kind, body = site.answer(self.path)
                data = body.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, path: str) -> tuple[int, str, str]:
        if path == "/feed.xml":
            items = "".join(ITEM.format(name=name, day=day) for day, name in enumerate(self.items))
            channel = f"<title>The Daily [/] Loop</title><link>{self.url}/</link>{items}"
            rss = f'<rss version="2.0"><channel>{channel}</channel></rss>'
            return 200, "application/rss+xml", rss
        if path == "/":
            links = "".join(
                f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'
                for title, href in (("News", "/feed.xml"), ("Comments", "/comments.xml"))
            )
            return 200, "text/html", f"<html><head><title>Loop</title>{links}</head><body>Hello</body></html>"
        return 404, "text/plain", "no such page"

    def close(self) -> None:
        self.hold.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


async def add(driver, address: str) -> None:
    await driver.press("a")
    assert isinstance(driver.app.screen, AddFeedScreen)
    await answer(driver, address)


async def answer(driver, address: str) -> None:
    screen = driver.app.screen
    screen.query_one("#address").value = address
    await driver.press("enter")
    await idle(driver, screen)


async def idle(driver, screen: AddFeedScreen) -> None:
    for _ in range(600):
        await driver.pilot.pause(0.02)
        if screen.jobs.idle:
            break
    await driver.settle()


async def test_a_feed_is_added_refreshed_and_removed_by_key(open_dashboard, site: Site) -> None:
    async with open_dashboard((200, 50)) as driver:
        await add(driver, f"{site.url}/feed.xml")
        assert driver.app.screen is driver.dashboard
        assert driver.titles == ["two item", "one item"]
        assert "The Daily [/] Loop" in driver.text

        site.items.append("three")
        await driver.press("r")
        assert driver.titles == ["three item", "two item", "one item"]
        assert driver.current == "two item"
        assert "1 new article." in driver.text

        await driver.press("j", "s", "d")
        assert isinstance(driver.app.screen, ConfirmScreen)
        assert "Its 3 articles will be removed" in driver.text
        await driver.press("n")
        assert len(driver.titles) == 3
        await driver.press("d", "y")
        assert driver.library.listing.ids(View(Scope.STARRED))
        assert "three item" not in driver.titles


async def test_a_password_in_the_address_is_kept_for_the_feed(open_dashboard, site: Site) -> None:
    async with open_dashboard() as driver:
        await add(driver, f"{site.url.replace('://', '://ann:s3cret@')}/feed.xml")
        assert driver.app.screen is driver.dashboard
        assert [each.feed.credentials for each in driver.library.feeds.all() if each.feed.credentials] == ["ann:s3cret"]
        assert "s3cret" not in driver.text


async def test_a_page_with_several_feeds_lets_one_choose(open_dashboard, site: Site) -> None:
    async with open_dashboard() as driver:
        await add(driver, site.url)
        screen = driver.app.screen
        assert isinstance(screen, AddFeedScreen)
        assert "News" in driver.text
        assert "Comments" in driver.text
        await driver.press("enter")
        await idle(driver, screen)
        assert driver.titles == ["two item", "one item"]


async def test_a_bad_address_is_explained_and_can_be_mended(open_dashboard, site: Site) -> None:
    async with open_dashboard() as driver:
        await add(driver, f"{site.url}/nothing")
        assert isinstance(driver.app.screen, AddFeedScreen)
        assert driver.app.screen.query_one("#answer").has_class("-error")
        await answer(driver, "")
        assert "Type an address first." in driver.text
        await answer(driver, f"{site.url}/feed.xml")
        assert driver.titles == ["two item", "one item"]


async def test_a_feed_that_fails_keeps_its_articles_and_says_why(open_dashboard, site: Site) -> None:
    async with open_dashboard((200, 50)) as driver:
        await add(driver, f"{site.url}/feed.xml")
        site.answer = lambda _: (500, "text/plain", "broken")  # type: ignore[method-assign]
        await driver.press("r")
        assert driver.titles == ["two item", "one item"]
        assert "1 feed failed: The Daily [/] Loop" in driver.text
        assert "!  The Daily" in driver.text


async def test_the_keyboard_answers_and_quits_while_a_refresh_hangs(open_dashboard, site: Site) -> None:
    async with open_dashboard() as driver:
        await add(driver, f"{site.url}/feed.xml")
        site.hold.clear()
        await driver.pilot.press("R")
        await driver.pilot.pause(0.1)
        assert "Fetching 1 feed" in driver.text or "X stops" in driver.text
        await driver.pilot.press("j")
        await driver.pilot.pause(0.1)
        assert driver.current == "one item"
        await driver.pilot.press("Q")
    assert driver.app.return_value == 0


async def test_refreshing_without_feeds_says_what_to_do(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("R")
        assert "Press a to add one" in driver.text


async def test_a_feed_is_marked_while_it_is_fetched_and_stopping_keeps_what_came(open_dashboard, site: Site) -> None:
    async with open_dashboard((200, 50)) as driver:
        await add(driver, f"{site.url}/feed.xml")
        site.items.append("three")
        site.hold.clear()
        await driver.pilot.press("R")
        for _ in range(200):
            await driver.pilot.pause(0.02)
            if "↻" in driver.text:
                break
        assert "↻  The Daily [/]" in driver.text
        await driver.pilot.press("X")
        # The site answers only afterwards: an answer that came first would leave nothing to stop.
        for _ in range(200):
            await driver.pilot.pause(0.02)
            if "Stopped." in driver.text:
                break
        assert "Stopped." in driver.text
        site.hold.set()
        await driver.settle()
        assert "↻" not in driver.text
        assert driver.titles[-2:] == ["two item", "one item"]
        await driver.press("R")
        assert driver.titles[0] == "three item"


async def test_a_feed_in_another_spelling_is_recognised_and_shown(open_dashboard, site: Site) -> None:
    async with open_dashboard((200, 50)) as driver:
        await add(driver, f"{site.url}/feed.xml")
        await driver.press("g")
        driver.controllers.headline_list.show(View(), "All")
        await driver.settle()
        await add(driver, f"{site.url.upper()}/feed.xml/#top")
        assert driver.app.screen is driver.dashboard
        assert "You follow The Daily [/] Loop already." in driver.context.status.text
        assert driver.context.session.view.scope is Scope.FEED
        assert len(driver.library.feeds.all()) == 2
