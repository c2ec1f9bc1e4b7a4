"""Every command prints in every locale: what its encoding lacks is replaced, and escaped within JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from store.library import Library
from store.models import Feed
from store.paths import Places

TEXT = """\
Dvořák’s “Rusalka” ★ 水の精 — тест 😀

# 01 May 2024 09:00 (UTC +00:00)

“We sing é, ř and 水,” said Ann Škvorecký, a singer of the opera.
"""
FEED = "Łódź “daily” 新聞"
ENCODINGS = {
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "latin-1, strict": {"PYTHONIOENCODING": "latin-1:strict"},
    "ascii": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "posix": {"LC_ALL": "POSIX"},
    "iso": {"LC_ALL": "en_US.ISO-8859-1", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "utf-8": {"PYTHONIOENCODING": "utf-8"},
}
COMMANDS = (
    ["list"],
    ["list", "--json"],
    ["feeds"],
    ["feeds", "--json"],
    ["feed", "1"],
    ["show", "1"],
    ["show", "1", "--json"],
    ["people"],
    ["people", "--json"],
    ["quotes"],
    ["quotes", "--json"],
    *(["quotes", "--format", form] for form in ("csv", "jsonl", "md", "bibtex", "csl")),
    ["extract", "talks.txt"],
    ["extract", "talks.txt", "--json"],
    ["searches", "list"],
    ["rules", "list"],
    ["corrections"],
    ["export"],
    ["export", "--format", "urls"],
    ["doctor"],
    ["man"],
    ["completion", "zsh"],
    ["--help"],
)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A store with an article and a feed whose names no small encoding has."""
    home = tmp_path_factory.mktemp("home")
    (home / "talks.txt").write_text(TEXT, encoding="utf-8")
    with Library.open(Places.below(home)) as library:
        library.files.ingest([home / "talks.txt"])
        library.feeds.follow([Feed(0, "https://news.example/feed", FEED)])
    return home


def run(home: Path, encoding: str, *arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return subprocess.run(
        [sys.executable, "-m", "tui.cli", *arguments],
        cwd=home,
        env={**environment, **ENCODINGS[encoding], "NEWSDASH_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
    )


def test_every_command_prints(home: Path) -> None:
    for command in COMMANDS:
        done = run(home, "ascii", *command)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), (command, done.stderr)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_title_and_a_problem_in_any_locale(home: Path, encoding: str) -> None:
    listed = run(home, encoding, "list", "rusalka")
    assert (listed.returncode, listed.stderr) == (0, b"")
    assert b"Rusalka" in listed.stdout
    wrong = run(home, encoding, "feed", "nobody")
    assert wrong.returncode == 1
    assert wrong.stderr.startswith(b"newsdash: No feed is called ")
    assert b"\\u" not in wrong.stderr


def test_what_is_printed_instead(home: Path) -> None:
    printed = run(home, "latin-1", "quotes", "said:ann").stdout.decode("latin-1")
    assert '"We sing é, r and ??,"' in printed
    assert 'Dvorák\'s "Rusalka" * ?????? - ???? ??' in printed
    assert "“We sing é, ř and 水,”" in run(home, "utf-8", "quotes", "said:ann").stdout.decode()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_json_loses_nothing(home: Path, encoding: str) -> None:
    name = "utf-8" if encoding in ("posix", "utf-8") else encoding.partition(",")[0].replace("iso", "latin-1")
    row = json.loads(run(home, encoding, "quotes", "--json").stdout.decode(name).splitlines()[0])
    assert row["text"] == "We sing é, ř and 水,"
    assert row["title"] == TEXT.splitlines()[0]


def test_exports_as_json_lose_nothing(home: Path) -> None:
    lines = run(home, "latin-1", "quotes", "--format", "jsonl").stdout.decode("latin-1").splitlines()
    items = json.loads(run(home, "latin-1", "quotes", "--format", "csl").stdout.decode("latin-1"))
    assert json.loads(lines[0])["title"] == items[0]["title"] == TEXT.splitlines()[0]


def test_an_exported_list_has_its_own_encoding(home: Path) -> None:
    root = etree.fromstring(run(home, "latin-1", "export").stdout)
    assert [outline.get("title") or outline.get("text") for outline in root.iter("outline")] == [FEED]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_names_of_files_that_are_no_text(home: Path, encoding: str) -> None:
    done = run(home, encoding, "extract", b"\xff\x9b[31m.txt")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"\xff" not in done.stderr
    assert b"\x9b" not in done.stderr
