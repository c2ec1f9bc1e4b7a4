"""Lists of feeds from other programs: reading one of any kind, and finding those on this machine.

A list is OPML, a newsboat ``urls`` file, or addresses line by line.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import FeedError
from store.feeds.newsboat_urls import read_urls
from store.feeds.opml import read_opml
from store.feeds.safe_xml import to_text
from store.text.decoding import NotTextError

if TYPE_CHECKING:
    from store.feeds.import_plan import ImportPlan

LARGEST = 15 << 20
"""Bytes of a list that is read."""
MOST_FOUND = 5
"""OPML files found in one folder."""


def read_list(data: bytes) -> ImportPlan:
    """Read a list of feeds of any kind.

    :raises FeedError: when it is not a list of feeds.
    """
    if len(data) > LARGEST:
        raise FeedError(f"The list is larger than {LARGEST >> 20} MB.")
    try:
        looks_like_markup = to_text(data[:4096]).lstrip("\ufeff \t\r\n").startswith("<")
    except NotTextError:
        raise FeedError("This is not a list of feeds: it is not even text.") from None
    return read_opml(data) if looks_like_markup else read_urls(data)


def find_lists(home: Path, environment: Mapping[str, str] = os.environ) -> Iterator[Path]:
    """newsboat's ``urls`` files and OPML files in the usual places of this machine, whatever they hold."""
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    for file in (home / ".newsboat/urls", config / "newsboat/urls"):
        if file.is_file():
            yield file
    for folder in (home, home / "Downloads", home / "Documents"):
        try:
            found = [path for path in folder.iterdir() if path.suffix.lower() == ".opml" and path.is_file()]
        except OSError:
            continue
        yield from islice(sorted(found), MOST_FOUND)
