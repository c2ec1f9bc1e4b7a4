"""Who gets quoted: quotations counted by person, role, organisation, outlet, verb and kind.

Counts over all time are stored and kept up to date with every article, so that no question about them reads every
article; counts of some time, feed or person are made when they are asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from store.derived.sqlite_file import SqliteFile
from store.models import By, QuoteQuery, Tally
from store.people.queries import NameOf, asked_condition
from store.people.schema import seconds

_QUOTE_COLUMNS = {By.VERB: "verb", By.VERB_CLASS: "verb_class", By.KIND: "sayings.kind"}
_APPEARANCE_COLUMNS = {
    By.PERSON: "identities.name, identity",
    By.ROLE: "office, 0",
    By.ORGANISATION: "body, 0",
    By.OUTLET: "'', feed",
}
_JOINED = {By.PERSON: " JOIN identities ON identities.id = identity AND identities.kind = 'person'"}
_APPEARANCE_COUNTS = {By.ROLE: "office", By.ORGANISATION: "body", By.OUTLET: "feed"}
_QUOTE_COUNTS = {By.VERB: "verb", By.VERB_CLASS: "verb_class", By.KIND: "kind"}
_COUNTS_OF_ARTICLE = " UNION ALL ".join(
    (
        *(
            f"SELECT '{by}', {column}, sum(quotes), sum(mentions) FROM appearances"  # noqa: S608
            f" WHERE article = ?1 AND {column} != '' GROUP BY {column}"
            for by, column in _APPEARANCE_COUNTS.items()
        ),
        *(
            f"SELECT '{by}', {column}, count(*), 0 FROM sayings WHERE article = ?1 GROUP BY {column}"  # noqa: S608
            for by, column in _QUOTE_COUNTS.items()
        ),
    )
)


# --- asking -------------------------------------------------------------------------------------------------


def tallies(tables: SqliteFile, by: By, asked: QuoteQuery, limit: int, source_of: NameOf) -> list[Tally]:
    """The counts, most quoted first; appearances without a name (a person without a role) are not listed."""
    if replace(asked, limit=0, offset=0) == QuoteQuery(limit=0):
        return _people(tables, limit) if by is By.PERSON else _over_all_time(tables, by, limit, source_of)
    return (
        _of_quotes(tables, by, asked, limit)
        if by in _QUOTE_COLUMNS
        else _of_appearances(tables, by, asked, limit, source_of)
    )


def _people(tables: SqliteFile, limit: int) -> list[Tally]:
    """Everybody over all time, from the counts stored with each identity."""
    rows = tables.rows(
        "SELECT name, quotes, mentions, id FROM identities WHERE kind = 'person' AND articles > 0"
        " ORDER BY quotes DESC, mentions DESC, name LIMIT ?",
        limit,
    )
    return [Tally(*row) for row in rows]


def _over_all_time(tables: SqliteFile, by: By, limit: int, source_of: NameOf) -> list[Tally]:
    rows = tables.rows(
        "SELECT name, quotes, mentions FROM voices WHERE sort = ? AND quotes + mentions > 0"
        " ORDER BY quotes DESC, mentions DESC, name LIMIT ?",
        by.value,
        limit,
    )
    if by is By.OUTLET:
        found = [Tally(source_of(int(feed)), quotes, mentions, int(feed)) for feed, quotes, mentions in rows]
        return [tally for tally in found if tally.name]
    return [Tally(*row) for row in rows]


def _of_quotes(tables: SqliteFile, by: By, asked: QuoteQuery, limit: int) -> list[Tally]:
    where, values = asked_condition(asked)
    rows = tables.rows(
        f"SELECT {_QUOTE_COLUMNS[by]} AS name, count(*) AS quotes FROM sayings WHERE {where}"  # noqa: S608
        " GROUP BY name ORDER BY quotes DESC, name LIMIT ?",
        *values,
        limit,
    )
    return [Tally(name, quotes) for name, quotes in rows]


def _of_appearances(tables: SqliteFile, by: By, asked: QuoteQuery, limit: int, source_of: NameOf) -> list[Tally]:
    where, values = ["1"], []
    for condition, value in (
        ("identity = ?", asked.person),
        ("published >= ?", seconds(asked.since) if asked.since else None),
        ("published < ?", seconds(asked.until) if asked.until else None),
        ("feed = ?", asked.feed_id),
    ):
        if value is not None:
            where.append(condition)
            values.append(value)
    name, number = _APPEARANCE_COLUMNS[by].rsplit(", ", 1)
    rows = tables.rows(
        f"SELECT {name} AS named, {number} AS number, sum(appearances.quotes) AS said, sum(appearances.mentions) AS met"  # noqa: S608
        f" FROM appearances{_JOINED.get(by, '')} WHERE {' AND '.join(where)}"
        " GROUP BY number, named ORDER BY said DESC, met DESC, named LIMIT ?",
        *values,
        limit + 1,
    )
    found = [
        Tally(source_of(feed) if by is By.OUTLET else named, quotes, mentions, feed)
        for named, feed, quotes, mentions in rows
    ]
    return [tally for tally in found if tally.name][:limit]


# --- stored counts ------------------------------------------------------------------------------------------


def count(writer: sqlite3.Connection, article: int) -> None:
    """Add an article, whose rows are in the tables, to the stored counts."""
    _change(writer, article, 1)


def discount(writer: sqlite3.Connection, article: int) -> None:
    """Take an article, whose rows are still in the tables, out of the stored counts."""
    _change(writer, article, -1)


def assign_office(writer: sqlite3.Connection, identity: int, office: str) -> None:
    """Count the appearances of an identity from before any role was known under its first role."""
    rows = writer.execute(
        "UPDATE appearances SET office = ? WHERE identity = ? AND office = '' RETURNING quotes, mentions",
        (office, identity),
    ).fetchall()
    _add(writer, [(By.ROLE.value, office, quotes, mentions) for quotes, mentions in rows])


def _change(writer: sqlite3.Connection, article: int, sign: int) -> None:
    found = writer.execute(_COUNTS_OF_ARTICLE, (article,)).fetchall()
    _add(writer, [(sort, name, sign * quotes, sign * mentions) for sort, name, quotes, mentions in found])


def _add(writer: sqlite3.Connection, voices: Iterable[tuple[str, str, int, int]]) -> None:
    writer.executemany(
        "INSERT INTO voices VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET quotes = quotes + excluded.quotes, mentions = mentions + excluded.mentions",
        voices,
    )
