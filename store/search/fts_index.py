"""The full-text index: one SQLite file with FTS5, built from the store.

The table is contentless: it finds articles, their text stays in the store. A contentless row cannot be changed
without its old text, so a new revision gets a row of its own, ``revision * 2**32 + article id``, and the old row
is listed as dead until the index is rebuilt.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import orjson

from store.derived.sqlite_file import DamagedError, Schema, SqliteFile
from store.models import Analysis, Article, SpeakerKind
from store.search.vocabulary import TABLES as VOCABULARY
from store.search.vocabulary import Vocabulary
from store.text.words import spaced

FIELDS = ("title", "body", "people", "speakers", "author", "tag")
APART = " \ue000" * 12 + " "
"""Between two names of a field: a private character is a word to the index, so nothing is near across it."""
HASH = 16 << 20
"""Bytes that FTS5 gathers in memory before it writes a segment: sixteen times its default, for a third of the work."""
MERGED = 4
"""Segments of one size that FTS5 merges while articles are added; that is its default."""
_ID = (1 << 32) - 1

SCHEMA = Schema(
    6,
    f"""
CREATE VIRTUAL TABLE texts USING fts5(
    {", ".join(FIELDS)}, content='', prefix='2', tokenize='unicode61 remove_diacritics 2');
INSERT INTO texts (texts, rank) VALUES ('hashsize', {HASH});
CREATE TABLE entries (id INTEGER PRIMARY KEY, row INTEGER NOT NULL, digest TEXT NOT NULL, voices INTEGER NOT NULL,
    quotes INTEGER NOT NULL);
