"""Finds the command that keys stand for, and carries it out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual import events
from textual.timer import Timer

from tui.closing import pass_on
from tui.dashboard.context import DashboardContext
from tui.dashboard.jump import JumpController
from tui.dashboard.panes import PaneController
from tui.keys.commands import Command

SEQUENCE_PAUSE = 2.0
"""Seconds until the keys of an incomplete sequence are forgotten."""


class KeyDispatch:
    """What keys mean in the pane that has the keyboard."""

    def __init__(
        self,
        context: DashboardContext,
        panes: PaneController,
        jump: JumpController,
        run: Callable[[Command], Awaitable[object]],
    ) -> None:
        self._context = context
        self._panes = panes
        self._jump = jump
        self._run = run
        self._pause: Timer | None = None

    async def press(self, event: events.Key) -> None:
        """Carry out what a key of a pane means; keys typed into a line of text never come here."""
        context = self._context
        if not context.screen.is_active:
            pass_on(event, context.screen)
            return
        if context.screen.focused is not None and context.screen.focused not in context.panes.values():
            return
        if self._jump.is_on:
            event.stop()
            event.prevent_default()
            self._jump.press(event.key)
            return
        context.last_key = event.key
        means_something, command = context.keyboard.press(self._panes.current, event.key)
        if self._pause is not None:
            self._pause.stop()
        if means_something:
            event.stop()
            event.prevent_default()
            self._await_more_keys(context.keyboard.pending)
        if command is not None:
            await self._run(command)

    def _await_more_keys(self, pending: str) -> None:
        """Show the keys of a sequence that is not complete, until more come or it takes too long."""
        self._context.status.waiting(pending)
        self._pause = self._context.screen.set_timer(SEQUENCE_PAUSE, self._forget_keys) if pending else None

    def _forget_keys(self) -> None:
        self._context.keyboard.forget()
        self._context.status.waiting("")
