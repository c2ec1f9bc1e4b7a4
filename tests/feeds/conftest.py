from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.raw_server import RawServer

from store.feeds.fetcher import Fetcher, Limits
from store.workers import Pool


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as running:
        yield running


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """A fetcher with short limits and no proxy."""
    fetcher = Fetcher(proxy="", limits=Limits(connect=2, read=1, total=2, body=1 << 20))
    yield fetcher
    fetcher.close()


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    pool = Pool(2)
    yield pool
    pool.close()
