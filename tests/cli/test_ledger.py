"""Quotations written for other programs, read back by these programs' own readers."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from tui.cli.ledger import FORMATS, Item, written

HOSTILE = """\
Talks {in} "Dublin" & 100% of _all_ # \\ ^~

# 06 December 2012 09:00 (UTC +00:00)

“=HYPERLINK(evil) is what I typed, and }{ as well,” Secretary of State Hillary Clinton said on Thursday.

“The winter, will be long,” Hillary Clinton warned.
"""

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]) | st.sampled_from("{}\\\"'=+-@,\n\r\t\x1b\x00#%&_^~[]()<>"),
    max_size=40,
)
ITEMS = st.lists(
    st.builds(
        Item, TEXT, TEXT, st.sampled_from(["direct", "mixed", "indirect"]), TEXT, TEXT, TEXT, TEXT, st.floats(0, 1),
        st.integers(0, 9), st.integers(0, 9), st.integers(1, 9) | TEXT, TEXT, TEXT,
        TEXT.map("https://example.org/".__add__) | TEXT, st.datetimes() | st.none(),
    ),
    max_size=3,
)  # fmt: skip


def output(items: list[Item], form: str) -> str:
    return "".join(written(items, form))


@pytest.fixture
def talks(newsdash, tmp_path) -> str:
    file = tmp_path / "talks.txt"
    file.write_text(HOSTILE)
    assert newsdash("ingest", file).status == 0
    return str(file)


@pytest.mark.parametrize("form", FORMATS)
def test_stored_and_plain_texts_are_written_alike(newsdash, talks, form) -> None:
    stored = newsdash("quotes", "said:clinton title:100", "--format", form)
    plain = newsdash("extract", talks, "--format", form)
    assert (stored.status, plain.status) == (0, 0)
    for words in ("The winter, will be long", "Hillary Clinton"):
        assert words in stored.out
        assert words in plain.out


def test_python_reads_the_csv_and_a_spreadsheet_calculates_nothing(newsdash, talks) -> None:
    rows = list(csv.DictReader(io.StringIO(newsdash("extract", talks, "--format", "csv").out)))
    assert [row["text"] for row in rows][1] == "The winter, will be long,"
    assert rows[0]["text"].startswith("'=HYPERLINK(evil)")
    assert rows[0]["published"].startswith("2012-12-06T09:00")
    document = HOSTILE.split("\n\n", 2)[2]
    assert document[int(rows[1]["start"]) : int(rows[1]["end"])] == rows[1]["text"]


def test_pybtex_reads_the_bibtex(newsdash, talks) -> None:
    entries = parse_string(newsdash("extract", talks, "--format", "bibtex").out, "bibtex").entries
    assert len(entries) == 2
    first = next(iter(entries.values()))
    assert first.fields["year"] == "2012"
    assert first.fields["speaker"] == "Hillary Clinton"
    assert "Dublin" in first.fields["title"]


ODD = {
    "José Müller, Jr.": "José Müller, Jr.",
    "{Ana} }{ Ruiz": "{Ana} }{ Ruiz",
    "O’Neill & Sons_#5 100%": "O’Neill & Sons_#5 100%",
    "Łucja Đặng \\emph ~x^2": "Łucja Đặng \\emph ~x^2",
    '“Two”\nlines, "quoted"': '“Two” lines, "quoted"',
    "=cmd|' /C calc'!A0": "=cmd|' /C calc'!A0",
    "+49, -1 @home": "+49, -1 @home",
}
"""Names as printed, and on one line."""


def odd_items() -> list[Item]:
    return [
        Item(name, "", "direct", "Yes", "", "say", "said", 1.0, number, number + 3, 1, f"On {name}", name, "", None)
        for number, name in enumerate(ODD)
    ]


def test_odd_names_and_titles_are_read_back_from_bibtex() -> None:
    entries = parse_string(output(odd_items(), "bibtex"), "bibtex").entries
    assert [untexed(entry.fields["speaker"]) for entry in entries.values()] == list(ODD.values())
    assert [untexed(entry.fields["title"])[1:-1] for entry in entries.values()] == [
        f"On {name}" for name in ODD.values()
    ]


def untexed(text: str) -> str:
    """As TeX sets it."""
    for command, sign in (
        ("braceleft", "{"), ("braceright", "}"), ("asciitilde", "~"), ("asciicircum", "^"), ("backslash", "\\"),
    ):  # fmt: skip
        text = text.replace(f"\\text{command}{{}}", f"\0{sign}")
    return re.sub(r"\\([$&%#_])|\0", r"\1", text)


def test_odd_names_are_read_back_from_csv_and_none_of_them_is_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(output(odd_items(), "csv"), newline="")))
    assert [row["speaker"].removeprefix("'") for row in rows] == list(ODD)
    assert [row["speaker"][0] for row in rows if row["speaker"].lstrip("'")[0] in "=+-@"] == ["'", "'"]


def test_csl_is_a_json_list_of_items(newsdash, talks) -> None:
    items = json.loads(newsdash("extract", talks, "--format", "csl").out)
    assert [item["type"] for item in items] == ["article-newspaper"] * 2
    assert items[0]["issued"] == {"date-parts": [[2012, 12, 6]]}
    assert items[1]["custom"]["quotation"] == "The winter, will be long,"


def test_quotations_since_a_time(newsdash, talks) -> None:
    assert newsdash("quotes", "--since", "2012-12-07", "--format", "jsonl").rows == []
    rows = newsdash("quotes", "title:100", "--since", "2012-12-05", "--format", "jsonl").rows
    assert [row["speaker"] for row in rows] == ["Hillary Clinton"] * 2
    wrong = newsdash("quotes", "--since", "soon")
    assert wrong.status == 2
    assert "24h, 7d, 4w" in wrong.err


@given(ITEMS)
def test_any_text_is_read_back_from_csv(items) -> None:
    rows = list(csv.reader(io.StringIO(output(items, "csv"), newline="")))
    assert len(rows) == len(items) + 1
    for row, item in zip(rows[1:], items, strict=True):
        kept = "".join(" " if unicodedata.category(each) == "Cc" and each != "\n" else each for each in item.speaker)
        assert row[0] in (kept, f"'{kept}")
        assert all(cell.lstrip(" ")[:1] not in ("=", "+", "-", "@") or not cell for cell in row)


@given(ITEMS)
def test_any_text_is_valid_bibtex_and_json(items) -> None:
    assert len(parse_string(output(items, "bibtex"), "bibtex").entries) == len(items)
    assert len(json.loads(output(items, "csl"))) == len(items)
    assert [json.loads(line)["text"] for line in output(items, "jsonl").split("\n") if line] == [
        item.text for item in items
    ]


@given(ITEMS)
def test_no_control_character_reaches_markdown_or_bibtex(items) -> None:
    for form in ("md", "bibtex"):
        assert not set(output(items, form)) & {"\x1b", "\x00", "\r", "\t"}


def test_following_by_name(newsdash, talks, tmp_path) -> None:
    assert "Following Hillary" in newsdash("people", "--follow", "Hillary Clinton").out
    (row,) = newsdash("people", "--followed", "--json").rows
    assert row["name"].endswith("Clinton")
    assert newsdash("people", "--followed", "--new", "--json").rows == []
    later = tmp_path / "later.txt"
    later.write_text("Later\n\n# 07 December 2012 09:00 (UTC +00:00)\n\n“It snows,” Hillary Clinton said in Dublin.\n")
    newsdash("ingest", later)
    assert [row["text"] for row in newsdash("people", "--followed", "--new", "--json").rows] == ["It snows,"]
    assert newsdash("people", "--followed", "--new", "--json").rows == []
    assert newsdash("people", "--unfollow", "Hillary Clinton").status == 0
    assert newsdash("people", "--followed", "--json").rows == []
    nobody = newsdash("people", "--follow", "Nobody Here")
    assert nobody.status == 1
    assert "Nobody in the articles is called Nobody Here." in nobody.err


def test_part_of_a_name_is_enough_when_only_one_has_it(newsdash, talks) -> None:
    assert "Following Hillary" in newsdash("people", "--follow", "hillary").out
    several = newsdash("people", "--unfollow", "a")
    assert several.status == 1
    assert "Several people are called a; give a number instead" in several.err
    number = re.search(r"(\d+) is Hillary", several.err)[1]
    assert "No longer following Hillary" in newsdash("people", "--unfollow", number).out
