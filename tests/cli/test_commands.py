"""The command line on the shipped seeds and on files, through its public door."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from support.small_site import Page, Site, rss

COMMANDS = ["add", "remove", "feeds", "refresh", "ingest", "list", "show", "people", "quotes", "extract", "doctor"]

ACCORD = """Ministers sign transit accord

Ministers sign transit accord
# 07 December 2012 00:47 (UTC +04:00)

“The accord opens the corridor to every carrier,” said Transport Minister Nino Beridze.

“We expect the first trains in March,” Beridze said.
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(newsdash, command) -> None:
    done = newsdash(command, "--help")
    assert done.status == 0
    assert f"newsdash {command}" in done.out


def test_a_command_that_is_not_there_is_a_misuse(newsdash) -> None:
    assert newsdash("fly").status == 2


def test_first_start_lists_the_shipped_seed(newsdash) -> None:
    rows = newsdash("list", "--json").rows
    assert [row["title"] for row in rows] == ["US-Russia Stalemate Wavers As Syrian War Escalates"]
    assert rows[0]["published"] == "2012-12-07T00:47:00+04:00"
    assert rows[0]["place"] == "Baku"
    assert rows[0]["agency"] == "APA"
    assert not rows[0]["read"]


def test_the_seeds_are_taken_in_once(newsdash) -> None:
    assert newsdash("list").out == newsdash("list").out


def test_show_prints_text_people_and_quotes(newsdash) -> None:
    done = newsdash("show", newsdash("list", "--json").rows[0]["id"])
    assert "RİA Novosti" in done.out
    assert "Angela Stent (director of the Center for Eurasian" in done.out
    assert "“This would be a harbinger of something more positive" in done.out


def test_show_of_an_unknown_article_says_so(newsdash) -> None:
    done = newsdash("show", 4711)
    assert (done.status, done.out) == (1, "")
    assert done.err == "newsdash: There is no article 4711.\n"


def test_show_tells_what_was_changed(newsdash, tmp_path) -> None:
    path = tmp_path / "accord.txt"
    path.write_text(ACCORD)
    (article,) = newsdash("ingest", path, "--json").rows[0]["added"]
    done = newsdash("show", article, "--changes")
    assert (done.status, done.out) == (0, "")
    assert "has not changed" in done.err
    path.write_text(ACCORD.replace("in March", "not before May"))
    newsdash("ingest", path)
    lines = newsdash("show", article, "--changes").out.splitlines()
    assert lines[0].startswith("Changed ")
    assert lines[1:] == ["", "  …", "~ “We expect the first trains [-in March,”-] {+not before May,”+} Beridze said."]
    (change,) = newsdash("show", article, "--changes", "--json").rows
    assert ["removed", " in March,”"] in change["blocks"][1]


def test_ingest_takes_files_and_folders(newsdash, tmp_path) -> None:
    folder = tmp_path / "texts" / "deeper"
    folder.mkdir(parents=True)
    (folder / "accord.txt").write_text(ACCORD)
    (folder / "copy.txt").write_text(ACCORD)
    (folder / "empty.txt").write_text("")
    done = newsdash("ingest", tmp_path / "texts", "--json")
    assert done.status == 1
    report = done.rows[0]
    assert len(report["added"]) == 1
    assert report["duplicates"] == 1
    assert [problem["name"] for problem in report["problems"]] == ["empty.txt"]
    again = newsdash("ingest", tmp_path / "texts" / "deeper" / "accord.txt", "--json").rows[0]
    assert again["added"] == again["updated"] == []


def test_a_file_that_is_not_there_is_one_sentence(newsdash, tmp_path) -> None:
    done = newsdash("ingest", tmp_path / "nowhere.txt")
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert "nowhere.txt" in done.err


def test_files_in_the_users_seeds_folder_are_found_and_followed(newsdash, tmp_path) -> None:
    seeds = tmp_path / "home" / "data" / "seeds"
    seeds.mkdir(parents=True)
    (seeds / "accord.txt").write_text(ACCORD)
    assert "Ministers sign transit accord" in newsdash("list").out
    (seeds / "accord.txt").write_text(ACCORD.replace("in March", "in the first week of April"))
    rows = newsdash("list", "--json").rows
    assert [row["title"] for row in rows].count("Ministers sign transit accord") == 1
    changed = next(row for row in rows if row["title"].startswith("Ministers"))
    assert "first week of April" in newsdash("show", changed["id"]).out


