"""A store that an earlier commit wrote in format 3: everything in it is there, and stays when it is written again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.small_store import item

from store.database import Database

FORMATS = Path(__file__).parent / "formats"
EXPECTED = json.loads((FORMATS / "format-3.json").read_text(encoding="utf-8"))
"""What that commit read from it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Database.restore(tmp_path / "store", FORMATS / "format-3.zip")
    return tmp_path / "store"


def article(database: Database, article_id: int) -> dict[str, Any]:
    found, status, texts = database.articles.get(article_id), database.articles.status(article_id), database.texts
    assert found is not None
    analysis = texts.analysis(article_id)
    return {
        "title": found.title,
        "feed": found.feed_id,
        "text": texts.document(article_id).text,
        "own": texts.own_document(article_id).text,
        "quoted": [quote.speaker for quote in analysis.quotes],
        "people": [person.name for person in analysis.people],
        "read": status.read,
        "starred": status.starred,
        "muted": status.muted,
        "tags": list(status.tags),
        "earlier": [[each.title, each.document.text] for each in texts.revisions(article_id)],
        "corrections": len(database.corrections.of(article_id)),
        "full_text": found.full_text,
    }


def content(database: Database) -> dict[str, Any]:
    state = database.feeds.state(1)
    return {
        "articles": {str(each): article(database, each) for each in database.articles.ids()},
        "feeds": [feed.title for feed in database.feeds.all()],
        "deleted": database.articles.was_deleted(1, item(3, 1)[0].guid),
        "etag": state.etag,
        "hashes": list(state.item_hashes),
        "theme": database.settings.get("theme"),
        "rules": database.settings.get("rules"),
        "searches": [[search.name, search.query] for search in database.searches.all()],
        "decisions": len(database.people.all()),
        "followed": [person.name for person in database.people.followed()],
    }


def test_everything_in_it_is_read(folder) -> None:
    with Database.open(folder) as database:
        assert content(database) == EXPECTED
        assert database.check() == []


def test_it_stays_when_it_is_changed_and_written_again(folder) -> None:
    with Database.open(folder) as database:
        database.articles.update([item(0, 1, "Fourth text.", 1)])
        database.compact()
    with Database.open(folder) as database:
        earlier = EXPECTED["articles"]["1"]["earlier"]
        changed = {"text": "Fourth text.", "own": "Fourth text.", "earlier": [*earlier, ["Title 0", "Third text."]]}
        expected = {**EXPECTED["articles"], "1": {**EXPECTED["articles"]["1"], **changed}}
        assert content(database)["articles"] == expected
        assert database.check() == []
