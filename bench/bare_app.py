"""The floor that the start of newsdash is measured against: a Textual application of three panes that does nothing."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static


class BareApp(App[None]):
    """Three panes side by side, each with a border and a word."""

    CSS = "Static { width: 1fr; height: 1fr; border: round $primary; }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("Left")
            yield Static("Middle")
            yield Static("Right pane")


if __name__ == "__main__":
    BareApp().run()
