"""Leaving known items out gives the same entries as reading the whole feed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_server import item, rss

from store.sources.feeds import parse_feed
from store.sources.items import outline_of

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


@pytest.mark.parametrize(
    "document",
    [
        rss(item("a") + item("a")),  # the same guid twice
        rss(item("a") + "<item><title>b</title></item>"),  # no guid and no link
        rss(item("a") + "<item>"),  # not well-formed
        rss(item("a")).replace(b"<rss", b'<!DOCTYPE r [<!ENTITY e "x">]><rss'),
        b"<html><item/></html>",
        b"",
    ],
)
def test_left_whole_when_the_cut_is_not_safe(document):
    outline = outline_of(document)
    assert outline is None or (outline.hashes == () and outline.only(outline.items) == document)
