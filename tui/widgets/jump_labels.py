"""Labels for everything on the screen that one can go to: one or two letters each, none the beginning of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

LETTERS = "asdfghjklewcmpqruiotynvbxz"
"""The letters of labels, the easiest to reach first."""


class Target(NamedTuple):
    """Something to go to, at a cell of its widget's content; ``y`` of -1 is the widget itself, in its border."""

    x: int
    y: int
    go: Callable[[], object]


@runtime_checkable
class Jumpable(Protocol):
    """A widget with something to go to."""

    def jump_targets(self) -> Iterable[Target]:
        """What can be seen now, from the top."""
        ...

    def show_labels(self, labels: Sequence[tuple[Target, str]]) -> None:
        """Draw labels over the content until others are given."""
        ...


def labels(count: int) -> list[str]:
    """Labels for so many targets, as many of one letter as can be; at most 26 * 26."""
    size = len(LETTERS)
    count = min(count, size * size)
    # With so many letters as beginnings of two, the others stand alone.
    beginnings = next(each for each in range(size + 1) if size - each + each * size >= count)
    alone = size - beginnings
    pairs = (first + second for first in LETTERS[alone:] for second in LETTERS)
    return [*LETTERS[:alone], *pairs][:count]


def labelled(strip: Strip, marks: Iterable[tuple[int, str]], style: Style) -> Strip:
    """A line with labels over it, each at a cell."""
    width = strip.cell_length
    for x, label in marks:
        at = max(0, min(x, width - len(label)))
        after = at + len(label)
        strip = Strip.join([strip.crop(0, at), Strip([Segment(label, style)]), strip.crop(after, width)])
    return strip
