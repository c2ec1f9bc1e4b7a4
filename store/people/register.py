"""Writes the memory of people: articles put in, taken out, identities merged and split.

What an article adds is found in time that does not grow with the number of articles: candidates are looked up by a
key of the surname and the initial, and an identity remembers a bounded amount.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from store.database.derived import Derived
from store.database.tokens import fold
from store.models import EPOCH, Analysis, Article, Document, Person, SpeakerKind
from store.people import names
from store.people.alike import words_of
from store.people.evidence import features_of, remember, subject_of
from store.people.grouping import UNKNOWN, Printed, forget, settle
from store.people.identities import add_form, merge, split
from store.people.linking import Candidate, best_likeness, choose
from store.people.names import Likeness, Name
from store.people.stories import story_of

MOST_CANDIDATES = 40
"""People looked at for one name; of more, those with the most articles."""
FORMS = 12
"""Forms of a name that new ones are compared with."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is put in of an article. ``stamp`` changes when its text, engine or corrections do."""

    article: Article
    document: Document
    analysis: Analysis
    stamp: str


def seconds(time: datetime) -> int:
    return int((time - EPOCH).total_seconds())


class Register:
    """Puts articles into the tables. One thread at a time."""

    def __init__(self, tables: Derived) -> None:
        self._tables = tables

    def put(self, items: Iterable[Given]) -> None:
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

    def __init__(self, writer: sqlite3.Connection, item: Given) -> None:
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
        identity = self.before.get(fold(person.name))
        if identity is None or identity in taken:
            identity = self._known(name, features, taken) or self._new(person)
        profile = self.writer.execute("SELECT profile FROM identities WHERE id = ?", (identity,)).fetchone()[0]
        text = orjson.dumps(remember(orjson.loads(profile), features)).decode()
        self.writer.execute("UPDATE identities SET profile = ? WHERE id = ?", (text, identity))
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

    def _known(self, name: Name, features: Sequence[str], taken: set[int]) -> int | None:
        candidates = list(self._candidates(name, taken))
        if not candidates:
            return None
        seen, total = self._seen(features)
        found = choose(features, candidates, seen, total)
        if found is None:
            return None
        self.writer.execute(
            "UPDATE identities SET evidence = evidence + ?, weighed = weighed + 1 WHERE id = ?",
            (found.evidence, found.identity),
        )
        return self._as_one([found.identity, *(other for other in found.also if other not in self.before.values())])

    def _as_one(self, found: Sequence[int]) -> int:
        """Join people who began apart, unless the reader parted them or an article names both; returns the first."""
        if len(found) == 1:
            return found[0]
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
        return found[0]

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

    def _candidates(self, name: Name, taken: set[int]) -> Iterator[Candidate]:
        """Those whose name agrees and who are nobody else in the article."""
        forms: dict[int, list[Name]] = {}
        for identity in self._looked_up(name) - taken:
            rows = self.writer.execute(
                "SELECT form FROM forms WHERE identity = ? ORDER BY count DESC LIMIT ?", (identity, FORMS)
            )
            forms[identity] = [form for (text,) in rows if (form := names.read(text))]
        for identity, known in forms.items():
            likeness = best_likeness(name, [form for form in known if form.given] or known)
            if likeness is not Likeness.NONE:
                profile, articles, evidence, weighed = self.writer.execute(
                    "SELECT profile, articles, evidence, weighed FROM identities WHERE id = ?", (identity,)
                ).fetchone()
                usual = evidence / weighed if weighed else None
                in_full = any(form.given for form in known)
                yield Candidate(identity, likeness, orjson.loads(profile), articles, usual, in_full)

    def _looked_up(self, name: Name) -> set[int]:
        """The identities that the keys of a name lead to, at most :data:`MOST_CANDIDATES` a key."""
        last, initial = names.skeleton(name.last), name.given[0][0] if name.given else ""
        keys: list[tuple[str, str]] = [(last, "")]
        if initial:
            # Short forms begin with another letter: "Bill" is "William".
            keys += [(last, letter) for letter in {initial, *(short[0] for short in names.short_forms(name))}]
            keys.append((names.turned_key(name), ""))
        found: set[int] = set()
        for key, letter in keys:
            narrow, values = ("AND initial = ?", (key, letter)) if initial else ("", (key,))
            found.update(
                identity
                for (identity,) in self.writer.execute(
                    f"SELECT identity FROM keys JOIN identities ON id = identity WHERE key = ? {narrow}"  # noqa: S608
                    " ORDER BY articles DESC, id LIMIT ?",
                    (*values, MOST_CANDIDATES),
                )
            )
        return found

    def _new(self, person: Person) -> int:
        cursor = self.writer.execute(
            "INSERT INTO identities (kind, name, role, profile, articles, mentions, quotes, first, last)"
            " VALUES (?, ?, '', '{}', 0, 0, 0, ?, ?)",
            (person.kind.value, person.name, self.published, self.published),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    # --- what is noted ------------------------------------------------------------------------------------

    def _appear(self, index: int, person: Person, identity: int, quotes: int) -> None:
        mentions, role = len(person.mentions), person.role or person.title
        self.writer.execute(
            "INSERT INTO appearances VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self.article, index, identity, person.name, mentions, quotes, self.published, self.feed, role,
             person.affiliation),
        )  # fmt: skip
        self.writer.execute(
            "UPDATE identities SET articles = articles + 1, mentions = mentions + ?, quotes = quotes + ?,"
            " first = min(first, ?), last = max(last, ?), role = CASE WHEN ? != '' AND (role = '' OR ? >= last)"
            " THEN ? ELSE role END WHERE id = ?",
            (mentions, quotes, self.published, self.published, role, self.published, role, identity),
        )
        if person.kind is SpeakerKind.PERSON:
            add_form(self.writer, identity, person.name)

    def _say(self, identities: dict[int, int]) -> None:
        text = self.item.document.text
        (latest,) = self.writer.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'sayings'").fetchone()
        for position, quote in enumerate(self.item.analysis.quotes):
            said = " … ".join(text[span.start : span.end] for span in quote.spans)
            identity = identities.get(quote.person) if quote.person is not None else None
            number = (latest or 0) + 1 + position
            self.writer.execute(
                "INSERT INTO sayings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?1)",
                (number, self.article, position, identity, self.published, self.feed, quote.kind.value, quote.verb,
                 quote.verb_class, quote.confidence, quote.speaker, quote.start, quote.end, said),
            )  # fmt: skip
            self.writer.execute("INSERT INTO saying_words (rowid, text) VALUES (?, ?)", (number, said))
            settle(self.writer, Printed(number, number, identity or UNKNOWN, self.published, words_of(said)))


def _take_out(writer: sqlite3.Connection, article: int) -> dict[str, int]:
    """Forget an article; returns who was in it, by folded name: re-reading an article does not make them others."""
    if writer.execute("DELETE FROM entries WHERE article = ?", (article,)).rowcount == 0:
        return {}
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
