"""Searching on the command line: list, quotes, people and saved searches."""

from __future__ import annotations

import pytest

TALKS = """\
Talks in Dublin

# 06 December 2012 09:00 (UTC +00:00)

“Syria must not use chemical weapons,” Secretary of State Hillary Clinton said on Thursday.

“The winter will be long,” Hillary Clinton said.

“Nobody has chemical weapons here,” said Foreign Minister Sergei Lavrov.
"""


@pytest.fixture
def talks(newsdash, tmp_path) -> None:
    (tmp_path / "talks.txt").write_text(TALKS)
    assert newsdash("ingest", tmp_path / "talks.txt").status == 0


@pytest.mark.usefixtures("talks")
@pytest.mark.parametrize(
    ("query", "speakers", "part"),
    [
        ("said:clinton chemical weapons", ["Hillary Clinton"], "must not use"),
        ("chemical -said:clinton title:dublin", ["Sergei Lavrov"], "Nobody"),
        ("clinton winter", ["Hillary Clinton"], "winter"),
        ("winter title:nowhere", [], ""),
        ("title:dublin (winter OR nobody)", ["Hillary Clinton", "Sergei Lavrov"], "“"),
    ],
)
def test_quotes_take_queries(newsdash, query, speakers, part) -> None:
    rows = [row for row in newsdash("quotes", query, "--json").rows if row["title"] == "Talks in Dublin"]
    assert [row["speaker"] for row in rows] == speakers
    assert all(part.strip("“") in row["text"] for row in rows)


@pytest.mark.usefixtures("talks")
def test_people_take_queries(newsdash) -> None:
    assert [row["name"] for row in newsdash("people", "said:clinton title:dublin", "--json").rows] == [
        "Hillary Clinton"
    ]
    assert newsdash("people", "clinton after:2020", "--json").rows == []


@pytest.mark.usefixtures("talks")
def test_a_bad_query_is_one_sentence(newsdash) -> None:
    for command in ("list", "quotes", "people"):
        done = newsdash(command, "(chemical")
        assert (done.status, done.out) == (1, "")
        assert len(done.err.splitlines()) == 1
        assert "bracket" in done.err


@pytest.mark.usefixtures("talks")
def test_saved_searches_are_kept_listed_used_and_removed(newsdash) -> None:
    assert newsdash("searches", "add", "Weapons", "chemical", "weapons", "title:dublin", "--tag", "war").status == 0
    (row,) = newsdash("searches", "list", "--json").rows
    assert row == {
        "name": "Weapons", "query": "chemical weapons title:dublin", "tags": ["war"], "total": 1, "unread": 1,
        "error": None,
    }  # fmt: skip
    assert "Weapons" in newsdash("searches", "list").out
    assert [row["title"] for row in newsdash("list", "--saved", "weapons", "--json").rows] == ["Talks in Dublin"]
    assert len(newsdash("quotes", "--saved", "Weapons", "winter", "--json").rows) == 1
    assert newsdash("searches", "remove", "weapons", "--json").rows == [{"removed": "Weapons"}]
    assert newsdash("searches", "list", "--json").rows == []
    assert newsdash("searches", "remove", "Weapons").err == "newsdash: No search is saved as “Weapons”.\n"


def test_a_search_that_cannot_be_understood_is_not_saved(newsdash) -> None:
    done = newsdash("searches", "add", "Broken", "is:green")
    assert done.status == 1
    assert "unread, read, starred" in done.err
    assert newsdash("searches", "list", "--json").rows == []


@pytest.mark.usefixtures("talks")
def test_the_timeline_is_oldest_first_under_the_months(newsdash, tmp_path) -> None:
    earlier = TALKS.replace("06 December", "30 October").replace("must not use", "hides").replace("Dublin", "Riga")
    (tmp_path / "earlier.txt").write_text(earlier)
    assert newsdash("ingest", tmp_path / "earlier.txt").status == 0
    query = "said:clinton chemical (title:dublin OR title:riga)"
    lines = newsdash("quotes", query, "--timeline").out.splitlines()
    assert [line for line in lines if not line.startswith(" ") and ":" not in line] == ["October 2012", "December 2012"]
    assert "hides" in lines[1]
    assert lines[2].startswith("    say, ")
    assert "must not use" in lines[4]
    assert [row["title"] for row in newsdash("quotes", query, "--timeline", "--json").rows] == [
        "Talks in Riga",
        "Talks in Dublin",
    ]
    limited = newsdash("quotes", query, "--timeline", "--limit", 1).out
    assert "must not use" in limited
    assert "October" not in limited
