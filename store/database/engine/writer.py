"""Commits that wait for the disk, and the thread that writes them down in their order.

A commit is in memory as soon as it is made. Without the thread whoever made it writes it down too, and waits for the
disk; with the thread nobody waits except :meth:`CommitQueue.flush`. What waits is written as one piece: many small
commits then cost one sync.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from store.database.engine.rows import Pending
from store.database.engine.texts import Packed

MOST_AT_ONCE = 8 << 20
"""Bytes of commits that are written as one."""
MOST_WAITING = 32 << 20
"""Bytes that may wait; who brings more waits for the disk."""


@dataclass(slots=True, eq=False)
class Commit:
    """Some changes, all or none of which happen. ``before`` is what waited in their places."""

    number: int
    changes: Sequence[Packed]
    before: list[Pending | None] = field(default_factory=list)
    size: int = 0
    error: Exception | None = None
    """Why the disk refused it."""


class CommitQueue:
    """Commits in their order."""

    def __init__(
        self, write: Callable[[Sequence[Commit]], None], take_back: Callable[[Sequence[Commit]], None]
    ) -> None:
        """``write`` makes commits durable, or raises; ``take_back`` undoes commits in memory, given oldest first."""
        self._write = write
        self._take_back = take_back
        self.lock = threading.RLock()
        """Held by whoever changes the files."""
        self._guard = threading.Lock()
        self._waiting: list[Commit] = []
        self._bytes = 0
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._ending = False
        self._on_refused: Callable[[Exception], None] = lambda _: None
        self._refusals: list[Exception] = []

    def begin(self, on_refused: Callable[[Exception], None]) -> None:
        """Write down in a thread from now on; ``on_refused`` is told, in that thread, why commits were taken back."""
        self._on_refused = on_refused
        self._thread = threading.Thread(target=self._run, name="store writer", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Write down what waits, and stop the thread."""
        if self._thread is not None:
            self._ending = True
            self._wake.set()
            self._thread.join()
            self._thread = None
        self.flush()

    def add(self, commit: Commit) -> None:
        """Put a commit at the end."""
        with self._guard:
            self._waiting.append(commit)
            self._bytes += commit.size

    def empty(self) -> bool:
        return not self._waiting

    def finish(self, commit: Commit) -> None:
        """See to it that a commit just added gets written.

        :raises OSError: when the disk refused it; not so in the background, where ``on_refused`` is told.
        """
        if self._thread is not None:
            self._wake.set()
            return
        self.flush()
        if commit.error is not None:
            raise commit.error

    def flush(self) -> None:
        """Everything committed so far is on the disk, or was refused, when this returns."""
        with self.lock:
            while group := self._next_group():
                try:
                    self._write(group)
                except BaseException as error:
                    self._refuse(group, error)
                    if not isinstance(error, Exception):
                        raise

    def wait_for_room(self) -> None:
        """Wait while very much waits for the disk. Not to be called with a lock that a key needs."""
        if self._bytes > MOST_WAITING:
            self.flush()

    def _next_group(self) -> list[Commit]:
        with self._guard:
            group: list[Commit] = []
            size = 0
            while self._waiting and (not group or size < MOST_AT_ONCE):
                group.append(self._waiting.pop(0))
                size += group[-1].size
            self._bytes -= size
        return group

    def _refuse(self, group: list[Commit], error: BaseException) -> None:
        """Take these commits back, and those made since, which may build on them."""
        with self._guard:
            refused = [*group, *self._waiting]
            self._waiting.clear()
            self._bytes = 0
        self._take_back(refused)
        if isinstance(error, Exception):
            for commit in refused:
                commit.error = error
            if self._thread is not None:
                self._refusals.append(error)
                self._wake.set()

    def _run(self) -> None:
        while not self._ending:
            self._wake.wait()
            self._wake.clear()
            self.flush()
            while self._refusals:  # told without a lock held
                self._on_refused(self._refusals.pop(0))
