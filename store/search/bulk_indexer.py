"""Indexes very many articles in a process of its own, so that no key waits for the interpreter meanwhile.

The process opens the store as any second one does, for reading. Its threads share the work: one reads and unpacks
articles while the other has SQLite index the last ones. It may be killed at any moment: what it had indexed stays.
"""

from __future__ import annotations

import contextlib
import os
import queue
import select
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path

import orjson

from store.database.database import Database
from store.interpreter import python
from store.search.fts_index import FtsIndex, Indexed, indexed

FIRST = 1_000
"""Articles of the first transaction, which can be found soon."""
CHUNK = 5_000
"""Articles of one transaction: about a second, and as much as FTS5 gathers before it writes a segment."""
_BATCH = 200
_BATCH_TEXT = 2 << 20
"""Articles of a batch, and characters of their texts."""
_BATCHES = 4
"""At most this many batches wait to be indexed."""
_LOOK = 0.1
"""Seconds between checks whether to stop."""
_SWITCH = 0.0005
"""Seconds for which a thread may keep the interpreter that the other one waits for."""
_PROGRAM = "from store.search.bulk_indexer import serve; serve()"


class LostError(Exception):
    """The process ended before everything was indexed."""


def index_in_process(store: Path, index: Path, ids: Sequence[int]) -> Generator[int, None, None]:
    """Index these articles of a store in this order, part by part.

    Yields how many are indexed, several times a second. Closed before its end, it stops the process.

    :raises LostError: when the process ends too early.
    :raises OSError: when it cannot be started.
    """
    process = subprocess.Popen(
        python(_PROGRAM, str(store), str(index)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(orjson.dumps(list(ids)) + b"\n")
            process.stdin.flush()
        done, rest = 0, b""
        while True:
            if select.select([process.stdout], [], [], _LOOK)[0]:
                data = os.read(process.stdout.fileno(), 4096)
                if not data:
                    break
                *lines, rest = (rest + data).split(b"\n")
                done = int(lines[-1]) if lines else done
            yield done
        if process.wait():
            raise LostError
    finally:
        process.kill()
        process.wait()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()


def serve() -> None:
    """Run in the process. It ends with its parent, when its standard input is closed."""
    os.nice(5)
    sys.setswitchinterval(_SWITCH)
    ids: list[int] = orjson.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    parts = [ids[:FIRST], *(ids[start : start + CHUNK] for start in range(FIRST, len(ids), CHUNK))]
    with Database.open(Path(sys.argv[1]), read_only=True) as database:
        index = FtsIndex.on_disk(Path(sys.argv[2]))
        articles = ReadAhead(database, parts)
        done = 0
        with index.bulk():
            for part in parts:
                index.add_batches(articles.of_next_part())
                done += len(part)
                print(done, flush=True)
        for _ in index.list_words():
            pass
        index.close()


class ReadAhead:
    """Reads articles in a thread of its own, a few batches ahead of the one that indexes them."""

    def __init__(self, database: Database, parts: Sequence[Sequence[int]]) -> None:
        self._database = database
        self._batches: queue.Queue[list[Indexed] | Exception | None] = queue.Queue(_BATCHES)
        """None marks the end of a part."""
        threading.Thread(target=self._read_all, args=(parts,), daemon=True).start()

    def of_next_part(self) -> Iterator[list[Indexed]]:
        """Ascending by id: FTS5 gathers rows while they ascend."""
        while (found := self._batches.get()) is not None:
            if isinstance(found, Exception):
                raise found
            yield found

    def _read_all(self, parts: Sequence[Sequence[int]]) -> None:
        try:
            for part in parts:
                for batch in self._read(sorted(part)):
                    self._batches.put(batch)
                self._batches.put(None)
        except Exception as error:  # noqa: BLE001 - it is raised in the thread that indexes
            self._batches.put(error)

    def _read(self, ids: Iterable[int]) -> Iterator[list[Indexed]]:
        batch: list[Indexed] = []
        size = 0
        for article_id in ids:
            if (found := self._database.texts.searched(article_id)) is not None:
                batch.append(indexed(*found))
                size += len(found[1])
            if len(batch) >= _BATCH or size >= _BATCH_TEXT:
                yield batch
                batch, size = [], 0
        yield batch


def _end_with_input() -> None:
    while os.read(0, 1):  # past Python's buffer, whose lock must be free when the process ends
        pass
    os._exit(1)  # maybe within a transaction, which the next process that opens the index rolls back
