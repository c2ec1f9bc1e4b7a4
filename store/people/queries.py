"""The questions that the people index answers: the directory, a person's page, what a person said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from math import log
from typing import Any

from store.derived.sqlite_file import SqliteFile
from store.models import (
    Companion,
    Outlet,
    PersonEntry,
    PersonPage,
    QuoteKind,
    QuoteOccurrence,
    QuoteQuery,
    RoleHeld,
    SpeakerKind,
    Week,
)
from store.people.features import is_everyday
from store.people.schema import seconds, to_time
from store.text.words import fold, spaced, words

MOST_COMPANIONS = 12
MOST_SHARED = 3_000
"""The newest articles of a person whose other people are counted."""
MOST_TOPICS = 12
SPOKEN = 400
"""The newest quotations whose words give a person's topics."""
MOST_WEIGHED = 24
OFTEN = 1_000
"""At most this many quotations with a word are counted; more would not change its weight."""
MOST_WEEKS = 104
_WEEK = 7 * 86_400
_MONDAY = 4 * 86_400
"""1970 began on a Thursday: its first Monday."""

NameOf = Callable[[int], str]
"""A feed's or article's title by its number; '' when it is gone."""

_ENTRY = "id, name, role, kind, articles, mentions, quotes, first, last"
_SAYING = (
    "sayings.id, article, position, identity, coalesce(identities.name, speaker), feed, published, sayings.kind, verb,"
    ' verb_class, confidence, text, start, "end", "group",'
    ' (SELECT count(DISTINCT others.feed) FROM sayings AS others WHERE others."group" = sayings."group")'
)


def directory(tables: SqliteFile, text: str = "", limit: int = 500, offset: int = 0) -> list[PersonEntry]:
    """People named in the store, most quoted first; ``text`` narrows them by words of any form of the name or role."""
    where, values = _named(text)
    rows = tables.rows(
        f"SELECT {_ENTRY} FROM identities WHERE {where}"  # noqa: S608
        " ORDER BY quotes DESC, mentions DESC, name LIMIT ? OFFSET ?",
        *values,
        limit,
        offset,
    )
    return list(map(_entry, rows))


def count_people(tables: SqliteFile, text: str = "") -> int:
    """How many people the directory lists for this text."""
    where, values = _named(text)
    return int(tables.value(f"SELECT count(*) FROM identities WHERE {where}", *values))  # noqa: S608


def _named(text: str) -> tuple[str, list[str]]:
    """The condition that the words are in a form of the name or in the role."""
    where, values = "kind = 'person' AND articles > 0", []
    for word in words(text):
        where += (
            " AND (role LIKE ? OR EXISTS (SELECT 1 FROM forms WHERE identity = id AND count > 0 AND folded LIKE ?))"
        )
        values += [f"%{word}%"] * 2
    return where, values


def entry(tables: SqliteFile, person: int) -> PersonEntry | None:
    rows = tables.rows(f"SELECT {_ENTRY} FROM identities WHERE id = ?", person)  # noqa: S608
    return _entry(rows[0]) if rows else None


def page(tables: SqliteFile, person: int, source_of: NameOf) -> PersonPage | None:
    """A person's page without quotations and topics; None when nobody has this number. ``source_of`` gives a feed's
    title."""
    found = entry(tables, person)
    if found is None:
        return None
    forms = tables.rows("SELECT form FROM forms WHERE identity = ? AND count > 0 ORDER BY count DESC, form", person)
    roles = tables.rows(
        "SELECT role, affiliation, min(published), max(published), count(*) FROM appearances"
        " WHERE identity = ? AND role || affiliation != '' GROUP BY role, affiliation ORDER BY max(published) DESC",
        person,
    )
    outlets = tables.rows(
        "SELECT feed, count(*), sum(quotes) FROM appearances WHERE identity = ? GROUP BY feed"
        " ORDER BY sum(quotes) DESC, count(*) DESC",
        person,
    )
    return PersonPage(
        found,
        tuple(form for (form,) in forms),
        tuple(RoleHeld(role, place, to_time(first), to_time(last), count) for role, place, first, last, count in roles),
        tuple(_weeks(tables, person)),
        companions(tables, person),
        tuple(Outlet(feed, source_of(feed), articles, quotes) for feed, articles, quotes in outlets),
    )


