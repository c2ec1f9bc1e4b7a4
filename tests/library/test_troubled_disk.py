"""A full disk, a folder that may not be written: one sentence, nothing lost, and everything else goes on."""

from __future__ import annotations

import pytest
from support.small_store import item
from support.troubled_disk import no_permission, no_room

from store.database import Database
from store.errors import StoreError
from store.library import Library
from store.library.maintenance import restore_backup
from store.models import Feed, Scope, View


@pytest.fixture
def filled(places):
    with Database.open(places.database) as database:
        database.feeds.add(Feed(0, "https://a.example/", "A"))
        database.articles.add([item(number) for number in range(40)])
    return places


def content(library: Library) -> list[object]:
    return [library.articles.open(article_id) for article_id in library.listing.ids(View())]


CHANGES = {
    "mark": lambda library, _: library.articles.mark([1, 2], read=True),
    "compact": lambda library, _: library.maintenance.compact(),
    "search": lambda library, _: library.search.saved.save(_search()),
    "ingest": lambda library, folder: library.files.ingest([folder / "new.txt"]),
    "remove": lambda library, _: library.feeds.remove(1),
}


def _search():
    from store.models import SavedSearch

    return SavedSearch("Ships", "ships")


@pytest.mark.parametrize("name", CHANGES)
def test_a_full_disk_refuses_a_change_and_costs_nothing_else(filled, tmp_path, name) -> None:
    (tmp_path / "new.txt").write_text(
        "Something new\n\n# 07 May 2024 00:47 (UTC +00:00)\n\n“We are new,” Bo Ek said.\n"
    )
    with Library.open(filled) as library:
        before = content(library)
        with no_room(), pytest.raises(StoreError, match=r"^[^.]*\.$") as refused:
            CHANGES[name](library, tmp_path)
        assert "may not grow" in refused.value.message
        assert content(library) == before
    with Library.open(filled) as library:
        assert content(library) == before
        assert library.maintenance.doctor() == []
        CHANGES[name](library, tmp_path)
    with Library.open(filled) as library:
        assert library.maintenance.doctor() == []


def test_a_backup_for_which_there_is_no_room_leaves_the_earlier_one(filled, tmp_path) -> None:
    file = tmp_path / "all.zip"
    with Library.open(filled) as library:
        library.maintenance.backup(file)
        earlier = file.read_bytes()
        with no_room(2_000), pytest.raises(StoreError, match="could not be written"):
            library.maintenance.backup(file)
    assert file.read_bytes() == earlier
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


def test_a_restore_for_which_there_is_no_room_leaves_the_store(filled, tmp_path) -> None:
    file = tmp_path / "all.zip"
    with Library.open(filled) as library:
        before = content(library)
        library.maintenance.backup(file)
    with no_room(2_000), pytest.raises(StoreError, match="could not be restored"):
        restore_backup(file, filled)
    with Library.open(filled) as library:
        assert content(library) == before
        assert not library.read_only


def test_a_doctor_without_room_to_repair_leaves_what_is_whole(filled) -> None:
    path = next(filled.database.glob("texts-*"))
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with Library.open(filled) as library:
        before = content(library)
        with no_room(), pytest.raises(StoreError, match=r"^[^.]*\.$"):
            library.maintenance.doctor(repair=True)
        assert content(library) == before
        assert library.maintenance.doctor(repair=True)
        assert library.maintenance.doctor() == []


def test_a_folder_that_cannot_be_written_is_read(filled) -> None:
    with Library.open(filled) as library:
        before = content(library)
    with no_permission(filled.database), Library.open(filled) as library:
        assert library.read_only
        assert library.notice == f"Read-only: {filled.database} cannot be written because permission is denied."
        assert content(library) == before
        assert len(library.listing.ids(View(Scope.ALL, query="Title"))) == 40
        with pytest.raises(StoreError, match="Read-only"):
            library.articles.mark([1], read=True)
    with Library.open(filled) as library:
        assert not library.read_only
        library.articles.mark([1], read=True)


def test_permission_lost_while_running_refuses_what_needs_it(filled) -> None:
    with Library.open(filled) as library:
        before = content(library)
        with no_permission(filled.database):
            with pytest.raises(StoreError, match="permission is denied"):
                library.maintenance.compact()
            assert content(library) == before
        library.articles.mark([1], read=True)
        library.maintenance.compact()
    with Library.open(filled) as library:
        assert library.articles.get(1).status.read
        assert library.maintenance.doctor() == []


def test_no_store_can_be_made_in_such_a_folder(places) -> None:
    places.data.mkdir(parents=True)
    with no_permission(places.data), pytest.raises(StoreError, match="cannot be made: permission is denied"):
        Library.open(places)
