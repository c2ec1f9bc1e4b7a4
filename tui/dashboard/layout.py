"""Which panes are seen, how they are arranged and how large each is, for the size of the terminal. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tui.keys.commands import Pane

NARROW = 100
"""Below this many columns one pane is shown at a time, or all in one column where there are the lines for it."""
WIDE = 160
"""From this many columns on all panes stand side by side."""
TALL = 40
"""From this many lines on a narrow terminal shows the panes one above the other."""
BARS = 2
"""Lines below the panes."""

FEEDS_WIDTH = 28
LEAST_WIDTH, LEAST_HEIGHT = 18, 5
"""What a pane keeps when others grow, its border included."""


class Shape(StrEnum):
    """The arrangements, one for each class of terminal sizes; each is a CSS class of the dashboard."""

    SINGLE = "single"
    """One pane at a time, with a bar that says which."""
    TALL = "tall"
    """One above the other."""
    STACKED = "stacked"
    """Headlines above, article and people below."""
    COLUMNS = "columns"
    """All panes side by side."""


class Axis(StrEnum):
    WIDTH = "width"
    HEIGHT = "height"


@dataclass(frozen=True, slots=True)
class Divider:
    """The line between a pane that has a size and what lies beside it, which takes the rest."""

    pane: Pane
    axis: Axis
    grows: int = 1
    """1 when the pane grows as the line moves right or down, -1 when it grows the other way."""
    others: tuple[Pane, ...] = ()
    """The panes on the line's other side."""


_MAIN = (Pane.HEADLINES, Pane.ARTICLE, Pane.PEOPLE)
_READING = (Pane.ARTICLE, Pane.PEOPLE)
DIVIDERS: Mapping[Shape, tuple[Divider, ...]] = {
    Shape.SINGLE: (),
    Shape.TALL: (
        Divider(Pane.PEOPLE, Axis.HEIGHT, -1, (Pane.ARTICLE,)),
        Divider(Pane.HEADLINES, Axis.HEIGHT, 1, _READING),
        Divider(Pane.FEEDS, Axis.WIDTH, 1, _MAIN),
    ),
    Shape.STACKED: (
        Divider(Pane.PEOPLE, Axis.WIDTH, -1, (Pane.ARTICLE,)),
        Divider(Pane.HEADLINES, Axis.HEIGHT, 1, _READING),
        Divider(Pane.FEEDS, Axis.WIDTH, 1, _MAIN),
    ),
    Shape.COLUMNS: (
        Divider(Pane.PEOPLE, Axis.WIDTH, -1, (Pane.ARTICLE,)),
        Divider(Pane.HEADLINES, Axis.WIDTH, 1, _READING),
        Divider(Pane.FEEDS, Axis.WIDTH, 1, _MAIN),
    ),
}
"""The lines of each arrangement that can be moved, the innermost first."""


def shape_of(width: int, height: int) -> Shape:
    """The arrangement for a terminal of ``width`` columns and ``height`` lines."""
    if width >= WIDE:
        return Shape.COLUMNS
    if width >= NARROW:
        return Shape.STACKED
    return Shape.TALL if height >= TALL and width >= 2 * FEEDS_WIDTH else Shape.SINGLE


@dataclass(slots=True)
class LayoutPreferences:
    """What the user wants of one arrangement."""

    hidden: set[Pane] = field(default_factory=set)
    shares: dict[Pane, float] = field(default_factory=dict)
    """How much of the terminal a pane takes, between 0 and 1, where it was changed."""


def first_preferences(shape: Shape) -> LayoutPreferences:
    """Without a word of the user's: the feeds are shown where there is room."""
    return LayoutPreferences(set() if shape is Shape.COLUMNS else {Pane.FEEDS})


def read_preferences(stored: Any) -> dict[Shape, LayoutPreferences]:
    """The preferences for every arrangement from what :func:`written` made; whatever cannot be read is left out."""
    stored = stored if isinstance(stored, dict) else {}
    return {shape: _read(shape, stored.get(shape)) for shape in Shape}


