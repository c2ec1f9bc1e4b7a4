"""One table's rows: those of the snapshot, over them what changed since, and on top what waits to be written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from store.database.engine.snapshot import Snapshot, row_line

Pending = tuple[int, bytes | None]
"""The number of the commit that a value belongs to, and the value."""


class Rows:
    """Rows by id, kept as the bytes they are stored as; a row is read when it is asked for.

    Newest first, a row is looked for in ``pending`` (committed in memory, not yet on the disk), ``changed`` (in a
    journal), what a running compaction writes down, and the snapshot. None stands for a removal.
    """

    def __init__(self, name: str, snapshot: Snapshot | None) -> None:
        self.name = name
        self._snapshot = snapshot
        self.pending: dict[int, Pending] = {}
        self.changed: dict[int, bytes | None] = {}
        self._frozen: dict[int, bytes | None] = {}
        self._count: int | None = None

    def get(self, doc_id: int) -> bytes | None:
        """:raises Damaged: when it is there and does not fit its checksum."""
        waiting = self.pending.get(doc_id)
        return self.durable(doc_id) if waiting is None else waiting[1]

    def durable(self, doc_id: int) -> bytes | None:
        """As the disk has it.

        :raises Damaged: as :meth:`get`.
        """
        for layer in (self.changed, self._frozen):
            if doc_id in layer:
                return layer[doc_id]
        return self.stored(doc_id)

    def stored(self, doc_id: int) -> bytes | None:
        """As the snapshot has it."""
        return self._snapshot.row(self.name, doc_id) if self._snapshot is not None else None

    def since_snapshot(self) -> dict[int, bytes | None]:
        """The rows that are not as the snapshot has them."""
        waiting = {doc_id: value for doc_id, (_, value) in self.pending.items()}
        return {**self._frozen, **self.changed, **waiting}

    # --- changing -----------------------------------------------------------------------------------------

    def put(self, doc_id: int, value: bytes | None) -> None:
        """A row as the disk has it from now on."""
        if doc_id not in self.pending:
            self._recount(doc_id, value)
        self.changed[doc_id] = value

    def show(self, doc_id: int, number: int, value: bytes | None) -> Pending | None:
        """A row as commit ``number`` has it; returns what waited before, for :meth:`take_back`."""
        self._recount(doc_id, value)
        before = self.pending.get(doc_id)
        self.pending[doc_id] = number, value
        return before

    def settle(self, doc_id: int, number: int) -> None:
        """The row of this commit is on the disk, unless a later commit changed it again."""
        waiting = self.pending.get(doc_id)
        if waiting is not None and waiting[0] == number:
            del self.pending[doc_id]

    def take_back(self, doc_id: int, before: Pending | None) -> None:
        """Undo :meth:`show`; ``before`` is what still waits below it, None when that is on the disk."""
        was_there = doc_id in self
        if before is None:
            self.pending.pop(doc_id, None)
        else:
            self.pending[doc_id] = before
        if self._count is not None:
            self._count += (doc_id in self) - was_there

    def _recount(self, doc_id: int, value: bytes | None) -> None:
        if self._count is not None:
            self._count += (value is not None) - (doc_id in self)

    # --- the table as a whole -----------------------------------------------------------------------------

    def __contains__(self, doc_id: int) -> bool:
        waiting = self.pending.get(doc_id)
        if waiting is not None:
            return waiting[1] is not None
        for layer in (self.changed, self._frozen):
            if doc_id in layer:
                return layer[doc_id] is not None
        return self._snapshot is not None and self._snapshot.has(self.name, doc_id)

    def __len__(self) -> int:
        if self._count is None:
            if self.pending or self.changed or self._frozen:
                self._count = sum(1 for _ in self)
            else:
                self._count = len(self._snapshot.base(self.name)) if self._snapshot is not None else 0
        return self._count

    def __iter__(self) -> Iterator[int]:
        """All ids, ascending."""
        over = self.since_snapshot()
        stored = self._snapshot.base(self.name).ids if self._snapshot is not None else ()
        if not over:
            yield from list(stored)
            return
        last = stored[-1] if stored else 0
        later = sorted(doc_id for doc_id, value in over.items() if value is not None and doc_id > last)
        earlier = [doc_id for doc_id, value in over.items() if value is not None and doc_id <= last]
        kept = (doc_id for doc_id in stored if doc_id not in over)
        yield from chain(sorted(chain(kept, earlier)) if earlier else kept, later)

    # --- compaction ---------------------------------------------------------------------------------------

    def freeze(self) -> None:
        """Everything on the disk goes into the next snapshot; changes from here on stay above it."""
        self._frozen.update(self.changed)
        self.changed = {}

    def frozen_lines(self) -> Iterator[tuple[int, bytes]]:
        """The rows at the time of the freeze as ids and lines, ascending. Unchanged rows are copied as they are."""
        frozen = self._frozen
        new = sorted(doc_id for doc_id, value in frozen.items() if value is not None)
        at = 0
        for doc_id, whole in self._snapshot.lines(self.name) if self._snapshot is not None else ():
            while at < len(new) and new[at] < doc_id:
                yield new[at], self._frozen_line(new[at])
                at += 1
            if doc_id not in frozen:
                yield doc_id, whole
        for left in new[at:]:
            yield left, self._frozen_line(left)

    def _frozen_line(self, doc_id: int) -> bytes:
        value = self._frozen[doc_id]
        assert value is not None
        return row_line(self.name, doc_id, value)

    def rebase(self, snapshot: Snapshot) -> None:
        """The frozen rows are in this snapshot now."""
        self._snapshot = snapshot
        self._frozen = {}
