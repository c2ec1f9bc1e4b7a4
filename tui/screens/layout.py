"""Which panes are seen, and how they are arranged, for the size of the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tui.commands import Pane

NARROW = 100
"""Below this many columns one pane is shown at a time."""
WIDE = 160
"""From this many columns on all panes stand side by side."""


class Shape(StrEnum):
    """The arrangements; each is a CSS class of the dashboard."""

    SINGLE = "single"
    """One pane at a time, with a bar that says which."""
    STACKED = "stacked"
    """Headlines above, article and people below."""
    COLUMNS = "columns"
    """All panes side by side."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    shape: Shape
    panes: tuple[Pane, ...]
    """The panes that are seen, in their order."""


def arrange(width: int, pane: Pane, *, feeds_shown: bool | None, zoomed: bool) -> Arrangement:
    """The arrangement for a terminal ``width`` columns wide with the keyboard in ``pane``.

    ``feeds_shown`` is the user's wish for the sidebar, None when none was said: it is then shown where there is
    room. The sidebar is always seen while the keyboard is in it.
    """
    if width < NARROW or zoomed:
        return Arrangement(Shape.SINGLE, (pane,))
    shape = Shape.COLUMNS if width >= WIDE else Shape.STACKED
    if feeds_shown is None:
        feeds_shown = shape is Shape.COLUMNS
    with_feeds = feeds_shown or pane is Pane.FEEDS
    return Arrangement(shape, tuple(each for each in Pane if with_feeds or each is not Pane.FEEDS))
