"""Linear models over named features: sums of weights that ``bench.train_speech`` learned.

A feature is a short readable string such as ``shape=inverted+next=comma``. A ranker gives each of several candidates
a score and the best one wins; a judge turns one score into a probability. The weights are the whole model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from math import exp

MODELS = ("cue", "subject", "side", "start", "left", "end", "source", "judge")
NEAR = 0.68
"""Two extents with this ratio of lengths have more than 0.8 of their words in common (F1)."""
BAR = "|"
"""Parts what a feature is about from a fact that several candidates share."""
Weights = dict[str, float]
_VALUE = re.compile(r"=(\S*)")

_installed: dict[str, Weights] = {}
_nested: dict[str, dict[str, Weights]] = {}


def weights(model: str) -> Weights:
    """The weights of one of :data:`MODELS`; read on the first call."""
    if not _installed:
        install(_shipped())
    return _installed[model]


def weights_about(model: str) -> dict[str, Weights]:
    """The weights of the features ``about|fact``, by ``about``: facts shared by candidates need no new strings."""
    if not _installed:
        install(_shipped())
    return _nested[model]


def install(models: dict[str, Weights]) -> None:
    """Use ``models`` from now on instead of the shipped weights; for training and cross-validation."""
    _installed.clear()
    _nested.clear()
    _installed.update({model: models.get(model, {}) for model in MODELS})
    for model, table in _installed.items():
        nested = _nested.setdefault(model, {})
        for feature, weight in table.items():
            about, bar, fact = feature.partition(BAR)
            if bar:
                nested.setdefault(about, {})[fact] = weight


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
            table[fill(*values)] = int(weight) / 100
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
            shapes.setdefault(_VALUE.sub("={}", feature), []).append(f"{values}{round(100 * weight)}")
        for shape, rows in shapes.items():
            lines += [f"={shape}", *rows]
    return "\n".join(lines) + "\n"


def score(features: Iterable[str], table: Weights) -> float:
    """The sum of the weights of ``features``; unknown ones count nothing."""
    get: Callable[[str, float], float] = table.get
    return sum([get(feature, 0.0) for feature in features])


def best(candidates: Sequence[Sequence[str]], table: Weights) -> tuple[int, float]:
    """The index of the candidate with the highest score and its share of the probability; see :func:`choose`."""
    return choose([score(features, table) for features in candidates])


def choose(values: Sequence[float]) -> tuple[int, float]:
    """The index of the highest of the scores ``values``, the first of equals, and its share of the probability.

    The share is that of a conditional logit model. Raises ValueError when there are no values.
    """
    top = max(values)
    return values.index(top), 1.0 / sum([exp(max(value - top, -30.0)) for value in values])


def best_extent(candidates: Sequence[Sequence[str]], lengths: Sequence[int], table: Weights) -> tuple[int, float]:
    """Like :func:`best` for candidates that share one end and have these ``lengths``: the most likely to do.

    An extent does when it agrees with the right one in most of its length (ratio of at least ``NEAR``), so the
    candidate with the highest probability of doing is chosen, and that probability is returned.
    """
    values = [score(features, table) for features in candidates]
    top = max(values)
    powers = [exp(max(value - top, -30.0)) for value in values]
    total = sum(powers)
    winner, most = 0, -1.0
    for index, length in enumerate(lengths):
        near = sum(
            [p for p, other in zip(powers, lengths, strict=True) if min(length, other) >= NEAR * max(length, other)]
        )
        worth = near + 0.2 * powers[index]
        if worth > most:
            winner, most = index, worth
    return winner, min(1.0, (most - 0.2 * powers[winner]) / total)


def probability(value: float) -> float:
    """The logistic function, safe for any value."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, value))))
