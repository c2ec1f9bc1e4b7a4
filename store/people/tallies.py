"""Who gets quoted: quotations counted by person, role, organisation, outlet, verb and kind."""

from __future__ import annotations

from dataclasses import replace

from store.derived.sqlite_file import SqliteFile
from store.models import By, QuoteQuery, Tally
from store.people.queries import NameOf, asked_condition
from store.people.writer import seconds

_OF_SAYINGS = {By.VERB: "verb", By.VERB_CLASS: "verb_class", By.KIND: "sayings.kind"}
_OF_APPEARANCES = {
    By.PERSON: "identities.name, identity",
    By.ROLE: "office, 0",
    By.ORGANISATION: "body, 0",
    By.OUTLET: "'', feed",
}
_JOINED = {By.PERSON: " JOIN identities ON identities.id = identity AND identities.kind = 'person'"}


def tallies(tables: SqliteFile, by: By, asked: QuoteQuery, limit: int, source_of: NameOf) -> list[Tally]:
    """The counts, most quoted first; what has no name (a person without a role) is not listed."""
    if replace(asked, limit=0, offset=0) == QuoteQuery(limit=0):
        return _people(tables, limit) if by is By.PERSON else _kept(tables, by, limit, source_of)
    return _of_sayings(tables, by, asked, limit) if by in _OF_SAYINGS else _spoken(tables, by, asked, limit, source_of)


def _people(tables: SqliteFile, limit: int) -> list[Tally]:
    """Everybody over all time: these counts are kept."""
    rows = tables.rows(
        "SELECT name, quotes, mentions, id FROM identities WHERE kind = 'person' AND articles > 0"
        " ORDER BY quotes DESC, mentions DESC, name LIMIT ?",
        limit,
    )
    return [Tally(*row) for row in rows]


def _kept(tables: SqliteFile, by: By, limit: int, source_of: NameOf) -> list[Tally]:
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


def _of_sayings(tables: SqliteFile, by: By, asked: QuoteQuery, limit: int) -> list[Tally]:
    where, values = asked_condition(asked)
    rows = tables.rows(
        f"SELECT {_OF_SAYINGS[by]} AS name, count(*) AS quotes FROM sayings WHERE {where}"  # noqa: S608
        " GROUP BY name ORDER BY quotes DESC, name LIMIT ?",
        *values,
        limit,
    )
    return [Tally(name, quotes) for name, quotes in rows]


def _spoken(tables: SqliteFile, by: By, asked: QuoteQuery, limit: int, source_of: NameOf) -> list[Tally]:
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
    name, number = _OF_APPEARANCES[by].rsplit(", ", 1)
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
