"""Which quotations are one, printed by several outlets: shortened, split, mended or translated with other marks.

Each quotation is looked up by hashes of runs of words; those that share one are compared word by word. Only what one
person said can be one quotation, as far as it is known who said it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import blake2b

from store.database.tokens import words

RUN = 4
"""Words of a run."""
LEAST_WORDS = 5
"""Shorter quotations ("We won") are said by everybody."""
KEPT = 2
"""One run of so many is kept of a long quotation, the same ones in every quotation that has them."""
SHORT = 14
"""Words up to which all runs are kept."""
MOST_NOTED = 60
"""A run is noted for so many quotations: what more of them have is a phrase of everyday, or known by these already."""
MOST_FOUND = 40
MOST_COMPARED = 10
"""Quotations compared word by word: those with the most runs in common."""
FEW_WORDS = 12
SHORT_LIVED = 30 * 86_400
"""Seconds within which so few words are one quotation; later somebody says them again."""
OF_A_GROUP = 2
"""Of printings known to be one quotation, so many are compared."""
CONTAINED = 0.9
"""The part of a shortened quotation's words that the whole one has in the same order."""
EDITED = 0.87
"""The part of both quotations' words that is the same, when they differ inside."""


@dataclass(frozen=True, slots=True)
class Match:
    """A quotation that is the same as a new one; ``group`` is the number of the first of its kind."""

    saying: int
    group: int
    likeness: float
    within: bool
    """The old one is within the new one."""


def runs_of(said: Sequence[str]) -> set[int]:
    """The hashes (63 bits) that a quotation is found by; nothing for one that is too short."""
    if len(said) < LEAST_WORDS:
        return set()
    hashes = {_hash(" ".join(said[at : at + RUN])) for at in range(len(said) - RUN + 1)}
    return hashes if len(said) <= SHORT else {run for run in hashes if run % KEPT == 0} or {min(hashes)}


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """The part of the shorter quotation's words that the longer one has in the same order, in [0, 1]; 0 for two that
    only begin or end alike."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks if block.size > 1)
    part, both = shared / max(1, min(len(one), len(other))), 2 * shared / max(1, len(one) + len(other))
    return part if part >= CONTAINED or both >= EDITED else 0.0


def group_of(writer: sqlite3.Connection, saying: int, identity: int | None, published: int, text: str) -> int:
    """Note a new quotation and return the group it belongs to: that of the best match, or its own number.

    A quotation that holds the whole of two others, which were printed apart before, makes them one. ``published`` is
    in seconds.
    """
    said = words(text)
    runs = runs_of(said)
    if not runs:
        return saying
    matches = list(_matches(writer, identity, published, said, runs))
    writer.executemany(
        "INSERT INTO runs SELECT ?1, ?2 WHERE (SELECT count(*) FROM runs WHERE run = ?1) < ?3",
        [(run, saying, MOST_NOTED) for run in runs],
    )
    if not matches:
        return saying
    best = max(matches, key=lambda match: (match.likeness, -match.saying))
    for other in {match.group for match in matches if match.within} - {best.group}:
        writer.execute('UPDATE sayings SET "group" = ? WHERE "group" = ?', (best.group, other))
    return best.group


def _matches(
    writer: sqlite3.Connection, identity: int | None, published: int, said: Sequence[str], runs: Collection[int]
) -> Iterator[Match]:
    marks = ", ".join("?" * len(runs))
    found = writer.execute(
        'SELECT sayings.id, text, "group", published FROM runs JOIN sayings ON sayings.id = saying'  # noqa: S608
        f" WHERE run IN ({marks}) AND (identity IS NULL OR ? IS NULL OR identity = ?)"
        " GROUP BY saying ORDER BY count(*) DESC, saying LIMIT ?",
        (*runs, identity, identity, MOST_FOUND),
    )
    compared: Counter[int] = Counter()
    for number, text, group, when in found.fetchall():
        if compared[group] == OF_A_GROUP:
            continue
        said_before = words(text)
        if min(len(said), len(said_before)) < FEW_WORDS and abs(published - when) > SHORT_LIVED:
            continue
        compared[group] += 1
        if alike := likeness(said, said_before):
            yield Match(number, group, alike, len(said_before) < len(said))
        if compared.total() == MOST_COMPARED:
            return


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1
