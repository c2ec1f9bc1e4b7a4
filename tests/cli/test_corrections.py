"""``newsdash corrections``: listed, exported for measuring, taken back."""

from __future__ import annotations

import json

import pytest

from store.corrections import speaker_is
from store.library import Library
from store.models import SamePerson
from store.paths import Places

TEXT = "“We agree on all of it,” said Ann Lee. “We do not,” said Bo Holm, the mayor."


@pytest.fixture
def corrected(newsdash, tmp_path):
    """A store with two corrections: the first statement is Bo Holm's, and he is Ann Lee."""
    (tmp_path / "talks.txt").write_text(f"Talks\n\n# 01 May 2024 09:00 (UTC +00:00)\n\n{TEXT}\n", encoding="utf-8")
    (article_id,) = newsdash("ingest", tmp_path / "talks.txt", "--json").rows[0]["added"]
    with Library.open(Places.find()) as library:
        opened = library.articles.open(article_id)
        library.corrections.add(article_id, speaker_is(opened.document.text, opened.analysis.quotes[0], "Bo Holm"))
        library.corrections.add(article_id, SamePerson("Gone Away", "Ann Lee"))
    return article_id


def test_nothing_was_corrected_yet(newsdash) -> None:
    done = newsdash("corrections")
    assert (done.status, done.out, done.err) == (0, "", "newsdash: Nothing was corrected.\n")
    assert newsdash("corrections", "--json").rows == []


def test_corrections_are_listed_the_latest_first(newsdash, corrected) -> None:
    first, second = (" ".join(line.split()) for line in newsdash("corrections").out.splitlines())
    assert first == "2 Gone Away is Ann Lee. (its place is gone from the text) [2] Talks"
    assert second == "1 “We agree on all of it,” is said by Bo Holm. [2] Talks"
    row = newsdash("corrections", "--json").rows[1]
    assert (row["number"], row["kind"], row["name"], row["in_force"]) == (1, "speaker", "Bo Holm", True)
    assert row["statement"][0]["text"] == "We agree on all of it,"


def test_other_commands_print_what_was_corrected(newsdash, corrected) -> None:
    assert newsdash("quotes", "agree", "--json").rows[0]["speaker"] == "Bo Holm"
    assert [person["name"] for person in newsdash("people", "holm", "--json").rows] == ["Bo Holm"]
    assert newsdash("show", corrected, "--json").rows[0]["quotes"][0]["rule"] == "corrected"


def test_a_correction_is_taken_back(newsdash, corrected) -> None:
    done = newsdash("corrections", "remove", 1)
    assert (done.status, done.out) == (0, "Taken back: “We agree on all of it,” is said by Bo Holm.\n")
    assert newsdash("quotes", "agree", "--json").rows[0]["speaker"] == "Ann Lee"
    assert newsdash("corrections", "remove", 2, "--json").rows == [{"removed": 2}]
    again = newsdash("corrections", "remove", 2)
    assert (again.status, again.err) == (1, "newsdash: There is no correction 2.\n")


def test_corrected_articles_are_written_for_measuring(newsdash, corrected, tmp_path) -> None:
    file = tmp_path / "gold.jsonl"
    assert newsdash("corrections", "export", file).out == f"Wrote 1 corrected article to {file}.\n"
    (record,) = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert record["text"].strip() == TEXT
    first, second = record["quotes"]
    assert (first["speaker_name"], first["kind"], first["speech"]) == ("Bo Holm", "direct", True)
    assert record["text"][second["speaker_start"] : second["speaker_end"]] == second["speaker"] == "Bo Holm"
    assert [person["name"] for person in record["people"]] == ["Ann Lee", "Bo Holm"]
    done = newsdash("corrections", "export", tmp_path / "no" / "gold.jsonl")
    assert done.status == 1
    assert "cannot be written" in done.err
