"""Plain text and Markdown to blocks."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.document_checks import check, kinds, marked, short

from store.models import Document, MarkKind
from store.text.plain_text import markdown_to_document, plain_to_document

STORY = (
    "The ministers of transport of the two countries signed an accord on Thursday, an agency reports. It opens the"
    " corridor to every carrier. The line is ready, said the head of the rail company, who gave no figure for its cost."
)


def texts(document: Document) -> list[str]:
    check(document)
    return [text for *_, text in kinds(document)]


def test_blank_lines_part_paragraphs() -> None:
    assert texts(plain_to_document("\n\nOne.\n \t\nTwo.\r\n\r\n\r\nThree.\n")) == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("width", [60, 66, 72, 80, 100], ids=short)
def test_wrapped_lines_are_joined(width: int) -> None:
    wrapped = textwrap.fill(STORY, width)
    assert texts(plain_to_document(f"{wrapped}\n\n{wrapped}\n\nShort end.")) == [STORY, STORY, "Short end."]


def test_lines_that_are_whole_paragraphs_stay_apart() -> None:
    lines = [
        "A first paragraph of a size that would fit a terminal, he said.",
        "Another one, shorter.",
        "“A third,” she said.",
    ]
    assert texts(plain_to_document("\n".join(lines))) == lines
    assert texts(plain_to_document(f"{STORY}\n{STORY}")) == [STORY, STORY]


def test_verse_keeps_its_lines() -> None:
    verse = "Roses are red\nViolets are blue\nSugar is sweet\nAnd so are you"
    assert texts(plain_to_document(verse)) == [verse]


def test_headings_and_bullets_of_plain_text() -> None:
    document = plain_to_document("# Background\nWords.\n• one\n* two\n#tag is no heading.\n- a dash stays.")
    assert kinds(document) == [
        ("heading", 1, "", "Background"),
        ("paragraph", 0, "", "Words."),
        ("item", 1, "•", "one"),
        ("item", 1, "•", "two"),
        ("paragraph", 0, "", "#tag is no heading."),
        ("paragraph", 0, "", "- a dash stays."),
    ]


def test_markdown() -> None:
    document = markdown_to_document(
        "# Head\n\n**“Bold”** and *soft* [link](https://x.example/a) [bad](javascript:x) `f()` <b>tag</b>\nline\n\n"
        "> said\n\n1. one\n2. two\n   - deep\n\n```\na  b\n```\n\n|A|B|\n|-|-|\n|1|2|\n\n---\n\n![A cat](http://x.example/c.png)\n"
    )
    assert kinds(document) == [
        ("heading", 1, "", "Head"),
        ("paragraph", 0, "", "“Bold” and soft link [bad](javascript:x) f() tag line"),
        ("quote", 1, "", "said"),
        ("item", 1, "1.", "one"),
        ("item", 1, "2.", "two"),
        ("item", 2, "•", "deep"),
        ("code", 0, "", "a  b"),
        ("table", 0, "", "A\tB\n1\t2"),
        ("rule", 0, "", ""),
        ("caption", 0, "image:", "A cat"),
    ]
    check(document)
    assert marked(document, MarkKind.LINK) == [("link", "https://x.example/a")]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\n\n\n #>*-_`[](!|.ab\x1b")), max_size=120))
def test_any_text_gives_exact_offsets(text: str) -> None:
    check(plain_to_document(text))
    check(markdown_to_document(text))


@given(st.lists(st.from_regex(r"[a-zA-Z,.“”]{1,20}", fullmatch=True), max_size=60), st.integers(1, 90))
def test_no_word_of_plain_text_is_lost(words: list[str], width: int) -> None:
    wrapped = "\n".join(textwrap.wrap(" ".join(words), width)) if words else ""
    joined = plain_to_document(wrapped).text
    assert "".join(joined.split()) == "".join(wrapped.split())


@pytest.mark.parametrize(
    "text", ["[" * 300_000, ">" * 300_000 + "x", "*a_" * 50_000, "\n " * 300_000 + "x", "`" * 99_999 + "a"], ids=short
)
def test_hostile_repetition_takes_linear_time(text: str) -> None:
    for read in (plain_to_document, markdown_to_document):
        began = time.process_time()
        read(text)
        assert time.process_time() - began < 5


def test_deep_markdown_loses_no_text() -> None:
    assert markdown_to_document(">" * 5_000 + " deep words").text.endswith("deep words")
    nested = "".join("  " * depth + f"- item {depth}\n" for depth in range(200))
    assert "item 199" in markdown_to_document(nested).text
