"""Linear models over named features: sums of weights that ``tools.train_attribution`` learned.

A feature is a short readable string such as ``at=and beyond=has``. A ranker gives each of several candidates a score
and the best one wins; a judge turns one score into a probability. The weights are the whole model.

Weights and scores are whole hundredths, so that a sum is exact in whatever order it is taken. Features that tell about
the same few facts make a :func:`part`, whose sum is remembered by these facts: few strings are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from itertools import chain, repeat
from math import exp
from typing import Any, ParamSpec, Protocol, cast

from store.attribution.lexicon import read

MODELS = ("antecedent", "cue", "subject", "side", "start", "left", "end", "source", "judge", "speaker")
NEAR = 0.68
"""Two extents with this ratio of lengths have more than 0.8 of their words in common (F1)."""
BAR = "|"
"""Parts what a feature is about from a fact that several candidates share."""
SUMS = 4096
"""Sums of a part that are remembered from text to text."""
Weights = dict[str, int]
"""Hundredths by feature."""
Spelled = tuple[str, ...]
"""Names of features."""
P = ParamSpec("P")
_VALUE = re.compile(r"=(\S*)")

_installed: dict[str, Weights] = {}
_nested: dict[str, dict[str, Weights]] = {}
_parts: list[_Remembered] = []
_spelling = False


class _Remembered(Protocol):
    def cache_clear(self) -> None: ...


def part(model: str) -> Callable[[Callable[P, Sequence[str]]], Callable[P, int]]:
    """Makes of a function that names the features of a few facts one that sums up their weights in ``model``.

    The sums of :data:`SUMS` different facts are remembered. Inside :func:`spelling` the names themselves are given.
    """

    def make(names: Callable[P, Sequence[str]]) -> Callable[P, int]:
        named: Callable[..., Sequence[str]] = names

        @lru_cache(maxsize=SUMS)
        def total(*facts: Hashable) -> int | Spelled:
            features = named(*facts)
            return tuple(features) if _spelling else score(features, weights(model))

        _parts.append(total)
        return cast(Callable[P, int], total)

    return make


def shared_part(
    model: str, outcomes: Sequence[str]
) -> Callable[[Callable[P, Sequence[str]]], Callable[P, Sequence[int]]]:
    """The same for features that each of several ``outcomes`` shares: there is a sum for each of them."""

    def make(names: Callable[P, Sequence[str]]) -> Callable[P, Sequence[int]]:
        named: Callable[..., Sequence[str]] = names

        @lru_cache(maxsize=SUMS)
        def totals(*facts: Hashable) -> tuple[int, ...] | Spelled:
            features = named(*facts)
            tables = weights_about(model)
            return tuple(features) if _spelling else tuple([score(features, tables.get(o, {})) for o in outcomes])

        _parts.append(totals)
        return cast(Callable[P, Sequence[int]], totals)

    return make


def add_outcomes(*parts: Sequence[int]) -> Sequence[int]:
    """The score of each outcome: what shared parts say together."""
    return tuple(chain(*parts)) if _spelling else [*map(sum, zip(*parts, strict=True))]


def part_by(model: str) -> Callable[[Callable[..., Sequence[str]]], Callable[..., Mapping[Any, int]]]:
    """The same for facts of which all but the last are the same for many candidates: the sums by the last one."""

    def make(names: Callable[..., Sequence[str]]) -> Callable[..., Mapping[Any, int]]:
        @lru_cache(maxsize=SUMS)
        def totals(*facts: Hashable) -> _TotalsBy:
            return _TotalsBy(partial(names, *facts), weights(model))

        _parts.append(totals)
        return totals

    return make


class _TotalsBy(dict[Any, Any]):
    """The score of facts by the last of them, summed up when first asked for."""

    __slots__ = ("names", "table")

    def __init__(self, names: Callable[[Any], Sequence[str]], table: Weights) -> None:
        self.names = names
        self.table = table

    def __missing__(self, fact: Hashable) -> int | Spelled:
        features = self.names(fact)
        if _spelling:
            return tuple(features)
        total = self[fact] = score(features, self.table)
        return total


def part_about(model: str) -> Callable[[Callable[P, Sequence[str]]], Callable[P, Mapping[str, int]]]:
    """The same for the features ``about|fact`` of facts that candidates share: the sum by what each is about."""

    def make(names: Callable[P, Sequence[str]]) -> Callable[P, Mapping[str, int]]:
        named: Callable[..., Sequence[str]] = names

        @lru_cache(maxsize=SUMS)
        def totals(*facts: Hashable) -> _Totals:
            return _Totals(named(*facts), weights_about(model))

        _parts.append(totals)
        return cast(Callable[P, Mapping[str, int]], totals)

    return make


class _Totals(dict[str, Any]):
    """The score of the same facts by what candidates are about, summed up when first asked for."""

    __slots__ = ("facts", "tables")

    def __init__(self, facts: Sequence[str], tables: dict[str, Weights]) -> None:
        self.facts = facts
        self.tables = tables

    def __missing__(self, about: str) -> int | Spelled:
        if _spelling:
            return tuple([f"{about}{BAR}{fact}" for fact in self.facts])
        total = self[about] = score(self.facts, self.tables.get(about, {}))
        return total


@contextmanager
def spelling() -> Iterator[None]:
    """Inside it every score is the tuple of the names of its features instead: for training."""
    global _spelling
    _forget()
    _spelling = True
    try:
        yield
    finally:
        _spelling = False
        _forget()


def _forget() -> None:
    for known in _parts:
        known.cache_clear()


def weights(model: str) -> Weights:
    """The weights of one of :data:`MODELS`; read on the first call."""
    if not _installed:
        install(_shipped())
    return _installed[model]


def weights_about(model: str) -> dict[str, Weights]:
    """The weights of the features ``about|fact``, by ``about``: facts shared by candidates need no new strings."""
    nested = _nested.get(model)
    if nested is None:
        nested = {}
        for feature, weight in weights(model).items():
            about, bar, fact = feature.partition(BAR)
            if bar:
                nested.setdefault(about, {})[fact] = weight
        _nested[model] = nested
    return nested


def install(models: dict[str, Weights]) -> None:
    """Use ``models`` from now on instead of the shipped weights; for training and cross-validation."""
    _installed.clear()
    _nested.clear()
    _installed.update({model: models.get(model, {}) for model in MODELS})
    _forget()


@cache
def _shipped() -> dict[str, Weights]:
    return parse(read("weights.txt"))


def parse(text: str) -> dict[str, Weights]:
    """The models of a file of weights: the inverse of :func:`render`."""
    models: dict[str, Weights] = {}
    table: Weights = {}
    shape = ""
    for line in text.strip("\n").split("\n"):
        *values, weight = line.split("\t")
        if values or not line.startswith(("[", "=")):
            table[shape % tuple(values)] = int(weight)
        elif line[0] == "[":
            table = models.setdefault(line[1:-1], {})
        else:
            shape = line[1:].replace("%", "%%").replace("{}", "%s")
    return models


def render(models: dict[str, Weights]) -> str:
    """The weights as text. Features that differ only in their values stand together under what they share:

    a line ``[model]``, a line ``=at={} beyond={}``, then lines of the values and the weight in hundredths, by tabs.
    """
    lines: list[str] = []
    for model, table in models.items():
        lines.append(f"[{model}]")
        shapes: dict[str, list[str]] = {}
        for feature, weight in sorted(table.items()):
            values = "".join(f"{value}\t" for value in _VALUE.findall(feature))
            shapes.setdefault(_VALUE.sub("={}", feature), []).append(f"{values}{weight}")
        for shape, rows in shapes.items():
            lines += [f"={shape}", *rows]
    return "\n".join(lines) + "\n"


def score(features: Iterable[str], table: Weights) -> int:
    """The sum of the weights of ``features``; unknown ones count nothing."""
    return sum(map(table.get, features, repeat(0)))


def choose(scores: Sequence[int]) -> tuple[int, float]:
    """The index of the highest of ``scores``, the first of equals, and its share of the probability.

    The share is that of a conditional logit model. Raises ValueError when there are no scores.
    """
    top = max(scores)
    total = 0.0
    for score in scores:
        total += _POWERS[top - score if top - score < _FARTHEST else _FARTHEST]
    return scores.index(top), 1.0 / total


def choose_extent(scores: Sequence[int], lengths: Sequence[int]) -> tuple[int, float]:
    """Like :func:`choose` for candidates that share one end and have these ``lengths``: the most likely to do.

    An extent does when it agrees with the right one in most of its length (ratio of at least ``NEAR``), so the
    candidate with the highest probability of doing is chosen, and that probability is returned. The lengths grow, or
    they shrink: those near to each stand together.
    """
    top = max(scores)
    powers = [_POWERS[top - score if top - score < _FARTHEST else _FARTHEST] for score in scores]
    count = len(powers)
    winner, most = 0, -1.0
    first = last = 0
    least = [NEAR * length for length in lengths]
    for index, length in enumerate(lengths):
        enough = least[index]
        while lengths[first] < enough or length < least[first]:
            first += 1
        while last < count and lengths[last] >= enough and length >= least[last]:
            last += 1
        worth = sum(powers[first:last]) + 0.2 * powers[index]
        if worth > most:
            winner, most = index, worth
    return winner, min(1.0, (most - 0.2 * powers[winner]) / sum(powers))


_FARTHEST = 3000
_POWERS = [exp(-behind / 100) for behind in range(_FARTHEST + 1)]
"""How probable a candidate is that so many hundredths are missing to the best one, as a multiple of that one."""


def probability(score: float) -> float:
    """The logistic function, safe for any score."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score / 100))))