def companions(tables: SqliteFile, person: int) -> tuple[Companion, ...]:
    """Who is in the same articles, most often first."""
    rows = tables.rows(
        "SELECT id, name, shared FROM (SELECT others.identity, count(*) AS shared FROM"
        " (SELECT article FROM appearances WHERE identity = ?1 ORDER BY published DESC LIMIT ?2) AS own"
        " JOIN appearances AS others ON others.article = own.article"
        " WHERE others.identity != ?1 GROUP BY others.identity) JOIN identities ON id = identity AND kind = 'person'"
        " ORDER BY shared DESC, id LIMIT ?3",
        person,
        MOST_SHARED,
        MOST_COMPANIONS,
    )
    return tuple(Companion(*row) for row in rows)


def topics(tables: SqliteFile, person: int) -> tuple[str, ...]:
    """Words that are frequent in what a person says and rare in what others say."""
    said = tables.rows("SELECT text FROM sayings WHERE identity = ? ORDER BY published DESC LIMIT ?", person, SPOKEN)
    spoken = (word for (text,) in said for word in dict.fromkeys(words(text)))
    found = Counter(word for word in spoken if len(word) > 3 and not is_everyday(word))
    often = [word for word, count in found.most_common(MOST_WEIGHED) if count > 1] or [
        word for word, _ in found.most_common(5)
    ]
    total = tables.value("SELECT max(id) FROM sayings", default=1) or 1
    met = "SELECT count(*) FROM (SELECT rowid FROM saying_words WHERE saying_words MATCH ? LIMIT ?)"
    weight = {
        word: found[word] * log(1 + total / (1 + tables.value(met, f'"{word}"', OFTEN, default=0))) for word in often
    }
    return tuple(sorted(often, key=lambda word: (-weight[word], word))[:MOST_TOPICS])


def quotes(tables: SqliteFile, asked: QuoteQuery, source_of: NameOf, title_of: NameOf) -> list[QuoteOccurrence]:
    """Quotations, newest or oldest first; those of one article oldest first are in the order of its text."""
    where, values = asked_condition(asked)
    way = "ASC" if asked.oldest_first else "DESC"
    rows = tables.rows(
        f"SELECT {_SAYING} FROM sayings LEFT JOIN identities ON identities.id = identity WHERE {where}"  # noqa: S608
        f" ORDER BY published {way}, sayings.id {way} LIMIT ? OFFSET ?",
        *values,
        asked.limit,
        asked.offset,
    )
    return [_saying(row, source_of, title_of) for row in rows]


def group(tables: SqliteFile, number: int, source_of: NameOf, title_of: NameOf) -> list[QuoteOccurrence]:
    """All reprints of one quotation, first seen first."""
    rows = tables.rows(
        f"SELECT {_SAYING} FROM sayings LEFT JOIN identities ON identities.id = identity"  # noqa: S608
        ' WHERE sayings."group" = ? ORDER BY published, sayings.id',
        number,
    )
    return [_saying(row, source_of, title_of) for row in rows]


def outlets_of(tables: SqliteFile, asked: QuoteQuery, source_of: NameOf) -> list[Outlet]:
    """The sources that print such quotations, those with the most first."""
    where, values = asked_condition(asked)
    rows = tables.rows(
        f"SELECT feed, count(DISTINCT article), count(*) FROM sayings WHERE {where}"  # noqa: S608
        " GROUP BY feed ORDER BY count(*) DESC, feed",
        *values,
    )
    return [Outlet(feed, source_of(feed), articles, quotes) for feed, articles, quotes in rows]


def count_quotes(tables: SqliteFile, asked: QuoteQuery) -> int:
    """How many quotations there are, whatever the limit."""
    where, values = asked_condition(asked)
    return int(tables.value(f"SELECT count(*) FROM sayings WHERE {where}", *values))  # noqa: S608


def count_after(tables: SqliteFile, person: int, article: int) -> int:
    """How many quotations a person has in articles with greater numbers."""
    return int(tables.value("SELECT count(*) FROM sayings WHERE identity = ? AND article > ?", person, article))


