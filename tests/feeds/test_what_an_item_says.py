"""Which of an item's texts is the article, its title by the rules of its format, its link, its date and its files."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from store.feeds.entries import ParsedFeed
from store.feeds.parser import parse_feed
from store.models import Entry, MarkKind

NAMESPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
URL = "http://feeds.example/all.xml"


def rss(items: str, link: str = "http://www.example/") -> ParsedFeed:
    body = f"<rss version='2.0' {NAMESPACES}><channel><title>F</title><link>{link}</link>{items}</channel></rss>"
    return parse_feed(body.encode(), "", URL)


def item(inside: str) -> Entry:
    return rss(f"<item><guid isPermaLink='false'>g</guid>{inside}</item>").entries[0]


def atom(inside: str) -> Entry:
    body = f"<feed xmlns='http://www.w3.org/2005/Atom' {NAMESPACES}><title>F</title><entry>{inside}</entry></feed>"
    return parse_feed(body.encode(), "", URL).entries[0]


def links(entry: Entry) -> list[str]:
    return [mark.href for mark in entry.document.marks if mark.kind is MarkKind.LINK]


CAPTION = "A long caption tells of each of the eleven boats that lie in the picture, and of the gulls."


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"<description>News.</description><media:description>{CAPTION}</media:description>", "News."),
        (f"<media:content url='/a.jpg'><media:description>{CAPTION}</media:description></media:content>"
         "<description>News.</description>", "News."),
        ("<description>The teaser goes on and on and says nothing.</description>"
         "<content:encoded>Whole.</content:encoded>", "Whole."),
        ("<dc:description>A longer one of another name.</dc:description><description>Own.</description>", "Own."),
        ("<itunes:summary>A longer one for podcasts.</itunes:summary><description>Own.</description>", "Own."),
        ("<itunes:summary>For podcasts.</itunes:summary>", "For podcasts."),
        ("<description> </description><media:description>Only this.</media:description>", "Only this."),
        ("<content:encoded>&lt;p&gt;&lt;/p&gt;</content:encoded><description>Own.</description>", "Own."),
    ],
)  # fmt: skip
def test_the_article_is_its_content_then_its_summary_and_a_caption_only_where_nothing_else_is(inside, text) -> None:
    assert item(f"<title>T</title>{inside}").document.text == text


def test_plain_descriptions_keep_their_lines_and_addresses_in_them_are_links() -> None:
    entry = atom(
        "<id>i</id><title>T</title><media:group><media:title>Film</media:title><media:description>Watch more!\n"
        "https://one.example/a_(b)?x=1&amp;y=2.\n\n0:00 Start\n2:10 The end (https://two.example/z)</media:description>"
        "</media:group>"
    )
    assert entry.title == "T"
    assert entry.document.text.endswith("0:00 Start\n2:10 The end (https://two.example/z)")
    assert "more!\nhttps" in entry.document.text
    assert links(entry) == ["https://one.example/a_(b)?x=1&y=2", "https://two.example/z"]


def test_addresses_in_html_are_links_once() -> None:
    entry = item(
        "<description>See https://a.example/b, or &lt;a href='http://c.example/'>http://d.example&lt;/a></description>"
    )
    assert sorted(links(entry)) == ["http://c.example/", "https://a.example/b"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Map&lt;Key, Value&gt; in use", "Map<Key, Value> in use"),
        ("&lt;/endframe&gt;", "</endframe>"),
        ("<![CDATA[The <slot> element]]>", "The <slot> element"),
        ("&lt;em&gt;Loud&lt;/em&gt; &amp;amp; clear", "Loud & clear"),
        ("Q&amp;amp;A", "Q&A"),
        ("10&lt;sup&gt;9&lt;/sup&gt; of CO&lt;sub&gt;2&lt;/sub&gt;", "10^9 of CO₂"),
    ],
)
def test_titles_of_rss_are_unescaped_once_and_only_known_tags_are_tags(written, shown) -> None:
    assert item(f"<title>{written}</title>").title == shown


def test_titles_of_json_feed_are_plain_text() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "R&B <live> &amp;",
        "items": [{"id": "1", "title": "List<Int> &lt; <b>", "content_text": "x"}],
    }
    feed = parse_feed(json.dumps(document).encode(), "", URL)
    assert (feed.title, feed.entries[0].title) == ("R&B <live> &amp;", "List<Int> &lt; <b>")


def test_the_title_of_an_atom_feed_has_a_type_too() -> None:
    body = "<feed xmlns='http://www.w3.org/2005/Atom'><title type='text'>On &lt;b> and &amp;amp;</title></feed>"
    assert parse_feed(body.encode(), "", URL).title == "On <b> and &amp;"


@pytest.mark.parametrize(
    ("inside", "link"),
    [
        ("<guid>episode-7</guid>", ""),
        ("<guid>8e1f</guid><enclosure url='http://h.example/a.mp3'/>", ""),
        ("<guid>http://h.example/page</guid>", "http://h.example/page"),
        ("<guid>/2024/page</guid>", "http://www.example/2024/page"),
        ("<guid>7</guid><link>/2024/page</link>", "http://www.example/2024/page"),
    ],
)
def test_a_link_is_an_address_seen_from_the_channel(inside, link) -> None:
    assert rss(f"<item><title>T</title>{inside}</item>").entries[0].link == link


def test_what_is_relative_in_rss_is_seen_from_the_feed_when_the_channel_has_no_address() -> None:
    assert rss("<item><title>T</title><link>/a</link></item>", link="/home").entries[0].link == "http://feeds.example/a"


def test_a_relative_base_counts_once() -> None:
    entry = atom(
        "<id>i</id><link href='blog/one'/><content type='html' xml:base='blog/'>&lt;a href='two'>t&lt;/a></content>"
    )
    assert links(entry) == ["http://feeds.example/blog/two"]


def test_a_file_without_an_address_of_its_own_is_not_the_page() -> None:
    page, file = "http://h.example/page", "http://h.example/a.png"
    entry = atom(f"<id>i</id><link rel='alternate' href='{page}'/><link rel='enclosure' type='image/png'>{file}</link>")
    assert entry.link == page
    assert [enclosure.url for enclosure in entry.enclosures] == [file]


@pytest.mark.parametrize(
    ("inside", "when"),
    [
        ("<pubDate>Sat, 01 Feb 20 07:08:09 GMT</pubDate>", datetime(2020, 2, 1, 7, 8, 9, tzinfo=UTC)),
        ("<pubDate>Sa, 01 Feb 2020 07:08:09 +0100</pubDate>",
         datetime(2020, 2, 1, 7, 8, 9, tzinfo=timezone(timedelta(hours=1)))),
        ("<pubDate>sáb, 01 ene 2022 07:08:09 -0300</pubDate>",
         datetime(2022, 1, 1, 7, 8, 9, tzinfo=timezone(timedelta(hours=-3)))),
        ("<pubDate>soon</pubDate><dc:date>2020-02-01T07:08:09Z</dc:date>", datetime(2020, 2, 1, 7, 8, 9, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_dates_of_other_languages_and_times(inside, when) -> None:
    assert item(f"<title>T</title>{inside}").published == when


def test_pictures_and_files_of_an_item_have_a_type() -> None:
    entry = item(
        "<title>T</title><enclosure url='http://h.example/talk.mp3' length='70'/>"
        "<media:content medium='video' url='http://h.example/film?id=1'/>"
        "<media:content medium='image' url='http://h.example/a.png'/><media:thumbnail url='http://h.example/t.jpg'/>"
        "<media:thumbnail url='http://h.example/a.png'/>"
    )
    assert [(file.url.rpartition("/")[2], file.type, file.length) for file in entry.enclosures] == [
        ("talk.mp3", "audio/mpeg", 70),
        ("film?id=1", "video/*", 0),
        ("a.png", "image/png", 0),
        ("t.jpg", "image/jpeg", 0),
    ]


@pytest.mark.parametrize("name", ["gb2312", "gbk", "euc-jp", "euc-kr", "big5", "windows-1251", "windows-1253"])
def test_one_bad_byte_is_one_bad_character(name) -> None:
    letters = {"euc-jp": "東京の天気は晴れ", "euc-kr": "서울의 날씨는 맑음", "windows-1251": "Погода в Москве ясная",
               "windows-1253": "Ο καιρός στην Αθήνα"}.get(name, "北京天气晴朗無風")  # fmt: skip
    if name in ("gb2312", "gbk"):
        letters = "北京天气晴朗"
    bad = {"windows-1251": b"\x98", "windows-1253": b"\xaa"}.get(name, b"\xff")
    head = f"<?xml version='1.0' encoding='{name}'?><rss version='2.0'><channel><title>{letters}</title><item><title>"
    body = head.encode(name) + letters.encode(name) + b" " + bad + b" </title></item></channel></rss>"
    feed = parse_feed(body, f"text/xml; charset={name}", URL)
    assert feed.title == letters
    assert feed.entries[0].title == f"{letters} \ufffd"


def test_undated_items_of_one_title_are_known_by_their_text_or_file() -> None:
    one = "<item><title>Notice</title><description>{}</description>{}</item>"
    file = "<enclosure url='http://h.example/{}.mp3'/>"
    alone, other = (rss(one.format(text, "")).entries[0].guid for text in ("First", "Second"))
    assert alone != other
    twins = rss(one.format("Same", file.format(1)) + one.format("Same", file.format(2))).entries
    assert len({entry.guid for entry in twins}) == 2
