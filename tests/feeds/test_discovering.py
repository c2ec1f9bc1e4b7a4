from __future__ import annotations

import pytest
from support.raw_server import http, item, rss

from store.errors import FeedError, NotAFeedError
from store.feeds.article_page import fetch_full_text
from store.feeds.discovery import discover
from store.feeds.site_feeds import channel_addresses, site_feeds
from store.models import Candidate

PARAGRAPHS = "".join(
    f"<p>Paragraph {n}: “We agreed,” said Ann Miller, who was there and told more of it.</p>" for n in range(9)
)


def test_a_feed_is_itself(server, fetcher, pool):
    url = server.ok("/feed", rss(title="News"))
    assert discover(url, fetcher, pool) == [Candidate(url, "News", "RSS")]


def test_the_new_address_of_a_feed_that_moved(server, fetcher, pool):
    url = server.ok("/new", rss())
    server.answers["/old"] = http(301, b"", "Location: /new")
    assert discover(server.url + "/old", fetcher, pool)[0].url == url


def test_what_a_page_declares(server, fetcher, pool):
    page = (
        b"<!doctype html><head><base href='/blog/'>"
        b"<link rel='alternate' type='application/rss+xml' title='Posts &amp; more' href='rss'>"
        b"<link rel='stylesheet alternate' type='application/atom+xml; charset=utf-8' href='/atom'>"
        b"<link rel='alternate' type='application/rss+xml' href='rss'>"
        b"<link rel='alternate' type='text/html' href='/de'><link rel='alternate' type='application/rss+xml' href='file:///x'>"
        b"</head><body>x"
    )
    found = discover(server.ok("/", page, type="text/html"), fetcher, pool)
    assert found == [
        Candidate(server.url + "/blog/rss", "Posts & more", "RSS"),
        Candidate(server.url + "/atom", "", "Atom"),
    ]


def test_links_that_look_like_feeds(server, fetcher, pool):
    server.ok("/all.rss", rss(title="All"))
    page = b"<!doctype html><body><a href='/all.rss'>RSS</a> <a href='/none.rss'>RSS</a> <a href='/about'>x</a>"
    found = discover(server.ok("/", page, type="text/html"), fetcher, pool)
    assert found == [Candidate(server.url + "/all.rss", "All", "RSS")]


@pytest.mark.parametrize("path", ["/feed", "/rss", "/atom.xml", "/feed.json"])
def test_usual_addresses(server, fetcher, pool, path):
    server.ok(path, rss(title="Hidden"))
    found = discover(server.ok("/", b"<!doctype html><p>x", type="text/html"), fetcher, pool)
    assert found == [Candidate(server.url + path, "Hidden", "RSS")]


@pytest.mark.parametrize("path", ["/notes/feed", "/notes/atom.xml"])
def test_below_a_page_without_its_slash(server, fetcher, pool, path):
    server.ok(path, rss(title="Notes"))
    found = discover(server.ok("/notes", b"<!doctype html><p>x", type="text/html"), fetcher, pool)
    assert found == [Candidate(server.url + path, "Notes", "RSS")]


def test_json_that_is_declared_and_is_a_feed(server, fetcher, pool):
    feed = b'{"version": "https://jsonfeed.org/version/1", "title": "J", "items": []}'
    server.ok("/posts.json", feed, type="application/json")
    server.ok("/manifest.json", b"{}", type="application/json")
    links = (f"<link rel=alternate type=application/json href={path}>" for path in ("manifest.json", "posts.json"))
    found = discover(server.ok("/", f"<!doctype html>{''.join(links)}".encode(), type="text/html"), fetcher, pool)
    assert found == [Candidate(server.url + "/posts.json", "J", "JSON Feed")]


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://www.youtube.com/channel/UC0/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UC0"),
        ("https://m.youtube.com/playlist?list=PL1", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
        ("https://github.com/a/b", "https://github.com/a/b/releases.atom"),
        ("https://github.com/a/b/commits/main", "https://github.com/a/b/commits/main.atom"),
        ("https://gitlab.com/g/s/p/-/tags", "https://gitlab.com/g/s/p/-/tags?format=atom"),
        ("https://old.reddit.com/r/x/top/?t=week", "https://old.reddit.com/r/x/top/.rss?t=week"),
        ("https://social.example/@ann", "https://social.example/@ann.rss"),
        ("https://medium.com/@ann/a-story-1", "https://medium.com/feed/@ann"),
        ("https://ann.substack.com/p/one", "https://ann.substack.com/feed"),
        ("https://ann.wordpress.com/category/x/", "https://ann.wordpress.com/category/x/feed/"),
    ],
)
def test_feeds_of_well_known_sites(page, feed):
    assert site_feeds(page)[0] == feed


def test_the_channel_that_a_page_of_youtube_is_of():
    page, channel = "https://www.youtube.com/@ann", "UC" + "a1_-" * 5 + "xy"
    assert channel_addresses(page, f'{{"externalId":"{channel}"}}') == (f"https://www.youtube.com/channel/{channel}",)
    assert channel_addresses("https://other.example/@ann", f'{{"externalId":"{channel}"}}') == ()


def test_none(server, fetcher, pool):
    with pytest.raises(NotAFeedError, match="No feed was found"):
        discover(server.ok("/", b"<!doctype html><p>x", type="text/html"), fetcher, pool)


def test_an_address_that_fails(server, fetcher, pool):
    with pytest.raises(FeedError, match="404"):
        discover(server.url + "/nothing", fetcher, pool)


def test_the_full_text_of_a_page(server, fetcher, pool):
    page = f"<!doctype html><nav><a href=/>Home</a></nav><article><h1>H</h1>{PARAGRAPHS}</article><footer>C</footer>"
    document = fetch_full_text(server.ok("/a", page.encode(), type="text/html; charset=utf-8"), fetcher, pool)
    assert "Paragraph 8: “We agreed,” said Ann Miller" in document.text
    assert "Cookies" not in document.text
    assert document.text == "\n\n".join(document.text[block.start : block.end] for block in document.blocks)


@pytest.mark.parametrize("page", [b"", b"<!doctype html><p>Sign in", rss(item("x"))])
def test_a_page_without_an_article(server, fetcher, pool, page):
    with pytest.raises(FeedError):
        fetch_full_text(server.ok("/a", page, type="text/html"), fetcher, pool)
