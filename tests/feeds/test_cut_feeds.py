"""Cutting known items out of a feed gives the entries that reading the whole gives, however the feed is written."""

from __future__ import annotations

from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import FeedError
from store.feeds.entries import ParsedFeed
from store.feeds.parser import parse_feed

URL = "https://news.example/feed"
SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
}
texts = st.sampled_from(
    [
        "", " ", "Hello", "two\n lines", "<b>bold</b> &amp; more", "AT&T", "x < y", "<p>One</p><p>Two</p>", "1 &lt; 2",
        "http://a.example/1", "http://a.example/?x=1&y;=2", "http:///a.example/x", "/relative", "tag:a,2025:1", "60",
        "2025-10-09T08:53:20Z", "Thu, 09 Oct 2025 08:53:20 GMT", "yesterday", "Mara Lindqvist", "mara@x.example (Mara)",
        "Mara <mara@x.example>", "é", "Ã©", "café “q”", "\x85x", "naïve Â", "日本語", "de_AT", "hourly", "a,b , c",
    ]
).map(escape)  # fmt: skip
words = st.sampled_from(["", "html", "text", "xhtml", "TEXT/HTML", "image/png", "alternate", "Self", "true", "false"])


def element(name: str, *attributes: str) -> st.SearchStrategy[str]:
    """An element with any of the attributes; ``name`` may be a path of elements inside one another."""
    outer = "".join(f"<{part}>" for part in name.split("/")[:-1])
    inner = name.rpartition("/")[2]
    close = "".join(f"</{part}>" for part in reversed(name.split("/")[:-1]))
    chosen = st.fixed_dictionaries(
        {}, optional=dict.fromkeys(attributes, texts | words if "type" in attributes else texts)
    )
    marks = chosen.map(lambda found: "".join(f' {key}="{found[key].replace(chr(34), "")}"' for key in found))
    return st.builds(lambda text, mark: f"{outer}<{inner}{mark}>{text}</{inner}>{close}", texts, marks)


def elements(plain: str, odd: str) -> st.SearchStrategy[str]:
    """A row of elements; in every second one only those that most feeds have."""
    usual = [element(*spec.split()) for spec in plain.split(", ")]
    unusual = [element(*spec.split()) for spec in odd.split(", ")]
    rows = st.lists(st.one_of(usual), max_size=9) | st.lists(st.one_of(*usual, *unusual), max_size=9)
    return rows.map("\n".join)


MODULES = (
    ", content:encoded, dc:creator, dc:date, dc:subject, dc:language, dc:rights, thr:total, thr:in-reply-to ref, "
    "media:content url filesize, media:thumbnail url, itunes:author, itunes:summary, itunes:subtitle, itunes:keywords, "
    "itunes:image href, itunes:duration"
)
ODDITIES = ", dc:title, media:title, rdf:x, summary, content, body, link href, title type, guid/title, dc:creator x"
rss_entry = elements(
    "title, link, guid, guid isPermaLink, description, author, category domain, pubDate, comments, "
    "enclosure url length, source url, atom:link href" + MODULES,
    "enclosure url type length, atom:link href rel type" + ODDITIES,
)
rss_head = elements(
    "title, link, description, language, ttl, generator, image/title, image/link, atom:link href, sy:updatePeriod, "
    "sy:updateFrequency, itunes:summary, itunes:owner/itunes:email, managingEditor",
    "image/x, atom:link href rel, atom:id, itunes:summary" + ODDITIES,
)
atom_entry = elements(
    "title, link href, id, published, updated, author/name, summary, content, category term label" + MODULES,
    "title type, link href rel type, summary type, content type, content type src, rights type, author/email, "
    "contributor/name" + ODDITIES,
)
atom_head = elements(
    "title, link href, id, updated, author/name, subtitle, icon, generator uri, logo", "title type, link href rel, x"
)
rdf_entry = elements("title, link, description" + MODULES, "id" + ODDITIES)
rdf_head = elements("title, link, description, dc:language, items/rdf:Seq, sy:updatePeriod", "x, image")
languages = st.sampled_from(["", ' xml:lang="de_AT"', ' xml:lang=""', ' xml:base="http://b.example/"'])


def declared(*prefixes: str) -> str:
    return "".join(f' xmlns:{prefix}="{SPACES[prefix]}"' for prefix in prefixes)


