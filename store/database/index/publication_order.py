"""The articles in the order of their publication: ids and times, oldest first."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from store.database.columns import Columns, Numbers, in_memory, insert
from store.database.index.source import IndexSource, article_row
from store.database.records import microseconds, to_time
from store.database.tables import ARTICLES

_SCREEN = 500
"""So many ids are read one by one sooner than all are listed."""
_COLUMNS = _IDS, _TIMES = ("articles.order", "articles.published")


class NewestFirst(Sequence[int]):
    """Ids from numbers that stand oldest first. The first screen is read from their end; for more all are listed.

    It never changes, nor may the numbers.
    """

    def __init__(self, oldest_first: Numbers) -> None:
        self._oldest_first = oldest_first
        self._list: list[int] | None = None

    def __len__(self) -> int:
        return len(self._oldest_first)

    def __getitem__(self, at: Any) -> Any:
        if self._list is None and isinstance(at, slice):
            places = range(len(self) - 1, -1, -1)[at]
            if len(places) <= _SCREEN:
                return [self._oldest_first[place] for place in places]
        return self._listed()[at]

    def __iter__(self) -> Iterator[int]:
        return iter(self._listed())

    def _listed(self) -> list[int]:
        if self._list is None:
            self._list = in_memory(self._oldest_first)[::-1].tolist()
        return self._list


class PublicationOrder:
    """About 16 bytes an article. From the snapshot's columns, or from the rows when these are damaged."""

    def __init__(self, source: IndexSource) -> None:
        self._source = source
        self._ids: Numbers = array("I")
        self._times: array[int] | None = None
        """None until they are asked for: the list of all articles is shown without them."""
        ids = source.column(_IDS)
        if ids is None or len(ids) != source.snapshot_count(ARTICLES):
            self._read_rows()
            return
        self._ids = ids
        changed = source.since_snapshot(ARTICLES)
        if not changed or not self._load_times():
            return
        for doc_id, value in changed.items():
            old = source.snapshot_value(ARTICLES, doc_id)
            self.follow(doc_id, old, article_row(value))

    @property
    def ids(self) -> array[int]:
        self._ids = in_memory(self._ids)
        return self._ids

    def newest_first(self) -> NewestFirst:
        """All ids as they are now."""
        return NewestFirst(self._ids[:] if isinstance(self._ids, array) else self._ids)

    @property
    def times(self) -> array[int]:
        self._load_times()
        assert self._times is not None
        return self._times

    def _load_times(self) -> bool:
        """False when they were damaged, so that everything was made from the rows as they are now."""
        if self._times is not None:
            return True
        with self._source.lock:
            times = self._source.column(_TIMES)
            if times is None or len(times) != len(self._ids):
                self._read_rows()
                return False
            self._times = in_memory(times)
            return True

    def _read_rows(self) -> None:
        rows = ((article_row(self._source.value(ARTICLES, doc_id)), doc_id) for doc_id in self._source.ids(ARTICLES))
        pairs = sorted((_published(row), doc_id) for row, doc_id in rows if row is not None)
        self._ids, self._times = array("q", (pair[1] for pair in pairs)), array("q", (pair[0] for pair in pairs))

    def follow(self, article_id: int, old: bytes | None, new: dict[str, Any] | None) -> None:
        """An article's row was this, as JSON, and is that already; None when there was or is none."""
        if not self._load_times():
            return
        times = self.times
        at = self._find(article_id, old) if old is not None else None
        if at is not None:
            self.ids.pop(at)
            times.pop(at)
        if new is not None:
            time = _published(new)
            at = self._place(time, article_id)
            self._ids, self._times = insert(self.ids, at, article_id), insert(times, at, time)

    def _place(self, time: int, article_id: int) -> int:
        low = bisect_left(self.times, time)
        return bisect_left(self.ids, article_id, low, bisect_right(self.times, time, low))

    def _find(self, article_id: int, row: bytes) -> int | None:
        """Where the article with this row stands."""
        known = article_row(row)
        if known is None:
            return self.ids.index(article_id) if article_id in self.ids else None
        at = self._place(_published(known), article_id)
        return at if at < len(self.ids) and self.ids[at] == article_id else None

    def between(self, since: int | None, until: int | None) -> set[int]:
        """Ids published at or after ``since`` and before ``until`` (microseconds since 1970, UTC)."""
        low = 0 if since is None else bisect_left(self.times, since)
        high = len(self.times) if until is None else bisect_left(self.times, until)
        return set(self.ids[low:high])

    def newest_between(self, since: int, until: int) -> list[int]:
        """The same as a list, newest first."""
        return self.ids[bisect_left(self.times, since) : bisect_left(self.times, until)][::-1].tolist()

    def columns(self) -> Columns:
        """As they are now."""
        return zip(_COLUMNS, (self.ids[:], self.times[:]), strict=True)


def _published(row: dict[str, Any]) -> int:
    return microseconds(to_time(row["published"]))