CREATE INDEX quoting ON entries (id) WHERE quotes;
CREATE TABLE dead (row INTEGER PRIMARY KEY);
CREATE TABLE notes (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
{VOCABULARY}
""",  # noqa: S608
)


@dataclass(frozen=True, slots=True)
class Indexed:
    """An article as it is indexed."""

    article: Article
    texts: tuple[str, ...]
    voices: int
    """Changes when other people are named or quoted: by a newer engine, or by the reader's correction."""
    quotes: bool


def indexed(article: Article, text: str, analysis: Analysis) -> Indexed:
    """An article's fields, in the order of :data:`FIELDS`."""
    people = [
        (person.name, *person.aliases, f"{person.title} {person.role}", person.affiliation)
        for person in analysis.people
        if person.kind is not SpeakerKind.GROUP
    ]
    speakers = []
    for index in sorted({said.person for said in analysis.quotes if said.person is not None}):
        person = analysis.people[index]
        speakers.append((f"{person.title} {person.name}", *person.aliases, person.role))
    unnamed = sorted({said.speaker for said in analysis.quotes if said.person is None})
    fields = (
        article.title,
        text,
        _apart(name for names in people for name in names),
        _apart([*(name for names in speakers for name in names), *unnamed]),
        _apart(article.authors),
        _apart(article.categories),
    )
    texts = tuple(map(spaced, fields))
    voices = crc32("\n".join(texts[2:4]).encode("utf-8", "surrogatepass"))
    return Indexed(article, texts, voices, bool(analysis.quotes))


def _apart(names: Iterable[str]) -> str:
    return APART.join(dict.fromkeys(name for name in names if name.strip()))


class FtsIndex:
    """An open index. May be used from several threads: one writes, one reads, at the same time."""

    def __init__(self, tables: SqliteFile) -> None:
        self._tables = tables
        self._vocabulary = Vocabulary(tables)
        self._additions = 0
        self._quoting: tuple[object, set[int]] = None, set()
        """The articles with quotations, and the state of the file that they were read from."""

    @classmethod
    def on_disk(cls, path: Path) -> FtsIndex:
        """As :meth:`SqliteFile.on_disk`."""
        return cls(SqliteFile.on_disk(path, SCHEMA))

    @classmethod
    def reading(cls, path: Path) -> FtsIndex:
        """As :meth:`SqliteFile.reading`."""
        return cls(SqliteFile.reading(path, SCHEMA))

    @classmethod
    def in_memory(cls) -> FtsIndex:
        return cls(SqliteFile.in_memory(SCHEMA))

    def close(self) -> None:
        self._tables.close()

    # --- reading ------------------------------------------------------------------------------------------

    def ids(self) -> list[int]:
        """Every article in the index, ascending; some may have left the store since."""
        return self._numbers("SELECT json_group_array(id) FROM entries")

    def hits(self, expression: str) -> set[int]:
        """The articles that match an FTS5 expression."""
        # As one JSON array: a row of Python objects for each of 100,000 hits takes four times as long.
        rows = self._numbers("SELECT json_group_array(rowid) FROM texts WHERE texts MATCH ?", expression)
        dead = self._numbers("SELECT json_group_array(row) FROM dead")
        found = set(rows).difference(dead) if dead else set(rows)
        # Rows are ascending, so that the last one shows whether there are any of later revisions.
        return {row & _ID for row in found} if rows and rows[-1] > _ID else found

    def with_quotes(self) -> set[int]:
        """The articles with quotations. The caller must not change the set."""
        state = self._additions, self._tables.value("PRAGMA data_version")
        if self._quoting[0] != state:
            self._quoting = state, set(self._numbers("SELECT json_group_array(id) FROM entries WHERE quotes"))
        return self._quoting[1]

    def containing(self, parts: Sequence[str]) -> set[int] | None:
        """The articles that may have all of these, each inside of a word of title or text, and perhaps some more.

        ``parts`` are of ASCII letters and digits, in lower case. None when they are too common.
        """
        # Before the words: those of some articles may be listed between the two queries.
        unlisted = {row & _ID for row in self._vocabulary.unlisted_rows()}
        looked_up = [words for part in parts if (words := self._vocabulary.words_with(part)) is not None]
        if not looked_up:
            return None
        if not all(looked_up):
            return unlisted
        either = (" OR ".join(f'"{word}"' for word in words) for words in looked_up)
        return unlisted | self.hits(" AND ".join(f"{{title body}} : ({words})" for words in either))

    def unlisted(self) -> int:
        """How many articles were added since the vocabulary was built."""
        return self._vocabulary.unlisted()

    def list_words(self) -> Iterator[None]:
        """Add the words of all articles added so far to the vocabulary; one step for each value it yields."""
        return self._vocabulary.list_words()

    def digests(self, ids: Sequence[int]) -> dict[int, str]:
        """The digests of the indexed texts."""
        asked = orjson.dumps(list(ids)).decode()
        return dict(
            self._tables.rows("SELECT id, digest FROM entries WHERE id IN (SELECT value FROM json_each(?))", asked)
        )

    def waste(self) -> float:
        """The part of the rows that is dead."""
        rows, dead = self._numbers(
            "SELECT json_array((SELECT count(*) FROM entries), (SELECT count(*) FROM dead))",
        )
        return dead / (rows + dead) if dead else 0.0

    def note(self, name: str) -> int:
        """A small number stored with :meth:`save_note`; 0 when there is none."""
        return sum(self._numbers("SELECT json_group_array(value) FROM notes WHERE name = ?", name))

    def _numbers(self, statement: str, *values: object) -> list[int]:
        numbers: list[int] = orjson.loads(self._tables.value(statement, *values))
        return numbers

    # --- writing ------------------------------------------------------------------------------------------

    def add(self, items: Sequence[Indexed]) -> None:
        """Add articles or their new revisions; those that are in already stay as they are."""
        # FTS5 gathers rows while they ascend, and writes a segment when one does not.
        self.add_batches([sorted(items, key=lambda item: item.article.id)])

    def add_batches(self, batches: Iterable[Sequence[Indexed]]) -> None:
        """Add batches as :meth:`add` does, all of them or none. Quickest when ids are ascending."""
        with self._tables.transaction() as writer:
            for batch in batches:
                _add(writer, batch)
        self._additions += 1

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """While very many articles are added, merge segments only when there are too many, which is much quicker."""
        self.merge_at(0)
        try:
            yield
        finally:
            with suppress(sqlite3.Error, DamagedError):
                self.merge_at(MERGED)

    def merge_at(self, segments: int) -> None:
        """Set how many segments of one size are merged from now on; 0: only when there are too many."""
        with self._tables.transaction() as writer:
            writer.execute("INSERT INTO texts (texts, rank) VALUES ('automerge', ?)", (segments,))

    def save_note(self, name: str, value: int) -> None:
        with self._tables.transaction() as writer:
            writer.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))


def _add(writer: sqlite3.Connection, items: Sequence[Indexed]) -> None:
    known = {
        key: values
        for key, *values in writer.execute(
            "SELECT id, row, digest, voices, quotes FROM entries WHERE id IN (SELECT value FROM json_each(?))",
            (orjson.dumps([item.article.id for item in items]).decode(),),
        )
    }
    rows = []
    for item in items:
        article = item.article
        row = article.id
        if article.id in known:
            old, *indexed_as = known[article.id]
            if indexed_as == [article.text_digest, item.voices, item.quotes]:
                continue
            writer.execute("INSERT OR IGNORE INTO dead VALUES (?)", (old,))
            row = old + (1 << 32)
        writer.execute(
            "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)",
            (article.id, row, article.text_digest, item.voices, item.quotes),
        )
        rows.append((row, *item.texts))
    places = ", ".join("?" * len(FIELDS))
    writer.executemany("INSERT INTO unlisted VALUES (?)", [row[:1] for row in rows])
    writer.executemany(f"INSERT INTO texts (rowid, {', '.join(FIELDS)}) VALUES (?, {places})", rows)  # noqa: S608