STRANGE = [
    '<x:y xmlns:x="urn:x"/>',
    '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Ana</dc:creator>',
    '<dc:creator xmlns:dc="urn:x">Ana</dc:creator>',
    '<media:title xmlns:media="http://purl.org/dc/elements/1.1/">Ana</media:title>',
    '<title xml:base="http://o.example/">base</title>',
    '<description xml:lang="fr"><div>un</div></description>',
    "<description><content>inside</content></description>",
    "<content><div><details><summary>s</summary>text</details></div></content>",
    "<description><![CDATA[<summary>s</summary> base='x' &amp;]]></description>",
    "<!-- <![CDATA[ --><description><content>x</content></description><!-- ]]> -->",
    "<content><svg><title>drawing</title></svg></content>",
    "<image><title>picture</title></image>",
    "<source><title>elsewhere</title></source>",
    "<title/>",
    "<guid>urn:shared</guid>",
]
"""Elements whose effects feedparser may carry on to the next item."""
ENDS = ["", "", "", "<title>late</title>", "<!-- end -->", "<image><url>x</url></image>", "<language>fr</language>"]
ENCODINGS = ["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "koi8-r", "cp1252"]


@st.composite
def feeds(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A feed at two times, with some of its items the same."""
    language = draw(languages)
    kind = draw(st.sampled_from(["rss", "atom", "rdf"]))
    entry, own = {"rss": (rss_entry, rss_head), "atom": (atom_entry, atom_head), "rdf": (rdf_entry, rdf_head)}[kind]
    strange = st.lists(st.sampled_from(STRANGE), max_size=2).map("".join)
    contents = draw(st.lists(st.tuples(entry, st.just("") | strange).map("".join), min_size=1, max_size=5))
    tag = "entry" if kind == "atom" else "item"
    name = "id" if kind == "atom" else "guid"
    named = draw(st.booleans())
    items = [
        f"<{tag}{f' rdf:about={chr(34)}r{n}{chr(34)}' if kind == 'rdf' else ''}>"
        f"{f'<{name}>urn:{n}</{name}>' if named and kind != 'rdf' else ''}{content}</{tag}>"
        for n, content in enumerate(contents)
    ]
    head, end = draw(own), draw(st.sampled_from(ENDS))
    spaces = [prefix for prefix in SPACES if prefix != "atom" or kind != "rdf" or draw(st.booleans())]
    opening, closing = {
        "rss": (f'<rss version="2.0"{language}{declared(*spaces)}><channel>{head}', f"{end}</channel></rss>"),
        "atom": (f'<feed xmlns="{SPACES["atom"]}"{language}{declared(*spaces)}>{head}', f"{end}</feed>"),
        "rdf": (
            f'<rdf:RDF xmlns="http://purl.org/rss/1.0/"{language}{declared(*spaces)}>'
            f'<channel rdf:about="c">{head}</channel>',
            f"{end}</rdf:RDF>",
        ),
    }[kind]
    encoding = draw(st.sampled_from(ENCODINGS))
    declaration = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' if draw(st.booleans()) else ""

    def document(chosen: list[str]) -> bytes:
        between = draw(st.sampled_from(["", "\n  "]))
        text = declaration + opening + between.join(chosen) + closing
        return text.encode(encoding, "xmlcharrefreplace")

    picks = st.lists(st.sampled_from(items), unique=True)
    return document(draw(picks)), document(items)


def read(document: bytes, known: frozenset[str] = frozenset()) -> ParsedFeed | str:
    try:
        return parse_feed(document, "", URL, known)
    except FeedError as error:
        return str(error)


def assert_cut_as_whole(before: bytes, after: bytes) -> ParsedFeed | str:
    first, whole = read(before), read(after)
    known = frozenset(first.item_hashes) if isinstance(first, ParsedFeed) else frozenset()
    partly = read(after, known)
    if isinstance(whole, str) or isinstance(partly, str):
        assert whole == partly
        return partly
    assert replace(partly, entries=()) == replace(whole, entries=())
    here = {entry.guid: entry for entry in whole.entries}
    assert all(here.get(entry.guid) == entry for entry in partly.entries)
    left_out = here.keys() - {entry.guid for entry in partly.entries}
    there = {entry.guid for entry in first.entries} if isinstance(first, ParsedFeed) else set()
    assert left_out <= there
    return partly


@settings(max_examples=300, deadline=None)
@given(feeds())
def test_a_feed_without_its_known_items_is_read_as_the_whole_is(documents):
    assert_cut_as_whole(*documents)


HEADED = f'<rss version="2.0"{declared(*SPACES)}><channel><title>T</title>'
PLAIN = "<item><title>b</title><link>/b</link><description>plain</description></item>"


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize("place", [0, 1])
def test_what_an_item_does_to_the_next_one_stays_when_it_is_known(strange, place):
    items = [f"<item><guid>urn:{n}</guid>{strange if n == place else ''}</item>" for n in range(2)]
    before = f"{HEADED}{''.join(items)}</channel></rss>"
    after = f"{HEADED}{''.join(items)}{PLAIN}</channel></rss>"
    assert_cut_as_whole(before.encode(), after.encode())


def test_what_the_head_does_to_the_first_item_stays_when_that_is_known():
    head = f"{HEADED}<itunes:summary>s</itunes:summary><summary>second</summary>"
    items = ["<item><guid>1</guid></item>", "<item><guid>2</guid><summary>a</summary><summary>b</summary></item>"]
    assert_cut_as_whole(
        f"{head}{items[0]}</channel></rss>".encode(), f"{head}{''.join(items)}</channel></rss>".encode()
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "koi8-r"])
def test_known_items_are_cut_out_in_every_encoding(encoding):
    items = [f"<item><guid>{n}</guid><title>Новости дня {n}</title></item>" for n in range(9)]
    before, after = (
        f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{HEADED}{"".join(chosen)}</channel></rss>'
        for chosen in (items[1:], items)
    )
    found = assert_cut_as_whole(before.encode(encoding), after.encode(encoding))
    assert isinstance(found, ParsedFeed)
    assert [entry.title for entry in found.entries] == ["Новости дня 0"]
