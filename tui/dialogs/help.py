"""The help screen: the keys of the pane one came from, made from the commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.base import Dialog, plain
from tui.keys.commands import PANE_TITLES, Command, Group, Place
from tui.text_cells import fit, wrap

KEYS_WIDTH = 16
TITLE_WIDTH = 31
ROOMY = 90
"""From this width on a row has its command's title too."""


class HelpScreen(Dialog[None]):
    """What this pane is and which keys it knows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,question_mark,enter", "cancel", "Close", show=False),
        Binding("j,down", "scroll('down')", show=False),
        Binding("k,up", "scroll('up')", show=False),
        Binding("space,pagedown,ctrl+d", "scroll('page_down')", show=False),
        Binding("pageup,ctrl+u", "scroll('page_up')", show=False),
        Binding("g,home", "scroll('home')", show=False),
        Binding("G,end", "scroll('end')", show=False),
    ]

    def __init__(self, pane: Place, about: str, commands: Sequence[Command]) -> None:
        super().__init__()
        self._pane, self._about, self._commands = pane, about, commands

    def compose(self) -> ComposeResult:
        with self.box(f"Keys · {PANE_TITLES[self._pane]}"):
            with VerticalScroll(id="help", can_focus=False):
                yield Static(id="help-text", markup=False)
            yield plain("j k scroll · Esc closes", "dialog--hint")

    def on_resize(self) -> None:
        """Set the rows for the width there is."""
        width = min(104, int(self.app.size.width * 0.96) - 9)
        about = [Content.assemble((self._about, "$foreground 75%"))]
        groups = (help_rows(self._commands, group, width) for group in Group)
        rows = [row for group in groups for row in group]
        self.query_one("#help-text", Static).update(Content("\n").join([*about, *rows]))

    def action_scroll(self, where: str) -> None:
        getattr(self.query_one("#help", VerticalScroll), f"scroll_{where}")(animate=False)


def help_rows(commands: Sequence[Command], group: Group, width: int) -> list[Content]:
    """A group's heading and commands: keys, title and explanation; without the titles where there is little room."""
    commands = [command for command in commands if command.group is group]
    if not commands:
        return []
    title_width = TITLE_WIDTH if width >= ROOMY else 0
    left = KEYS_WIDTH + title_width
    rows = [Content(), Content.assemble((group.value, "bold $primary"))]
    for command in commands:
        keys = fit(command.keys_text, KEYS_WIDTH)
        lines = wrap(command.help, 0, len(command.help), width - left)
        for place, (start, end) in enumerate(lines):
            first = place == 0
            rows.append(
                Content.assemble(
                    (keys if first else " " * KEYS_WIDTH, "bold $accent"),
                    fit(command.title if first else "", title_width) if title_width else "",
                    (command.help[start:end], "$foreground 75%"),
                )
            )
    return rows
