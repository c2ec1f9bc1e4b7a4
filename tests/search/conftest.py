"""A library of a few articles from files, each about something of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from store.library import Library
from store.models import Scope, View
from store.paths import Places

Put = Callable[..., int]
Titles = Callable[..., list[str]]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.below(tmp_path / "home")


@pytest.fixture
def library(places: Places) -> Iterator[Library]:
    with Library.open(places) as opened:
        yield opened


@pytest.fixture
def put(library: Library, tmp_path: Path) -> Put:
    """Takes in an article, or a new version of the one from the same file; returns its id."""

    def put(title: str, text: str = "Nothing else.", date: str = "07 December 2012 00:47", name: str = "") -> int:
        file = tmp_path / f"{name or title.encode().hex()[:60]}.txt"
        file.write_text(f"{title}\n\n# {date} (UTC +00:00)\n\n{text}\n", encoding="utf-8")
        report = library.files.ingest([file])
        assert not report.problems
        (article_id,) = report.added + report.updated
        return article_id

    return put


@pytest.fixture
def titles(library: Library) -> Titles:
    """The titles that a query finds, newest first."""

    def titles(query: str, scope: Scope = Scope.ALL) -> list[str]:
        return titles_of(library, library.listing.ids(View(scope, query=query)))

    return titles


def titles_of(library: Library, ids: Sequence[int]) -> list[str]:
    return [library.articles.get(article_id).article.title for article_id in ids]
