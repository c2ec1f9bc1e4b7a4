"""HTML to blocks: what a reader should see, offsets that fit, and no input that is too deep, too long or too odd."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.document_checks import check, kinds, marked, short

from store.models import BlockKind, Document, MarkKind
from store.text.html import to_document, to_line
from store.text.web_page import read_page

BASE = "https://news.example/a/b.html"


def read(html: str) -> Document:
    document = to_document(html, BASE)
    check(document)
    return document


def test_paragraphs_headings_and_rules() -> None:
    document = read("<hr>Loose text<h2>A  <b>head</b></h2><p>One\n two<p>Three<hr><hr><div>Four</div><hr>")
    assert kinds(document) == [
        ("paragraph", 0, "", "Loose text"),
        ("heading", 2, "", "A head"),
        ("paragraph", 0, "", "One two"),
        ("paragraph", 0, "", "Three"),
        ("rule", 0, "", ""),
        ("paragraph", 0, "", "Four"),
    ]


def test_lists_have_levels_and_labels() -> None:
    document = read("<ul><li>a<ul><li>b</ul><li>c<p>more</ul><ol start=3><li>d<li value=9>e<li>f</ol>")
    assert kinds(document) == [
        ("item", 1, "•", "a"),
        ("item", 2, "•", "b"),
        ("item", 1, "•", "c"),
        ("item", 1, "", "more"),
        ("item", 1, "3.", "d"),
        ("item", 1, "9.", "e"),
        ("item", 1, "10.", "f"),
    ]


def test_quotes_code_and_pictures() -> None:
    document = read(
        "<blockquote>q<blockquote><p>inner</blockquote></blockquote><pre>\n  x = 1\n\n    y\n</pre>"
        "<p>See <img alt='A cat' src='/cat.jpg'> this</p>"
        "<figure><img alt='IMG_1.jpg' src=x><figcaption>Words</figcaption></figure>"
    )
    assert kinds(document) == [
        ("quote", 1, "", "q"),
        ("quote", 2, "", "inner"),
        ("code", 0, "", "  x = 1\n\n    y"),
        ("paragraph", 0, "", "See this"),
        ("caption", 0, "image:", "A cat"),
        ("caption", 0, "image:", "x"),
        ("caption", 0, "", "Words"),
    ]
    assert marked(document, MarkKind.IMAGE) == [
        ("A cat", "https://news.example/cat.jpg"),
        ("x", "https://news.example/a/x"),
    ]


def test_tables_of_data_are_rows_and_tables_of_layout_are_text() -> None:
    data = read("<table><caption>Cap</caption><tr><th>A<th>B<tr><td><td><a href='/x'>2</a></table>")
    assert kinds(data) == [("caption", 0, "", "Cap"), ("table", 0, "", "A\tB\n\t2")]
    assert marked(data, MarkKind.LINK) == [("2", "https://news.example/x")]
    layout = read("<table><tr><td><p>First</p><p>Second</p></td><td><ul><li>side</ul></td></tr></table>")
    assert [kind for kind, *_ in kinds(layout)] == ["paragraph", "paragraph", "item"]


def test_line_breaks() -> None:
    document = read("one<br>two<br><br>three<br><p>four<br></p>")
    assert [text for *_, text in kinds(document)] == ["one\ntwo", "three", "four"]


def test_marks_cover_their_words_exactly() -> None:
    document = read(
        "<p>x <b> bold <i>both</i></b>, <a href='y?a=1&amp;b=2'>link</a> <code>f(x)</code><p><b>a<p>b</b></p>"
    )
    assert marked(document, MarkKind.STRONG)[0] == ("bold both", "")
    assert marked(document, MarkKind.EMPHASIS) == [("both", "")]
    assert marked(document, MarkKind.LINK) == [("link", "https://news.example/a/y?a=1&b=2")]
    assert marked(document, MarkKind.CODE) == [("f(x)", "")]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVa\tScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "--help",
        "vbscript:x",
        "http://",
    ],
)
def test_links_lead_to_the_web_or_nowhere(href: str) -> None:
    document = read(f'<p>a <a href="{href}">words</a> b')
    assert document.text == "a words b"
    assert all(mark.href.startswith("https://news.example/") for mark in document.marks)


@pytest.mark.parametrize(
    "markup",
    [
        "<script>no()</script>",
        "<style>no{}</style>",
        "<nav><ul><li>no</ul></nav>",
        "<noscript><p>no</noscript>",
        "<iframe>no</iframe>",
        "<form>no <input value=no> <button>no</button></form>",
        "<p hidden>no</p>",
        "<div style='color: red; DISPLAY : none'>no</div>".replace(" :", ":"),
        "<!-- no -->",
        "<select><option>no</select>",
        "<svg><text>no</text></svg>",
        "<textarea>no</textarea>",
    ],
)
def test_what_is_no_text_is_left_out(markup: str) -> None:
    assert read(f"<p>before</p>{markup}<p>after</p>").text == "before\n\nafter"


def test_a_page_inside_a_form_is_kept() -> None:
    assert "word word" in read("<form>" + "<p>word word word</p>" * 60 + "</form>").text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("AT&amp;T &lt;b&gt; &#8220;x&#8221;", "AT&T <b> “x”"),
        ("AT&amp;amp;T &amp;#8217;", "AT&T ’"),
        ("&lt;p&gt;One &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Three&lt;/p&gt;", "One two\n\nThree"),
        ("<![CDATA[<p>One</p>]]>", "One"),
        ("a < b and c > d", "a < b and c > d"),
        ("<q>Yes</q>, he said", "“Yes”, he said"),
        ("esc&#27;[31mape &#x9b;2J bell&#7; &#8238;rtl", "escape ›2J bell rtl"),
        ("RÄ°A <b>Novosti</b>", "RİA Novosti"),
        ("a\0b", "ab"),
        ("lone \ud800", "lone ?"),
        ("", ""),
        ("<p> &nbsp; </p>", ""),
    ],
)
def test_entities_and_characters(html: str, text: str) -> None:
    assert read(html).text == text


def test_titles_become_one_plain_line() -> None:
    assert to_line(" <b>AT&amp;T</b>\n &lt;b&gt; <script>x</script>") == "AT&T <b>"
    assert to_line("5 < 6 &amp;amp; 7") == "5 < 6 & 7"
    assert to_line("Fish & chips") == "Fish & chips"
    assert to_line("x\x1b]0;evil\x07&#27;[2J[/]") == "x[/]"


TAGS = (
    "<p>", "</p>", "<b>", "</b>", "<a href='/x'>", "</a>", "<br>", "<ul>", "<ol>", "<li>", "</ul>", "</ol>", "<table>",
    "<tr>", "<td>", "</td>", "</table>", "<pre>", "</pre>", "<blockquote>", "</blockquote>", "<h3>", "</h3>", "<hr>",
    "<img alt='pic ture'>", "<form>", "</form>", "<q>", "</q>", "<figure>", "<figcaption>", "</figure>", "<script>",
    "</script>", "<div>", "</div>", "&amp;", "&#27;", "&lt;p&gt;", "<!-- -->", "<![CDATA[", "]]>", "<i>", "</i>",
    "<code>", "</code>",
)  # fmt: skip
WORDS = (" ", "\n", "\t", "word ", "RÄ°A", "\x1b[1m")


@given(
    st.lists(
        st.one_of(st.sampled_from(TAGS + WORDS), st.text(max_size=6)),
        max_size=40,
    )
)
@settings(max_examples=400)
def test_any_markup_gives_exact_offsets(pieces: list[str]) -> None:
    html = "".join(pieces)
    check(to_document(html, BASE))
    assert "\n" not in to_line(html)
    check(read_page(html, BASE).document)


@pytest.mark.parametrize(
    ("html", "end"),
    [
        ("<div>" * 100_000 + "x" + "</div>" * 100_000 + "<p>after", "after"),
        ("<b>" * 100_000 + "x", "x"),
        ("<b><p>x" * 20_000, "x"),
        ("<p " + " ".join(f"a{n}=1" for n in range(40_000)) + ">hi", "hi"),
        ("<ul><li>" * 50_000 + "x", "x"),
        ("<table><tr><td>" * 30_000 + "x", "x"),
        ("<blockquote>" * 50_000 + "x", "x"),
        ("<form><p>" * 30_000 + "word " * 300, "word"),
        ("<article><p>x" * 30_000, "x"),
        ("<!--" * 100_000, ""),
        ("&lt;p " * 50_000, "<p"),
        ("x<br>" * 100_000 + "y", "y"),
        ("<img alt='a picture'>" * 20_000, "a picture"),
        ("<p>Words “quoted” and <a href='/x'>linked</a>.</p>" * 20_000, "linked."),
    ],
    ids=short,
)
def test_hostile_markup_takes_linear_time_and_loses_no_text(html: str, end: str) -> None:
    for reader in (lambda: to_document(html, BASE), lambda: read_page(html, BASE).document):
        began = time.process_time()
        document = reader()
        assert time.process_time() - began < 6
        assert document.text.endswith(end)


def test_a_page_gives_its_article_and_what_it_says_of_it() -> None:
    story = "<p>" + "The council met on Monday. " * 12 + "</p>"
    page = read_page(
        f"""<html lang=en><head><title>Council meets | The Paper</title><meta property=og:site_name content="The Paper">
        <link rel=canonical href="/council"><script type="application/ld+json">{{"@graph":[{{"@type":"NewsArticle",
        "datePublished":"2020-02-03T04:05:06Z","author":[{{"name":"Ann Writer"}}]}}]}}</script></head>
        <body><header>Site</header><aside>Related</aside><article><h1>Council meets</h1>{story}</article>
        <article><p>Teaser</p></article><footer>Imprint</footer></body></html>""",
        BASE,
    )
    assert page.title == "Council meets"
    assert page.published is not None
    assert page.published.isoformat() == "2020-02-03T04:05:06+00:00"
    assert (page.authors, page.language, page.link) == (("Ann Writer",), "en", "https://news.example/council")
    assert [block.kind for block in page.document.blocks] == [BlockKind.PARAGRAPH]
    check(page.document)
