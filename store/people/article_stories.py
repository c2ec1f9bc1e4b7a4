"""The story of every article, kept in memory: lists ask for all of them, and an article changes one."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import orjson

from store.derived.sqlite_file import SqliteFile

MOST_CHANGED = 500
"""So many changed articles are read one by one; of more, all are read again."""


class Stories:
    """May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read_from: SqliteFile | None = None
        self._story: dict[int, int] = {}
        self._changed: set[int] = set()

    def changed(self, articles: Iterable[int]) -> None:
        """Articles were put into the tables or taken out of them."""
        with self._lock:
            self._changed.update(articles)

    def of_all(self, tables: SqliteFile) -> dict[int, int]:
        """The story, as a number, of every article in the tables."""
        with self._lock:
            if tables is not self._read_from or len(self._changed) > MOST_CHANGED:
                self._changed.clear()
                self._story = read(tables)
                self._read_from = tables
            while self._changed:
                article = self._changed.pop()
                self._story.pop(article, None)
                self._story |= tables.rows("SELECT article, story FROM entries WHERE article = ?", article)
            return self._story.copy()


def read(tables: SqliteFile) -> dict[int, int]:
    """The story of every article, read anew: as two texts, since a row each takes twice as long."""
    ((articles, stories),) = tables.rows("SELECT json_group_array(article), json_group_array(story) FROM entries")
    return dict(zip(orjson.loads(articles), orjson.loads(stories), strict=True))
