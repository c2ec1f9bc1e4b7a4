"""Numbers as pictures in a line of text."""

from __future__ import annotations

from collections.abc import Sequence

STEPS = "▁▂▃▄▅▆▇█"
EIGHTHS = " ▏▎▍▌▋▊▉"


def sparkline(values: Sequence[int], width: int, most: int = 0) -> str:
    """The values from left to right as columns, neighbours added up where there are more than ``width``.

    ``most`` is the value of a full column, at least; nothing at all is a dot, so that it differs from little.
    """
    if not values or width < 1:
        return ""
    each = -(-len(values) // width)
    # The newest column is whole: what does not come out even is missing at the old end.
    first = len(values) % each
    sums = ([sum(values[:first])] if first else []) + [
        sum(values[at : at + each]) for at in range(first, len(values), each)
    ]
    top = max(1, most, *sums)
    return "".join(STEPS[min(7, value * 8 // (top + 1))] if value else "·" for value in sums)


def bar(value: int, most: int, width: int) -> str:
    """A bar that is ``width`` cells long for ``most``, in eighths of a cell; what is not nothing is seen."""
    eighths = max(1, round(value * width * 8 / most)) if value and most else 0
    return ("█" * (eighths // 8) + EIGHTHS[eighths % 8]).strip()[:width]
