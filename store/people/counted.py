"""Who gets quoted over all time: kept counts, so that no question about it reads every article."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from store.models import By

_OF_APPEARANCES = {By.ROLE: "office", By.ORGANISATION: "body", By.OUTLET: "feed"}
_OF_SAYINGS = {By.VERB: "verb", By.VERB_CLASS: "verb_class", By.KIND: "kind"}
_OF_ARTICLE = " UNION ALL ".join(
    (
        *(
            f"SELECT '{by}', {column}, sum(quotes), sum(mentions) FROM appearances"  # noqa: S608
            f" WHERE article = ?1 AND {column} != '' GROUP BY {column}"
            for by, column in _OF_APPEARANCES.items()
        ),
        *(
            f"SELECT '{by}', {column}, count(*), 0 FROM sayings WHERE article = ?1 GROUP BY {column}"  # noqa: S608
            for by, column in _OF_SAYINGS.items()
        ),
    )
)


def count(writer: sqlite3.Connection, article: int) -> None:
    """Count what an article has, which is in the tables."""
    _change(writer, article, 1)


def discount(writer: sqlite3.Connection, article: int) -> None:
    """Count it no longer; it is still in the tables."""
    _change(writer, article, -1)


def give_office(writer: sqlite3.Connection, identity: int, office: str) -> None:
    """Count the appearances of somebody that came before any role was known under the first one."""
    rows = writer.execute(
        "UPDATE appearances SET office = ? WHERE identity = ? AND office = '' RETURNING quotes, mentions",
        (office, identity),
    ).fetchall()
    _add(writer, [(By.ROLE.value, office, quotes, mentions) for quotes, mentions in rows])


def _change(writer: sqlite3.Connection, article: int, sign: int) -> None:
    found = writer.execute(_OF_ARTICLE, (article,)).fetchall()
    _add(writer, [(sort, name, sign * quotes, sign * mentions) for sort, name, quotes, mentions in found])


def _add(writer: sqlite3.Connection, voices: Iterable[tuple[str, str, int, int]]) -> None:
    writer.executemany(
        "INSERT INTO voices VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET quotes = quotes + excluded.quotes, mentions = mentions + excluded.mentions",
        voices,
    )
