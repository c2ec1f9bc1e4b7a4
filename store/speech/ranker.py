"""Linear models over named features: sums of weights that ``bench.train_speech`` learned.

A feature is a short readable string such as ``at=and beyond=has``. A ranker gives each of several candidates a score
and the best one wins; a judge turns one score into a probability. The weights are the whole model.

Weights and scores are whole hundredths, so that a sum is exact in whatever order it is taken. Features that tell about
the same few facts make a :class:`Part`, whose sum is looked up by these facts: few strings are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import repeat
from math import exp
from typing import TypeVar

MODELS = ("cue", "subject", "side", "start", "left", "end", "source", "judge")
NEAR = 0.68
"""Two extents with this ratio of lengths have more than 0.8 of their words in common (F1)."""
BAR = "|"
"""Parts what a feature is about from a fact that several candidates share."""
SUMS = 4096
"""Sums of a part that are remembered from text to text."""
Weights = dict[str, int]
"""Hundredths by feature."""
Facts = tuple[Hashable, ...]
Sum = TypeVar("Sum", int, tuple[int, ...])
Naming = Callable[..., Sequence[str]]
_VALUE = re.compile(r"=(\S*)")

_installed: dict[str, Weights] = {}
_nested: dict[str, dict[str, Weights]] = {}
_parts: list[Part | SharedPart] = []


class Part:
    """The features of one model that tell about the same few facts; made by :func:`part`.

    ``names`` are the features, given the facts; ``sums`` the sums of their weights by the facts seen so far.
    """

    __slots__ = ("model", "names", "sums")

    def __init__(self, model: str, names: Naming) -> None:
        self.model = model
        self.names = names
        self.sums: dict[Facts, int] = {}
        _parts.append(self)

    def add(self, facts: Facts) -> int:
        """Sum up the weights of the features of ``facts``, and remember the sum."""
        found = score(self.names(*facts), weights(self.model))
        _remember(self.sums, facts, found)
        return found


class SharedPart:
    """The same for features that each of several ``outcomes`` shares: ``sums`` has one sum for each of them."""

    __slots__ = ("model", "names", "outcomes", "sums")

    def __init__(self, model: str, names: Naming, outcomes: Sequence[str]) -> None:
        self.model = model
        self.names = names
        self.outcomes = outcomes
        self.sums: dict[Facts, tuple[int, ...]] = {}
        _parts.append(self)

    def add(self, facts: Facts) -> tuple[int, ...]:
        """Sum up the weights of the features of ``facts`` for each outcome, and remember the sums."""
        names = self.names(*facts)
        tables = weights_about(self.model)
        found = tuple(score(names, tables.get(outcome, {})) for outcome in self.outcomes)
        _remember(self.sums, facts, found)
        return found


def _remember(sums: dict[Facts, Sum], facts: Facts, found: Sum) -> None:
    if len(sums) >= SUMS:
        sums.clear()
    sums[facts] = found


Row = Sequence[tuple[Part, Facts]]
"""A candidate: the facts of each part of its features."""
SharedRow = Sequence[tuple[SharedPart, Facts]]
"""What is true whatever the outcome."""


def part(model: str) -> Callable[[Naming], Part]:
    """Makes a :class:`Part` of ``model`` from a function that names its features."""
    return lambda names: Part(model, names)


def shared_part(model: str, outcomes: Sequence[str]) -> Callable[[Naming], SharedPart]:
    """Makes a :class:`SharedPart` of ``model`` from a function that names its features."""
    return lambda names: SharedPart(model, names, outcomes)


def features_of(row: Row | SharedRow) -> list[str]:
    """All features of a candidate."""
    return [feature for part, facts in row for feature in part.names(*facts)]


def score_row(row: Row) -> int:
    """The score of a candidate: the sum of the weights of all its features."""
    total = 0
    for part, facts in row:
        found = part.sums.get(facts)
        total += part.add(facts) if found is None else found
    return total


def score_outcomes(row: SharedRow) -> list[int]:
    """The score of each outcome."""
    found = [part.sums.get(facts) or part.add(facts) for part, facts in row]
    return [sum(scores) for scores in zip(*found, strict=True)]


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
    for known in _parts:
        known.sums.clear()


@cache
def _shipped() -> dict[str, Weights]:
    return parse(files("store.speech.lexicon").joinpath("weights.txt").read_text(encoding="utf-8"))


def parse(text: str) -> dict[str, Weights]:
    """The models of a file of weights: the inverse of :func:`render`."""
    models: dict[str, Weights] = {}
    table: Weights = {}
    fill: Callable[..., str] = str.format
    for line in text.splitlines():
        if line[0] == "[":
            table = models.setdefault(line[1:-1], {})
        elif line[0] == "=":
            fill = line[1:].format
        else:
            *values, weight = line.split("\t")
            table[fill(*values)] = int(weight)
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
    return scores.index(top), 1.0 / sum(_powers(scores, top))


def choose_extent(scores: Sequence[int], lengths: Sequence[int]) -> tuple[int, float]:
    """Like :func:`choose` for candidates that share one end and have these ``lengths``: the most likely to do.

    An extent does when it agrees with the right one in most of its length (ratio of at least ``NEAR``), so the
    candidate with the highest probability of doing is chosen, and that probability is returned. The lengths grow, or
    they shrink: those near to each stand together.
    """
    powers = _powers(scores, max(scores))
    winner, most = 0, -1.0
    first = last = 0
    for index, length in enumerate(lengths):
        while not _are_near(length, lengths[first]):
            first += 1
        while last < len(lengths) and _are_near(length, lengths[last]):
            last += 1
        worth = sum(powers[first:last]) + 0.2 * powers[index]
        if worth > most:
            winner, most = index, worth
    return winner, min(1.0, (most - 0.2 * powers[winner]) / sum(powers))


def _are_near(length: int, other: int) -> bool:
    return other >= NEAR * length and length >= NEAR * other


_FARTHEST = 3000
_POWERS = [exp(-behind / 100) for behind in range(_FARTHEST + 1)]
"""How probable a candidate is that so many hundredths are missing to the best one, as a multiple of that one."""


def _powers(scores: Sequence[int], top: int) -> list[float]:
    """How probable each of ``scores`` is, as a multiple of the probability of ``top``."""
    return [_POWERS[top - score if top - score < _FARTHEST else _FARTHEST] for score in scores]


def probability(score: float) -> float:
    """The logistic function, safe for any score."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score / 100))))
