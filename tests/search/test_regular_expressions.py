"""A regular expression finds the same with the help of the index as without: what it matches in the text."""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import Database
from store.database.texts import Texts
from store.library import Library
from store.models import Analysis, Article, Block, BlockKind, Document, Feed, View
from store.paths import Places
from store.search import evaluate as matching
from store.search import index_keeper as kept_index
from store.search.query import Regex
from store.search.vocabulary import Vocabulary

NOW = datetime(2024, 5, 1, tzinfo=UTC)
LETTERS = "aiskAISK1_ .'-éßıİſ\u212a日本\u0301\ue000"
PATTERNS = [
    *("kis", "s", r"\bsik\b", "ask sis", "a.k", "(?:is)+k", "(?:is)*k", "kis|ask", "(?=sis)s", "is(?!k)", "(?<=a)sk"),
    *("ki?s", "[ks]is", "sk_is", "é", "i1", "(?-i:IS)", "ıs", "(a)s\\1", "^is", "ks$", "日is"),
]
texts = st.text(LETTERS, max_size=12) | st.lists(st.sampled_from(["kis", "ASK", "sis", "sık", "İs", "日isk"])).map(
    " ".join
)
pairs = st.tuples(texts, texts)


@pytest.fixture(autouse=True)
def always_with_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also for the few articles of a test."""
    monkeypatch.setattr(kept_index, "MOST_UNLISTED", 0)
    monkeypatch.setattr(matching, "FEW", 0)


@settings(deadline=None, max_examples=40)
@given(st.lists(pairs, min_size=1, max_size=8), st.lists(pairs, max_size=3), st.lists(st.sampled_from(PATTERNS)))
def test_the_same_is_found(first, later, patterns) -> None:
    with tempfile.TemporaryDirectory() as folder:
        places = Places.below(Path(folder))
        with Database.open(places.database) as database:
            feed = database.feeds.add(Feed(0, "https://example.org/feed", "Feed"))
            stored = add(database, feed.id, first)
        with Library.open(places) as library:
            library.search.prepare()
        with Database.open(places.database) as database:
            stored |= add(database, feed.id, later)
        with Library.open(places) as library:
            library.listing.ids(View(query="anything"))
            for pattern in patterns:
                found = set(library.listing.ids(View(query=str(Regex(pattern)))))
                assert found == {key for key, pair in stored.items() if fits(pattern, *pair)}, pattern


def add(database: Database, feed_id: int, pairs: list[tuple[str, str]]) -> dict[int, tuple[str, str]]:
    count = len(database.articles.ids())
    items = [
        (
            Article(0, feed_id, f"g{count + at}", f"d{count + at}", title, NOW, NOW),
            Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),)),
            Analysis(1),
        )
        for at, (title, text) in enumerate(pairs)
    ]
    return dict(zip(database.articles.add(items), pairs, strict=True))


def fits(pattern: str, title: str, text: str) -> bool:
    return any(re.search(pattern, part, re.IGNORECASE) for part in (title, text))


def test_a_turkish_name(put, titles) -> None:
    put("İstanbul")
    put("Izmir")
    assert titles("/istanbul/") == ["İstanbul"]


def test_texts_without_the_letters_are_not_read(put, library, monkeypatch) -> None:
    for number in range(6):
        put(f"Harbour {number}", "Ships come in.")
    wanted = put("Harbour master", "Steamships come in.")
    library.search.prepare()
    read = []
    plain_text = Texts.plain_text
    monkeypatch.setattr(Texts, "plain_text", lambda self, key: read.append(key) or plain_text(self, key))
    assert library.listing.ids(View(query="/eamsh.ps/ harbour")) == [wanted]
    assert read == [wanted]


def test_nothing_is_missed_while_words_are_being_listed(put, library, titles, monkeypatch) -> None:
    """The thread that lists words may end between any two questions to the index."""
    put("Harbour")
    library.search.prepare()
    put("Steamship")
    words_with = Vocabulary.words_with

    def then_listed(self: Vocabulary, part: str) -> list[str] | None:
        found = words_with(self, part)
        for _ in self.list_words():
            pass
        return found

    monkeypatch.setattr(Vocabulary, "words_with", then_listed)
    assert titles("/eamsh/") == ["Steamship"]
