"""Searching with the index gives what reading every article would give, over random articles and queries."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import Database
from store.library import Library
from store.models import Analysis, Article, Block, BlockKind, Document, Feed, OpenArticle, Status, View
from store.paths import Places
from store.search import evaluate_one as judging
from store.search.query import And, Field, Is, Node, Not, Or, Regex, State, Text, all_of, any_of, none_of

START = datetime(2024, 5, 1, tzinfo=UTC)
WORDS = ["ship", "ships", "Hafen", "häfen", "storm", "42", "日", "本", "don't", "co-op", "ÉTÉ"]
FOLDED = str.maketrans("äéÉÄ", "aeea")

prose = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
articles = st.tuples(prose, prose, st.lists(st.sampled_from(["sea", "red sea"]), max_size=2), st.booleans())
terms = st.sampled_from(["ship", "ships", "hafen", "storm ship", "42", "日本", "don t", "co-op ete", "sea"])
titled = st.sampled_from([None, Field.TITLE])
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Text, terms, st.sampled_from([None, Field.TITLE, Field.TAG])),
    st.builds(
        Text, st.sampled_from(["sh", "ha", "ship haf", "42 st"]), st.none() | st.just(Field.TITLE), st.just(True)
    ),
    st.sampled_from([Is(State.READ), Is(State.UNREAD), Regex("ships? h"), Regex("^storm$")]),
)


def branches(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(children, min_size=1, max_size=3)
    return some.map(all_of) | some.map(any_of) | children.map(none_of)


queries = st.recursive(leaves, branches, max_leaves=8)


@settings(deadline=None, max_examples=40)
@given(st.lists(articles, max_size=12), st.lists(queries, min_size=1, max_size=8))
def test_the_index_finds_what_a_scan_finds(rows, asked) -> None:
    with tempfile.TemporaryDirectory() as folder:
        places = Places.below(Path(folder))
        with Database.open(places.database) as database:
            feed = database.feeds.add(Feed(0, "https://example.org/feed", "Feed"))
            ids = database.articles.add([item(feed.id, number, row) for number, row in enumerate(rows)])
            database.articles.save_statuses([Status(key, read=row[3]) for key, row in zip(ids, rows, strict=True)])
        with Library.open(places) as library:
            judged = {key: candidate(library.articles.open(key), feed) for key in ids}
            for query in asked:
                found = set(library.listing.ids(View(query=str(query))))
                assert found == {key for key, one in judged.items() if judging.matches(query, one)}, str(query)
                assert found == {key for key, row in zip(ids, rows, strict=True) if fits(query, row)}, str(query)


def candidate(opened: OpenArticle, feed: Feed) -> judging.Candidate:
    """A stored article as a rule sees it when it arrives."""
    return judging.Candidate(opened.article, opened.document, opened.analysis, feed, opened.status)


def item(feed_id: int, number: int, row: tuple[str, str, list[str], bool]) -> tuple[Article, Document, Analysis]:
    title, text, tags, _ = row
    when = START + timedelta(hours=number)
    article = Article(0, feed_id, f"g{number}", f"d{number}", title, when, when, categories=tuple(tags))
    return article, Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),)), Analysis(1)


def fits(node: Node, row: tuple[str, str, list[str], bool]) -> bool:
    """Whether an article fits, by reading it."""
    title, text, tags, read = row
    match node:
        case And(items):
            return all(fits(part, row) for part in items)
        case Or(items):
            return any(fits(part, row) for part in items)
        case Not(part):
            return not fits(part, row)
        case Is(state):
            return read == (state is State.READ)
        case Regex("^storm$"):
            return "storm" in (title, text)
        case Regex():
            return any(start in part.lower() for part in (title, text) for start in ("ship h", "ships h"))
        case Text(words, field, prefix):
            parts = {None: [title, text, *tags], Field.TITLE: [title], Field.TAG: tags}[field]
            return any(has(cut(part), cut(words), prefix) for part in parts)
    raise AssertionError(node)


def cut(text: str) -> list[str]:
    """The words of a text, each Chinese character one."""
    text = text.lower().translate(FOLDED)
    return "".join(f" {sign} " if sign in "日本" else sign if sign.isalnum() else " " for sign in text).split()


def has(words: list[str], wanted: list[str], prefix: bool) -> bool:
    for at in range(len(words) - len(wanted) + 1):
        part = words[at : at + len(wanted)]
        if part == wanted or (prefix and part[:-1] == wanted[:-1] and part[-1].startswith(wanted[-1])):
            return True
    return False
