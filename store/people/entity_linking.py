"""Decides which known person a name in a new article means, if any. Pure: candidates in, a choice out.

Better two entries for one person, which the user can merge with a key, than one entry for two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from store.people.features import Profile, Seen, weigh
from store.people.name_matching import Likeness, Name, compare

NEEDED = {Likeness.SAME: -2.2, Likeness.CLOSE: -1.7, Likeness.VARIANT: 0.7, Likeness.SURNAME: 2.0}
"""The evidence (log odds) that a name needs to be taken for a known person's. Nearly everybody has their full name for
themselves in the news, so it needs little; initials and short forms need some, a surname alone much."""
EXPECTED = 4.0
"""How far the evidence may be below what is usual for an identity: for a person who always appears in the same office
and company, an appearance in quite another one is that of a namesake."""
MOST_EXPECTED = 1.5
BONUS = {Likeness.SAME: 1.5, Likeness.CLOSE: 1.0, Likeness.VARIANT: 0.0, Likeness.SURNAME: 0.0}
"""Added to the rank for the better agreement of a name when several people match."""
WELL_KNOWN = 10
"""With more articles than this, a name probably means its best known bearer, and the evidence needed falls."""
FAME = {Likeness.SAME: 0.6, Likeness.CLOSE: 0.6, Likeness.VARIANT: 0.0, Likeness.SURNAME: 0.8}
"""How fast it falls."""
MOST_OF_THEM = 0.8
"""The part of the articles with a surname that a person must be in for the surname alone to mean that person."""
BOTH = 3.0
"""With this much evidence for each, two identities of one full name are merged."""
MARGIN = 1.0
"""How far a candidate must be ahead of the next one where only the surname agrees."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known person who may be meant: how well the name agrees, the profile, in how many articles the person is, and
    the mean evidence of the appearances so far (None before the second)."""

    identity: int
    likeness: Likeness
    profile: Profile
    articles: int
    usual: float | None
    forms: Sequence[Name]
    """The most frequent forms of the name."""

    @property
    def in_full(self) -> bool:
        """Whether some article gives the whole name."""
        return any(form.given for form in self.forms)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who was chosen, and the evidence for it. ``also`` are others that are the same person as well."""

    candidate: Candidate
    evidence: float
    also: tuple[int, ...] = ()


def choose(seen: Seen, candidates: Sequence[Candidate]) -> Choice | None:
    """The candidate that this appearance belongs to; None for a new person."""
    of_the_name = sum(candidate.articles for candidate in candidates if candidate.in_full)
    possible: list[tuple[float, Candidate, float]] = []
    for candidate in candidates:
        evidence = weigh(seen, candidate.profile, candidate.articles)
        if evidence >= _needed(candidate, seen, of_the_name):
            rank = evidence + BONUS[candidate.likeness] + 0.5 * log(1 + candidate.articles)
            possible.append((rank, candidate, evidence))
    possible.sort(key=lambda item: -item[0])
    if not possible:
        return None
    rank, best, evidence = possible[0]
    if best.likeness is Likeness.SURNAME and len(possible) > 1 and rank - possible[1][0] < MARGIN:
        return None
    also = [other.identity for _, other, theirs in possible[1:] if min(evidence, theirs) >= BOTH and _one(best, other)]
    return Choice(best, evidence, tuple(also))


def _one(best: Candidate, other: Candidate) -> bool:
    """Whether two people of one name can be one person: they share a field of life, and no middle names contradict."""
    full = min(best.likeness, other.likeness) >= Likeness.CLOSE
    return full and bool(best.profile.fields & other.profile.fields) and _agree(best.forms, other.forms)


def _agree(forms: Sequence[Name], others: Sequence[Name]) -> bool:
    return all(compare(form, other) is not Likeness.NONE for form in forms for other in others)


def _needed(candidate: Candidate, seen: Seen, of_the_name: int) -> float:
    """The evidence needed; ``of_the_name`` is in how many articles people of this name are in all."""
    needed = NEEDED[candidate.likeness]
    if candidate.usual is not None:
        needed = max(needed, min(candidate.usual - EXPECTED, MOST_EXPECTED))
    if candidate.likeness is Likeness.SURNAME and not (
        candidate.in_full and candidate.articles >= MOST_OF_THEM * of_the_name
    ):
        return needed
    if seen.contradicts(candidate.profile):
        return needed
    lowered = needed - FAME[candidate.likeness] * log(1 + candidate.articles / WELL_KNOWN)
    # Without an office that could contradict, a namesake looks just like the person whom everybody means.
    both = seen.tells_role and candidate.profile.tells_role
    return lowered if both else max(lowered, NEEDED[candidate.likeness])


def best_likeness(name: Name, forms: Sequence[Name]) -> Likeness:
    """The best agreement with any form; NONE when a form with a given name contradicts it."""
    best, contradicted = Likeness.NONE, False
    for form in forms:
        likeness = compare(name, form)
        if likeness is Likeness.SAME:
            return likeness
        best = max(best, likeness)
        contradicted = contradicted or (likeness is Likeness.NONE and bool(form.given))
    return Likeness.NONE if contradicted and name.given else best
