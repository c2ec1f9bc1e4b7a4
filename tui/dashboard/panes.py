"""Which panes are seen, and in which the keyboard is."""

from __future__ import annotations

from textual import events

from store.models import Headline, OpenArticle
from tui.dashboard.context import DashboardContext
from tui.dashboard.layout import (
    Arrangement,
    Axis,
    LayoutPreferences,
    Shape,
    arrange,
    first_preferences,
    read_preferences,
    shape_of,
    written,
)
from tui.keys.commands import PANE_TITLES, Pane
from tui.startup.splash import Frame, narrow

LAYOUT = "layout"
"""The setting that remembers hidden panes and sizes, by the class of the terminal's size."""
FEEDS_SHOWN = "feeds_shown"
"""What earlier versions remembered of the sidebar, for all sizes of terminals."""


class PaneController:
    """Shows, hides and arranges the panes, and moves the keyboard between them."""

    def __init__(self, context: DashboardContext) -> None:
        self._context = context
        self.current = Pane.HEADLINES
        """The pane that has the keyboard."""
        self.arrangement = Arrangement(Shape.SINGLE, ())
        self.zoomed = False
        self.preferences = self._recalled()

    # --- what is seen ---------------------------------------------------------------------------------------

    def _recalled(self) -> dict[Shape, LayoutPreferences]:
        """The panes as they were left, and as config.toml says."""
        stored = self._context.recall(LAYOUT)
        preferences = read_preferences(stored)
        sidebar = self._context.settings.layout.sidebar
        earlier = self._context.recall(FEEDS_SHOWN) if stored is None else None
        if sidebar != "auto" or isinstance(earlier, bool):
            shown = sidebar == "shown" if sidebar != "auto" else earlier
            for each in preferences.values():
                (each.hidden.discard if shown else each.hidden.add)(Pane.FEEDS)
        return preferences

    def remember(self) -> None:
        """Keep the arrangement for the next start."""
        self._context.remember(LAYOUT, written(self.preferences))

    def lay_out(self) -> None:
        """Arrange the panes for the terminal's size and say where the keyboard is."""
        context = self._context
        context.pane_bar.show(self.current)
        self.show_keys()
        size = context.screen.app.size
        arrangement = arrange(size.width, size.height, self.current, self.preferences, zoomed=self.zoomed)
        if arrangement == self.arrangement:
            return
        self.arrangement = arrangement
        for shape in Shape:
            context.screen.set_class(shape is arrangement.shape, shape)
        sized = {divider.pane: divider.axis for divider in arrangement.dividers}
        for pane, widget in context.panes.items():
            widget.display = pane in arrangement.panes
            for axis in Axis:
                cells = arrangement.sizes[pane] if sized.get(pane) is axis else "1fr"
                setattr(widget.styles, axis, cells)
        context.main.display = arrangement.panes != (Pane.FEEDS,)
        context.reading.display = Pane.ARTICLE in arrangement.panes or Pane.PEOPLE in arrangement.panes
        context.pane_bar.display = arrangement.shape is Shape.SINGLE

    def frames(self) -> tuple[Frame, ...]:
        """The frames of the panes that are seen, for the first picture of the next start."""
        panes = [pane for pane in self._context.panes.values() if pane.is_on_screen and pane.styles.border_top[0]]
        return tuple(Frame(*pane.region, narrow(str(pane.border_title or ""))) for pane in panes)

    def sees(self, pane: Pane) -> bool:
        """Whether a pane is on the screen."""
        return pane in self.arrangement.panes

    @property
    def preferences_here(self) -> LayoutPreferences:
        """Those for terminals of this size."""
        size = self._context.screen.app.size
        return self.preferences[shape_of(size.width, size.height)]

    def zoom(self) -> None:
        self.zoomed = not self.zoomed
        self.lay_out()

    def end_zoom(self) -> bool:
        """Put the other panes back; False when they are there."""
        if not self.zoomed:
            return False
        self.zoom()
        return True

    def reset_layout(self) -> None:
        """As it was before anything was moved or hidden, in terminals like this one."""
        shape = self.arrangement.shape
        self.zoomed = False
        self.preferences = {**self.preferences, shape: first_preferences(shape)}
        self.lay_out()
        self.remember()
        self._context.say("The panes are arranged as at first.")

    # --- what is meant --------------------------------------------------------------------------------------

    @property
    def article_here(self) -> int | None:
        """The article that commands act on: the open one where it is read, else the one under the cursor."""
        opened = self._context.article.opened
        if self.current in (Pane.ARTICLE, Pane.PEOPLE) and opened is not None:
            return opened.article.id
        return self._context.headlines.current

    @property
    def headline_here(self) -> Headline | None:
        """That article as it is listed."""
        article_id = self.article_here
        return self._context.headlines.headline(article_id) if article_id is not None else None

    @property
    def opened_here(self) -> OpenArticle | None:
        """That article if it is open; else say that one must open it."""
        opened = self._context.article.opened
        if opened is None or opened.article.id != self.article_here:
            self._context.say("Open an article first.")
            return None
        return opened

    # --- hiding ---------------------------------------------------------------------------------------------

    def hide_pane(self) -> None:
        """Hide the pane one is in; one that is hidden and seen only because one is in it comes back for good."""
        self._toggle(self.current)

    def toggle_feeds(self) -> None:
        self._toggle(Pane.FEEDS)

    def toggle_headlines(self) -> None:
        self._toggle(Pane.HEADLINES)

    def toggle_article(self) -> None:
        self._toggle(Pane.ARTICLE)

    def toggle_people(self) -> None:
        self._toggle(Pane.PEOPLE)

    def _toggle(self, pane: Pane) -> None:
        """Show or hide a pane. Where one pane is shown at a time it is gone to, or left."""
        if self.arrangement.shape is Shape.SINGLE:
            self.zoomed = False
            self.go_to(Pane.HEADLINES if self.current is pane else pane)
            return
        hidden = self.preferences_here.hidden
        title = PANE_TITLES[pane]
        if pane in hidden:
            hidden.discard(pane)
            self._context.say(f"{title}: shown.")
        elif others := [each for each in self.arrangement.panes if each is not pane and each not in hidden]:
            hidden.add(pane)
            self._context.say(f"{title}: hidden.")
            if self.current is pane:
                self.go_to(Pane.HEADLINES if Pane.HEADLINES in others else others[0])
        else:
            self._context.say("This is the only pane that is shown.")
        self.lay_out()
        self.remember()

    # --- the keyboard ---------------------------------------------------------------------------------------

    def go_to(self, pane: Pane) -> None:
        """Put the keyboard in a pane, showing it if it is not seen."""
        self.current = pane
        self.lay_out()
        self._context.screen.set_focus(self._context.panes[pane], scroll_visible=False)

    def focused(self, event: events.DescendantFocus) -> None:
        """The mouse, or a dialog that closed, put the keyboard somewhere."""
        for pane, widget in self._context.panes.items():
            if widget is event.widget and pane is not self.current:
                self.current = pane
                self.lay_out()
        self.show_keys()

    def show_keys(self) -> None:
        """Say at the foot what keys mean where the keyboard is."""
        for line in (self._context.search_bar, self._context.find_bar):
            if line.has_focus_within:
                self._context.key_bar.show_line(line.KEYS)
                return
        self._context.key_bar.show(self.current, self._context.keyboard.of_pane(self.current))

    def _step(self, step: int) -> None:
        if self.current is Pane.FEEDS and self._context.feeds.step(step):
            return
        order = list(Pane)
        at = order.index(self.current) + step
        if 0 <= at < len(order):
            self.go_to(order[at])

    def next_pane(self, step: int = 1) -> None:
        panes = list(Pane) if self.arrangement.shape is Shape.SINGLE else list(self.arrangement.panes)
        at = panes.index(self.current) if self.current in panes else 0
        self.go_to(panes[(at + step) % len(panes)])

    def previous_pane(self) -> None:
        self.next_pane(-1)

    def right(self) -> None:
        self._step(1)

    def left(self) -> None:
        self._step(-1)
