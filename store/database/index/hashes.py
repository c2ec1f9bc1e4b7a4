"""Articles by a name: a hash of the name to the ids that may have it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Container
from hashlib import blake2b
from itertools import chain
from typing import Any

from store.database.columns import Columns, in_memory
from store.database.index.source import IndexSource, json_row


def name_hash(*parts: object) -> int:
    """48 bits; whoever looks something up by it compares what is found."""
    text = "\n".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest())


class HashIndex:
    """Hash to candidate ids: sorted arrays from the snapshot, loaded when first used, and what came since."""

    def __init__(self, source: IndexSource, name: str, table: str, hash_of: Callable[[dict[str, Any]], int]) -> None:
        self._source = source
        self._name = name
        self._table = table
        self._hash_of = hash_of
        self._loaded = False
        self._hashes, self._ids = array("q"), array("q")
        self._added: dict[int, list[int]] = {}

    def follow(self, doc_id: int, row: dict[str, Any]) -> None:
        """A row is new or has changed."""
        if self._loaded:  # else it is found when the index is loaded
            self._add(self._hash_of(row), doc_id)

    def candidates(self, *name: object) -> list[int]:
        """Ids, the latest added first; some may be gone or have another name by now."""
        self._load()
        if not (self._added or self._hashes):
            return []
        value = name_hash(*name)
        found = self._added.get(value, [])[::-1]
        at = bisect_left(self._hashes, value)
        while at < len(self._hashes) and self._hashes[at] == value:
            found.append(self._ids[at])
            at += 1
        return found

    def _add(self, value: int, doc_id: int) -> None:
        self._added.setdefault(value, []).append(doc_id)

    def _load(self) -> None:
        if self._loaded:
            return
        with self._source.lock:
            self._loaded = True
            hashes, ids = (self._source.column(f"{self._name}.{part}") for part in _PARTS)
            if hashes is not None and ids is not None and len(hashes) == len(ids):
                self._hashes, self._ids = in_memory(hashes), in_memory(ids)
                for doc_id, value in self._source.since_snapshot(self._table).items():
                    if (row := json_row(value)) is not None:
                        self._add(self._hash_of(row), doc_id)
            else:
                for doc_id in self._source.ids(self._table):
                    row = self._source.document(self._table, doc_id)
                    if row is not None:
                        self._add(self._hash_of(row), doc_id)

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


_PARTS = ("hash", "id")
