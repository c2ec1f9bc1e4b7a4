"""What a text says by more than its letters: powers, struck-out words, boxes, tables, pictures, films."""

from __future__ import annotations

import pytest

from store.models import MarkKind
from store.text.html import to_document


def shown(html: str) -> str:
    return to_document(html, "http://h.example/page").text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>3 km<sup>2</sup>, 2<sup>-7</sup>, the 1<sup>st</sup></p>", "3 km^2, 2^-7, the 1st"),
        ("<p>CO<sub>2</sub>, a<sub>ij</sub></p>", "CO₂, a_ij"),
        ("<p>As told<sup><a href='#n'>4</a></sup>.</p>", "As told[4]."),
        ("<p>For <s>ten</s> <ins>nine</ins> euro</p>", "For ~~ten~~ nine euro"),
        ("<del><p>All of</p><p>this</p></del><p>not this</p>", "~~All of~~\n\n~~this~~\n\nnot this"),
        ("<p><ruby>山<rp>(</rp><rt>やま</rt><rp>)</rp></ruby></p>", "山(やま)"),
        ("<math><semantics><msup><mi>y</mi><mn>3</mn></msup><annotation>y^3</annotation></semantics></math>", "y^3"),
        ("<p><math><mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac></math></p>", "1/(a+b)"),
        ("<p>Close it with &lt;/p&gt; or not.</p>", "Close it with </p> or not."),
        ("Type &amp;lt;i&amp;gt;so&amp;lt;/i&amp;gt; here.", "Type <i>so</i> here."),
        ("&lt;p&gt;All of it&lt;/p&gt; &lt;p&gt;twice&lt;/p&gt;", "All of it\n\ntwice"),
        ("<p>x[y[1]]> 2</p>", "x[y[1]]> 2"),
        ("<![CDATA[<p>In a section</p>]]>", "In a section"),
    ],
)  # fmt: skip
def test_what_would_run_together_stays_apart(html, text) -> None:
    assert shown(html) == text


def test_boxes_of_a_task_list() -> None:
    assert shown("<ul><li><input type=checkbox checked> bought<li><input type=checkbox> to do</ul>") == (
        "[x] bought\n\n[ ] to do"
    )


def test_cells_that_take_several_columns_and_rows_keep_the_others_in_their_columns() -> None:
    rows = shown(
        "<table><tr><th rowspan=2>Town<th colspan=2>People<tr><th>1900<th>2000<tr><td>Ey<td>5<td>6"
        "<tr><td colspan=2>Oy<td>7</table>"
    ).split("\n")
    assert [row.split("\t") for row in rows] == [
        ["Town", "People", ""], ["", "1900", "2000"], ["Ey", "5", "6"], ["Oy", "", "7"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "text", "addresses"),
    [
        ("<img src=/a/view.png>", "view.png", ["http://h.example/a/view.png"]),
        ("<img src=v.png alt=DSC_1.JPG title='The old bridge'>", "The old bridge", ["http://h.example/v.png"]),
        ("<img src=v.png alt=Bridge title='It fell down in June'>", "Bridge — It fell down in June", ["http://h.example/v.png"]),
        ("<img src='data:image/gif;base64,AA' data-src=/v.png alt=Bridge>", "Bridge", ["http://h.example/v.png"]),
        ("<picture><source srcset='/w.webp 2x'><img alt=Bridge></picture>", "Bridge", ["http://h.example/w.webp"]),
        ("<img srcset='/s.png 1x, /l.png 2x' alt=Bridge>", "Bridge", ["http://h.example/s.png"]),
        ("<a href=/all><img src=/v.png alt=Bridge></a>", "Bridge", ["http://h.example/all", "http://h.example/v.png"]),
        ("<img src=/count.gif width=1 height=1>", "", []),
        ("<iframe src=//films.example/9 title='A film'>no</iframe>", "A film", ["http://films.example/9"]),
        ("<video><source src=/f.mp4>no</video>", "h.example/f.mp4", ["http://h.example/f.mp4"]),
        ("<audio src=/f.mp3></audio>", "h.example/f.mp3", ["http://h.example/f.mp3"]),
        ("<object data=/f.pdf>Or read it.</object>", "h.example/f.pdf\n\nOr read it.", ["http://h.example/f.pdf"]),
    ],
)  # fmt: skip
def test_what_is_shown_from_elsewhere_is_a_line_with_its_address(html, text, addresses) -> None:
    document = to_document(html, "http://h.example/page")
    assert document.text == text
    assert sorted(mark.href for mark in document.marks if mark.kind in (MarkKind.LINK, MarkKind.IMAGE)) == addresses
