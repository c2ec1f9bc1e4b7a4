"""Puts the printings of one quotation into one group, as they come.

A new quotation is looked up by runs of words and compared word by word with those that have the most of its rare runs.
Only printings that no known one contains are looked up later, so that a quotation costs the same when a thousand
outlets print it. Only what one person said can be one quotation, as far as it is known who said it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import orjson

from store.people.quote_similarity import FEW_WORDS, Words, likeness, runs_of, words_of

MOST_NOTED = 60
"""A run is noted for so many quotations of a person: what more of them have is a phrase of everyday."""
MOST_COMPARED = 6
"""Quotations compared word by word: those with the most runs in common, rare ones counting more."""
PROMISING = 0.1
"""The part of what the most promising one has in common that another one has to have to be compared as well."""
SOME_WEEKS = 30 * 86_400
"""Seconds after which something is said anew, and a speaker who is not known may be anybody."""
UNKNOWN = 0
"""Stands for the identity of a speaker who is not known."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A printing of a quotation; ``group`` is the number of the first known of its kind."""

    saying: int
    group: int
    identity: int
    """:data:`UNKNOWN`, or whose words they are."""
    published: int
    """Seconds."""
    words: Words


@dataclass(frozen=True, slots=True)
class Match:
    """A known printing that is of the same quotation."""

    printed: Printed
    likeness: float


def settle(writer: sqlite3.Connection, own: Printed) -> int:
    """The group of a quotation, which is not in the tables or in a group of its own there; what it is looked up by is
    noted. The caller puts it into the group."""
    runs = runs_of(own.words)
    if not runs:
        return own.group
    known = {own.identity}
    matches = sorted(_matches(writer, own, runs), key=lambda match: (-match.likeness, match.printed.saying))
    group = own.group
    for place, match in enumerate(matches):
        other = match.printed
        # One that holds the whole of two others, which were printed apart before, makes them one.
        if other.group == group or (place and len(other.words) >= len(own.words)):
            continue
        theirs = _speakers(writer, other.group) | {other.identity}
        if len((known | theirs) - {UNKNOWN}) > 1:
            continue
        known |= theirs
        if group != own.group:
            _join(writer, other.group, group)
        group = other.group
    if not any(_holds(match.printed.words, own.words) for match in matches if match.printed.identity == own.identity):
        note(writer, own, runs)
    return group


def forget(writer: sqlite3.Connection, sayings: Iterable[int]) -> None:
    """Look quotations up no more, which leave the tables or their groups next; of each group another is kept."""
    left = list(sayings)
    marks = _marks(left)
    groups = writer.execute(f'SELECT DISTINCT "group" FROM sayings WHERE id IN ({marks})', left).fetchall()  # noqa: S608
    writer.executemany("DELETE FROM runs WHERE saying = ?", [(saying,) for saying in left])
    for (group,) in groups:
        rest = writer.execute(
            f'SELECT id FROM sayings WHERE "group" = ? AND id NOT IN ({marks}) ORDER BY length(text) DESC, id LIMIT 1',  # noqa: S608
            (group, *left),
        ).fetchone()
        if rest:
            longest = _printed(writer, rest[0])
            note(writer, longest, runs_of(longest.words))


def settle_again(writer: sqlite3.Connection, sayings: Iterable[int]) -> None:
    """The speaker of these quotations became another one: find their groups again."""
    again = list(sayings)
    forget(writer, again)
    writer.executemany('UPDATE sayings SET "group" = id WHERE id = ?', [(saying,) for saying in again])
    for saying in again:
        group = settle(writer, _printed(writer, saying))
        writer.execute('UPDATE sayings SET "group" = ? WHERE id = ?', (group, saying))


def note(writer: sqlite3.Connection, printed: Printed, runs: Iterable[int]) -> None:
    writer.executemany(
        "INSERT OR IGNORE INTO runs SELECT ?1, ?2, ?3"
        " WHERE (SELECT count(*) FROM runs WHERE run = ?1 AND identity = ?2) < ?4",
        [(run, printed.identity, printed.saying, MOST_NOTED) for run in runs],
    )


def _matches(writer: sqlite3.Connection, own: Printed, runs: Collection[int]) -> Iterator[Match]:
    for other in _all_printed(writer, _candidates(writer, own, runs)):
        long_after = abs(own.published - other.published) > SOME_WEEKS
        if UNKNOWN in (own.identity, other.identity) and (
            long_after or min(len(own.words), len(other.words)) < FEW_WORDS
        ):
            continue
        if alike := likeness(own.words, other.words, long_after=long_after):
            yield Match(other, alike)
            if alike == 1.0 and other.identity == own.identity and len(other.words) >= len(own.words):
                return  # whatever else is alike is so to that one


def _candidates(writer: sqlite3.Connection, own: Printed, runs: Collection[int]) -> list[int]:
    """The quotations to compare with, the most promising first."""
    noted = _noted(writer, own.identity, runs)
    frequency = Counter(run for run, _ in noted)
    weights: Counter[int] = Counter()
    for run, saying in noted:
        weights[saying] += 1 / frequency[run]  # type: ignore[assignment]
    del weights[own.saying]
    least = PROMISING * max(weights.values(), default=0)
    promising = [saying for saying, weight in weights.items() if weight >= least]
    return sorted(promising, key=lambda saying: (-weights[saying], saying))[:MOST_COMPARED]


def _noted(writer: sqlite3.Connection, identity: int, runs: Collection[int]) -> list[tuple[int, int]]:
    """Each run, and a quotation that it is noted for: of that speaker or of nobody known; of anybody for no speaker."""
    if identity != UNKNOWN:
        # As one value, since a long quotation has more runs than a statement may have values.
        return writer.execute(
            "SELECT run, saying FROM runs WHERE run IN (SELECT value FROM json_each(?)) AND identity IN (?, ?)",
            (orjson.dumps(list(runs)).decode(), identity, UNKNOWN),
        ).fetchall()
    found = "SELECT run, saying FROM runs WHERE run = ? LIMIT ?"
    return [row for run in runs for row in writer.execute(found, (run, 2 * MOST_NOTED))]


def _all_printed(writer: sqlite3.Connection, sayings: Sequence[int]) -> Iterator[Printed]:
    """In the order given."""
    rows = writer.execute(
        'SELECT id, "group", coalesce(identity, ?), published, text FROM sayings'  # noqa: S608
        f" WHERE id IN ({_marks(sayings)})",
        (UNKNOWN, *sayings),
    ).fetchall()
    for saying, group, identity, published, text in sorted(rows, key=lambda row: sayings.index(row[0])):
        yield Printed(saying, group, identity, published, words_of(text))


def _printed(writer: sqlite3.Connection, saying: int) -> Printed:
    return next(_all_printed(writer, [saying]))


def _speakers(writer: sqlite3.Connection, group: int) -> set[int]:
    """Who is known to have said a quotation: one at most, unless the reader parted people since."""
    rows = writer.execute('SELECT DISTINCT identity FROM sayings WHERE "group" = ? AND identity IS NOT NULL', (group,))
    return {identity for (identity,) in rows}


def _join(writer: sqlite3.Connection, kept: int, other: int) -> None:
    writer.execute('UPDATE sayings SET "group" = ? WHERE "group" = ?', (kept, other))


def _holds(whole: Words, part: Words) -> bool:
    """Whether a printing says all that another does, so that whoever looks for this one finds that one."""
    return len(whole) >= len(part) and likeness(whole, part) >= 0.9


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
