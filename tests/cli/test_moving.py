"""Lists of feeds in and out on the command line; nothing is fetched."""

from __future__ import annotations

import pytest

URLS = """\
https://example.org/feed.xml "news" "~The Example"
https://user:secret@example.net/private
exec:~/bin/fetch.sh
https://www.example.org:443/feed.xml
"""


@pytest.fixture
def urls(tmp_path):
    path = tmp_path / "urls"
    path.write_text(URLS, encoding="utf-8")
    return path


def test_a_list_is_followed_once_and_refusals_are_named(newsdash, urls) -> None:
    first = newsdash("import", urls, "--json")
    assert first.status == 1
    assert "Commands (exec:) are never run." in first.err
    (row,) = first.rows
    assert "https://example.org/feed.xml" in [feed["url"] for feed in row["added"]]
    assert [problem["name"] for problem in row["refused"]] == ["exec:~/bin/fetch.sh"]

    (again,) = newsdash("import", urls, "--json").rows
    assert not again["added"]
    assert len(again["known"]) == len(row["added"]) + len(row["known"])


def test_a_dry_run_changes_nothing(newsdash, urls) -> None:
    ran = newsdash("import", urls, "--dry-run")
    assert "Would follow “The Example”" in ran.out
    assert "example.org" not in newsdash("feeds").out


@pytest.mark.parametrize("kind", ["opml", "urls"])
def test_what_goes_out_comes_in_again(newsdash, urls, tmp_path, monkeypatch, kind) -> None:
    newsdash("import", urls)
    newsdash("searches", "add", "Dams", "said:clinton", "chemical")
    out = tmp_path / f"list.{kind}"
    assert newsdash("export", out, "--format", kind).status == 0
    assert "secret" not in out.read_text(encoding="utf-8")
    before = [(row["url"], row["title"]) for row in newsdash("feeds", "--json").rows if row["url"] != "seeds:"]

    monkeypatch.setenv("NEWSDASH_HOME", str(tmp_path / "other"))
    (row,) = newsdash("import", out, "--json").rows
    assert [(search["name"], search["query"]) for search in row["searches"]] == [("Dams", "said:clinton chemical")]
    after = [(row["url"], row["title"]) for row in newsdash("feeds", "--json").rows if row["url"] != "seeds:"]
    assert sorted(after) == sorted(before)


def test_a_file_that_is_no_list(newsdash, tmp_path) -> None:
    ran = newsdash("import", tmp_path / "none.opml")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "none.opml cannot be read" in ran.err
    page = tmp_path / "page.html"
    page.write_text("<html><body>x</body></html>", encoding="utf-8")
    assert "not an OPML list" in newsdash("import", page).err
