"""Folders and files of an installation are for their user alone, whatever the umask; odd files are not opened."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from store.errors import FeedError
from store.feeds.opml import read_opml
from store.feeds.schedule import is_due, next_interval
from store.library import Library
from store.models import Feed, FeedState, Network, View
from store.paths import Places, write_private
from store.text.plain_text import markdown_to_document

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o177])
def test_data_config_and_cache_are_private(tmp_path, umask) -> None:
    places = Places.below(tmp_path / "home")
    before = os.umask(umask)
    try:
        with Library.open(places, network=Network(proxy="")) as library:
            library.feeds.all()
            list(library.listing.ids(View(query="word")))
        write_private(places.config_file, b"")
        write_private(places.first_picture, b"{}")
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "home").rglob("*")}
    assert len(modes) > 5
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_a_list_that_is_a_fifo_is_refused(tmp_path) -> None:
    os.mkfifo(tmp_path / "urls")
    with (
        Library.open(Places.below(tmp_path / "home"), network=Network(proxy="")) as library,
        pytest.raises(FeedError, match="not a regular file"),
    ):
        library.feed_lists.import_file(tmp_path / "urls")


def test_a_feed_read_in_the_future_is_due() -> None:
    ahead = NOW + timedelta(days=3650)
    state = FeedState(1, checked=ahead, succeeded=ahead, next_check=ahead + timedelta(hours=1))
    assert is_due(state, NOW)
    assert not is_due(FeedState(1, checked=NOW, next_check=NOW + timedelta(hours=1)), NOW + timedelta(minutes=1))
    assert not is_due(FeedState(1, checked=NOW + timedelta(minutes=2), next_check=NOW + timedelta(hours=1)), NOW)


def test_no_stored_interval_is_too_long_to_be_counted() -> None:
    assert next_interval(Feed(1, "https://a.example/", "A", interval=2**62), FeedState(1), new=True).days == 366
    assert next_interval(Feed(1, "https://a.example/", "A"), FeedState(1, minutes_between=2**62), new=True).days == 1


@pytest.mark.timeout(30)
def test_an_element_of_very_many_attributes_is_refused() -> None:
    many = " ".join(f'a{number}="x"' for number in range(60_000))
    with pytest.raises(FeedError, match="too many attributes"):
        read_opml(f"<opml><body><outline {many}/></body></opml>".encode())


@pytest.mark.timeout(30)
def test_markdown_of_very_many_images_is_read_as_text() -> None:
    assert markdown_to_document("=![I " * 40_000).text.startswith("=![I")
