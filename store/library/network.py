"""How a library reaches the network: the fetcher, and the worker processes that parse what it brings."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.feeds.credentials import Credentials
    from store.feeds.fetcher import Fetcher
    from store.models import Feed, Network
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

    def credentials_of(self, feed: Feed | None) -> Credentials:
        """What the user set for a feed's own server: a password in its address, header fields in the configuration."""
        from store.feeds.credentials import NO_CREDENTIALS, Credentials

        if feed is None:
            return NO_CREDENTIALS
        return Credentials(feed.url, feed.credentials, self.settings.options(feed.url).headers)

    def credentials_in(self, typed: str) -> Credentials:
        """The address that the user typed, without the password in it, and what is set for its server.

        :raises FeedError: when it cannot be fetched.
        """
        from store.feeds.credentials import Credentials
        from store.text.urls import normalise, split_credentials

        address, userinfo = split_credentials(normalise(typed))
        return Credentials(address, userinfo, self.settings.options(address).headers)

    def close(self) -> None:
        """End connections and worker processes."""
        with self._starting:
            fetcher, pool = self._fetcher, self._pool
            self._fetcher = self._pool = None
        if fetcher is not None:
            fetcher.close()
        if pool is not None:
            pool.close()
