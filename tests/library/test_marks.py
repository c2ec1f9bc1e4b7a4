"""Read and starred marks outlive closing, compacting and opening again."""

from __future__ import annotations

import pytest

from store.database import Database
from store.library import Library
from store.models import Scope, View


@pytest.mark.parametrize("count", [1, 7, 8, 9, 16, 40])
def test_marks_are_there_after_compacting(places, tmp_path, count) -> None:
    for number in range(count):
        (tmp_path / f"{number}.txt").write_text(
            f"Title {number}\n\n# {number % 28 + 1:02} May 2024 09:00\n\nText {number}."
        )
    with Library.open(places) as library:
        library.files.ingest([tmp_path / f"{number}.txt" for number in range(count)])
        ids = library.listing.ids(View())
        library.articles.mark(ids[::2], read=True)
        library.articles.mark(ids[::3], starred=True)
    with Database.open(places.database) as database:
        database.compact()
    with Library.open(places) as library:
        assert list(library.listing.ids(View())) == list(ids)
        assert library.listing.ids(View(Scope.UNREAD)) == list(ids[1::2])
        assert library.listing.ids(View(Scope.STARRED)) == list(ids[::3])
