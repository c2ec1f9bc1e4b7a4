"""Random keys, bursts of keys, clicks and sizes: whatever they are, the program goes on.

``PYTHONPATH=tests:. python -m support.random_walks`` tries as many as one likes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.random_walks import SIZES, build_feeds, build_small, copied, walk
from support.small_site import Site

from store.paths import Places


@pytest.fixture
def library(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    for name in ("EDITOR", "VISUAL", "BROWSER", "PAGER"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")  # files are saved under whatever name was typed
    with Site() as site:
        yield build_small(tmp_path / "home") if request.param == "small" else build_feeds(tmp_path / "home", site)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("library", ["small", "feeds"], indirect=True)
@pytest.mark.parametrize("size", SIZES)
async def test_random_walks_do_not_end_the_program(library: Places, size: str) -> None:
    for seed in (1, 2):
        with copied(library) as places:
            walked = await walk(places, seed, SIZES[size])
        assert not walked.error, f"{' , '.join(walked.steps)}\n{walked.error}"
