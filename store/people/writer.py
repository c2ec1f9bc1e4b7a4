"""Writes the people index: adds and removes articles, merges and splits identities.

The time that an article takes does not grow with the number of articles: candidates are looked up by a key of the
surname and the first given name, and the profile of an identity has a bounded size.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.derived.sqlite_file import SqliteFile
from store.models import Analysis, Article, Document, Person, SpeakerKind
from store.people import name_matching as names
from store.people.candidates import candidates
from store.people.entity_linking import choose
from store.people.features import Seen, features_of, subject_of
from store.people.identities import add_form, learn, merge, shown_role, split
from store.people.name_matching import Name
from store.people.quote_groups import UNKNOWN, Printed, find_group, unlist
from store.people.quote_similarity import words_of
from store.people.schema import seconds
from store.people.stories import story_of
from store.people.tallies import assign_office, count, discount
from store.text.words import fold


@dataclass(frozen=True, slots=True)
class ArticleInput:
    """An article as it is indexed. ``stamp`` changes when its text, engine or corrections do."""

    article: Article
    document: Document
    analysis: Analysis
    stamp: str


class PeopleWriter:
    """Changes the tables. One thread at a time."""

    def __init__(self, tables: SqliteFile) -> None:
        self._tables = tables

    def add(self, items: Iterable[ArticleInput]) -> None:
        """Add articles in the order given, replacing what the index has of them; all or none."""
        with self._tables.transaction() as writer:
            for item in items:
                _ArticleWriter(writer, item).write()

    def remove(self, articles: Iterable[int]) -> None:
        """Remove articles that have left the store."""
        with self._tables.transaction() as writer:
            for article in articles:
                _remove(writer, article)

    def merge(self, kept: int, other: int) -> None:
        """Merge two identities; the first keeps its number."""
        with self._tables.transaction() as writer:
            if kept != other:
                merge(writer, kept, other)

    def split(self, identity: int, articles: Sequence[int]) -> int:
        """Make a new identity of the appearances of one in these articles; returns its number."""
        with self._tables.transaction() as writer:
            return split(writer, identity, articles)

    def keep_apart(self, identities: Iterable[int]) -> None:
        """Never merge these automatically again."""
        with self._tables.transaction() as writer:
            writer.executemany("UPDATE identities SET parted = 1 WHERE id = ?", [(each,) for each in identities])


class _ArticleWriter:
    """Adds one article."""

    def __init__(self, writer: sqlite3.Connection, item: ArticleInput) -> None:
        self.writer = writer
        self.item = item
        self.article = item.article.id
        self.feed = item.article.feed_id
        self.published = seconds(item.article.published)
        self.before: dict[str, int] = {}
        """The identities in the article when it was indexed before, by folded name."""
        self.known: int = writer.execute("SELECT max(rowid) FROM entries").fetchone()[0] or 0
        """About how many articles were indexed before."""

    def write(self) -> None:
        self.before = _remove(self.writer, self.article)
        analysis = self.item.analysis
        subject = subject_of(self.item.article.title, self.item.document.text)
        quoted = [quote.person for quote in analysis.quotes]
        identities: dict[int, int] = {}
        for index, person in enumerate(analysis.people):
            if person.kind is SpeakerKind.ORGANISATION and index not in quoted:
                continue  # an organisation that is only mentioned said nothing
            identity = self._identity(index, person, subject, set(identities.values()))
            if identity is not None:
                identities[index] = identity
                self._add_appearance(index, person, identity, quoted.count(index))
        self._add_quotes(identities)
        count(self.writer, self.article)
        seen, total = self._seen([f"w:{word}" for word in subject])
        story = story_of(self.writer, self.article, self.published, subject, seen, total)
        self.writer.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", (self.article, self.item.stamp, story))

    # --- who it is ----------------------------------------------------------------------------------------

    def _identity(self, index: int, person: Person, subject: Sequence[str], taken: set[int]) -> int | None:
        """The identity of a person of the article; two people of one article never share one."""
        name = names.read(person.name)
        if person.kind is SpeakerKind.GROUP or name is None:
            return None
        if person.kind is SpeakerKind.ORGANISATION:
            return self._organisation(person)
        features = features_of(self.item.analysis, index, subject)
        identity, profile = self.before.get(fold(person.name)), None
        if identity is None or identity in taken:
            identity, profile = self._known(name, features, taken) or (self._new(person), {})
        learn(self.writer, identity, features, profile)
        self.writer.executemany(
            "INSERT INTO features VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
            [(feature,) for feature in features],
        )
        return identity

    def _organisation(self, person: Person) -> int:
        """Organisations with the same name are one."""
        key = f"={fold(person.name)}"
        row = self.writer.execute("SELECT identity FROM keys WHERE key = ?", (key,)).fetchone()
        if row:
            return int(row[0])
        identity = self._new(person)
        self.writer.execute("INSERT OR IGNORE INTO keys VALUES (?, '', ?)", (key, identity))
        return identity

    def _known(
        self, name: Name, features: Sequence[str], taken: set[int]
    ) -> tuple[int, Mapping[str, int] | None] | None:
        """The known identity it is, with its profile unless that changed since it was read."""
        found = candidates(self.writer, name, taken)
        if not found:
            return None
        choice = choose(Seen.of(features, *self._seen(features)), found)
        if choice is None:
            return None
        self.writer.execute(
            "UPDATE identities SET evidence = evidence + ?, weighed = weighed + 1 WHERE id = ?",
            (choice.evidence, choice.candidate.identity),
        )
        also = [other for other in choice.also if other not in self.before.values()]
        if also:
            self._merge_into_first([choice.candidate.identity, *also])
        return choice.candidate.identity, None if also else choice.candidate.profile.counts

    def _merge_into_first(self, found: Sequence[int]) -> None:
        """Merge identities that turned out to be one, unless the user split them or an article names both."""
        marks = ", ".join("?" * len(found))
        allowed = {
            identity
            for (identity,) in self.writer.execute(
                f"SELECT id FROM identities WHERE id IN ({marks}) AND NOT parted",  # noqa: S608
                found,
            )
        }
        for other in found[1:]:
            if {found[0], other} <= allowed and not self._meet(found[0], other):
                merge(self.writer, found[0], other)

    def _meet(self, one: int, other: int) -> bool:
        """Whether an article names both."""
        return bool(
            self.writer.execute(
                "SELECT 1 FROM appearances AS own WHERE identity = ?2 AND EXISTS"
                " (SELECT 1 FROM appearances WHERE article = own.article AND identity = ?1) LIMIT 1",
                (one, other),
            ).fetchone()
        )

    def _seen(self, features: Sequence[str]) -> tuple[dict[str, int], int]:
        """In how many appearances these features occur, and how many articles there are."""
        marks = ", ".join("?" * len(features))
        seen = dict(self.writer.execute(f"SELECT name, count FROM features WHERE name IN ({marks})", features))  # noqa: S608
        return seen, self.known

    def _new(self, person: Person) -> int:
        cursor = self.writer.execute(
            "INSERT INTO identities (kind, name, role, articles, mentions, quotes, first, last)"
            " VALUES (?, ?, '', 0, 0, 0, ?, ?)",
            (person.kind.value, person.name, self.published, self.published),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    # --- rows ---------------------------------------------------------------------------------------------

    def _add_appearance(self, index: int, person: Person, identity: int, quotes: int) -> None:
        mentions, role = len(person.mentions), person.role or person.title
        is_person = person.kind is SpeakerKind.PERSON
        before, last = self.writer.execute("SELECT role, last FROM identities WHERE id = ?", (identity,)).fetchone()
        if is_person and role and not before:
            assign_office(self.writer, identity, role)
        self.writer.execute(
            "UPDATE identities SET articles = articles + 1, mentions = mentions + ?, quotes = quotes + ?,"
            " first = min(first, ?), last = max(last, ?), role = ? WHERE id = ?",
            (mentions, quotes, self.published, self.published,
             shown_role(before, role, newer=self.published >= last), identity),
        )  # fmt: skip
        counted = shown_role(before, role, newer=True)
        office, body = (counted, person.affiliation) if is_person else ("", person.name)
        self.writer.execute(
            "INSERT INTO appearances VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (identity, self.published, self.article, index, self.feed, person.name, mentions, quotes, role,
             person.affiliation, office, body),
        )  # fmt: skip
        if is_person:
            add_form(self.writer, identity, person.name)

    def _add_quotes(self, identities: dict[int, int]) -> None:
        text = self.item.document.text
        (latest,) = self.writer.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'sayings'").fetchone()
        for position, quote in enumerate(self.item.analysis.quotes):
            said = " … ".join(text[span.start : span.end] for span in quote.spans)
            identity = identities.get(quote.person) if quote.person is not None else None
            number = (latest or 0) + 1 + position
            group = find_group(
                self.writer, Printed(number, number, identity or UNKNOWN, self.published, words_of(said))
            )
            self.writer.execute(
                "INSERT INTO sayings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, self.article, position, identity, self.published, self.feed, quote.kind.value, quote.verb,
                 quote.verb_class, quote.confidence, quote.speaker, quote.start, quote.end, said, group),
            )  # fmt: skip
            self.writer.execute("INSERT INTO saying_words (rowid, text) VALUES (?, ?)", (number, said))


def _remove(writer: sqlite3.Connection, article: int) -> dict[str, int]:
    """Remove an article; returns the identities in it by folded name, which they keep when it is added again."""
    if writer.execute("DELETE FROM entries WHERE article = ?", (article,)).rowcount == 0:
        return {}
    discount(writer, article)
    before: dict[str, int] = {}
    rows = writer.execute("SELECT identity, name, mentions, quotes FROM appearances WHERE article = ?", (article,))
    for identity, name, mentions, quotes in rows.fetchall():
        before[fold(name)] = identity
        writer.execute(
            "UPDATE identities SET articles = articles - 1, mentions = mentions - ?, quotes = quotes - ? WHERE id = ?",
            (mentions, quotes, identity),
        )
        writer.execute("UPDATE forms SET count = count - 1 WHERE identity = ? AND form = ?", (identity, name))
    writer.execute("DELETE FROM appearances WHERE article = ?", (article,))
    writer.execute(
        "INSERT INTO saying_words (saying_words, rowid, text) SELECT 'delete', id, text FROM sayings WHERE article = ?",
        (article,),
    )
    unlist(writer, [saying for (saying,) in writer.execute("SELECT id FROM sayings WHERE article = ?", (article,))])
    writer.execute("DELETE FROM sayings WHERE article = ?", (article,))
    writer.execute("DELETE FROM subjects WHERE article = ?", (article,))
    return before
