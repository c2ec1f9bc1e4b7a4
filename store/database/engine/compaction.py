"""Compaction: when a new snapshot is due, and moving texts out of segments that are mostly unused."""

from __future__ import annotations

import threading
from contextlib import suppress

from store.database.engine.reader import SEGMENTS
from store.database.engine.storage import JournalStorage
from store.database.engine.texts import pointers
from store.database.tables import ARTICLES

JOURNAL_LIMIT = 4 << 20
"""Bytes of journal that are fine whatever the size of the store; beyond, a quarter of the snapshot is."""
CLOSING_LIMIT = 1 << 20
"""A journal longer than this is worth a moment at the end: reading it takes the next start about 10 ms."""
USED_SHARE = 0.6
"""A segment with less of it in use is written again."""
_BATCH = 200


class Compactor:
    """Makes a snapshot in a thread of its own when the journal has grown long."""

    def __init__(self, storage: JournalStorage) -> None:
        self._storage = storage
        self._thread: threading.Thread | None = None
        self._limit = 0

    def commit_was_made(self) -> None:
        """Called after each commit; starts a compaction when one is due."""
        if self._storage.journal_size <= max(JOURNAL_LIMIT, self._limit):
            return
        if self._thread is None or not self._thread.is_alive():
            self._limit = self._storage.snapshot_size // 4
            if self._storage.journal_size > max(JOURNAL_LIMIT, self._limit):
                self._thread = threading.Thread(target=self._run, name="compaction", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            self._storage.compact()
        except OSError:
            # Nothing is lost: the journals stay. Wait until twice as much has come before trying again.
            self._limit = 2 * max(JOURNAL_LIMIT, self._limit)

    def finish(self) -> None:
        """Wait for a running compaction; make one when the journal is long enough to slow the next start."""
        if self._thread is not None:
            self._thread.join()
        if self._storage.journal_size > CLOSING_LIMIT:
            with suppress(OSError):
                self._storage.compact()


def compact(storage: JournalStorage) -> None:
    """Move texts out of segments that are mostly unused, then write a new snapshot.

    Each move is an ordinary commit, and a segment goes when nothing points into it. While damaged records wait
    in ``set-aside`` none goes: one of them may point there.

    :raises OSError: when the disk refuses; what was done so far is complete.
    """
    with storage.queue.lock:
        storage.queue.flush()
        sizes = {number: storage.segments.size(number) for number in storage.segments.numbers()}
        used = _used(storage)
        sparse = {number for number, size in sizes.items() if used.get(number, 0) < USED_SHARE * size}
        if sparse & set(used):
            storage.segments.start_new()
            ids = list(storage.rows(ARTICLES))
            for start in range(0, len(ids), _BATCH):
                storage.move_texts(ids[start : start + _BATCH], sparse)
            used = _used(storage)
    storage.compact()
    if storage.damage or storage.aside.problems():
        return
    for number in sparse - set(used):
        with storage.lock:
            storage.segments.remove(number)
        if number in storage.rows(SEGMENTS):
            storage.commit([(SEGMENTS, number, None)])
    storage.queue.flush()


def _used(storage: JournalStorage) -> dict[int, int]:
    """Segment to how many of its bytes are in members that something points to."""
    members: dict[int, dict[int, int]] = {}
    for article_id in list(storage.rows(ARTICLES)):
        row = storage.article_row(article_id)
        for _, (number, offset, length, _) in pointers(row) if row else ():
            members.setdefault(number, {})[offset] = length
    return {number: sum(lengths.values()) for number, lengths in members.items()}
