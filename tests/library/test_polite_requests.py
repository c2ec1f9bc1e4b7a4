"""What servers see of us: one request for a feed that is added, none while they ask to be left alone."""

from __future__ import annotations

import pytest
from support.small_site import Page, rss

from store.errors import FeedError
from store.library import Library
from store.models import Feed, Network

BRIDGE = ("Bridge opens", "<p>It is open.</p>")


def test_adding_a_feed_asks_its_server_once(library, site) -> None:
    site.pages["/feed"] = Page(rss("Harbour News", BRIDGE))
    (candidate,) = library.feeds.discover(f"{site.url}/feed")
    library.feeds.add(candidate.url)
    assert [path for path, _ in site.asked] == ["/feed"]
    library.refresh.run()
    assert [path for path, _ in site.asked] == ["/feed", "/feed"]


def test_a_page_whose_first_feed_is_gone_gives_the_next(library, site) -> None:
    links = "".join(f"<link rel=alternate type=application/rss+xml href=/{name}>" for name in ("gone", "here"))
    site.pages["/"] = Page(f"<!doctype html>{links}", "text/html")
    site.pages["/here"] = Page(rss("Here", BRIDGE))
    assert library.feeds.add(f"{site.url}/").title == "Here"


def test_cookies_last_for_one_chain_of_redirects(library, site) -> None:
    cookie = {"Location": "/gate", "Set-Cookie": "seen=1; Path=/gate; HttpOnly"}
    site.pages["/gate"] = Page(status=302, headers=cookie)
    with pytest.raises(FeedError, match="circle"):
        library.feeds.add(f"{site.url}/gate")
    assert [headers.get("cookie") for _, headers in site.asked] == [None, "seen=1"]
    site.pages["/start"] = Page(status=302, headers={"Location": "/feed", "Set-Cookie": "a=b"})
    site.pages["/feed"] = Page(rss("Harbour News", BRIDGE))
    library.feeds.add(f"{site.url}/start")
    library.refresh.run()
    assert [headers.get("cookie") for path, headers in site.asked if path == "/start"] == [None, None]


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_it_is_left_alone(places, site, status) -> None:
    for number in range(8):
        page = Page(rss(f"F{number}", BRIDGE)) if not number else Page(status=status, headers={"Retry-After": "900"})
        site.pages[f"http://busy.example/{number}"] = page
    site.pages["http://calm.example/f"] = Page(rss("Calm", BRIDGE))
    with Library.open(places, network=Network(proxy=site.url)) as library:
        addresses = [f"http://busy.example/{number}" for number in range(8)]
        library.feeds.follow(Feed(0, url, url) for url in (*addresses, "http://calm.example/f"))
        report = library.refresh.run()
        assert sum(path.startswith("http://busy") for path, _ in site.asked) <= 4
        assert sum("busy.example asked not to be read before" in result.error for result in report.results) >= 4
    site.asked.clear()
    with Library.open(places, network=Network(proxy=site.url)) as library:
        library.refresh.run()
        assert [path for path, _ in site.asked] == ["http://calm.example/f"]