def test_people_are_listed_with_role_and_counts(newsdash) -> None:
    people = {row["name"]: row for row in newsdash("people", "--json").rows}
    assert people["Leon Panetta"]["role"] == "US Defense Secretary"
    assert people["Leon Panetta"]["quotes"] >= 1
    assert [row["name"] for row in newsdash("people", "lavrov", "--json").rows] == ["Sergei Lavrov"]


def test_quotes_can_be_narrowed_to_a_speaker(newsdash) -> None:
    rows = newsdash("quotes", "rojansky", "--json").rows
    assert rows
    assert {row["speaker"] for row in rows} == {"Matthew Rojansky"}


def test_extract_prints_who_said_what(newsdash, tmp_path) -> None:
    (tmp_path / "accord.txt").write_text(ACCORD)
    done = newsdash("extract", tmp_path / "accord.txt")
    assert done.status == 0
    assert done.out.splitlines()[0] == "Nino Beridze (Transport Minister)"


def test_extract_reads_a_single_line_from_a_pipe(newsdash, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("“We agree,” said Ann Lee.\n".encode())))
    assert "“We agree,”" in newsdash("extract").out


def test_extract_names_a_file_it_cannot_read_and_goes_on(newsdash, tmp_path) -> None:
    (tmp_path / "accord.txt").write_text(ACCORD)
    done = newsdash("extract", tmp_path / "gone.txt", tmp_path / "accord.txt")
    assert done.status == 1
    assert "gone.txt" in done.err
    assert "Nino Beridze" in done.out


def test_extract_jsonl_answers_line_by_line_with_offsets(newsdash, monkeypatch) -> None:
    text = "“We agree,” said Ann Lee. “We do.”"
    lines = json.dumps({"id": "a", "text": text}) + "\nnonsense\n" + json.dumps({"id": 2, "text": ""}) + "\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    done = newsdash("extract", "--jsonl")
    assert done.status == 1
    assert "Line 2" in done.err
    first, second = done.rows
    assert [text[quote["start"] : quote["end"]] for quote in first["quotes"]] == ["We agree,", "We do."]
    assert {quote["speaker"] for quote in first["quotes"]} == {"Ann Lee"}
    assert first["people"][0]["name"] == "Ann Lee"
    assert second == {"id": 2, "quotes": [], "people": [], "ms": second["ms"]}


def test_doctor_finds_a_new_store_well(newsdash) -> None:
    newsdash("list")
    done = newsdash("doctor")
    assert (done.status, done.err) == (0, "")


def test_the_dashboard_needs_a_terminal(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "terminal" in done.stderr


def test_a_reader_that_goes_away_is_no_error(tmp_path) -> None:
    code = f"cd {tmp_path}; NEWSDASH_HOME={tmp_path} {sys.executable} -m tui.cli list | true"
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_refresh_does_what_the_configuration_says(newsdash, tmp_path) -> None:
    with Site() as site:
        site.pages["/feed"] = Page(rss("Harbour News", ("Bridge opens", "<p>It did.</p>")))
        config = tmp_path / "home" / "config" / "config.toml"
        config.parent.mkdir(parents=True)
        config.write_text(f'[feeds."{site.url}/feed"]\nheaders = {{ X-Key = "k" }}\ninterval = "2h"\n')
        newsdash("add", f"{site.url}/feed")
        row, summary = newsdash("refresh", "--json").rows
        assert site.asked[-1][1]["x-key"] == "k"
        assert (row["title"], row["unchanged"], row["error"]) == ("Harbour News", True, "")
        assert (summary["feeds"], summary["unchanged"], summary["failed"]) == (1, 1, 0)
        assert newsdash("refresh", "--due", "--json").rows[0]["feeds"] == 0


def test_a_feed_is_shown_and_what_is_set_for_it_changed(newsdash) -> None:
    newsdash("list")
    changed = newsdash("feed", "Seeds", "--title", "My files", "--tag", "Mine", "--tag", "two, three", "--hidden")
    assert changed.status == 0
    assert "My files" in changed.out
    assert 'Mine, "two, three"' in changed.out
    assert newsdash("list").out == ""
    assert newsdash("feed", "My files", "--untag", "mine", "--no-hidden", "--json").rows[0]["tags"] == ["two, three"]
    assert newsdash("list").out
    assert "not fetched" in newsdash("feed", "My files", "--interval", "2h").err
    wrong = newsdash("feed", "My files", "--interval", "soon")
    assert (wrong.status, "at least" in wrong.err) == (1, True)
    assert "No feed is" in newsdash("feed", "nobody").err
