"""Which articles tell one story: agency copies and other outlets' own words on the same event.

An article joins the story of the article within a few days that it has most in common with: rare words of its subject,
people, quotations. Nothing is hidden by this; the lists show a story as a group that opens.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log

WINDOW = 3 * 86_400
"""Seconds between two articles of one story, at most; a long story goes on from article to article."""
LOOKED_AT = 15
"""Articles compared, those with the most words in common."""
LEAST_SHARED = 3
NEEDED = 0.5
PEOPLE = 0.35
"""What it counts when all the people of one article are in the other."""
QUOTATION = 0.3
"""What a quotation counts that both have."""


def story_of(
    writer: sqlite3.Connection,
    article: int,
    published: int,
    subject: Sequence[str],
    seen: Mapping[str, int],
    total: int,
) -> int:
    """Note an article, whose appearances and sayings are in, and return its story: the number of its first article.

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
    """Articles of these days, and the words of the subject that each has as well."""
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
    """What is compared of some articles besides their words: people and quotations."""

    def __init__(self, writer: sqlite3.Connection, articles: Sequence[int]) -> None:
        marks = ", ".join("?" * len(articles))

        def found(question: str) -> dict[int, set[object]]:
            values: dict[int, set[object]] = defaultdict(set)
            for article, value in writer.execute(f"{question} WHERE article IN ({marks})", articles):
                values[article].add(value)
            return values

        self.people = found("SELECT article, identity FROM appearances")
        self.groups = found('SELECT article, "group" FROM sayings')
