"""A store that a stranger wrote: rows of the wrong shape, and text that a terminal could obey."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from orjson import dumps
from support.small_store import filled, item
from tinydb.table import Document

from store.database import Database, open_tinydb
from store.errors import NewsdashError
from store.library import Library
from store.models import Feed, FeedState, Network, SavedSearch, View
from store.paths import Places

WRONG = (None, 5, -1, 2**63, 1.5, True, "", "words", [], [5], ["a", "b"], [[1, 2]], [[]], {}, {"a": 1})
TEXTS = ("bodies", "people", "quotes", "revisions")
HOSTILE = "\x1b]0;PWN\x07\x1b[31m\x9b7m\x9d0;P\x9c\u202eOVR\u2066\u200b\U000e0041\x08\r"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")
WHEN = "2024-05-17T12:00:00+00:00"

Rows = dict[str, dict[str, Any]]


def library(places: Places) -> Library:
    return Library.open(places, network=Network(proxy=""))


def look_at_everything(opened: Library) -> list[object]:
    """All that the dashboard and the command line ask for."""
    seen: list[object] = []
    for article_id in list(opened.listing.ids(View())):
        with suppress(NewsdashError):  # there is no such article (any more)
            seen += [opened.articles.get(article_id), opened.articles.open(article_id)]
            seen += [opened.articles.revisions(article_id), opened.articles.changes(article_id)]
    seen += [opened.feeds.all(), opened.search.saved.all(), opened.corrections.all(), opened.people.decisions()]
    seen += [list(opened.quotes.search()), opened.quotes.people(), list(opened.listing.ids(View(query="times")))]
    return [*seen, opened.listing.summaries(), opened.feed_lists.export("opml"), opened.rules.all()]


def fill(folder: Path) -> None:
    filled(folder)
    with Database.open(folder) as database:
        feed = database.feeds.add(Feed(0, "https://b.example/", "B", tags=("sea",)))
        database.feeds.save_states([FeedState(feed.id, error="slow")])
        database.searches.save(SavedSearch("Ships", "ship", ("sea",)))
        database.articles.add([item(number) for number in range(100, 130)])
    with open_tinydb(folder) as db:
        anchors = [[1, "A"]]
        db.table("decisions").insert({"kind": "same", "made": WHEN, "one": anchors, "other": anchors})
        db.table("followed").insert({"name": "A", "anchors": anchors, "since": WHEN, "seen": WHEN})


@pytest.fixture(scope="module")
def rows(tmp_path_factory) -> Rows:
    """A row of each table."""
    folder = tmp_path_factory.mktemp("rows") / "store"
    fill(folder)
    with open_tinydb(folder) as db:
        return {name: dict(next(iter(db.table(name).all()))) for name in db.tables() if len(db.table(name))}


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_rows_of_the_wrong_shape_are_left_out_and_gone_after_one_repair(rows, tmp_path, wrong) -> None:
    assert {*TEXTS, "articles", "status", "feeds", "feed_states", "searches", "settings", "followed"} <= set(rows)
    places = Places.below(tmp_path)
    fill(places.database)
    with open_tinydb(places.database) as db:
        articles = iter(db.table("articles").ids[5:])
        for table, row in rows.items():
            for field in row if table != "revisions" else ():  # which are made of pointers
                doc_id = next(articles) if table in (*TEXTS, "status") else db.table(table).insert(row)
                db.table(table).remove(doc_ids=[doc_id])
                db.table(table).insert(Document({**row, field: wrong}, doc_id))
    with library(places) as opened:
        look_at_everything(opened)
        assert opened.maintenance.doctor(repair=True)
        assert opened.maintenance.doctor() == []
    with library(places) as opened:
        look_at_everything(opened)
        assert opened.maintenance.doctor() == []
        assert any((places.database / "set-aside").iterdir())  # nothing is thrown away


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_pointers_of_the_wrong_shape_cost_their_texts(tmp_path, wrong) -> None:
    places = Places.below(tmp_path)
    fill(places.database)
    with open_tinydb(places.database) as db:
        ids = db.table("articles").ids
        known = [db.storage.article_row(doc_id) or {} for doc_id in ids[:4]]
        at = known[1]["at"]
        changed = ({"at": wrong}, {"at": {**at, "bodies": wrong}}, {"revisions": wrong}, {"revisions": [wrong]})
        packed = [
            ("articles", key, dumps({**row, **part})) for key, row, part in zip(ids, known, changed, strict=False)
        ]
        db.storage._write(lambda _: packed)  # TinyDB's tables do not show pointers
    with library(places) as opened:
        look_at_everything(opened)
        opened.maintenance.compact()
        opened.maintenance.doctor(repair=True)
        assert opened.maintenance.doctor() == []
        look_at_everything(opened)


@pytest.mark.parametrize("damage", ["cut", "empty", "removed"])
def test_lost_texts_are_named_once_repaired_and_not_named_again(tmp_path, damage) -> None:
    places = Places.below(tmp_path)
    filled(places.database)
    for path in places.database.glob("texts-*"):
        data = path.read_bytes()
        if damage == "removed":
            path.unlink()
        else:
            path.write_bytes(data[: len(data) // 2] if damage == "cut" else b"")
    with library(places) as opened:
        ids = list(opened.listing.ids(View()))
        assert any(problem.name.startswith("texts-") for problem in opened.maintenance.doctor(repair=True))
        assert opened.maintenance.doctor() == []
        assert list(opened.listing.ids(View())) == ids  # headlines stay
    with library(places) as opened:
        assert opened.maintenance.doctor() == []
        opened.maintenance.compact()
        look_at_everything(opened)
        assert opened.maintenance.doctor() == []


def test_nothing_that_a_terminal_obeys_comes_out_of_the_store(tmp_path) -> None:
    places = Places.below(tmp_path)
    fill(places.database)
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
    with Database.open(places.database) as database:
        feed = Feed(0, f"https://a.example/{HOSTILE}", HOSTILE, site=HOSTILE, tags=(HOSTILE,))
        feed = database.feeds.add(feed)
        database.feeds.save_states([FeedState(feed.id, error=HOSTILE, moved_to=HOSTILE)])
        database.searches.save(SavedSearch(HOSTILE, "times", (HOSTILE,)))
        text = f"“We said it {HOSTILE} times,” Ann Lee said. The flag is \U0001f3f4\U000e0067\U000e0062\U000e007f."
        database.articles.add([item(500, feed.id, text)])
        database.articles.update([item(500, feed.id, text + " More.", article_id=database.articles.ids()[0])])
    with library(places) as opened:
        seen = "".join(map(str, look_at_everything(opened)))
        article_id = opened.listing.ids(View())[0]
        document = opened.articles.open(article_id).document
    assert "OVR" in seen
    assert len(document.text) == len(text + " More.")  # so that offsets hold
    for shown in (seen, document.text):
        assert OBEYED.search(shown.replace("\U000e0067\U000e0062\U000e007f", "")) is None
        assert not any(escape in shown for escape in (r"\x1b", r"\x9b", r"\u202e", r"\u2066", r"\u200b", r"\U000e0041"))
