"""Feeds of all formats, written here, to entries."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.raw_server import item, rss

from store.errors import FeedError, NewsdashError, NotAFeedError
from store.feeds.entries import ParsedFeed
from store.feeds.parser import parse_feed
from store.models import Enclosure, Entry

URL = "https://news.example/feed"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>A</title><id>urn:a</id>{}</feed>'


def read(document: bytes | str, content_type: str = "") -> ParsedFeed:
    return parse_feed(document.encode() if isinstance(document, str) else document, content_type, URL)


def only(document: bytes | str, content_type: str = "") -> Entry:
    (entry,) = read(document, content_type).entries
    return entry


def test_rss_2():
    feed = read(
        rss(
            item(
                "one",
                "&lt;p&gt;Short.&lt;/p&gt;",
                "<content:encoded><![CDATA[<h2>Head</h2><p>A longer <b>text</b>.</p>]]></content:encoded>"
                "<pubDate>Tue, 03 Jun 2003 09:39:21 +0400</pubDate><category>World</category><category>World</category>"
                "<author>a@b.example (Ann Bee)</author><comments>https://news.example/one#c</comments>"
                '<enclosure url="/one.mp3" type="audio/mpeg" length="12"/>',
            ),
            "<ttl>90</ttl><language>en-GB</language>",
            title="News &amp;amp; more",
        )
    )
    (entry,) = feed.entries
    assert (feed.title, feed.site, feed.minutes_between, feed.language) == (
        "News & more",
        "https://news.example/",
        90,
        "en-GB",
    )
    assert (entry.guid, entry.title, entry.link) == ("id-one", "one", "https://news.example/one")
    assert entry.document.text == "Head\n\nA longer text."
    assert entry.published is not None
    assert entry.published.isoformat() == "2003-06-03T09:39:21+04:00"
    assert (entry.categories, entry.authors) == (("World",), ("Ann Bee",))
    assert entry.enclosures == (Enclosure("https://news.example/one.mp3", "audio/mpeg", 12),)
    assert entry.comments == "https://news.example/one#c"


def test_atom():
    entry = only(
        ATOM.format(
            "<author><name>Feed Author</name></author>"
            '<entry xml:base="https://other.example/deep/"><title type="html">A &lt;i&gt;title&lt;/i&gt;</title>'
            "<id>urn:1</id>"
            '<link href="page"/><published>2024-01-02T03:04:05+02:00</published><updated>2024-01-03T00:00:00Z</updated>'
            "<summary>Short</summary>"
            '<content type="html">&lt;p&gt;&lt;a href="more"&gt;More&lt;/a&gt; words&lt;/p&gt;</content>'
            "</entry>"
        )
    )
    assert (entry.title, entry.link) == ("A title", "https://other.example/deep/page")
    assert entry.document.text == "More words"
    assert entry.document.marks[0].href == "https://other.example/deep/more"
    assert entry.authors == ("Feed Author",)
    assert entry.updated == datetime(2024, 1, 3, tzinfo=UTC)


def test_atom_titles_that_are_plain_keep_their_angles():
    entry = only(ATOM.format("<entry><id>u</id><title>Use &lt;b&gt; in HTML</title></entry>"))
    assert entry.title == "Use <b> in HTML"


def test_xhtml_content():
    entry = only(
        ATOM.format(
            '<entry><id>u</id><title>t</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
            "<p>One</p><p>Two</p></div></content></entry>"
        )
    )
    assert entry.document.text == "One\n\nTwo"


def test_rdf():
    entry = only(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://x.example/"><title>R</title></channel>'
        '<item rdf:about="https://x.example/1"><title>One</title><link>https://x.example/1</link>'
        "<dc:date>2024-05-06</dc:date><dc:creator>Ann</dc:creator></item></rdf:RDF>"
    )
    assert (entry.guid, entry.title, entry.authors) == ("https://x.example/1", "One", ("Ann",))
    assert entry.published is not None
    assert entry.published.date().isoformat() == "2024-05-06"


class TestIdentity:
    def test_without_a_guid_the_link(self):
        assert only(rss("<item><title>t</title><link>https://x.example/1</link></item>")).guid == "https://x.example/1"

    def test_without_both_the_content(self):
        document = rss("<item><title>t</title><pubDate>Tue, 03 Jun 2003 09:39:21 GMT</pubDate></item>")
        assert only(document).guid == only(document).guid
        assert only(document).guid != only(rss("<item><title>u</title></item>")).guid

    def test_a_shared_guid_tells_nothing(self):
        one, two = (f"<item><title>{n}</title><link>https://x.example/{n}</link><guid>same</guid></item>" for n in "ab")
        guids = {entry.title: entry.guid for entry in read(rss(one + two)).entries}
        swapped = {entry.title: entry.guid for entry in read(rss(two + one)).entries}
        assert len(set(guids.values())) == 2
        assert guids == swapped

    def test_a_repetition_is_left_out(self):
        assert len(read(rss(item("a") + item("a") + item("b"))).entries) == 2

    def test_the_digest_changes_with_title_link_and_text(self):
        digests = {
            only(rss(one)).digest
            for one in (item("a"), item("a", "other"), item("b"), item("a").replace("example/a", "example/c"))
        }
        assert len(digests) == 4


class TestTitles:
    def test_of_text_when_there_is_none(self):
        entry = only(rss("<item><guid>1</guid><description>&lt;p&gt;The first words.&lt;/p&gt;</description></item>"))
        assert entry.title == "The first words."

    def test_of_the_link_when_there_is_no_text(self):
        assert only(rss("<item><link>https://x.example/a/some-page/</link></item>")).title == "some-page"

    def test_cut(self):
        title = only(rss(item("word " * 10000))).title
        assert len(title) <= 500
        assert title.endswith("…")

    @pytest.mark.parametrize("title", ["[/]", "[@click=app.quit]x[/]", "1 < 2", "a [b] c"])
    def test_letter_for_letter(self, title):
        assert only(rss(item("x").replace("<title>x", f"<title>{title.replace('<', '&lt;')}"))).title == title

    def test_escape_sequences(self):
        title = only(rss(item("x").replace("<title>x", "<title>a&#27;[31mred&#x1b;]0;evil&#7; z"))).title
        assert title.isprintable()
        assert "evil" not in title or "\x1b" not in title


class TestDates:
    @pytest.mark.parametrize(
        "date",
        [
            "",
            "yesterday",
            "99999-12-31T00:00:00Z",
            "Tue, 32 Jun 2003 25:61:61 GMT",
            "1" * 5000,
            "2003-06-03T09:39:21+99:99",
        ],
    )
    def test_impossible_ones_are_none(self, date):
        assert only(rss(item("a", more=f"<pubDate>{date}</pubDate>"))).published is None

    def test_none(self):
        assert only(rss(item("a"))).published is None


class TestEncodings:
    TEXT = "Новости дня: министр сказал, что решение принято сегодня утром в Москве"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "cp1251"])
    def test_declared_nowhere(self, encoding):
        document = rss(item("x", self.TEXT)).decode().partition("?>")[2]
        assert only(document.encode(encoding)).document.text == self.TEXT

    @pytest.mark.parametrize(
        ("text", "encoding"), [("ゲーム三昧な正月でした。", "euc_jp"), ("日本語のニュースです。", "cp932")]
    )
    def test_japanese(self, text, encoding):
        document = rss(item("x", text * 5)).decode().partition("?>")[2]
        assert only(document.encode(encoding)).document.text == text * 5

    def test_by_the_header(self):
        document = rss(item("x", "café")).decode().partition("?>")[2].encode("latin-1")
        assert only(document, "text/xml; charset=ISO-8859-1").document.text == "café"

    @pytest.mark.parametrize("declared", ["ISO-8859-1", "utf-16", "martian", "utf-7", "hex"])
    def test_declared_wrongly(self, declared):
        document = rss(item("x", "naïve – “quoted”")).replace(b"UTF-8", declared.encode())
        assert only(document, f"text/xml; charset={declared}").document.text == "naïve – “quoted”"

    def test_forbidden_characters(self):
        entry = only(rss(item("x", "a\x00b\x0bc&#0;&#xFFFF;d")))
        assert entry.document.text == "abcd"


class TestBrokenFeeds:
    @pytest.mark.parametrize("body", [b"", b" \n\t ", b"\xef\xbb\xbf  "])
    def test_empty(self, body):
        with pytest.raises(NotAFeedError, match="empty"):
            read(body)

    @pytest.mark.parametrize(
        "body", [b"<!doctype html><p>x", b"<html>", b"hello", b"\x89PNG\r\n\x1a\n\0\0", b"<x/>", b"{}", b"[]"]
    )
    def test_other_things(self, body):
        with pytest.raises(NotAFeedError):
            read(body)

    def test_cut_in_the_first_item(self):
        with pytest.raises(FeedError, match="cut off"):
            read(rss(item("one"))[:-60])

    def test_cut_in_a_later_item_keeps_the_whole_ones(self):
        feed = read(rss(item("one") + item("two"))[:-60])
        assert [entry.title for entry in feed.entries] == ["one"]
        assert feed.skipped == 1

    def test_not_well_formed(self):
        feed = read(rss(item("one", "a & b <br> c") + item("two")))
        assert [entry.title for entry in feed.entries] == ["one", "two"]

    def test_entities_that_multiply(self):
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        document = rss(item("x", "&l9;")).replace(b"<rss", f'<!DOCTYPE r [<!ENTITY l0 "lol">{laughs}]><rss'.encode())
        assert "lollol" not in only(document).document.text

    def test_entities_from_files(self):
        document = rss(item("x", "[&x;]")).replace(
            b"<rss", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss'
        )
        assert "root" not in only(document).document.text

    def test_markup_a_hundred_thousand_deep(self):
        assert len(read(rss(f"<item><title>t</title>{'<a>' * 20000}x{'</a>' * 20000}</item>")).entries) == 1

    @settings(max_examples=60, deadline=None)
    @given(st.binary(max_size=400), st.integers(0, 400))
    def test_damage_gives_a_feed_or_a_sentence(self, junk, place):
        document = rss(item("one") + item("two"))
        try:
            found = read(document[:place] + junk + document[place:])
        except NewsdashError as error:
            assert error.message.endswith(".")  # noqa: PT017 - either outcome is right
        else:
            assert all(entry.title.isprintable() for entry in found.entries)


class TestHints:
    @pytest.mark.parametrize(
        ("head", "minutes"),
        [("<ttl>60</ttl>", 60), ("<ttl>soon</ttl>", 0), ("<ttl>999999</ttl>", 10080), ("", 0)]
        + [(f"<sy:updatePeriod>{period}</sy:updatePeriod><sy:updateFrequency>{times}</sy:updateFrequency>", minutes)
           for period, times, minutes in (("hourly", 1, 60), ("daily", 4, 360), ("daily", 0, 1440), ("never", 1, 0))],
    )  # fmt: skip
    def test_how_often(self, head, minutes):
        document = rss("", head).replace(b"<rss", b'<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"')
        assert read(document).minutes_between == minutes
