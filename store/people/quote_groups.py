"""Groups the reprints of one quotation as articles arrive.

A new quotation is looked up by runs of words and compared word by word with those that have the most of its rare runs.
Only reprints that no known one contains are listed for later look-ups, so that a quotation costs the same when a
thousand outlets print it. Quotations of different speakers are never grouped, as far as the speakers are known.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import orjson

from store.people.quote_similarity import FEW_WORDS, Words, likeness, runs_of, words_of

MOST_LISTED = 60
"""A run is listed for at most this many quotations of a person: one that more have is an everyday phrase."""
MOST_COMPARED = 6
"""Quotations compared word by word: those with the most runs in common, rare ones counting more."""
PROMISING = 0.1
"""Another one is compared too when its common runs weigh at least this part of the most promising one's."""
SOME_WEEKS = 30 * 86_400
"""Seconds after which the same words were said again, and an unknown speaker may be anybody."""
UNKNOWN = 0
"""The identity of a speaker who is not known."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A quotation as one article prints it; ``group`` is the number of the first known reprint."""

    saying: int
    group: int
    identity: int
    """The speaker, or :data:`UNKNOWN`."""
    published: int
    """Seconds."""
    words: Words


@dataclass(frozen=True, slots=True)
class Match:
    """A known reprint of the same quotation."""

    printed: Printed
    likeness: float


def find_group(writer: sqlite3.Connection, own: Printed) -> int:
    """The group of a quotation that is not in the tables yet, or is in a group of its own there. Its runs are listed,
    so that later ones find it; the caller stores the group."""
    runs = runs_of(own.words)
    if not runs:
        return own.group
    known = {own.identity}
    matches = sorted(_matches(writer, own, runs), key=lambda match: (-match.likeness, match.printed.saying))
    group = own.group
    for place, match in enumerate(matches):
        other = match.printed
        # One that contains two others, which had groups of their own, makes them one.
        if other.group == group or (place and len(other.words) >= len(own.words)):
            continue
        theirs = _speakers(writer, other.group) | {other.identity}
        if len((known | theirs) - {UNKNOWN}) > 1:
            continue
        known |= theirs
        if group != own.group:
            _merge(writer, other.group, group)
        group = other.group
    if not any(
        _contains(match.printed.words, own.words) for match in matches if match.printed.identity == own.identity
    ):
        list_runs(writer, own, runs)
    return group


def unlist(writer: sqlite3.Connection, sayings: Iterable[int]) -> None:
    """Remove the runs of quotations that are about to leave the tables or their groups. The longest of those that stay
    in each group is listed in their place."""
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
            list_runs(writer, longest, runs_of(longest.words))


def regroup(writer: sqlite3.Connection, sayings: Iterable[int]) -> None:
    """Find the groups of quotations again whose speaker changed."""
    again = list(sayings)
    unlist(writer, again)
    writer.executemany('UPDATE sayings SET "group" = id WHERE id = ?', [(saying,) for saying in again])
    for saying in again:
        group = find_group(writer, _printed(writer, saying))
        writer.execute('UPDATE sayings SET "group" = ? WHERE id = ?', (group, saying))


def list_runs(writer: sqlite3.Connection, printed: Printed, runs: Iterable[int]) -> None:
    writer.executemany(
        "INSERT OR IGNORE INTO runs SELECT ?1, ?2, ?3"
        " WHERE (SELECT count(*) FROM runs WHERE run = ?1 AND identity = ?2) < ?4",
        [(run, printed.identity, printed.saying, MOST_LISTED) for run in runs],
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
                return  # any other match is in that one's group


def _candidates(writer: sqlite3.Connection, own: Printed, runs: Collection[int]) -> list[int]:
    """The quotations to compare with, the most promising first."""
    listed = _listed(writer, own.identity, runs)
    frequency = Counter(run for run, _ in listed)
    weights: Counter[int] = Counter()
    for run, saying in listed:
        weights[saying] += 1 / frequency[run]  # type: ignore[assignment]
    del weights[own.saying]
    least = PROMISING * max(weights.values(), default=0)
    promising = [saying for saying, weight in weights.items() if weight >= least]
    return sorted(promising, key=lambda saying: (-weights[saying], saying))[:MOST_COMPARED]


def _listed(writer: sqlite3.Connection, identity: int, runs: Collection[int]) -> list[tuple[int, int]]:
    """Each run, and a quotation that it is listed for: of this speaker or of an unknown one; for an unknown speaker of
    anybody."""
    if identity != UNKNOWN:
        # As one value, since a long quotation has more runs than a statement may have values.
        return writer.execute(
            "SELECT run, saying FROM runs WHERE run IN (SELECT value FROM json_each(?)) AND identity IN (?, ?)",
            (orjson.dumps(list(runs)).decode(), identity, UNKNOWN),
        ).fetchall()
    found = "SELECT run, saying FROM runs WHERE run = ? LIMIT ?"
    return [row for run in runs for row in writer.execute(found, (run, 2 * MOST_LISTED))]


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
    """The known speakers of a quotation: one at most, unless the user split people since."""
    rows = writer.execute('SELECT DISTINCT identity FROM sayings WHERE "group" = ? AND identity IS NOT NULL', (group,))
    return {identity for (identity,) in rows}


def _merge(writer: sqlite3.Connection, kept: int, other: int) -> None:
    writer.execute('UPDATE sayings SET "group" = ? WHERE "group" = ?', (kept, other))


def _contains(whole: Words, part: Words) -> bool:
    """Whether a reprint contains another one, so that looking for that one finds this one."""
    return len(whole) >= len(part) and likeness(whole, part) >= 0.9


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
