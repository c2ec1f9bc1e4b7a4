"""The one-line bars: which pane one is in, what is going on, and which keys do what."""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.keys.commands import PANE_TITLES, Command, Pane, Place
from tui.text_cells import cut, width_of
from tui.widgets.styles import ComponentStyles

KEPT_NOTICES = 500


class Bar(ComponentStyles):
    """A line that is drawn directly."""

    DEFAULT_CSS = "Bar { height: 1; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--key", "bar--text", "bar--here", "bar--error"}

    @abstractmethod
    def line(self, width: int) -> list[tuple[str, str]]:
        """The texts of the line with the component class of each."""

    def render_line(self, y: int) -> Strip:
        base = self.base
        width = self.size.width
        if y:
            return Strip.blank(width, base)
        parts = [Segment(text, base + self.style(name)) for text, name in self.line(width)]
        return Strip(parts).adjust_cell_length(width, base)


class KeyBar(Bar):
    """The footer: the keys of the pane one is in, as many as fit."""

    class Pressed(Message):
        """The user clicked a command of the footer."""

        def __init__(self, command: Command) -> None:
            super().__init__()
            self.command = command

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._commands: tuple[Command, ...] = ()
        self._place: Place = Pane.HEADLINES
        self._line: Sequence[tuple[str, str]] = ()
        self._places: list[tuple[int, int, Command]] = []

    def show_line(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show these keys and what they do, while all others are letters of a line that is typed."""
        if keys != self._line:
            self._line = keys
            self.refresh()

    def show(self, place: Place, commands: Sequence[Command]) -> None:
        """Show the commands that have a word for the footer of this place."""
        shown = tuple(command for command in commands if command.hint_in(place) and command.keys)
        if self._line or (place, shown) != (self._place, self._commands):
            self._place, self._commands, self._line = place, shown, ()
            self.refresh()

    def line(self, width: int) -> list[tuple[str, str]]:
        commands = () if self._line else self._commands
        texts = [(f" {command.keys[0]} ", f"{command.hint_in(self._place)} ") for command in commands]
        widths = [width_of(key) + width_of(hint) for key, hint in texts]
        # Help, all commands and quit come last in the table and always stay; others give way from the right.
        tail = min(3, len(texts))
        shown = list(range(len(texts)))
        while sum(widths[index] for index in shown) > width and len(shown) > tail:
            del shown[-tail - 1]
        parts: list[tuple[str, str]] = []
        for key, means in self._line:
            parts += [(f" {key} ", "bar--key"), (f"{means} ", "bar--text")]
        self._places = []
        x = 0
        for index in shown:
            parts += [(texts[index][0], "bar--key"), (texts[index][1], "bar--text")]
            self._places.append((x, x + widths[index], commands[index]))
            x += widths[index]
        return parts

    def on_click(self, event: events.Click) -> None:
        for start, end, command in self._places:
            if start <= event.x < end:
                self.post_message(self.Pressed(command))


class PaneBar(Bar):
    """Which panes there are and which one is shown, for terminals that show one at a time."""

    class Pressed(Message):
        """The user clicked a pane's name."""

        def __init__(self, pane: Pane) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._pane = Pane.HEADLINES
        self._places: list[tuple[int, int, Pane]] = []

    def show(self, pane: Pane) -> None:
        if pane is not self._pane:
            self._pane = pane
            self.refresh()

    def line(self, width: int) -> list[tuple[str, str]]:
        parts: list[tuple[str, str]] = []
        self._places = []
        x = 0
        for pane in Pane:
            text = f" {PANE_TITLES[pane]} "
            if parts:
                parts.append(("›", "bar--text"))
                x += 1
            parts.append((text, "bar--here" if pane is self._pane else "bar--text"))
            self._places.append((x, x + width_of(text), pane))
            x += width_of(text)
        hint = "h ← → l "
        if x + width_of(hint) + 2 < width:
            parts += [(" " * (width - x - width_of(hint)), "bar--text"), (hint, "bar--key")]
        return parts

    def on_click(self, event: events.Click) -> None:
        for start, end, pane in self._places:
            if start <= event.x < end:
                self.post_message(self.Pressed(pane))


class Notice(NamedTuple):
    """A sentence that was said, and when, in local time."""

    when: datetime
    sentence: str
    is_error: bool


class StatusBar(Bar):
    """What is going on: the progress of long work, else the last notice; at the right what always holds."""

    class Progressed(Message):
        """Long work got further; a later one replaces an earlier one that nobody read yet. Safe from any thread."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, StatusBar.Progressed)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._notice = ""
        self._is_error = False
        self._progress = ""
        self._aside = ""
        self._waiting = ""
        self.notices: deque[Notice] = deque(maxlen=KEPT_NOTICES)
        """What was said lately, the newest last."""

    def say(self, notice: str, *, error: bool = False) -> None:
        if notice:
            self.notices.append(Notice(datetime.now().astimezone(), notice, error))
        if (notice, error) != (self._notice, self._is_error):
            self._notice, self._is_error = notice, error
            self.refresh()

    def progress(self, text: str) -> None:
        """Show how far work is; '' when it is done."""
        self._progress = text
        self.refresh()

    def aside(self, text: str) -> None:
        if text != self._aside:
            self._aside = text
            self.refresh()

    def waiting(self, keys: str) -> None:
        """Show the keys of a sequence that is not complete; '' when there are none."""
        if keys != self._waiting:
            self._waiting = keys
            self.refresh()

    @property
    def text(self) -> str:
        if self._waiting:
            return f"{self._waiting} …"
        return self._progress or self._notice

    def line(self, width: int) -> list[tuple[str, str]]:
        aside = cut(self._aside, max(0, width // 2)) + " "
        room = width - width_of(aside)
        style = "bar--error" if self._is_error and not self._progress else "bar--text"
        text = cut(" " + self.text, room)
        return [(text + " " * (room - width_of(text)), style), (aside, "bar--text")]

    def on_status_bar_progressed(self, message: Progressed) -> None:
        message.stop()
        if self._progress:
            self.progress(message.text)
