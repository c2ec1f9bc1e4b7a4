"""Only what somebody said word for word stands between quotation marks, whatever prints it."""

from __future__ import annotations

import json

import pytest
from pybtex.database import parse_string

from store.corrections import no_statement, speaker_is
from store.library import Library
from store.paths import Places
from tui.wording.quotation import quotation

TEXT = """\
“We have the money,” Mara Lindqvist said on Thursday. Lindqvist said the deal was “a very good one” for the town.

Lindqvist said that the boats will wait until spring.
"""
DIRECT = "We have the money,"
MIXED = "the deal was “a very good one” for the town"
INDIRECT = "that the boats will wait until spring"
PRINTED = [f"“{DIRECT}”", MIXED, INDIRECT]
"""Each statement as it is to be printed."""


@pytest.fixture
def talks(newsdash, tmp_path) -> str:
    file = tmp_path / "talks.txt"
    file.write_text(f"Talks\n\n# 01 May 2024 09:00 (UTC +00:00)\n\n{TEXT}", encoding="utf-8")
    assert newsdash("ingest", file).status == 0
    return str(file)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_statements_are_of_three_kinds(newsdash, talks) -> None:
    rows = newsdash("extract", talks, "--format", "jsonl").rows
    assert [(row["kind"], row["text"]) for row in rows] == [
        ("direct", DIRECT),
        ("mixed", MIXED),
        ("indirect", INDIRECT),
    ]


def test_as_markdown(newsdash, talks) -> None:
    lines = newsdash("extract", talks, "--format", "md").out.splitlines()
    assert [line for line in lines if line.startswith("> ") and "—" not in line] == [f"> {each}" for each in PRINTED]


def test_as_bibtex(newsdash, talks) -> None:
    entries = parse_string(newsdash("extract", talks, "--format", "bibtex").out, "bibtex").entries
    assert [entry.fields["note"] for entry in entries.values()] == [f"Mara Lindqvist: {each}" for each in PRINTED]


def test_as_csl(newsdash, talks) -> None:
    items = json.loads(newsdash("extract", talks, "--format", "csl").out)
    assert [item["note"] for item in items] == [f"Mara Lindqvist: {each}" for each in PRINTED]


def test_of_any_text(newsdash, talks) -> None:
    assert on_one_line(newsdash("extract", talks).out) == " ".join(["Mara Lindqvist", *PRINTED])


def test_in_lists_of_quotations(newsdash, talks) -> None:
    lines = newsdash("quotes", "said:lindqvist", "title:talks").out.splitlines()
    assert sorted(lines[::2]) == sorted(f"Mara Lindqvist: {each}" for each in PRINTED)


def test_of_people_you_follow(newsdash, talks, tmp_path) -> None:
    assert newsdash("people", "--follow", "Mara Lindqvist").status == 0
    later = tmp_path / "later.txt"
    later.write_text(f"Later\n\n# 02 May 2024 09:00 (UTC +00:00)\n\n{TEXT}", encoding="utf-8")
    newsdash("ingest", later)
    printed = newsdash("people", "--new").out.splitlines()
    assert set(PRINTED) <= {line.strip() for line in printed}


@pytest.mark.parametrize(
    ("words", "kind", "printed"),
    [
        ("We don’t know", "direct", "“We don’t know”"),
        ("a “so-called” winter", "direct", "“a “so-called” winter”"),
        ("they ‘knew’ of it", "mixed", "they ‘knew’ of it"),
        ('they "knew" of it', "mixed", 'they "knew" of it'),
        ("it was «bon» for them", "mixed", "it was «bon» for them"),
        ("a winter that wasn’t cold", "mixed", "“a winter that wasn’t cold”"),
        ("it was “bon” for them", "indirect", "it was “bon” for them"),
    ],
)
def test_a_piece_of_a_sentence_has_the_marks_it_stands_between(words, kind, printed) -> None:
    assert quotation(words, kind) == printed
    assert quotation(words, kind, shown="x").strip("“”") == "x"
    assert quotation(words, kind, shown="x").startswith("“x") is printed.startswith(f"“{words}")


def test_in_corrections(newsdash, talks) -> None:
    with Library.open(Places.find()) as library:
        (record, *_) = library.quotes.search("said:lindqvist title:talks")
        opened = library.articles.open(record.article.id)
        for quote in opened.analysis.quotes:
            library.corrections.add(opened.article.id, speaker_is(opened.document.text, quote))
            library.corrections.add(opened.article.id, no_statement(opened.document.text, quote))
    printed = on_one_line(newsdash("corrections").out)
    for each in (f"“{DIRECT}”", "the deal was “a very good", INDIRECT):
        assert printed.count(f" {each}") == 2
        assert f"“{each}" not in printed
