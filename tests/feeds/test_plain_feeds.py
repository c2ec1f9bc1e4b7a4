"""A plainly written feed is read without feedparser, and always as feedparser reads it."""

from __future__ import annotations

import sys
from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

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
ODD = '<x:y xmlns:x="urn:x"/>'
"""An element without meaning that nobody knows; what holds it is no plain feed, and feedparser reads it."""

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
    """A row of elements; in every second one only those that stand in plain feeds."""
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


@st.composite
def feeds(draw: st.DrawFn) -> str:
    """A well-formed feed with the mark ``@`` where its head begins."""
    language = draw(languages)
    kind = draw(st.sampled_from(["rss", "atom", "rdf"]))
    if kind == "rss":
        items = "".join(f"<item>{draw(rss_entry)}</item>" for _ in range(draw(st.integers(0, 3))))
        return f'<rss version="2.0"{language}{declared(*SPACES)}><channel>@{draw(rss_head)}{items}</channel></rss>'
    if kind == "atom":
        items = "".join(f"<entry>{draw(atom_entry)}</entry>" for _ in range(draw(st.integers(0, 3))))
        return f'<feed xmlns="{SPACES["atom"]}"{language}{declared(*SPACES)}>@{draw(atom_head)}{items}</feed>'
    spaces = [prefix for prefix in SPACES if prefix != "atom" or draw(st.booleans())]
    items = "".join(f'<item rdf:about="r{n}">{draw(rdf_entry)}</item>' for n in range(draw(st.integers(0, 3))))
    head = f'<rdf:RDF xmlns="http://purl.org/rss/1.0/"{language}{declared(*spaces)}>'
    return f'{head}<channel rdf:about="c">@{draw(rdf_head)}</channel>{items}</rdf:RDF>'


def read(document: str) -> object:
    try:
        found = parse_feed(document.encode(), "", URL)
    except Exception as error:  # noqa: BLE001 - a refusal is an answer, too
        return str(error)
    return replace(found, item_hashes=())  # the same element has another markup where more names are declared


HEADED = f'<rss version="2.0"{declared(*SPACES)}><channel>@<title>T</title>'


@settings(max_examples=150, deadline=None)
@given(feeds())
@example(f"{HEADED}<item><guid>http://a.example/1</guid></item></channel></rss>")
@example(f"{HEADED}<item><description>a</description><itunes:summary>b</itunes:summary></item></channel></rss>")
@example(f"{HEADED}<itunes:summary>s</itunes:summary><description>d</description><item/></channel></rss>")
@example(
    f"{HEADED}<item><title xml:base='http://o.example/'>a</title></item>"
    "<item><title>b</title><link>/b</link></item></channel></rss>"
)
def test_every_feed_is_read_as_feedparser_reads_it(feed):
    head, _, rest = feed.partition("@")
    assert read(head + rest) == read(head + ODD + rest)


@pytest.mark.parametrize(
    "feed",
    [
        f"{HEADED}<item><title>A</title><link>http://a.example/1</link><guid>1</guid><dc:creator>M</dc:creator>"
        "<content:encoded>&lt;p>Text&lt;/p></content:encoded></item></channel></rss>",
        f'<feed xmlns="{SPACES["atom"]}">@<title>T</title><entry><id>a</id><title>A</title><link href="/a"/>'
        '<author><name>M</name></author><content type="html">&lt;p>Text&lt;/p></content></entry></feed>',
        f'<rdf:RDF xmlns="http://purl.org/rss/1.0/"{declared("rdf", "dc")}><channel rdf:about="c">@<title>T</title>'
        '</channel><item rdf:about="r"><title>A</title><dc:creator>M</dc:creator></item></rdf:RDF>',
    ],
)
def test_a_plain_feed_needs_no_feedparser(feed, monkeypatch):
    monkeypatch.setitem(sys.modules, "feedparser", None)  # an import of it fails
    (entry,) = parse_feed(feed.replace("@", "").encode(), "", URL).entries
    assert (entry.title, entry.authors) == ("A", ("M",))
    with pytest.raises(ImportError):
        parse_feed(feed.replace("@", ODD).encode(), "", URL)
