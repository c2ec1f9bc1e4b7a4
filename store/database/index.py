"""What the lists and counts need of all articles, in memory: about 20 bytes an article.

Four arrays in the order of publication, oldest first: id, time, feed, flags. They come with the snapshot as
columns, follow each change, and are made again from the rows when the columns are damaged. Everything else
(sets, lists, counts, lookups by name) is made from them when first asked for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable
from hashlib import blake2b
from itertools import chain
from typing import Any

import orjson

from store.database.records import microseconds, to_time
from store.database.snapshot import Columns, Damaged
from store.database.storage import JournalStorage
from store.database.texts import ARTICLES

STATUS = "status"
DELETED = "deleted"
READ, STARRED, ENCLOSED, TAGGED = 1, 2, 4, 8
_UNKNOWN = b""
"""Stands for a row that is damaged, so that only its id is known."""
_COLUMNS = ("articles.order", "articles.published", "articles.feed", "articles.flags")


def name_hash(*parts: object) -> int:
    """48 bits; whoever looks something up by it compares what is found."""
    text = "\n".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest())


Pairs = Iterable[tuple[int, int]]
"""Hashes and ids."""


class HashIndex:
    """Hash to candidate ids: sorted arrays from the snapshot, loaded when first used, and what came since.

    ``fill`` gives all pairs from the rows, for when the columns are damaged.
    """

    def __init__(self, storage: JournalStorage, name: str, fill: Callable[[], Pairs]) -> None:
        self._storage = storage
        self._name = name
        self._fill = fill
        self._loaded = False
        self._hashes = array("q")
        self._ids = array("q")
        self._added: dict[int, list[int]] = {}

    def add(self, value: int, doc_id: int) -> None:
        self._added.setdefault(value, []).append(doc_id)

    def candidates(self, value: int) -> list[int]:
        """Ids, the latest added first; some may be gone or have another name by now."""
        self._load()
        found = self._added.get(value, [])[::-1]
        at = bisect_left(self._hashes, value)
        while at < len(self._hashes) and self._hashes[at] == value:
            found.append(self._ids[at])
            at += 1
        return found

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        snapshot = self._storage.snapshot
        if snapshot is None:
            return
        hashes, ids = snapshot.column(f"{self._name}.hash"), snapshot.column(f"{self._name}.id")
        if hashes is not None and ids is not None and len(hashes) == len(ids):
            self._hashes, self._ids = array("q", hashes), array("q", ids)
        else:
            for value, doc_id in self._fill():
                self.add(value, doc_id)

    def freeze(self) -> Callable[[Container[int]], Columns]:
        """The columns of this moment, made later: given the ids to keep."""
        self._load()
        stored = (self._hashes, self._ids)  # never changed in place
        added = array(
            "q", chain.from_iterable((value, doc_id) for value in self._added for doc_id in self._added[value])
        )

        def columns(keep: Container[int]) -> Columns:
            pairs = {pair for pair in zip(*stored, strict=True) if pair[1] in keep}
            pairs.update(pair for pair in zip(added[::2], added[1::2], strict=True) if pair[1] in keep)
            ordered = sorted(pairs)
            yield f"{self._name}.hash", array("q", (value for value, _ in ordered))
            yield f"{self._name}.id", array("q", (doc_id for _, doc_id in ordered))

        return columns


class Index:
    """The articles of a storage, as lists, sets and counts. It follows the storage by itself."""

    def __init__(self, storage: JournalStorage) -> None:
        self._storage = storage
        self.ids, self.times, self.feeds, self.flags = array("q"), array("q"), array("q"), bytearray()
        self._guids = HashIndex(storage, "guid", lambda: self._names(ARTICLES, _guid))
        self._digests = HashIndex(
            storage, "digest", lambda: self._names(ARTICLES, lambda row: name_hash(row["digest"]))
        )
        self._deleted = HashIndex(storage, "deleted", lambda: self._names(DELETED, _guid))
        self._forget_views()
        # Before filling: damage may be met there, and what is damaged must leave the lists.
        storage.watchers = {ARTICLES: self._article, STATUS: self._status, DELETED: self._tombstone}
        self._fill()
        storage.freeze_columns = self.freeze

    def _forget_views(self) -> None:
        self._newest_first: list[int] | None = None
        self._by_feed: dict[int, list[int]] | None = None
        self._counts: dict[int, list[int]] | None = None
        self._unread: set[int] | None = None
        self._starred: set[int] | None = None

    # --- making -------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        snapshot = self._storage.snapshot
        columns = [snapshot.column(name) for name in _COLUMNS] if snapshot else [[], [], [], []]
        ids, times, feeds, flags = columns
        whole = ids is not None and times is not None and feeds is not None and flags is not None
        if whole and snapshot and len(ids or ()) != len(snapshot.base(ARTICLES).ids):
            whole = False
        if not whole:
            self._make_anew()
            return
        self.ids, self.times, self.feeds = array("q", ids or ()), array("q", times or ()), array("q", feeds or ())
        self.flags = bytearray(flags or ())
        for table, follow in ((ARTICLES, self._article), (STATUS, self._status), (DELETED, self._tombstone)):
            rows = self._storage.rows(table)
            for doc_id, value in list(rows.changed.items()):
                try:
                    follow(doc_id, rows.stored(doc_id) if table == ARTICLES else None, value)
                except Damaged:
                    follow(doc_id, _UNKNOWN, value)

    def _names(self, table: str, name: Callable[[dict[str, Any]], int]) -> Pairs:
        for doc_id in list(self._storage.rows(table)):
            row = self._storage.document(table, doc_id)
            if row is not None:
                yield name(row), doc_id

    def _make_anew(self) -> None:
        """From the rows, when the columns cannot be used."""
        for table, follow in ((ARTICLES, self._article), (STATUS, self._status), (DELETED, self._tombstone)):
            for doc_id in list(self._storage.rows(table)):
                value = self._storage.value(table, doc_id)
                if value is not None:
                    follow(doc_id, None, value)

    # --- following ----------------------------------------------------------------------------------------

    def _article(self, article_id: int, old: bytes | None, new: bytes | None) -> None:
        marks = self._take_out(article_id, old if old or new else _UNKNOWN)
        if new is None:
            return
        row = orjson.loads(new)
        flags = marks & ~ENCLOSED | (ENCLOSED if row.get("enclosures") else 0)
        time, feed = microseconds(to_time(row["published"])), row["feed_id"]
        at = self._place(time, article_id)
        self.ids.insert(at, article_id)
        self.times.insert(at, time)
        self.feeds.insert(at, feed)
        self.flags.insert(at, flags)
        self._guids.add(_guid(row), article_id)
        self._digests.add(name_hash(row["digest"]), article_id)
        self._newest_first = self._by_feed = None
        self._count(feed, 1, 0 if flags & READ else 1)
        if self._unread is not None and not flags & READ:
            self._unread.add(article_id)
        if self._starred is not None and flags & STARRED:
            self._starred.add(article_id)

    def _take_out(self, article_id: int, old: bytes | None) -> int:
        """Remove an article; returns the flags it had."""
        at = self._find(article_id, old) if old is not None else None
        if at is None:
            return 0
        flags, feed = self.flags[at], self.feeds[at]
        for column in (self.ids, self.times, self.feeds, self.flags):
            column.pop(at)
        self._newest_first = self._by_feed = None
        self._count(feed, -1, 0 if flags & READ else -1)
        if self._unread is not None:
            self._unread.discard(article_id)
        if self._starred is not None:
            self._starred.discard(article_id)
        return flags

    def _status(self, article_id: int, _old: bytes | None, new: bytes | None) -> None:
        article = self._storage.value(ARTICLES, article_id)
        at = self._find(article_id, article) if article is not None else None
        if at is None:
            return
        row = orjson.loads(new) if new is not None else {}
        marks = (READ if row.get("read") else 0) | (STARRED if row.get("starred") else 0)
        marks |= TAGGED if row.get("tags") else 0
        before = self.flags[at]
        self.flags[at] = (before & ENCLOSED) | marks
        self._count(self.feeds[at], 0, (before & READ) - (marks & READ))
        if self._unread is not None:
            (self._unread.discard if marks & READ else self._unread.add)(article_id)
        if self._starred is not None:
            (self._starred.add if marks & STARRED else self._starred.discard)(article_id)

    def _tombstone(self, article_id: int, _old: bytes | None, new: bytes | None) -> None:
        if new is not None:
            row = orjson.loads(new)
            self._deleted.add(_guid(row), article_id)

    def _count(self, feed_id: int, articles: int, unread: int) -> None:
        if self._counts is not None:
            total = self._counts.setdefault(feed_id, [0, 0])
            total[0] += articles
            total[1] += unread
            if not total[0]:
                del self._counts[feed_id]

    def _place(self, time: int, article_id: int) -> int:
        low = bisect_left(self.times, time)
        return bisect_left(self.ids, article_id, low, bisect_right(self.times, time, low))

    def _find(self, article_id: int, row: bytes) -> int | None:
        """Where the article with this row stands."""
        if row != _UNKNOWN:
            at = self._place(microseconds(to_time(orjson.loads(row)["published"])), article_id)
            return at if at < len(self.ids) and self.ids[at] == article_id else None
        return self.ids.index(article_id) if article_id in self.ids else None

    # --- asking -------------------------------------------------------------------------------------------

    def newest_first(self) -> list[int]:
        """All ids. The list is not changed later: a change makes a new one."""
        if self._newest_first is None:
            self._newest_first = self.ids[::-1].tolist()
        return self._newest_first

    def of_feed(self, feed_id: int) -> list[int]:
        """Its ids, newest first."""
        if self._by_feed is None:
            self._by_feed = {}
            for article_id, feed in zip(reversed(self.ids), reversed(self.feeds), strict=True):
                self._by_feed.setdefault(feed, []).append(article_id)
        return self._by_feed.get(feed_id, [])

    def counts(self) -> dict[int, tuple[int, int]]:
        """Feed id to articles and unread articles."""
        if self._counts is None:
            self._counts = {}
            for feed, flags in zip(self.feeds, self.flags, strict=True):
                total = self._counts.setdefault(feed, [0, 0])
                total[0] += 1
                total[1] += not flags & READ
        return {feed: (total[0], total[1]) for feed, total in self._counts.items()}

    def unread(self) -> set[int]:
        if self._unread is None:
            self._unread = self.with_flags(READ, 0)
        return self._unread

    def starred(self) -> set[int]:
        if self._starred is None:
            self._starred = self.with_flags(STARRED, STARRED)
        return self._starred

    def with_flags(self, mask: int, value: int) -> set[int]:
        """Ids whose flags, of those in ``mask``, are ``value``."""
        return {article_id for article_id, flags in zip(self.ids, self.flags, strict=True) if flags & mask == value}

    def between(self, since: int | None, until: int | None) -> set[int]:
        """Ids published at or after ``since`` and before ``until`` (microseconds since 1970, UTC)."""
        low = 0 if since is None else bisect_left(self.times, since)
        high = len(self.times) if until is None else bisect_left(self.times, until)
        return set(self.ids[low:high])

    def by_guid(self, feed_id: int, guid: str) -> list[int]:
        return self._guids.candidates(name_hash(feed_id, guid))

    def by_digest(self, digest: str) -> list[int]:
        return self._digests.candidates(name_hash(digest))

    def deleted(self, feed_id: int, guid: str) -> list[int]:
        return self._deleted.candidates(name_hash(feed_id, guid))

    # --- for the snapshot ---------------------------------------------------------------------------------

    def freeze(self) -> Columns:
        """The columns of this moment, to be stored beside its rows; each is made when it is its turn."""
        parts = (self.ids[:], self.times[:], self.feeds[:], array("q", list(self.flags)))
        names = [self._guids.freeze(), self._digests.freeze()]
        tombstones, deleted = self._deleted.freeze(), set(self._storage.rows(DELETED))

        def columns() -> Columns:
            yield from zip(_COLUMNS, parts, strict=True)
            kept = set(parts[0])
            for index in names:
                yield from index(kept)
            yield from tombstones(deleted)

        return columns()


def _guid(row: dict[str, Any]) -> int:
    return name_hash(row["feed_id"], row["guid"])
