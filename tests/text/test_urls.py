"""Addresses: only the web and mail open, passwords are not shown, two spellings of a feed are one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.document_checks import short

from store.errors import FeedError
from store.text.origin import same_origin
from store.text.urls import absolute, is_web, normalise, same_feed, shown, split_credentials

BASE = "https://news.example/a/b.html"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/x", "https://news.example/x"),
        ("c.html?q=1#f", "https://news.example/a/c.html?q=1#f"),
        ("//other.example/x", "https://other.example/x"),
        (" http://x.example/a b\n", "http://x.example/a%20b"),
        ("HTTP://X.Example/Y", "http://x.example/Y"),
        ("http://user:pw@x.example/a@b", "http://x.example/a@b"),
        ("//user:pw@x.example/", "https://x.example/"),
        ("http://x.example & id", ""),
        ("http://`id`.example/", ""),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("http://x.example/\x1b[31m\u202ea", "http://x.example/a"),
        ("javascript:alert(1)", ""),
        (" java\tscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("ftp://x.example/", ""),
        ("http://", ""),
        ("http://[bad", ""),
        ("http://x.example:port/", ""),
        ("", ""),
        ("http://x.example/" + "a" * 5000, ""),
    ],
    ids=short,
)
def test_absolute(url: str, expected: str) -> None:
    assert absolute(BASE, url) == expected


def test_relative_without_a_base_leads_nowhere() -> None:
    assert absolute("", "/x") == ""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("example.org", "https://example.org/"),
        (" <http://Example.org/feed> ", "http://example.org/feed"),
        ("example.org:8080/feed", "https://example.org:8080/feed"),
        ("localhost:8080/feed", "https://localhost:8080/feed"),
        ("http://127.0.0.1:9/x", "http://127.0.0.1:9/x"),
        ("http://[::1]:9/x", "http://[::1]:9/x"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("https://bücher.example/ü?q=ç", "https://xn--bcher-kva.example/%C3%BC?q=%C3%A7"),
        ("https://u:p@example.org/x#frag", "https://u:p@example.org/x"),
        ("https://example.org/%C3%BC", "https://example.org/%C3%BC"),
    ],
    ids=short,
)
def test_normalise(typed: str, expected: str) -> None:
    assert normalise(typed) == expected
    assert normalise(expected) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "word",
        "two words",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "exec:rm",
        "http://",
        "http://[bad",
        "https://a..b/",
        "http://x.example:99999/",
        "https://" + "a" * 70 + ".org",
        "x" * 9999,
    ],
    ids=short,
)
def test_what_cannot_be_fetched_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(FeedError) as raised:
        normalise(typed)
    assert raised.value.message
    assert "\n" not in raised.value.message


def test_passwords_are_not_shown() -> None:
    url = "https://user:secret@example.org/feed"
    assert split_credentials(url) == ("https://example.org/feed", "user:secret")
    assert shown(url) == "https://example.org/feed"
    with pytest.raises(FeedError) as raised:
        normalise("ftp://user:secret@example.org/")
    assert "secret" not in raised.value.message


def test_spellings_of_one_feed() -> None:
    spellings = [
        "http://Example.org/feed/",
        "https://example.org/feed",
        "https://example.org:443/feed#x",
        "http://u:p@example.org:80/feed",
    ]
    assert len(set(map(same_feed, spellings))) == 1
    assert same_feed("https://example.org/feed?a=1") != same_feed("https://example.org/feed?a=2")
    assert same_feed("https://example.org:8443/feed") != same_feed("https://example.org/feed")
    assert same_feed("https://bücher.example/") == same_feed("http://xn--bcher-kva.example")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("https://EXAMPLE.org/other", True),
        ("https://user@example.org:443/?q", True),
        ("http://example.org/feed", False),
        ("https://example.org:8443/feed", False),
        ("https://www.example.org/feed", False),
        ("https://example.org@other.example/feed", False),
        ("https://example.org:x/feed", False),
        ("ftp://example.org/feed", False),
        ("", False),
    ],
)
def test_an_origin_is_scheme_host_and_port(other: str, same: bool) -> None:
    assert same_origin("https://example.org/feed", other) is same
    assert same_origin(other, "https://example.org/feed") is same


def test_what_has_no_origin_is_of_none() -> None:
    assert not same_origin("", "")
    assert not same_origin("file:///etc", "file:///etc")
    assert same_origin("https://bücher.example/", "https://xn--bcher-kva.example/feed")


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "//", "mailto:", "feed:"]))
def test_any_text_is_an_address_or_refused(text: str, start: str) -> None:
    url = start + text
    found = absolute(BASE, url)
    assert not found or found.startswith("mailto:") or is_web(found)
    for function in (same_feed, shown, split_credentials, is_web):
        function(url)
    try:
        normalised = normalise(url)
    except FeedError as error:
        normalised, message = "", error.message
    else:
        message = ""
    assert not normalised or is_web(normalised)
    assert not any(unicodedata.category(character) == "Cc" for character in message)
