"""The store as a TinyDB: what the program writes is read by TinyDB's API, and what that writes by the program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.small_store import NOON, analysis, item
from tinydb import Query, where
from tinydb.table import Document

from store.corrections import speaker_is
from store.database import Database, open_tinydb, tables
from store.database.texts import PageText
from store.database.tinydb import StoreDB
from store.errors import ReadOnlyError, StoreError
from store.models import Anchor, DecisionKind, Feed, FeedState, Followed, SavedSearch, Status

ALL_TABLES = {value for name, value in vars(tables).items() if name.isupper()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store in which every table has something."""
    folder = tmp_path / "store"
    with Database.open(folder) as database:
        database.feeds.add(Feed(0, "https://a.example/", "A"))
        database.articles.add([item(number) for number in range(4)])
        database.articles.update([item(0, text="Second text.", article_id=1)])
        database.articles.show_page(2, PageText(item(9)[1], "digest"), analysis("Bo Ek"))
        database.articles.save_statuses([Status(1, read=True)])
        database.articles.remove([3])
        database.feeds.save_states([FeedState(1, etag="x")])
        quote = database.texts.analysis(4).quotes[0]
        database.correct(4, speaker_is(database.texts.document(4).text, quote, "Ann Other"))
        database.settings.save("theme", "dark")
        database.searches.save(SavedSearch("Ships", "ship*"))
        database.people.add(next(iter(DecisionKind)), [Anchor(1, "A")], [Anchor(2, "B")], NOON)
        database.people.save_followed(Followed(0, "A", (Anchor(1, "A"),), NOON, NOON))
    return folder


def test_every_table_that_the_program_writes_is_read_back(folder) -> None:
    with open_tinydb(folder, read_only=True) as db:
        assert db.tables() == ALL_TABLES
        for name in ALL_TABLES:
            rows = db.table(name).all()
            assert rows, name
            assert [row.doc_id for row in rows] == db.table(name).ids
            assert json.dumps(rows)
        assert "at" not in db.table("articles").get(doc_id=1)
        assert db.table("bodies").get(doc_id=1)["text"] == "Second text."
        assert [each["title"] for each in db.table("revisions").get(doc_id=1)["versions"]] == ["Title 0"]
        assert [row.doc_id for row in db.table("articles").search(where("full_text") == True)] == [2]  # noqa: E712


def test_what_tinydb_writes_the_program_reads(folder) -> None:
    with open_tinydb(folder) as db:
        with db.transaction():
            db.table("articles").update({"title": "Another title"}, doc_ids=[1])
            db.table("status").upsert(Document({"starred": True}, 2))
            db.table("bodies").update({"text": "Third text."}, doc_ids=[1])
            assert db.table("articles").get(doc_id=1)["title"] == "Another title"
        db.table("searches").insert({"name": "Boats", "query": "boat"})
        assert db.table("searches").remove(Query().name == "Ships") == [1]
    with Database.open(folder) as database:
        assert database.articles.get(1).title == "Another title"  # type: ignore[union-attr]
        assert 2 in database.articles.starred()
        assert database.texts.document(1).text == "Third text."
        assert [search.name for search in database.searches.all()] == ["Boats"]


def test_a_transaction_that_fails_changes_nothing(folder) -> None:
    with open_tinydb(folder) as db:
        before = db.table("articles").all()
        with pytest.raises(RuntimeError, match="out of luck"), db.transaction():
            change_and_fail(db)
        assert db.table("articles").all() == before
        assert len(db.table("settings")) == 1
        with pytest.raises(TypeError), db.transaction():
            db.table("settings").insert({"name": "x", "value": object()})
        assert len(db.table("settings")) == 1
        with pytest.raises(ValueError, match="no article 99"):
            db.table("bodies").insert(Document({"text": ""}, 99))


def change_and_fail(db: StoreDB) -> None:
    db.table("articles").remove(doc_ids=[1, 2])
    db.table("settings").insert({"name": "x", "value": 1})
    raise RuntimeError("out of luck")


def test_a_table_of_any_name_is_kept(tmp_path) -> None:
    names = ["notes", "some-other-table", 'with "quotes", commas \\ and ümlauts', "1"]
    with open_tinydb(tmp_path / "store") as db:
        for name in names:
            db.table(name).insert({"of": name})
        db.table("nothing yet", persist_empty=True)
    with open_tinydb(tmp_path / "store") as db:
        assert db.tables() == {*names, "nothing yet"}
        db.storage.compact()
    with open_tinydb(tmp_path / "store") as db:
        assert [db.table(name).all() for name in names] == [[{"of": name}] for name in names]
        assert db.table("nothing yet").all() == []
        db.drop_table("1")
        db.drop_table("nothing yet")
        assert db.tables() == set(names[:3])


def test_the_storages_own_tables_are_out_of_reach(folder) -> None:
    with open_tinydb(folder) as db, pytest.raises(ValueError, match="own"):
        db.table("segments").all()


def test_a_reader_cannot_change_anything(folder) -> None:
    with open_tinydb(folder, read_only=True) as db:
        with pytest.raises(ReadOnlyError):
            db.table("status").insert({"read": True})
        with pytest.raises(ReadOnlyError):
            db.drop_tables()
    with open_tinydb(folder), open_tinydb(folder) as second:
        assert second.read_only
        with pytest.raises(StoreError):
            second.table("status").truncate()


def test_answers_are_remembered_only_until_something_changes(folder) -> None:
    with open_tinydb(folder) as db:
        table, query = db.table("status"), where("read") == True  # noqa: E712
        assert len(table.search(query)) == 1
        with db.transaction():
            table.upsert(Document({"read": True}, 2))
            assert len(table.search(query)) == 2
        assert len(table.search(query)) == 2
