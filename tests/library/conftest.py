from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.small_site import Site

from store.library import Library
from store.paths import Places


@pytest.fixture
def places(tmp_path) -> Places:
    return Places.below(tmp_path / "home")


@pytest.fixture
def library(places) -> Iterator[Library]:
    with Library.open(places) as opened:
        yield opened


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as opened:
        yield opened
