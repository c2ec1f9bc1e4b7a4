"""Which known person a name in a new article is, or that it is somebody new. Pure: candidates in, a choice out.

Better two entries for one person, which the user can merge with a key, than one entry for two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from store.people.evidence import weigh
from store.people.names import Likeness, Name, compare

NEEDED = {Likeness.SAME: -2.2, Likeness.CLOSE: -1.7, Likeness.VARIANT: 0.7, Likeness.SURNAME: 2.0}
"""The evidence (log odds) that a name needs to be taken for a known person's. Nearly everybody has their full name for
themselves in the news, so it needs little; initials and short forms need some, a surname alone much."""
EXPECTED = 4.0
"""How far below the usual of an identity the evidence may be: of somebody who is always seen in the same office and
company, an appearance in quite another one is a namesake."""
MOST_EXPECTED = 1.5
BONUS = {Likeness.SAME: 1.5, Likeness.CLOSE: 1.0, Likeness.VARIANT: 0.0, Likeness.SURNAME: 0.0}
"""What the better agreement of a name counts when several people fit."""
MARGIN = 1.0
"""How much more must speak for a candidate than for the next one, where only the surname agrees."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known person who may be meant: how well the name agrees, what the person was seen with, in how many articles,
    and the mean of the evidence with which its appearances were told (None before the second)."""

    identity: int
    likeness: Likeness
    profile: Mapping[str, int]
    articles: int
    usual: float | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The identity chosen, and the evidence for it."""

    identity: int
    evidence: float


def choose(
    features: Sequence[str], candidates: Sequence[Candidate], seen: Mapping[str, int], total: int
) -> Choice | None:
    """The identity that this appearance belongs to; None for somebody new."""
    fitting: list[tuple[float, Likeness, Choice]] = []
    for candidate in candidates:
        likeness = candidate.likeness
        evidence = weigh(features, candidate.profile, candidate.articles, seen, total)
        needed = NEEDED[likeness]
        if candidate.usual is not None:
            needed = max(needed, min(candidate.usual - EXPECTED, MOST_EXPECTED))
        if evidence >= needed:
            rank = evidence + BONUS[likeness] + 0.5 * log(1 + candidate.articles)
            fitting.append((rank, likeness, Choice(candidate.identity, evidence)))
    fitting.sort(key=lambda item: -item[0])
    if not fitting:
        return None
    if fitting[0][1] is Likeness.SURNAME and len(fitting) > 1 and fitting[0][0] - fitting[1][0] < MARGIN:
        return None
    return fitting[0][2]


def best_likeness(name: Name, forms: Sequence[Name]) -> Likeness:
    """The best agreement with any form; NONE when a form with a given name contradicts it."""
    found = [compare(name, form) for form in forms]
    best = max(found, default=Likeness.NONE)
    if (
        best is not Likeness.SAME
        and name.given
        and any(likeness is Likeness.NONE and form.given for likeness, form in zip(found, forms, strict=True))
    ):
        return Likeness.NONE
    return best
