"""An application of single panes: keys go to the pane that has the focus, as in the dashboard."""

from __future__ import annotations

from textual import events
from textual.app import App

from tui.keys.commands import Owner, Pane
from tui.keys.keyboard import Keyboard


class PaneApp(App[None]):
    """Carries out the commands of panes; a pane is known by its id."""

    keyboard = Keyboard()

    async def on_key(self, event: events.Key) -> None:
        if self.focused is None or self.focused.id not in list(Pane):
            return
        means_something, command = self.keyboard.press(Pane(self.focused.id), event.key)
        if means_something:
            event.prevent_default()
        if command is not None and command.owner is Owner.PANE:
            await self.run_action(command.action, self.focused)
