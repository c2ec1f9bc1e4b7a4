"""``newsdash rules``."""

from __future__ import annotations

from pathlib import Path


def test_rules_are_added_listed_tried_and_removed(newsdash, tmp_path) -> None:
    newsdash("list")
    added = newsdash("rules", "add", "Syria", "title:syrian", "--action", "tag", "--tag", "war")
    assert (added.status, added.out) == (0, "Rule “Syria”: tag war what fits title:syrian\n")
    (row,) = newsdash("rules", "list", "--json").rows
    assert row == {"name": "Syria", "query": "title:syrian", "action": "tag", "tag": "war", "configured": False}
    tried = newsdash("rules", "try", "syria")
    assert tried.out.startswith("title:syrian fits 1 stored article:")
    assert "Stalemate" in tried.out
    assert "fits 0 stored articles." in newsdash("rules", "try", "title:zebra").out
    file = Path(tmp_path / "story.txt")
    file.write_text("A Syrian story\n\nIt was told in the morning.\n", encoding="utf-8")
    newsdash("ingest", file)
    (tagged,) = newsdash("list", "--json", "tag:war").rows
    assert tagged["tags"] == ["war"]
    assert newsdash("rules", "remove", "syria").out == "“Syria” is no longer a rule.\n"
    assert newsdash("rules", "list").err == "newsdash: There are no rules.\n"


def test_a_rule_that_cannot_be_is_one_sentence(newsdash) -> None:
    assert "is:" in newsdash("rules", "add", "x", "is:odd", "--action", "mute").err
    assert "needs the tag" in newsdash("rules", "add", "x", "a1", "--action", "tag").err
    assert newsdash("rules", "remove", "x").status == 1
    assert newsdash("rules", "try", "is:odd").status == 1


def test_rules_of_the_configuration_hold_on_the_command_line(newsdash, tmp_path) -> None:
    config = Path(newsdash("config", "--path").out.strip())
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('[[rules]]\nname = "quiet"\nquery = "title:syrian"\naction = "mute"\n', encoding="utf-8")
    assert newsdash("list").out == ""
    assert "Stalemate" in newsdash("list", "is:muted").out
    assert "(config.toml)" in newsdash("rules", "list").out
    assert "config.toml" in newsdash("rules", "remove", "quiet").err
