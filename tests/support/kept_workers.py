"""Worker processes that outlive the library that started them, for the next test's: each takes as long as a test."""

from __future__ import annotations

from store.workers import Pool, Worker


class KeptWorkers(Pool):
    """A pool that leaves its idle workers to later ones when it is closed. Those at work end, as always."""

    left: list[Worker] = []  # noqa: RUF012 - for all pools of this process

    def _take(self) -> Worker:
        with self._lock:
            if not self._closed and not self._free and self.left:
                worker = self.left.pop()
                self._all.add(worker)
                self._free.append(worker)
        return super()._take()

    def close(self) -> None:
        with self._lock:
            self._all -= set(self._free)
            self.left += self._free
            self._free.clear()
        super().close()
