"""Captured feeds and lists against what is expected of them: prints the differences and how many files have none.

    python -m bench.real_feeds FOLDER

FOLDER holds ``real/``, ``opml/`` and ``urls/``, each with an ``expectations.json``: a feed's title, number of
entries, and the title, link and time of the first; a list's feeds, and what of it must be refused.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from store.errors import NewsdashError
from store.feeds.feed_lists import read_list
from store.feeds.opml import read_opml
from store.feeds.parser import parse_feed


def one_line(text: object) -> str:
    return re.sub(r"\s+", " ", str(text or "")).strip()


def feed_differences(path: Path, wanted: dict[str, Any]) -> list[str]:
    """What differs in one feed, a line each."""
    content_type = (wanted.get("headers") or {}).get("content-type", "")
    try:
        feed = parse_feed(path.read_bytes(), content_type, wanted.get("base_url") or "https://feed.example/")
        title, entries = feed.title, feed.entries
    except NewsdashError:
        title, entries = "", ()
    pairs = [("entries", len(entries), wanted["entries"])]
    if wanted.get("title"):
        pairs.append(("title", title, one_line(wanted["title"])))
    if entries and wanted["entries"]:
        first = entries[0]
        if wanted.get("first_title_text"):
            pairs.append(("first title", first.title, one_line(wanted["first_title_text"])))
        if wanted.get("first_link"):
            pairs.append(("first link", first.link, wanted["first_link"]))
        if wanted.get("first_published"):
            pairs.append(("first time", first.published, datetime.fromisoformat(wanted["first_published"])))
    return [f"{name}: {found!r}, expected {expected!r}" for name, found, expected in pairs if found != expected]


def list_differences(path: Path, wanted: dict[str, Any]) -> list[str]:
    """What differs in one list, a line each; only the number of feeds can be compared without knowing the list."""
    try:
        plan = read_opml(path.read_bytes()) if path.suffix == ".opml" else read_list(path.read_bytes())
        found, refused = len(plan.feeds), len(plan.refused)
    except NewsdashError:
        found, refused = 0, 0
    required = wanted.get("required") or ""
    number = re.match(r"(\d+) (?:distinct )?feed", required)
    expected: Any = (wanted.get("peer_states") or {}).get("feeds", wanted.get("http_urls"))
    expect = wanted.get("expect") or {}
    expected = expect.get("feeds", expected) if expect else expected
    if number:
        expected = int(number[1])
    elif required.startswith("error"):
        expected = found if "entity" in required else 0
    if not isinstance(expected, int):
        expected = 0 if "0 feeds" in expect.get("required", "") else found
    differences = [f"feeds: {found}, expected {expected}"] if found != expected else []
    if (wanting := re.search(r"(\d+) refused", required)) and refused != int(wanting[1]):
        differences.append(f"refused: {refused}, expected {wanting[1]}")
    return differences


def main() -> int:
    folder = Path(sys.argv[1])
    for kind, compare in (("real", feed_differences), ("opml", list_differences), ("urls", list_differences)):
        expectations = json.loads((folder / kind / "expectations.json").read_text())
        equal = 0
        for name, wanted in expectations.items():
            differences = compare(folder / kind / name, wanted)
            equal += not differences
            for line in differences:
                print(f"{kind}/{name}: {line}")
        print(f"{kind}: {equal} of {len(expectations)} as expected")
    return 0


if __name__ == "__main__":
    sys.exit(main())
