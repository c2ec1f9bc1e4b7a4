"""Lists of feeds that another reader may have left on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

MOST = 5
"""OPML files looked at in a folder."""


def lists_of_feeds(home: Path, environment: Mapping[str, str] = os.environ) -> Iterator[Path]:
    """newsboat's ``urls`` files and OPML files in the places where they usually lie; they may hold anything."""
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    for file in (home / ".newsboat/urls", config / "newsboat/urls"):
        if file.is_file():
            yield file
    for folder in (home, home / "Downloads", home / "Documents"):
        try:
            found = [path for path in folder.iterdir() if path.suffix.lower() == ".opml" and path.is_file()]
        except OSError:
            continue
        yield from islice(sorted(found), MOST)
