"""The floors of the benchmarks: Textual applications that do nothing.

python -m bench.bare_app [typing]
"""

import sys

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static


class PanesApp(App[None]):
    """Three panes side by side, each with a border and a word."""

    CSS = "Static { width: 1fr; height: 1fr; border: round $primary; }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("Left")
            yield Static("Middle")
            yield Static("Right pane")


class TypingApp(App[None]):
    """A line to type in."""

    def compose(self) -> ComposeResult:
        yield Input(placeholder="Type here")


if __name__ == "__main__":
    (TypingApp() if "typing" in sys.argv else PanesApp()).run()
