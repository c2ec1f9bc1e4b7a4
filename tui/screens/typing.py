"""The half of the dashboard that knows what a key means: it finds the command and carries it out."""

from __future__ import annotations

from textual import events
from textual.timer import Timer

from tui.commands import Command, Owner
from tui.screens.closing import pass_on
from tui.screens.help import HelpScreen
from tui.screens.log import LogScreen
from tui.screens.parts import Parts
from tui.widgets.bars import KeyBar

SEQUENCE_PAUSE = 2.0
"""Seconds until the keys of an incomplete sequence are forgotten."""


class Typing(Parts, inherit_bindings=False):
    """Keys, and the lists of commands that show them."""

    typed = ""
    _pause: Timer | None = None

    async def on_key(self, event: events.Key) -> None:
        """Carry out what a key of a pane means; keys typed into a line of text never come here."""
        if not self.is_active:
            pass_on(event, self)
            return
        if self.focused is not None and self.focused not in self.panes.values():
            return
        if self.jumping:
            event.stop()
            event.prevent_default()
            self.jump_key(event.key)
            return
        self.typed = event.key
        means_something, command = self.keyboard.press(self.pane, event.key)
        if self._pause is not None:
            self._pause.stop()
        if means_something:
            event.stop()
            event.prevent_default()
            self.status.waiting(self.keyboard.pending)
            self._pause = self.set_timer(SEQUENCE_PAUSE, self._forget_keys) if self.keyboard.pending else None
        if command is not None:
            await self.run_command(command)

    def _forget_keys(self) -> None:
        self.keyboard.forget()
        self.status.waiting("")

    def offers(self, command: Command) -> bool:
        """Whether a command applies in the pane one is in."""
        return self.pane in command.panes

    async def run_command(self, command: Command) -> None:
        """Carry a command out as its key would."""
        if self.offers(command):
            target = self if command.owner is Owner.DASHBOARD else self.panes[self.pane]
            await self.app.run_action(command.action, target)

    async def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        await self.run_command(message.command)

    def action_help(self) -> None:
        about = getattr(self.panes[self.pane], "HELP", "")
        self.app.push_screen(HelpScreen(self.pane, about, self.keyboard.of_pane(self.pane)))

    def action_log(self) -> None:
        self.app.push_screen(LogScreen(tuple(self.status.notices)))

    def action_commands(self) -> None:
        self.app.action_command_palette()
