"""Leaving known items out gives the same entries as reading the whole feed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.raw_server import item, rss

from store.errors import FeedError
from store.feeds.entries import ParsedFeed
from store.feeds.known_items import find_items
from store.feeds.parser import parse_feed

URL = "https://news.example/feed"


def atom(names: list[str]) -> bytes:
    entries = "".join(
        f'<entry><id>urn:{name}</id><title>{name}</title><link href="{name}"/><content type="xhtml">'
        f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{name} text</p></div></content></entry>'
        for name in names
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/"><title>A</title>{entries}</feed>'.encode()


def rss_of(names: list[str]) -> bytes:
    return rss("".join(item(name, f"<![CDATA[<p>{name} &nbsp;</p><!-- <item> -->]]>") for name in names))


names = st.lists(st.text("abcdefgh", min_size=1, max_size=3), max_size=8, unique=True)


@settings(max_examples=60, deadline=None)
@given(names, names, st.sampled_from([atom, rss_of]))
def test_the_new_entries_are_those_of_the_whole_feed(before, after, make):
    first = parse_feed(make(before), "", URL)
    whole = parse_feed(make(after), "", URL)
    partly = parse_feed(make(after), "", URL, frozenset(first.item_hashes))
    assert partly.entries == tuple(entry for entry in whole.entries if entry.title not in before)
    assert partly.item_hashes == whole.item_hashes
    assert (partly.title, partly.site) == (whole.title, whole.site)


def test_a_changed_item_is_read_again():
    known = frozenset(parse_feed(rss(item("a") + item("b")), "", URL).item_hashes)
    found = parse_feed(rss(item("a") + item("b", "edited")), "", URL, known)
    assert [entry.document.text for entry in found.entries] == ["edited"]


ITEM = "<item><guid>{0}</guid><title>t{0}</title>{1}</item>"
ODD = [
    "",
    "<description>plain</description>",
    "<description><![CDATA[</item><item><guid>q</guid></item>]]></description>",
    "<description><![CDATA[<item>]]></description>",
    "<description><![CDATA[<!-- ]]></description>",
    "<description><![CDATA[<![CDATA[ ]]></description>",
    "<!-- </item> -->",
    "<!-- <![CDATA[ -->",
    "<?x </item> ?>",
    "<description>&lt;/item&gt;</description>",
    "<item><guid>in</guid></item>",
    "<entry><guid>in</guid></entry>",
    '<x a="&lt;item>"/>',
    "<dc:creator>Ana</dc:creator>",
    "<description><![CDATA[</item>",
    "<b>",
    "<items/>",
    "<guid>another</guid>",
]
BETWEEN = ["", "", "\n  ", "<!-- -->", "<!--", "-->", "x", "<language>en</language>", "]]>", "<![CDATA[", "<entry/>"]
HEADS = [
    "<title>T</title>",
    "<title><![CDATA[<item>]]></title>",
    "<!-- <item><guid>1</guid></item> --><title>T</title>",
    "<title>T</title><items/><?y <item> ?>",
    "<image><item/></image><title>T</title>",
    "<title>T</title></channel><channel>",
    "<title>T</title><![CDATA[",
]
ROOTS = ['<rss version="2.0"{0}><channel>', "<rss{0}><other><channel>", "<!DOCTYPE rss><rss{0}><channel>"]
SPACES = ["", ' xmlns:dc="http://purl.org/dc/elements/1.1/"', " xmlns:dc='urn:x'"]


def odd_feed(chance: Random) -> bytes:
    """A feed whose items are easily mistaken, well-formed or not."""
    choose = chance.choice
    head = choose([ROOTS[0]] * 4 + ROOTS).format(choose(SPACES)) + choose([HEADS[0]] * 4 + HEADS)
    items = "".join(
        ITEM.format(chance.randint(1, 5), choose(ODD)) + choose(BETWEEN) for _ in range(chance.randint(0, 5))
    )
    return (head + items + choose(["</channel></rss>"] * 4 + ["</rss>", "<item>", ""])).encode()


def read(document: bytes, known: frozenset[str] = frozenset()) -> ParsedFeed | None:
    try:
        return parse_feed(document, "", URL, known)
    except FeedError:
        return None


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**48))
def test_nothing_is_mistaken_for_a_known_item(seed):
    """Feeds are made from a number: drawn piece by piece they would take most of the time."""
    chance = Random(seed)
    before, after = odd_feed(chance), odd_feed(chance)
    first, whole = read(before), read(after)
    partly = read(after, frozenset(first.item_hashes) if first else frozenset())
    if whole is None or partly is None:
        assert whole is partly
        return
    here = {entry.guid: entry for entry in whole.entries}
    there = {entry.guid: entry for entry in first.entries} if first else {}
    assert all(here.get(entry.guid) == entry for entry in partly.entries)
    left_out = here.keys() - {entry.guid for entry in partly.entries}
    assert all(there.get(guid) == here[guid] for guid in left_out)
    assert replace(partly, entries=()) == replace(whole, entries=())


def test_known_items_are_cut_out_of_the_bytes():
    """What is known is not even parsed; the first item is, for what comes before it."""
    known = frozenset(read(rss(item("a") + item("b"))).item_hashes)
    found = find_items(rss(item("c") + item("a") + item("b")))
    assert found is not None
    assert found.cut(known).document == rss(item("c"))
    found = find_items(rss(item("a") + item("c") + item("b")))
    assert found is not None
    assert found.cut(known).document == rss(item("a") + item("c"))


@pytest.mark.parametrize(
    "markup",
    [
        "<description><![CDATA[</item><item>]]></description>",
        "<!-- </item> -->",
        "<!-- <![CDATA[ -->",
        "<?x </item> ?>",
    ],
)
def test_what_only_looks_like_an_item_is_not_taken_for_one(markup):
    found = find_items(rss(ITEM.format(1, markup) + item("b")))
    assert found is not None
    assert found.items == [ITEM.format(1, markup).encode(), item("b").encode()]


@pytest.mark.parametrize(
    "document",
    [
        rss(ITEM.format(1, "<description><![CDATA[</item><item></description>")),
        rss(ITEM.format(1, "<!-- </item>")),
        rss(ITEM.format(1, "<entry><guid>in</guid></entry>")),
        rss(item("a") + "<item>"),
        rss(item("a") + "<language>en</language>"),
        rss(item("a")).replace(b"<rss", b'<!DOCTYPE r [<!ENTITY e "x">]><rss'),
        rss(""),
        b"",
    ],
)
def test_items_that_are_not_certain_are_not_found(document):
    assert find_items(document) is None


@pytest.mark.parametrize(
    "document",
    [
        rss(item("a") + item("a")),  # the same guid twice
        rss(item("a") + "<item><title>b & c</title></item>"),  # not well-formed
        rss("<group>" + item("a") + "</group><item"),
        b"<html>" + item("a").encode() + b"</html>",
    ],
)
def test_nothing_is_remembered_when_a_cut_would_not_be_safe(document):
    feed = read(document)
    assert feed is None or feed.item_hashes == ()


def test_more_items_than_are_read_are_not_parsed():
    feed = read(rss("".join(f"<item><guid>{n}</guid></item>" for n in range(10_500))))
    assert feed is not None
    assert (len(feed.entries), feed.item_hashes) == (10_000, ())
