"""The half of the dashboard that arranges the panes: which are seen, how large they are, and where the keyboard is."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.containers import Container, Horizontal

from tui.dashboard.layout import (
    BARS,
    Arrangement,
    Axis,
    Divider,
    Shape,
    Wishes,
    arrange,
    first_wishes,
    read_wishes,
    shape_of,
    written,
)
from tui.dashboard.parts import Parts
from tui.keys.commands import PANE_TITLES, Pane
from tui.startup.splash import Frame, narrow
from tui.widgets.status_bars import KeyBar, PaneBar

LAYOUT = "layout"
"""The setting that remembers hidden panes and sizes, by the class of the terminal's size."""
FEEDS_SHOWN = "feeds_shown"
"""What earlier versions remembered of the sidebar, for all sizes of terminals."""
STEP = {Axis.WIDTH: 2, Axis.HEIGHT: 1}
"""Cells that a key moves a divider by."""


class Arranging(Parts, inherit_bindings=False):
    """Panes and the lines between them."""

    main: Container
    reading: Horizontal
    pane_bar: PaneBar
    key_bar: KeyBar
    arrangement = Arrangement(Shape.SINGLE, ())
    wishes: Mapping[Shape, Wishes]
    zoomed = False
    _dragged: Divider | None = None

    # --- what is seen ---------------------------------------------------------------------------------------

    def recall_layout(self) -> None:
        """Arrange the panes as they were left, and as config.toml says."""
        session = self.session
        if session is None:
            return
        setting = session.library.maintenance.setting
        self.wishes = read_wishes(setting(LAYOUT, {}))
        sidebar = self.settings.layout.sidebar
        earlier = (
            session.library.maintenance.setting(FEEDS_SHOWN)
            if session.library.maintenance.setting(LAYOUT) is None
            else None
        )
        if sidebar != "auto" or isinstance(earlier, bool):
            shown = sidebar == "shown" if sidebar != "auto" else earlier
            for each in self.wishes.values():
                (each.hidden.discard if shown else each.hidden.add)(Pane.FEEDS)
        self.lay_out()

    def lay_out(self) -> None:
        """Arrange the panes for the terminal's size and say where the keyboard is."""
        self.pane_bar.show(self.pane)
        self.show_keys()
        size = self.app.size
        arrangement = arrange(size.width, size.height, self.pane, self.wishes, zoomed=self.zoomed)
        if arrangement == self.arrangement:
            return
        self.arrangement = arrangement
        for shape in Shape:
            self.set_class(shape is arrangement.shape, shape)
        sized = {divider.pane: divider.axis for divider in arrangement.dividers}
        for pane, widget in self.panes.items():
            widget.display = pane in arrangement.panes
            for axis in Axis:
                cells = arrangement.sizes[pane] if sized.get(pane) is axis else "1fr"
                setattr(widget.styles, axis, cells)
        self.main.display = arrangement.panes != (Pane.FEEDS,)
        self.reading.display = Pane.ARTICLE in arrangement.panes or Pane.PEOPLE in arrangement.panes
        self.pane_bar.display = arrangement.shape is Shape.SINGLE

    def frames(self) -> tuple[Frame, ...]:
        """The frames of the panes that are seen, for the first picture of the next start."""
        panes = [pane for pane in self.panes.values() if pane.is_on_screen and pane.styles.border_top[0]]
        return tuple(Frame(*pane.region, narrow(str(pane.border_title or ""))) for pane in panes)

    def on_resize(self) -> None:
        self.stop_jumping()
        self.lay_out()

    def sees(self, pane: Pane) -> bool:
        """Whether a pane is on the screen."""
        return pane in self.arrangement.panes

    @property
    def _wishes_here(self) -> Wishes:
        return self.wishes[shape_of(self.app.size.width, self.app.size.height)]

    def action_zoom(self) -> None:
        self.zoomed = not self.zoomed
        self.lay_out()

    # --- hiding ---------------------------------------------------------------------------------------------

    def action_hide_pane(self) -> None:
        """Hide the pane one is in; one that is hidden and seen only because one is in it comes back for good."""
        self._toggle(self.pane)

    def action_toggle_feeds(self) -> None:
        self._toggle(Pane.FEEDS)

    def action_toggle_headlines(self) -> None:
        self._toggle(Pane.HEADLINES)

    def action_toggle_article(self) -> None:
        self._toggle(Pane.ARTICLE)

    def action_toggle_people(self) -> None:
        self._toggle(Pane.PEOPLE)

    def _toggle(self, pane: Pane) -> None:
        """Show or hide a pane. Where one pane is shown at a time it is gone to, or left."""
        if self.arrangement.shape is Shape.SINGLE:
            self.zoomed = False
            self.go_to(Pane.HEADLINES if self.pane is pane else pane)
            return
        hidden = self._wishes_here.hidden
        title = PANE_TITLES[pane]
        if pane in hidden:
            hidden.discard(pane)
            self.say(f"{title}: shown.")
        elif others := [each for each in self.arrangement.panes if each is not pane and each not in hidden]:
            hidden.add(pane)
            self.say(f"{title}: hidden.")
            if self.pane is pane:
                self.go_to(Pane.HEADLINES if Pane.HEADLINES in others else others[0])
        else:
            self.say("This is the only pane that is shown.")
        self.lay_out()
        self._remember_layout()

    # --- sizes ----------------------------------------------------------------------------------------------

    def action_grow_pane(self, step: int = 1) -> None:
        divider = self.arrangement.divider(self.pane)
        if divider is None:
            self.say("There is no other pane to take room from.")
        else:
            own = divider.pane is self.pane
            self._resize(divider, step * STEP[divider.axis] * (1 if own else -1))

    def action_shrink_pane(self) -> None:
        self.action_grow_pane(-1)

    def _move_divider(self, axis: Axis, step: int) -> None:
        divider = self.arrangement.divider(self.pane, axis)
        if divider is None:
            self.say("There is no line here that can be moved that way.")
        else:
            self._resize(divider, step * STEP[axis] * divider.grows)

    def action_divider_left(self) -> None:
        self._move_divider(Axis.WIDTH, -1)

    def action_divider_right(self) -> None:
        self._move_divider(Axis.WIDTH, 1)

    def action_divider_up(self) -> None:
        self._move_divider(Axis.HEIGHT, -1)

    def action_divider_down(self) -> None:
        self._move_divider(Axis.HEIGHT, 1)

    def action_reset_layout(self) -> None:
        """As it was before anything was moved or hidden, in terminals like this one."""
        shape, first = self.arrangement.shape, first_wishes(self.arrangement.shape)
        self.zoomed = False
        self.wishes = {**self.wishes, shape: first}
        self.lay_out()
        self._remember_layout()
        self.say("The panes are arranged as at first.")

    def _resize(self, divider: Divider, cells: int) -> None:
        """Make a divider's pane so many cells larger, as far as the others can give them."""
        shares, before = self._wishes_here.shares, self.arrangement.sizes
        # The other lines stay where they are.
        for each in self.arrangement.dividers:
            shares[each.pane] = self._share(each, before[each.pane])
        shares[divider.pane] = self._share(divider, max(1, before[divider.pane] + cells))
        self.lay_out()
        # What the others did not give is not remembered either, so that the way back begins at once.
        shares[divider.pane] = self._share(divider, self.arrangement.sizes[divider.pane])
        if self._dragged is None:
            if self.arrangement.sizes == before:
                self.say("It cannot go further that way.")
            self._remember_layout()

    def _share(self, divider: Divider, cells: int) -> float:
        """A size in cells as the share of the terminal that is remembered."""
        size = self.app.size
        return cells / (size.width if divider.axis is Axis.WIDTH else size.height - BARS)

    def _remember_layout(self) -> None:
        if self.session is not None:
            self.session.library.maintenance.save_setting(LAYOUT, written(self.wishes))

    # --- the mouse ------------------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the line between two panes: both their borders belong to it."""
        self.stop_jumping()
        self._dragged = next((each for each in self.arrangement.dividers if self._is_on(each, event)), None)
        if self._dragged is not None:
            self.capture_mouse()
            # Else moving would select text.
            self.clear_selection()
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        divider = self._dragged
        if divider is None:
            return
        region = self.panes[divider.pane].region
        if divider.axis is Axis.WIDTH:
            edge = region.right - 1 if divider.grows > 0 else region.x
            moved = int(event.screen_x) - edge
        else:
            edge = region.bottom - 1 if divider.grows > 0 else region.y
            moved = int(event.screen_y) - edge
        if moved:
            self._resize(divider, moved * divider.grows)

    def on_mouse_up(self) -> None:
        if self._dragged is not None:
            self._dragged = None
            self.release_mouse()
            self._remember_layout()

    def _is_on(self, divider: Divider, event: events.MouseEvent) -> bool:
        region = self.panes[divider.pane].region
        x, y = int(event.screen_x), int(event.screen_y)
        if divider.axis is Axis.WIDTH:
            edges = (region.right - 1, region.right) if divider.grows > 0 else (region.x - 1, region.x)
            return x in edges and region.y <= y < region.bottom
        edges = (region.bottom - 1, region.bottom) if divider.grows > 0 else (region.y - 1, region.y)
        return y in edges and region.x <= x < region.right

    # --- the keyboard ---------------------------------------------------------------------------------------

    def go_to(self, pane: Pane) -> None:
        """Put the keyboard in a pane, showing it if it is not seen."""
        self.pane = pane
        self.lay_out()
        self.set_focus(self.panes[pane], scroll_visible=False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The mouse, or a dialog that closed, put the keyboard somewhere."""
        for pane, widget in self.panes.items():
            if widget is event.widget and pane is not self.pane:
                self.pane = pane
                self.lay_out()
        self.show_keys()

    def show_keys(self) -> None:
        """Say at the foot what keys mean where the keyboard is."""
        for line in (self.search_bar, self.find_bar):
            if line.has_focus_within:
                self.key_bar.show_line(line.KEYS)
                return
        self.key_bar.show(self.pane, self.keyboard.of_pane(self.pane))

    def _step(self, step: int) -> None:
        if self.pane is Pane.FEEDS and self.feeds.step(step):
            return
        order = list(Pane)
        at = order.index(self.pane) + step
        if 0 <= at < len(order):
            self.go_to(order[at])

    def action_next_pane(self, step: int = 1) -> None:
        panes = list(Pane) if self.arrangement.shape is Shape.SINGLE else list(self.arrangement.panes)
        at = panes.index(self.pane) if self.pane in panes else 0
        self.go_to(panes[(at + step) % len(panes)])

    def action_previous_pane(self) -> None:
        self.action_next_pane(-1)

    def action_right(self) -> None:
        self._step(1)

    def action_left(self) -> None:
        self._step(-1)

    def on_pane_bar_pressed(self, message: PaneBar.Pressed) -> None:
        self.go_to(message.pane)
