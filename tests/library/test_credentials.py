"""Passwords and configured header fields go to the origin they were given for, wherever addresses lead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.small_site import Page, Site, rss

from store.errors import FeedError
from store.library import Library
from store.models import Feed, FeedEdit, FeedOptions, Network, Scope, View
from store.paths import Places

ITEM = ("Harbour", "<p>The harbour of the town opens.</p>")
FEED = Page(rss("Coast", ITEM))
SECRETS = ("authorization", "cookie", "x-token")
TEXT = "The harbour of Norvik will open again in spring, after a long night of talks with the town. " * 5


@pytest.fixture
def other() -> Iterator[Site]:
    """Another origin: the same host at another port."""
    with Site() as opened:
        opened.pages["/feed.xml"] = FEED
        yield opened


@pytest.fixture
def configured(places: Places, site: Site) -> Iterator[Library]:
    """A library whose configuration has header fields for every feed of ``site``, and for no other."""

    def options(url: str) -> FeedOptions:
        own = url.startswith(site.url)
        return FeedOptions({"Cookie": "session=s3cret", "X-Token": "s3cret"} if own else {})

    with Library.open(places, network=Network("", options)) as opened:
        yield opened


def with_password(url: str) -> str:
    return url.replace("://", "://ann:s3cret@")


def secrets_sent_to(site: Site) -> set[str]:
    return {name for _, headers in site.asked for name in SECRETS if name in headers}


def stored(library: Library) -> Feed:
    return library.feeds.all()[0].feed


def page_with(html: str, **headers: str) -> Page:
    return Page(f"<!doctype html><html>{html}</html>", "text/html", headers=headers)


def ways_out(other: Site) -> dict[str, Page]:
    there = f"{other.url}/feed.xml"
    declared = "<link rel=alternate type=application/rss+xml href='{}'>"
    declared_here = declared.format("feed.xml")
    redirects = {str(status): Page(b"", status=status, headers={"Location": there}) for status in (301, 302, 307, 308)}
    return redirects | {
        "password in a redirect": Page(b"", status=301, headers={"Location": with_password(there)}),
        "link": page_with(f"<body><a href='{there}'>RSS</a>"),
        "password in a link": page_with(f"<body><a href='{with_password(there)}'>RSS</a>"),
        "declared": page_with(f"<head>{declared.format(there)}"),
        "base": page_with(f"<head><base href='{other.url}/'>{declared_here}"),
        "base with a password": page_with(f"<head><base href='{with_password(other.url)}/'>{declared_here}"),
        "refresh": page_with("<body>", Refresh=f"0; url={there}"),
        "refresh in the page": page_with(f"<head><meta http-equiv=refresh content='0; url={there}'>"),
    }


@pytest.mark.parametrize("way", ways_out(Site()))
def test_nothing_leaves_its_origin_while_a_feed_is_added_and_refreshed(
    configured: Library, site: Site, other: Site, way: str
) -> None:
    site.pages["/start"] = ways_out(other)[way]
    if way.startswith("refresh"):
        with pytest.raises(FeedError):
            configured.feeds.add(with_password(f"{site.url}/start"))
        assert other.asked == []
    else:
        configured.feeds.add(with_password(f"{site.url}/start"))
        for _ in range(3):
            configured.refresh.run()
        assert other.asked
    assert secrets_sent_to(site) == set(SECRETS)
    assert secrets_sent_to(other) == set()


@pytest.mark.parametrize("status", [301, 308])
def test_a_password_stays_behind_when_a_feed_moves_to_another_origin(
    configured: Library, site: Site, other: Site, status: int
) -> None:
    site.pages["/feed"] = FEED
    configured.feeds.add(with_password(f"{site.url}/feed"))
    assert stored(configured).credentials == "ann:s3cret"
    site.pages["/feed"] = Page(b"", status=status, headers={"Location": f"{other.url}/feed.xml"})
    for _ in range(4):
        assert not any(result.error for result in configured.refresh.run().results)
    assert stored(configured).url == f"{other.url}/feed.xml"
    assert stored(configured).credentials == ""
    assert secrets_sent_to(other) == set()


def test_a_password_comes_along_within_its_origin(library: Library, site: Site) -> None:
    site.pages["/feed"] = FEED
    library.feeds.add(with_password(f"{site.url}/feed"))
    site.pages |= {"/feed": Page(b"", status=301, headers={"Location": "/new"}), "/new": FEED}
    for _ in range(3):
        library.refresh.run()
    assert stored(library).url == f"{site.url}/new"
    assert stored(library).credentials == "ann:s3cret"
    assert all("authorization" in headers for _, headers in site.asked)


def test_a_password_typed_for_a_page_serves_for_the_feed_chosen_on_it(
    library: Library, site: Site, other: Site
) -> None:
    site.pages["/feed"] = FEED
    typed = with_password(f"{site.url}/page")
    library.feeds.add(f"{other.url}/feed.xml", "", typed)
    assert secrets_sent_to(other) == set()
    feed = library.feeds.add(f"{site.url}/feed", "", typed)
    assert feed.credentials == "ann:s3cret"
    assert all("authorization" in headers for _, headers in site.asked)


@pytest.mark.parametrize("redirected", [False, True])
def test_full_texts(configured: Library, site: Site, other: Site, redirected: bool) -> None:
    page = Page(f"<html><body><article><p>{TEXT}</p></article></body></html>", "text/html")
    other.pages["/page/0"] = site.pages["/own/0"] = page
    site.pages["/page/0"] = Page(b"", status=302, headers={"Location": f"{other.url}/page/0"})
    linked = site if redirected else other
    site.pages["/feed"] = Page(rss("Coast", ITEM, link=f"{linked.url}/page/"))
    site.pages["/own"] = Page(rss("Coast", ITEM, link=f"{site.url}/own/"))
    for name in ("/feed", "/own"):
        feed = configured.feeds.add(with_password(site.url + name))
        configured.feeds.edit(feed.id, FeedEdit(full_text=True))
        for article_id in configured.listing.ids(View(Scope.FEED, feed.id)):
            configured.full_texts.show_page(article_id)
    assert [path for path, _ in other.asked] == ["/page/0"]
    assert secrets_sent_to(other) == set()
    assert set(SECRETS) <= next(headers for path, headers in site.asked if path == "/own/0").keys()


@pytest.mark.parametrize("redirected", [False, True])
def test_pictures(configured: Library, site: Site, other: Site, redirected: bool) -> None:
    site.pages["/there.png"] = Page(b"", status=302, headers={"Location": f"{other.url}/there.png"})
    there = f"{site.url if redirected else other.url}/there.png"
    body = f'<p>Pier.</p><p><img src="{there}"></p><p><img src="{site.url}/here.png"></p>'
    site.pages["/feed"] = Page(rss("Coast", ("Harbour", body)))
    feed = configured.feeds.add(with_password(f"{site.url}/feed"))
    (article_id,) = configured.listing.ids(View(Scope.FEED, feed.id))
    for picture in (there, f"{site.url}/here.png"):
        with pytest.raises(FeedError):  # what matters is what was sent
            configured.pictures.fetch(article_id, picture, (10, 10))
    assert [path for path, _ in other.asked] == ["/there.png"]
    assert secrets_sent_to(other) == set()
    assert set(SECRETS) <= next(headers for path, headers in site.asked if path == "/here.png").keys()
