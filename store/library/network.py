"""How a library reaches the network: the fetcher, and the worker processes that parse what it brings."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.feeds.fetcher import Fetcher
    from store.models import Network
    from store.workers import Pool


class NetworkAccess:
    """The fetcher and the worker processes of one library, each started when first needed."""

    def __init__(self, settings: Network) -> None:
        self.settings = settings
        self._starting = threading.Lock()
        self._fetcher: Fetcher | None = None
        self._pool: Pool | None = None

    @property
    def fetcher(self) -> Fetcher:
        with self._starting:
            if self._fetcher is None:
                from store.feeds.fetcher import Fetcher

                self._fetcher = Fetcher(proxy=self.settings.proxy)
            return self._fetcher

    @property
    def pool(self) -> Pool:
        with self._starting:
            if self._pool is None:
                from store.workers import Pool

                self._pool = Pool()
            return self._pool

    def close(self) -> None:
        """End connections and worker processes."""
        with self._starting:
            fetcher, pool = self._fetcher, self._pool
            self._fetcher = self._pool = None
        if fetcher is not None:
            fetcher.close()
        if pool is not None:
            pool.close()
