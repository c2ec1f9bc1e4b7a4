from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.library import Library
from store.paths import Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.below(tmp_path / "home")


@pytest.fixture
def library(places: Places) -> Iterator[Library]:
    with Library.open(places) as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path, library: Library) -> Callable[..., None]:
    """Take in articles of one paragraph each: ``write("2021-03-05", "“We agree,” said …")``; titles are numbered."""
    written = [0]

    def take_in(date: str, *paragraphs: str, title: str = "") -> None:
        written[0] += 1
        file = tmp_path / f"article-{written[0]}.txt"
        text = "\n\n".join(paragraphs)
        file.write_text(f"{title or f'News {written[0]}'}\n\n{date}\n\n{text}\n", encoding="utf-8")
        report = library.files.ingest([file])
        assert not report.problems, report.problems

    return take_in
