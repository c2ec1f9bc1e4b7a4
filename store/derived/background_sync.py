"""Keeps an index that is derived from the store in step with it: the search index, the people index.

Each lies in a file of the cache folder that one process writes, may be deleted at any time, and is then rebuilt in the
background.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from store.models import IsCancelled, Progress

if TYPE_CHECKING:
    from store.database.database import Database


class BackgroundSync:
    """The articles that are missing in an index, its progress, and the one thread that adds them."""

    label: ClassVar[str]
    """The name of this work on the screen."""

    def __init__(self, database: Database, lock: threading.RLock, path: Path | None, notice: str = "") -> None:
        """``lock`` guards the database; it is taken for short moments."""
        self.notice = notice
        """'' or one sentence on what is missing."""
        self._database = database
        self._lock = lock
        self._path = path
        """Where it is kept; None when it is in memory or another process writes it."""
        self._turn = threading.RLock()
        """Held while articles are read and added, which is one step: else an older text could replace a newer one."""
        self._pending: Collection[int] = ()
        """Articles that are missing in it or have changed."""
        self._closing = threading.Event()
        self._builder: threading.Thread | None = None

    def progress(self) -> Progress | None:
        """How far it is; None when it is complete."""
        left = len(self._pending)
        if not left or self._path is None:
            return None
        with self._lock:
            total = len(self._database.articles.ids())
        return Progress(max(0, total - left), total, self.label)

    def _building(self) -> bool:
        return self._builder is not None and self._builder.is_alive()

    def _build(self, work: Callable[[], object]) -> None:
        """Start the work in a thread of its own, unless one is running."""
        if self._path is not None and not self._closing.is_set() and not self._building():
            self._builder = threading.Thread(target=work, name=self.label, daemon=True)
            self._builder.start()

    def _stopped(self, cancelled: IsCancelled | None) -> bool:
        return self._closing.is_set() or (cancelled is not None and cancelled())

    def _stop(self) -> None:
        """Stop what runs in the background; what was added stays."""
        self._closing.set()
        if self._builder is not None:
            self._builder.join()
