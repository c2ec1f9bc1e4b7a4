"""Linear models from examples: conditional logit for rankers, logistic regression for judges.

Both are trained by AdaGrad with an L2 penalty (Duchi, Hazan and Singer, 2011). Training is deterministic.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, sqrt

from store.attribution.linear_model import Weights, probability

SMALLEST = 0.12
"""Weights nearer to zero are dropped: the file stays small and the scores the same."""
Row = Sequence[str]


@dataclass(slots=True)
class Example:
    """Candidates with their features, which of them are right, and how much the example counts."""

    rows: Sequence[Row]
    right: set[int]
    weight: float = 1.0


class _Numbered:
    """The features that occur in at least ``rare`` examples, as numbers."""

    def __init__(self, examples: Iterable[Example], rare: int) -> None:
        counts: Counter[str] = Counter()
        for example in examples:
            counts.update({feature for row in example.rows for feature in row})
        self.names = [feature for feature, count in counts.items() if count >= rare]
        self._numbers = {feature: number for number, feature in enumerate(self.names)}

    def row(self, row: Row) -> list[int]:
        numbers = self._numbers
        return [numbers[feature] for feature in row if feature in numbers]

    def named(self, table: Sequence[float], smallest: float) -> Weights:
        pairs = zip(self.names, table, strict=True)
        return {feature: round(100 * value) for feature, value in pairs if abs(value) >= smallest}


def fit_ranker(
    examples: Sequence[Example],
    *,
    epochs: int = 5,
    rate: float = 0.07,
    penalty: float = 1e-3,
    rare: int = 8,
    smallest: float = SMALLEST,
) -> Weights:
    """Weights that make the right candidates probable among theirs."""
    numbered = _Numbered(examples, rare)
    prepared = [
        ([numbered.row(row) for row in example.rows], example.right, example.weight)
        for example in examples
        if 0 < len(example.right) < len(example.rows)
    ]
    shrink = penalty * len(prepared) / 100
    table, squares = [0.0] * len(numbered.names), [1e-2] * len(numbered.names)
    order = list(range(len(prepared)))
    shuffle = random.Random(1)
    for _ in range(epochs):
        shuffle.shuffle(order)
        for number in order:
            rows, right, weight = prepared[number]
            values = [sum([table[f] for f in row]) for row in rows]
            top = max(values)
            powers = [exp(value - top) for value in values]
            total, good = sum(powers), sum([powers[index] for index in right])
            for index, row in enumerate(rows):
                gradient = weight * (powers[index] / total - (powers[index] / good if index in right else 0.0))
                if abs(gradient) >= 1e-3:
                    _step(row, gradient, table, squares, rate, shrink)
    return numbered.named(table, smallest)


def fit_judge(
    examples: Sequence[Example],
    *,
    epochs: int = 6,
    rate: float = 0.07,
    penalty: float = 1e-3,
    rare: int = 6,
    smallest: float = SMALLEST,
) -> Weights:
    """Weights whose sum is the log odds that an example (one row, right or wrong) is right."""
    numbered = _Numbered(examples, rare)
    prepared = [(numbered.row(example.rows[0]), bool(example.right), example.weight) for example in examples]
    shrink = penalty * len(prepared) / 100
    table, squares = [0.0] * len(numbered.names), [1e-2] * len(numbered.names)
    shuffle = random.Random(1)
    for _ in range(epochs):
        shuffle.shuffle(prepared)
        for row, right, weight in prepared:
            gradient = (probability(100 * sum([table[f] for f in row])) - right) * weight
            if abs(gradient) >= 1e-3:
                _step(row, gradient, table, squares, rate, shrink)
    return numbered.named(table, smallest)


def _step(
    row: Sequence[int], gradient: float, table: list[float], squares: list[float], rate: float, shrink: float
) -> None:
    for f in row:
        step = gradient + shrink * table[f]
        squares[f] += step * step
        table[f] -= rate * step / sqrt(squares[f])
