from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import FeedError, NotAFeedError
from store.feeds.entries import ParsedFeed
from store.feeds.parser import parse_feed
from store.models import Enclosure

VERSION = "https://jsonfeed.org/version/1.1"


def read(**feed: object) -> ParsedFeed:
    return parse_feed(json.dumps({"version": VERSION, "title": "J"} | feed).encode(), "", "https://j.example/feed.json")


def test_all_of_it():
    feed = read(
        home_page_url="https://j.example/",
        language="en",
        authors=[{"name": "Feed Author"}],
        items=[
            {
                "id": "1",
                "url": "/one",
                "title": "One &amp; only",
                "content_html": "<p>Body <a href='x'>link</a></p>",
                "date_published": "2024-01-02T03:04:05+02:00",
                "date_modified": "2024-01-03T00:00:00Z",
                "tags": ["a", "b"],
                "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 7}],
            },
            {
                "id": 2,
                "external_url": "https://other.example/",
                "content_text": "Plain <text>",
                "author": {"name": "Ann"},
            },
        ],
    )
    one, two = feed.entries
    assert (feed.title, feed.site, feed.language, feed.format) == ("J", "https://j.example/", "en", "json11")
    assert (one.title, one.link, one.authors, one.categories) == (
        "One &amp; only",  # A title of JSON Feed is plain text.
        "https://j.example/one",
        ("Feed Author",),
        ("a", "b"),
    )
    assert one.document.text == "Body link"
    assert one.document.marks[0].href == "https://j.example/x"
    assert one.enclosures == (Enclosure("https://j.example/a.mp3", "audio/mpeg", 7),)
    assert one.published is not None
    assert one.published.utcoffset() is not None
    assert (two.guid, two.link, two.authors, two.document.text) == (
        "2",
        "https://other.example/",
        ("Ann",),
        "Plain <text>",
    )


def test_what_is_of_the_wrong_type_is_repaired_or_skipped():
    odd = {
        "id": 3.14,
        "title": ["a"],
        "url": {},
        "authors": "x",
        "date_published": 5,
        "content_html": None,
        "tags": "t",
    }
    feed = read(title=5, items=[None, 5, "x", {}, odd, {"title": "no id"}, {"id": "ok", "title": "good"}])
    assert [entry.title for entry in feed.entries] == ["Untitled", "no id", "good"]
    assert feed.skipped == 4


@pytest.mark.parametrize(
    "body", [b"{", b'{"version":"https://jsonfeed.org/version/1","items":[', b"{" * 100000, b'{"a":' * 100000]
)
def test_damaged(body):
    with pytest.raises(FeedError):
        parse_feed(body, "", "https://j.example/")


def test_other_json():
    with pytest.raises(NotAFeedError):
        parse_feed(b'{"items": []}', "", "https://j.example/")


def test_numbers_that_are_none():
    body = (
        b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":NaN,"title":"x"},{"id":'
        + b"9" * 5000
        + b',"title":"y"}]}'
    )
    feed = parse_feed(body, "", "https://j.example/")
    assert [entry.title for entry in feed.entries] == ["x", "y"]
    assert all("NaN" not in entry.guid and len(entry.guid) < 600 for entry in feed.entries)


def test_halves_of_characters():
    body = b'{"version":"https://jsonfeed.org/version/1.1","title":"\\ud83d","items":[{"id":"\\ud83d","title":"x\\udc00"}]}'
    (entry,) = parse_feed(body, "", "https://j.example/").entries
    (entry.title + entry.guid).encode()


def test_only_changed_items_are_read_again():
    items = [{"id": str(number), "title": f"t{number}"} for number in range(5)]
    known = frozenset(read(items=items).item_hashes)
    items[1]["title"] = "new"
    body = json.dumps({"version": VERSION, "title": "J", "items": [*items, {"id": "9", "title": "t9"}]}).encode()
    again = parse_feed(body, "", "https://j.example/feed.json", known)
    assert [entry.title for entry in again.entries] == ["new", "t9"]


words = st.text(max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=8,
)
KEYS = ["id", "url", "title", "content_html", "content_text", "authors", "author", "tags", "attachments"]
names = st.sampled_from([*KEYS, "date_published", "date_modified", "external_url", "summary", "language"])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dictionaries(names, values, max_size=5), max_size=4))
def test_any_items_give_entries_or_a_sentence(items):
    try:
        feed = read(items=items)
    except FeedError as error:
        assert error.message.endswith(".")  # noqa: PT017 - either outcome is right
    else:
        assert len({entry.guid for entry in feed.entries}) == len(feed.entries)