def _read(shape: Shape, stored: Any) -> LayoutPreferences:
    if not isinstance(stored, dict):
        return first_preferences(shape)
    hidden, shares = stored.get("hidden"), stored.get("shares")
    names = set(hidden) if isinstance(hidden, list) else set()
    sizes = shares if isinstance(shares, dict) else {}
    return LayoutPreferences(
        {pane for pane in Pane if pane in names},
        {pane: float(sizes[pane]) for pane in Pane if isinstance(sizes.get(pane), float) and 0 < sizes[pane] < 1},
    )


def written(preferences: Mapping[Shape, LayoutPreferences]) -> dict[str, Any]:
    """The preferences as a JSON value."""
    return {
        str(shape): {
            "hidden": sorted(each.hidden),
            "shares": {str(pane): round(share, 4) for pane, share in each.shares.items()},
        }
        for shape, each in preferences.items()
    }


@dataclass(frozen=True, slots=True)
class Arrangement:
    shape: Shape
    panes: tuple[Pane, ...]
    """The panes that are seen, in their order."""
    sizes: Mapping[Pane, int] = field(default_factory=dict)
    """Columns or lines (as its divider says) of each pane that does not simply take what is left."""

    @property
    def dividers(self) -> tuple[Divider, ...]:
        """The lines that are seen."""
        return tuple(divider for divider in DIVIDERS[self.shape] if divider.pane in self.sizes)

    def divider(self, pane: Pane, axis: Axis | None = None) -> Divider | None:
        """The line that a pane is resized by: its own, else one that it lies along."""
        found = [each for each in self.dividers if axis in (None, each.axis)]
        own = [each for each in found if each.pane is pane]
        return next(iter([*own, *(each for each in found if pane in each.others)]), None)


def arrange(
    width: int, height: int, pane: Pane, preferences: Mapping[Shape, LayoutPreferences], *, zoomed: bool
) -> Arrangement:
    """The arrangement for a terminal of this size with the keyboard in ``pane``, which is seen even if hidden."""
    shape = shape_of(width, height)
    if shape is Shape.SINGLE or zoomed:
        return Arrangement(Shape.SINGLE, (pane,))
    hidden = preferences[shape].hidden - {pane}
    seen = tuple(each for each in Pane if each not in hidden)
    return Arrangement(shape, seen, _sizes(shape, seen, preferences[shape].shares, width, height - BARS))


def _sizes(
    shape: Shape, seen: Collection[Pane], shares: Mapping[Pane, float], width: int, height: int
) -> dict[Pane, int]:
    """The sizes of the panes, from the outermost divider to the innermost; each leaves the others their least."""
    sizes: dict[Pane, int] = {}
    left = {Axis.WIDTH: width, Axis.HEIGHT: height}
    for divider in reversed(DIVIDERS[shape]):
        others = [pane for pane in divider.others if pane in seen]
        if divider.pane not in seen or not others:
            continue
        room = left[divider.axis]
        share = shares.get(divider.pane)
        total = width if divider.axis is Axis.WIDTH else height
        wanted = _first_size(shape, divider, room) if share is None else round(share * total)
        least = LEAST_WIDTH if divider.axis is Axis.WIDTH else LEAST_HEIGHT
        side_by_side = _in_a_row(shape, divider.axis, others)
        sizes[divider.pane] = max(least, min(wanted, room - least * side_by_side))
        left[divider.axis] = room - sizes[divider.pane]
    return sizes


def _in_a_row(shape: Shape, axis: Axis, others: Collection[Pane]) -> int:
    """How many of these panes share what is left of an axis."""
    along = {divider.pane for divider in DIVIDERS[shape] if divider.axis is axis}
    return max(1, len(along.intersection(others)) + (Pane.ARTICLE in others))


def _first_size(shape: Shape, divider: Divider, room: int) -> int:
    """The size without a word of the user's."""
    match divider.pane:
        case Pane.FEEDS:
            return FEEDS_WIDTH
        case Pane.HEADLINES if shape is Shape.COLUMNS:
            return min(76, room * 5 // 16)
        case Pane.HEADLINES:
            return max(7, room * 34 // 100)
        case _ if shape is Shape.TALL:
            return room * 2 // 5
        case _ if shape is Shape.STACKED:
            return room * 3 // 8
        case _:
            return room * 4 // 11
