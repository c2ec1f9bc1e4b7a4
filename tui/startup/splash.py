"""The first picture: the frames of the panes as they last were, painted before anything else is loaded.

Frames and colours are kept in a small file of the cache. Without it, or when the terminal has another size, there
is one frame around the screen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.color import Color, ColorParseError
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from store.paths import write_private

SENTENCE = "Opening the library …"
SENTENCE_LINE = 2
LARGEST = 100_000
"""Bytes; a larger file is not ours."""


class Frame(NamedTuple):
    """The frame of a pane: its place and size on the screen, in cells."""

    x: int
    y: int
    width: int
    height: int
    title: str


class Picture(NamedTuple):
    """What is painted first."""

    width: int = 0
    height: int = 0
    frames: tuple[Frame, ...] = ()
    ground: str = ""
    """The background's colour; '' for the theme's."""
    ink: str = ""

    @classmethod
    def read(cls, file: Path) -> Picture:
        """The picture kept in a file; an empty one when there is none or it cannot be understood."""
        with suppress(OSError, ValueError, TypeError, KeyError, ColorParseError):
            with file.open("rb") as opened:
                kept = json.loads(opened.read(LARGEST))
            frames = tuple(
                Frame(int(x), int(y), int(width), int(height), narrow(title))
                for x, y, width, height, title in kept["frames"]
            )
            picture = cls(int(kept["width"]), int(kept["height"]), frames, kept["ground"], kept["ink"])
            if picture._is_sound():
                return picture
        return cls()

    def _is_sound(self) -> bool:
        Color.parse(self.ground), Color.parse(self.ink)
        return all(
            frame.width > 1
            and frame.height > 1
            and 0 <= frame.x <= self.width - frame.width
            and 0 <= frame.y <= self.height - frame.height
            for frame in self.frames
        )

    def write(self, file: Path) -> None:
        """Keep the picture; a cache that cannot be written is done without."""
        fresh = file.with_suffix(".new")
        with suppress(OSError):
            write_private(fresh, json.dumps(self._asdict()).encode())
            fresh.replace(file)


def narrow(title: str) -> str:
    """A title of which each character takes one cell; '' for others."""
    return title if title.isprintable() and cell_len(title) == len(title) else ""


class Frames(Widget):
    """Frames with their titles, and the sentence in the first that has room for it."""

    DEFAULT_CSS = "Frames { width: 1fr; height: 1fr; background: $background; color: $text-muted; }"

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture

    def on_mount(self) -> None:
        if self._picture.ground:
            self.styles.background, self.styles.color = self._picture.ground, self._picture.ink

    def _frames(self) -> Sequence[Frame]:
        width, height = self.size
        if (self._picture.width, self._picture.height) == (width, height):
            return self._picture.frames
        return (Frame(0, 0, width, height, "newsdash"),)

    def render_line(self, y: int) -> Strip:
        line = [" "] * self.size.width
        frames = self._frames()
        if not frames and y == SENTENCE_LINE:
            line[2:] = SENTENCE
        for frame in frames:
            if frame.width > 1 and frame.y <= y < frame.y + frame.height:
                text = _frame_line(frame, y - frame.y, SENTENCE if frame is frames[0] else "")
                line[frame.x : frame.x + frame.width] = text
        return Strip([Segment("".join(line)[: self.size.width], self.rich_style)]).adjust_cell_length(self.size.width)


def _frame_line(frame: Frame, line: int, sentence: str) -> str:
    inner = frame.width - 2
    if line == 0:
        title = f" {frame.title} "[:inner] if frame.title else ""
        return f"╭─{title}{'─' * (inner - 1 - len(title))}╮" if len(title) < inner else f"╭{'─' * inner}╮"
    if line == frame.height - 1:
        return f"╰{'─' * inner}╯"
    text = f"  {sentence}"[:inner] if line == SENTENCE_LINE else ""
    return f"│{text:{inner}}│"


class SplashScreen(Screen[None]):
    """Shown while everything else is loaded; keys pressed meanwhile are kept for the dashboard, but those that quit."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,Q,ctrl+q,ctrl+c", "app.quit", "Quit", show=False)]

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture
        self._typed: list[events.Key] = []

    def compose(self) -> ComposeResult:
        yield Frames(self._picture)

    def on_key(self, event: events.Key) -> None:
        self._typed.append(event)

    def typed(self) -> Iterator[events.Key]:
        """The keys pressed so far, each once."""
        while self._typed:
            yield self._typed.pop(0)
