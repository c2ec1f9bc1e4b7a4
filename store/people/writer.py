"""Writes the memory of people: articles put in, taken out, identities merged and split.

What an article adds is found in time that does not grow with the number of articles: candidates are looked up by a
key of the surname and the first given name, and an identity remembers a bounded amount.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from store.derived.sqlite_file import SqliteFile
from store.models import EPOCH, Analysis, Article, Document, Person, SpeakerKind
from store.people import name_matching as names
from store.people.candidates import candidates
from store.people.counted import count, discount, give_office
from store.people.entity_linking import choose
from store.people.features import Seen, features_of, subject_of
from store.people.identities import add_form, learn, merge, split
from store.people.name_matching import Name
from store.people.quote_groups import UNKNOWN, Printed, forget, settle
from store.people.quote_similarity import words_of
from store.people.stories import story_of
from store.text.words import fold


@dataclass(frozen=True, slots=True)
class ArticleInput:
    """What is put in of an article. ``stamp`` changes when its text, engine or corrections do."""

    article: Article
    document: Document
    analysis: Analysis
    stamp: str


def seconds(time: datetime) -> int:
    return int((time - EPOCH).total_seconds())


class Register:
    """Puts articles into the tables. One thread at a time."""

    def __init__(self, tables: SqliteFile) -> None:
        self._tables = tables

    def put(self, items: Iterable[ArticleInput]) -> None:
        """Put articles in, in the order given, in place of what is known of them; all or none."""
        with self._tables.transaction() as writer:
            for item in items:
                _Entering(writer, item).enter()

    def drop(self, articles: Iterable[int]) -> None:
        """Take articles out that have left the store."""
        with self._tables.transaction() as writer:
            for article in articles:
                _take_out(writer, article)

    def merge(self, kept: int, other: int) -> None:
        """Make two identities one; the first keeps its number."""
        with self._tables.transaction() as writer:
            if kept != other:
                merge(writer, kept, other)

    def split(self, identity: int, articles: Sequence[int]) -> int:
        """Make somebody of their own of an identity's appearances in these articles; returns the new number."""
        with self._tables.transaction() as writer:
            return split(writer, identity, articles)

    def keep_apart(self, identities: Iterable[int]) -> None:
        """Never join these by themselves again."""
        with self._tables.transaction() as writer:
            writer.executemany("UPDATE identities SET parted = 1 WHERE id = ?", [(each,) for each in identities])


class _Entering:
    """One article on its way in."""

    def __init__(self, writer: sqlite3.Connection, item: ArticleInput) -> None:
        self.writer = writer
        self.item = item
        self.article = item.article.id
        self.feed = item.article.feed_id
        self.published = seconds(item.article.published)
        self.before: dict[str, int] = {}
        """Who was in the article when it was put in before, by folded name."""
        self.known: int = writer.execute("SELECT max(rowid) FROM entries").fetchone()[0] or 0
        """About how many articles were put in before."""

    def enter(self) -> None:
        self.before = _take_out(self.writer, self.article)
        analysis = self.item.analysis
        subject = subject_of(self.item.article.title, self.item.document.text)
        quoted = [quote.person for quote in analysis.quotes]
        identities: dict[int, int] = {}
        for index, person in enumerate(analysis.people):
            if person.kind is SpeakerKind.ORGANISATION and index not in quoted:
                continue  # a body that is only mentioned is nobody who said something
            identity = self._identity(index, person, subject, set(identities.values()))
            if identity is not None:
                identities[index] = identity
                self._appear(index, person, identity, quoted.count(index))
        self._say(identities)
        count(self.writer, self.article)
        seen, total = self._seen([f"w:{word}" for word in subject])
        story = story_of(self.writer, self.article, self.published, subject, seen, total)
        self.writer.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", (self.article, self.item.stamp, story))

    # --- who it is ----------------------------------------------------------------------------------------

    def _identity(self, index: int, person: Person, subject: Sequence[str], taken: set[int]) -> int | None:
        """The identity of a person of the article; nobody else of the same article can be the same one."""
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
        """An organisation is one when its name is the same."""
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
        """Who of those in the tables it is, with the profile, unless that changed since it was read."""
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
            self._join([choice.candidate.identity, *also])
        return choice.candidate.identity, None if also else choice.candidate.profile.counts

    def _join(self, found: Sequence[int]) -> None:
        """Make one with the first those who began apart, unless the reader parted them or an article names both."""
        marks = ", ".join("?" * len(found))
        may = {
            identity
            for (identity,) in self.writer.execute(
                f"SELECT id FROM identities WHERE id IN ({marks}) AND NOT parted",  # noqa: S608
                found,
            )
        }
        for other in found[1:]:
            if {found[0], other} <= may and not self._meet(found[0], other):
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
        """In how many appearances these features were, and how many articles there are."""
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

    # --- what is noted ------------------------------------------------------------------------------------

    def _appear(self, index: int, person: Person, identity: int, quotes: int) -> None:
        mentions, role = len(person.mentions), person.role or person.title
        is_person = person.kind is SpeakerKind.PERSON
        before = self.writer.execute("SELECT role FROM identities WHERE id = ?", (identity,)).fetchone()[0]
        if is_person and role and not before:
            give_office(self.writer, identity, role)
        self.writer.execute(
            "UPDATE identities SET articles = articles + 1, mentions = mentions + ?, quotes = quotes + ?,"
            " first = min(first, ?), last = max(last, ?), role = CASE WHEN ? != '' AND (role = '' OR ? >= last)"
            " THEN ? ELSE role END WHERE id = ?",
            (mentions, quotes, self.published, self.published, role, self.published, role, identity),
        )
        office, body = (role or before, person.affiliation) if is_person else ("", person.name)
        self.writer.execute(
            "INSERT INTO appearances VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (identity, self.published, self.article, index, self.feed, person.name, mentions, quotes, role,
             person.affiliation, office, body),
        )  # fmt: skip
        if is_person:
            add_form(self.writer, identity, person.name)

    def _say(self, identities: dict[int, int]) -> None:
        text = self.item.document.text
        (latest,) = self.writer.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'sayings'").fetchone()
        for position, quote in enumerate(self.item.analysis.quotes):
            said = " … ".join(text[span.start : span.end] for span in quote.spans)
            identity = identities.get(quote.person) if quote.person is not None else None
            number = (latest or 0) + 1 + position
            group = settle(self.writer, Printed(number, number, identity or UNKNOWN, self.published, words_of(said)))
            self.writer.execute(
                "INSERT INTO sayings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, self.article, position, identity, self.published, self.feed, quote.kind.value, quote.verb,
                 quote.verb_class, quote.confidence, quote.speaker, quote.start, quote.end, said, group),
            )  # fmt: skip
            self.writer.execute("INSERT INTO saying_words (rowid, text) VALUES (?, ?)", (number, said))


def _take_out(writer: sqlite3.Connection, article: int) -> dict[str, int]:
    """Forget an article; returns who was in it, by folded name: re-reading an article does not make them others."""
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
    forget(writer, [saying for (saying,) in writer.execute("SELECT id FROM sayings WHERE article = ?", (article,))])
    writer.execute("DELETE FROM sayings WHERE article = ?", (article,))
    writer.execute("DELETE FROM subjects WHERE article = ?", (article,))
    return before
