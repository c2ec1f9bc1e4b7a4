"""Checks of the files themselves: every line of the snapshot, every segment, and what was set aside before."""

from __future__ import annotations

from collections.abc import Iterator

from store.database.engine.checksummed_lines import name_of
from store.database.engine.reader import SEGMENTS
from store.database.engine.segments import segment_name
from store.database.engine.storage import JournalStorage
from store.models import Problem


def check_files(storage: JournalStorage) -> list[Problem]:
    """One problem for each damaged line, file that is missing or too short, and piece that was set aside."""
    with storage.queue.lock:
        storage.queue.flush()
        problems = [*storage.aside.problems(), *_damaged_lines(storage), *_lost_segments(storage)]
        named = {problem.name for problem in problems}
        return problems + [problem for problem in storage.problems() if problem.name not in named]


def _damaged_lines(storage: JournalStorage) -> Iterator[Problem]:
    """Lines of the snapshot that nobody met until now; they are remembered, to be set aside."""
    snapshot = storage.snapshot
    if snapshot is None:
        return
    known = {(file, offset) for file, offset, _ in storage.damage}
    for offset, data in snapshot.check():
        if (snapshot.name, offset) not in known:
            storage.damage.append((snapshot.name, offset, data))
            yield Problem(
                name_of(data) or snapshot.name, f"A record in {snapshot.name} is damaged; the rest is intact."
            )


def _lost_segments(storage: JournalStorage) -> Iterator[Problem]:
    there = set(storage.segments.numbers())
    for number in storage.rows(SEGMENTS):
        row = storage.document(SEGMENTS, number)
        if row is None:
            continue
        if number not in there:
            yield Problem(segment_name(number), "The file is missing; the texts in it are lost.")
        elif storage.segments.size(number) < row["size"]:
            yield Problem(segment_name(number), "The file is shorter than what was stored in it.")
