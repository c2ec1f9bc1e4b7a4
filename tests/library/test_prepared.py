"""Prepared rows say what the records they were made of say, and are stored as these are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from store.attribution import analyse
from store.database import Database
from store.database.prepared import TOO_LATE, prepare
from store.models import Analysis, Block, BlockKind, Document, Enclosure, Entry, Feed, Mark, MarkKind, Person

ARRIVED = datetime(2024, 5, 17, 12, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TIMES = st.none() | st.datetimes(
    datetime(1999, 1, 1), datetime(2024, 5, 1), timezones=st.just(UTC) | st.just(timezone(timedelta(hours=-7)))
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    text = draw(WORDS)
    marks = (Mark(0, len(text), MarkKind.LINK, "https://x.example/"),) if text else ()
    blocks = (Block(BlockKind.ITEM, 0, len(text), 2, "•"),) if text else ()
    return Entry(
        guid=draw(WORDS),
        title=draw(WORDS),
        document=Document(text, blocks, marks),
        digest=draw(WORDS),
        link=draw(WORDS),
        authors=tuple(draw(st.lists(WORDS, max_size=2))),
        categories=tuple(draw(st.lists(WORDS, max_size=2))),
        enclosures=(Enclosure("https://x.example/a.mp3", "audio/mpeg", 7),) if draw(st.booleans()) else (),
        published=draw(TIMES),
        updated=draw(TIMES),
        date_guessed=draw(st.booleans()),
        notes=tuple(draw(st.lists(WORDS, max_size=2))),
        path=draw(WORDS),
    )


@given(entries(), WORDS)
def test_what_was_prepared_is_what_is_read(entry: Entry, name: str) -> None:
    told = Analysis(3, (Person(name),), ())
    article, document, analysis = prepare(entry, told).item(7, ARRIVED)
    assert (document, analysis) == (entry.document, told)
    assert (article.feed_id, article.arrived, article.published) == (7, ARRIVED, entry.published or ARRIVED)
    assert article.date_guessed == (entry.date_guessed or entry.published is None)
    same = "guid title digest link authors categories enclosures updated notes"
    assert all(getattr(article, field) == getattr(entry, field) for field in same.split())
    assert article.paths == (entry.path,) * bool(entry.path)
    assert (article.words, article.engine) == (len(entry.document.text.split()), 3)


def test_a_date_in_the_future_is_not_believed() -> None:
    entry = Entry("g", "t", Document(), "d", published=ARRIVED + timedelta(days=3))
    article, _, _ = prepare(entry, Analysis()).item(1, ARRIVED)
    assert (article.published, article.date_guessed, article.notes) == (ARRIVED, True, (TOO_LATE,))


def test_prepared_rows_are_stored_as_records_are(tmp_path: Path) -> None:
    text = "“We will not wait,” said Mara Lindqvist, the mayor of Łódź.\n\nニュース"
    entry = Entry("g", "A title", Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),)), "d", published=ARRIVED)
    ready = prepare(entry, analyse(text, "A title"))
    with Database.open(tmp_path / "store") as database:
        feed = database.feeds.add(Feed(0, "https://x.example/feed", "x"))
        database.articles.add([ready.item(feed.id, ARRIVED)])
        database.articles.add_rows([ready.rows(feed.id, ARRIVED)])
    with Database.open(tmp_path / "store") as database:
        one, two = (database.articles.get(key) for key in (1, 2))
        assert one is not None
        assert two == replace(one, id=2)
        assert database.texts.document(1) == database.texts.document(2) == ready.item(feed.id, ARRIVED)[1]
        assert database.texts.found(1) == database.texts.found(2)
        assert database.texts.found(2).quotes
        assert not database.check()
