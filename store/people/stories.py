"""Stories: articles on the same event, agency copies as well as other outlets' own words.

An article joins the story of the article within a few days that it has most in common with: rare words of its subject,
people, quotations. Nothing is hidden by this; the lists show a story as a group that opens.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log

import orjson

from store.derived.sqlite_file import SqliteFile

WINDOW = 3 * 86_400
"""Seconds between an article and the next of its story, at most; a long story continues from article to article."""
MOST_CHANGED = 500
"""Up to this many changed articles are read one by one; when more changed, all are read again."""
LOOKED_AT = 15
"""Articles compared, those with the most words in common."""
LEAST_SHARED = 3
NEEDED = 0.5
PEOPLE = 0.35
"""Added to the score when all the people of one article are in the other."""
QUOTATION = 0.3
"""Added to the score when both have a quotation in common."""


def story_of(
    writer: sqlite3.Connection,
    article: int,
    published: int,
    subject: Sequence[str],
    seen: Mapping[str, int],
    total: int,
) -> int:
    """The story of an article whose appearances and quotations are in the tables: the number of its first article. The
    words of its subject are stored for later ones.

    ``seen`` says in how many appearances the words of the subject were, of ``total`` articles.
    """
    candidates = _candidates(writer, article, published, subject)
    writer.executemany(
        "INSERT OR IGNORE INTO subjects VALUES (?, ?, ?)", [(word, published, article) for word in subject]
    )
    if not candidates:
        return article
    weights = {word: log(1 + (total + 1) / (1 + seen.get(f"w:{word}", 0))) for word in subject}
    all_of_them = sum(weights.values())
    near = _Near(writer, [article, *candidates])
    people, groups = near.people[article], near.groups[article]
    best, most = article, NEEDED
    for candidate, shared in candidates.items():
        score = sum(map(weights.__getitem__, shared)) / all_of_them
        others = near.people[candidate]
        if people and others:
            score += PEOPLE * len(people & others) / min(len(people), len(others))
        if groups & near.groups[candidate]:
            score += QUOTATION
        if score > most:
            best, most = candidate, score
    if best == article:
        return article
    return int(writer.execute("SELECT story FROM entries WHERE article = ?", (best,)).fetchone()[0])


def _candidates(
    writer: sqlite3.Connection, article: int, published: int, subject: Sequence[str]
) -> dict[int, Sequence[str]]:
    """Articles of these days, and the words of the subject that each shares."""
    if not subject:
        return {}
    marks = ", ".join("?" * len(subject))
    rows = writer.execute(
        "SELECT article, group_concat(word, ' ') FROM subjects"  # noqa: S608
        f" WHERE word IN ({marks}) AND published BETWEEN ? AND ? AND article != ?"
        " GROUP BY article HAVING count(*) >= ? ORDER BY count(*) DESC, article LIMIT ?",
        (*subject, published - WINDOW, published + WINDOW, article, LEAST_SHARED, LOOKED_AT),
    )
    return {candidate: shared.split(" ") for candidate, shared in rows}


class _Near:
    """The people and quotations of some articles, which are compared besides their words."""

    def __init__(self, writer: sqlite3.Connection, articles: Sequence[int]) -> None:
        marks = ", ".join("?" * len(articles))

        def found(question: str) -> dict[int, set[object]]:
            values: dict[int, set[object]] = defaultdict(set)
            for article, value in writer.execute(f"{question} WHERE article IN ({marks})", articles):
                values[article].add(value)
            return values

        self.people = found("SELECT article, identity FROM appearances")
        self.groups = found('SELECT article, "group" FROM sayings')


class Stories:
    """The story of every article, kept in memory: lists ask for all of them, and an article changes one. May be used
    from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read_from: SqliteFile | None = None
        self._story: dict[int, int] = {}
        self._changed: set[int] = set()

    def changed(self, articles: Iterable[int]) -> None:
        """Articles were added to the tables, changed or removed."""
        with self._lock:
            self._changed.update(articles)

    def of_all(self, tables: SqliteFile) -> dict[int, int]:
        """The story, as a number, of every article in the tables."""
        with self._lock:
            if tables is not self._read_from or len(self._changed) > MOST_CHANGED:
                self._changed.clear()
                self._story = all_stories(tables)
                self._read_from = tables
            while self._changed:
                article = self._changed.pop()
                self._story.pop(article, None)
                self._story |= tables.rows("SELECT article, story FROM entries WHERE article = ?", article)
            return self._story.copy()


def all_stories(tables: SqliteFile) -> dict[int, int]:
    """The story of every article, as a number. Read as two texts, since a row each takes twice as long."""
    ((articles, stories),) = tables.rows("SELECT json_group_array(article), json_group_array(story) FROM entries")
    return dict(zip(orjson.loads(articles), orjson.loads(stories), strict=True))