def person_in(tables: SqliteFile, article_id: int, name: str) -> int | None:
    """The identity of the person whom an article calls so."""
    rows = tables.rows("SELECT identity, name FROM appearances WHERE article = ?", article_id)
    folded = fold(name)
    return next((identity for identity, printed in rows if fold(printed) == folded), None)


def called(tables: SqliteFile, name: str) -> list[int]:
    """The identities that have this form of a name, most named first."""
    rows = tables.rows(
        "SELECT identities.id FROM forms JOIN identities ON identities.id = identity"
        " WHERE folded = ? AND count > 0 ORDER BY articles DESC, identities.id",
        fold(name),
    )
    return [identity for (identity,) in rows]


def articles_of(tables: SqliteFile, person: int, held: RoleHeld | None = None) -> list[int]:
    """The articles that name a person (in this role), newest first."""
    where, values = ("", []) if held is None else (" AND role = ? AND affiliation = ?", [held.role, held.affiliation])
    rows = tables.rows(
        f"SELECT article FROM appearances WHERE identity = ?{where} ORDER BY published DESC, article DESC",  # noqa: S608
        person,
        *values,
    )
    return [article for (article,) in rows]


def articles_quoting(tables: SqliteFile, person: int) -> list[int]:
    """The articles that have quotations of theirs."""
    return [article for (article,) in tables.rows("SELECT DISTINCT article FROM sayings WHERE identity = ?", person)]


def asked_condition(asked: QuoteQuery) -> tuple[str, list[object]]:
    """The condition on the table ``sayings``, and its values."""
    where: list[str] = ["1"]
    values: list[object] = []
    for condition, value in (
        ("identity = ?", asked.person),
        ("published >= ?", seconds(asked.since) if asked.since else None),
        ("published < ?", seconds(asked.until) if asked.until else None),
        ("feed = ?", asked.feed_id),
        ("sayings.kind = ?", asked.kind.value if asked.kind else None),
        ("verb_class = ?", asked.verb_class or None),
    ):
        if value is not None:
            where.append(condition)
            values.append(value)
    if found := words(asked.words):
        where.append("sayings.id IN (SELECT rowid FROM saying_words WHERE saying_words MATCH ?)")
        values.append(" ".join(f'"{spaced(word)}"' for word in found))
    condition = " AND ".join(where)
    if asked.once:
        # Of a row that has the least of its group, SQLite gives the other columns as well.
        first = f'SELECT sayings.id, min(published) FROM sayings WHERE {condition} GROUP BY "group"'  # noqa: S608
        condition = f"sayings.id IN (SELECT id FROM ({first}))"  # noqa: S608
    return condition, values


def _weeks(tables: SqliteFile, person: int) -> Iterator[Week]:
    """The newest weeks up to the last one with a mention, without gaps."""
    rows = tables.rows(
        "SELECT (published - ?1) / ?2 AS week, sum(mentions), sum(quotes) FROM appearances WHERE identity = ?3"
        " GROUP BY week ORDER BY week DESC LIMIT ?4",
        _MONDAY,
        _WEEK,
        person,
        MOST_WEEKS,
    )
    counts = {week: (mentions, quotes) for week, mentions, quotes in rows}
    if counts:
        for week in range(max(min(counts), max(counts) - MOST_WEEKS + 1), max(counts) + 1):
            yield Week(to_time(week * _WEEK + _MONDAY), *counts.get(week, (0, 0)))


def _entry(row: tuple[Any, ...]) -> PersonEntry:
    number, name, role, kind, articles, mentions, quotes, first, last = row
    return PersonEntry(number, name, role, SpeakerKind(kind), articles, mentions, quotes, to_time(first), to_time(last))


def _saying(row: tuple[Any, ...], source_of: NameOf, title_of: NameOf) -> QuoteOccurrence:
    number, article, position, person, name, feed, published, kind, *rest = row
    return QuoteOccurrence(
        number, article, position, person, name, source_of(feed), title_of(article), to_time(published),
        QuoteKind(kind), *rest,
    )  # fmt: skip
