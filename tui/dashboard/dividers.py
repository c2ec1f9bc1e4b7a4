"""The lines between the panes: moved by keys and by the mouse."""

from __future__ import annotations

from textual import events

from tui.dashboard.context import DashboardContext
from tui.dashboard.layout import BARS, Axis, Divider
from tui.dashboard.panes import PaneController

STEP = {Axis.WIDTH: 2, Axis.HEIGHT: 1}
"""Cells that a key moves a divider by."""


class DividerController:
    """Makes panes larger and smaller."""

    def __init__(self, context: DashboardContext, panes: PaneController) -> None:
        self._context = context
        self._panes = panes
        self._dragged: Divider | None = None

    # --- sizes ----------------------------------------------------------------------------------------------

    def grow_pane(self, step: int = 1) -> None:
        divider = self._panes.arrangement.divider(self._panes.current)
        if divider is None:
            self._context.say("There is no other pane to take room from.")
        else:
            own = divider.pane is self._panes.current
            self._resize(divider, step * STEP[divider.axis] * (1 if own else -1))

    def shrink_pane(self) -> None:
        self.grow_pane(-1)

    def _move_divider(self, axis: Axis, step: int) -> None:
        divider = self._panes.arrangement.divider(self._panes.current, axis)
        if divider is None:
            self._context.say("There is no line here that can be moved that way.")
        else:
            self._resize(divider, step * STEP[axis] * divider.grows)

    def divider_left(self) -> None:
        self._move_divider(Axis.WIDTH, -1)

    def divider_right(self) -> None:
        self._move_divider(Axis.WIDTH, 1)

    def divider_up(self) -> None:
        self._move_divider(Axis.HEIGHT, -1)

    def divider_down(self) -> None:
        self._move_divider(Axis.HEIGHT, 1)

    def _resize(self, divider: Divider, cells: int) -> None:
        """Make a divider's pane so many cells larger, as far as the others can give them."""
        shares, before = self._panes.preferences_here.shares, self._panes.arrangement.sizes
        # The other lines stay where they are.
        for each in self._panes.arrangement.dividers:
            shares[each.pane] = self._share(each, before[each.pane])
        shares[divider.pane] = self._share(divider, max(1, before[divider.pane] + cells))
        self._panes.lay_out()
        # What the others did not give is not remembered either, so that the way back begins at once.
        shares[divider.pane] = self._share(divider, self._panes.arrangement.sizes[divider.pane])
        if self._dragged is None:
            if self._panes.arrangement.sizes == before:
                self._context.say("It cannot go further that way.")
            self._panes.remember()

    def _share(self, divider: Divider, cells: int) -> float:
        """A size in cells as the share of the terminal that is remembered."""
        size = self._context.screen.app.size
        return cells / (size.width if divider.axis is Axis.WIDTH else size.height - BARS)

    # --- the mouse ------------------------------------------------------------------------------------------

    def grab(self, event: events.MouseDown) -> None:
        """Take hold of the line between two panes: both their borders belong to it."""
        self._dragged = next((each for each in self._panes.arrangement.dividers if self._is_on(each, event)), None)
        if self._dragged is not None:
            self._context.screen.capture_mouse()
            # Else moving would select text.
            self._context.screen.clear_selection()
            event.stop()

    def drag(self, event: events.MouseMove) -> None:
        divider = self._dragged
        if divider is None:
            return
        region = self._context.panes[divider.pane].region
        if divider.axis is Axis.WIDTH:
            edge = region.right - 1 if divider.grows > 0 else region.x
            moved = int(event.screen_x) - edge
        else:
            edge = region.bottom - 1 if divider.grows > 0 else region.y
            moved = int(event.screen_y) - edge
        if moved:
            self._resize(divider, moved * divider.grows)

    def release(self) -> None:
        if self._dragged is not None:
            self._dragged = None
            self._context.screen.release_mouse()
            self._panes.remember()

    def _is_on(self, divider: Divider, event: events.MouseEvent) -> bool:
        region = self._context.panes[divider.pane].region
        x, y = int(event.screen_x), int(event.screen_y)
        if divider.axis is Axis.WIDTH:
            edges = (region.right - 1, region.right) if divider.grows > 0 else (region.x - 1, region.x)
            return x in edges and region.y <= y < region.bottom
        edges = (region.bottom - 1, region.bottom) if divider.grows > 0 else (region.y - 1, region.y)
        return y in edges and region.x <= x < region.right
