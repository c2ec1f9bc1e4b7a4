"""Feed and marks of every article, by id."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from itertools import compress
from typing import Any

from store.database.columns import Columns, in_memory, insert
from store.database.index.source import IndexSource, article_row, json_row
from store.database.tables import ARTICLES, STATUS

READ, STARRED, ENCLOSED, TAGGED, MUTED = 1, 2, 4, 8, 16
NOT_UNREAD = READ | MUTED
"""An article with either counts as no unread one."""
_COLUMNS = ("articles.feed", "articles.marks")
_READERS = {ARTICLES: article_row, STATUS: json_row}


class Flags:
    """About 9 bytes an article. From the snapshot's columns, or from the rows when these are damaged."""

    def __init__(self, source: IndexSource) -> None:
        feeds, flags = (source.column(name) for name in _COLUMNS)
        known = source.snapshot_ids(ARTICLES)[:]
        if feeds is not None and flags is not None and len(feeds) == len(flags) == len(known):
            self.ids, self.feeds, self.flags = known, in_memory(feeds), array("B", in_memory(flags))
            for table, follow in ((ARTICLES, self.follow_article), (STATUS, self.follow_status)):
                for doc_id, value in source.since_snapshot(table).items():
                    follow(doc_id, _READERS[table](value))
        else:
            self.ids, self.feeds, self.flags = array("I"), array("I"), array("B")
            for table, follow in ((ARTICLES, self.follow_article), (STATUS, self.follow_status)):
                for doc_id in source.ids(table):
                    follow(doc_id, _READERS[table](source.value(table, doc_id)))

    def follow_article(self, article_id: int, row: dict[str, Any] | None) -> None:
        """An article's row is this now, or gone."""
        at = bisect_left(self.ids, article_id)
        there = at < len(self.ids) and self.ids[at] == article_id
        if row is None:
            if there:
                for column in (self.ids, self.feeds, self.flags):
                    column.pop(at)
            return
        if there:
            self.feeds.pop(at)
            flags = self.flags.pop(at)
        else:
            self.ids, flags = insert(self.ids, at, article_id), 0
        self.feeds = insert(self.feeds, at, row["feed_id"])
        self.flags.insert(at, flags & ~ENCLOSED | (ENCLOSED if row.get("enclosures") else 0))

    def follow_status(self, article_id: int, row: dict[str, Any] | None) -> None:
        """An article's status is this now, or nothing is marked."""
        at = bisect_left(self.ids, article_id)
        if at < len(self.ids) and self.ids[at] == article_id:
            row = row or {}
            marks = (READ if row.get("read") else 0) | (STARRED if row.get("starred") else 0)
            marks |= (TAGGED if row.get("tags") else 0) | (MUTED if row.get("muted") else 0)
            self.flags[at] = (self.flags[at] & ENCLOSED) | marks

    def of(self, article_id: int) -> tuple[int, int] | None:
        """Feed and flags."""
        at = bisect_left(self.ids, article_id)
        return (self.feeds[at], self.flags[at]) if at < len(self.ids) and self.ids[at] == article_id else None

    def with_flags(self, mask: int, value: int) -> set[int]:
        """Ids whose flags, of those in ``mask``, are ``value``."""
        among = bytes(flags & mask == value for flags in range(256))
        chosen = self.flags.tobytes().translate(among)
        return set(compress(self.ids, chosen)) if 1 in chosen else set()

    def counts(self) -> dict[int, list[int]]:
        """Feed to how many articles it has and how many of them are unread."""
        found: dict[int, list[int]] = {}
        for (feed, flags), number in Counter(zip(self.feeds, self.flags, strict=True)).items():
            total = found.setdefault(feed, [0, 0])
            total[0] += number
            total[1] += number * (not flags & NOT_UNREAD)
        return found

    def columns(self) -> Columns:
        """As they are now."""
        return zip(_COLUMNS, (self.feeds[:], self.flags[:]), strict=True)
