"""What we use of Textual that it does not promise; ``tests/tui/test_textual_inside.py`` says when it changes.

No other module names a part of Textual that begins with an underscore.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.message_pump import MessagePump
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.widget import Widget
from textual.widgets import OptionList


def write_to_terminal(app: App[Any], text: str) -> None:
    """Write to the terminal past everything that is painted, such as a bell."""
    driver = app._driver
    if driver is not None:
        driver.write(text)
        driver.flush()


class LazyComponentStyles(Widget):
    """A widget whose component classes are styled when they are first asked for.

    Textual styles all of them at every start, and most are not seen for a while.
    """

    @classmethod
    def _get_component_classes(cls) -> frozenset[str]:  # type: ignore[override] # theirs keeps the answer
        """None that Textual knows."""
        return frozenset()

    def get_component_styles(self, *names: str) -> RenderStyles:
        """The styles of component classes, each taken from the style sheet when it is first asked for."""
        for name in names:
            if name not in self._component_styles:
                node = DOMNode(classes=name)
                node._attach(self)
                self.app.stylesheet.apply(node, animate=False)
                self._component_styles[name] = node.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        self._component_styles.clear()
        super().notify_style_update()


class SizedScrollView(ScrollView):
    """A scroll view that learns its size before it is painted, with a scrollbar of its own kind."""

    SCROLLBAR: ClassVar[type[ScrollBar]] = ScrollBar

    def sized(self) -> None:
        """The view has its size; called at once, for the event comes when the lines have been painted as they were."""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:  # noqa: ARG002
        # Textual gives the size of the window, and would take every layout of the screen for a change of the content.
        changed = super()._size_updated(size, self.virtual_size, container_size, layout)
        self.sized()
        return changed

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """Made when it is first asked for, as Textual does it."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = self.SCROLLBAR(name="vertical")
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar


class MessageGate(MessagePump if TYPE_CHECKING else object):  # type: ignore[misc]
    """Decides which messages a screen answers; named before the class of Textual that it changes."""

    def lets_in(self, message: Message) -> bool:  # noqa: ARG002 - subclasses ask it
        return True

    async def _on_message(self, message: Message) -> None:
        if self.lets_in(message):
            await super()._on_message(message)


def ignore_stale_clicks() -> None:
    """Have lists of options ignore a click on an option that went between the painting and the click.

    Textual 8.2 looks it up by its old place, and an IndexError ends the program. Its command palette makes lists of its
    own, so the class itself is changed.
    """
    answer = OptionList._on_click

    async def on_click(self: OptionList, event: Click) -> None:
        place = event.style.meta.get("option")
        if place is None or place < self.option_count:
            await answer(self, event)

    OptionList._on_click = on_click  # type: ignore[method-assign]
