"""The half of the dashboard that takes over what config.toml says, at the start and when it is read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from store.models import Scope, View
from tui.config.library_options import rules_of
from tui.dashboard.context import DashboardContext
from tui.dashboard.panes import PaneController
from tui.dashboard.refresh import RefreshController

if TYPE_CHECKING:
    from tui.config.loaded import LoadedConfig

TOLD = 3
"""Problems told one by one; the others are counted."""
TOLD_FOR = 15
"""Seconds for which they are shown."""


class ConfigRead(Message):
    """The file was read again: the application takes its themes."""

    def __init__(self, config: LoadedConfig) -> None:
        super().__init__()
        self.config = config


class SettingsController:
    """Applies the configuration at the start, and when it is read again."""

    def __init__(
        self,
        context: DashboardContext,
        panes: PaneController,
        refresh: RefreshController,
        read_config: Callable[[], LoadedConfig],
    ) -> None:
        """``read_config`` reads the file again; it is called in a thread."""
        self._context = context
        self._panes = panes
        self._refresh = refresh
        self._read_config = read_config
        self._refresh_timer: Timer | None = None

    def apply(self, config: LoadedConfig) -> None:
        """Take over settings and keys, and tell what is wrong with them."""
        self._context.settings = config.settings
        self._context.keyboard.forget()
        self._context.keyboard = config.keyboard
        layout, general = config.settings.layout, config.settings.general
        for pane in self._context.panes.values():
            pane.keyboard = self._context.keyboard
        self._context.article.measure, self._context.article.centred = layout.measure, layout.centred
        self._context.headlines.density = layout.density
        self._context.headlines.twelve_hours = general.time_format == "12h"
        self._context.article.twelve_hours = self._context.headlines.twelve_hours
        for pane in self._context.panes.values():
            pane.set_anew()
        self._context.library.rules.use(rules_of(config.settings))
        self._refresh_by_itself(general.refresh.total_seconds())
        self._tell_problems(config)
        self._panes.lay_out()

    def first_view(self) -> tuple[View, str]:
        """What is listed at the start."""
        view = View(Scope(self._context.settings.general.view))
        return view, self._context.feeds.title_of(view)

    def reload_config(self) -> None:
        def loaded(config: LoadedConfig) -> None:
            self.apply(config)
            self._context.screen.post_message(ConfigRead(config))
            if not config.problems:
                self._context.say("config.toml was read again.")

        self._context.jobs.start("config", lambda _: self._read_config(), loaded)

    def _refresh_by_itself(self, seconds: float) -> None:
        if self._refresh_timer is not None:
            self._refresh_timer.stop()
        self._refresh_timer = (
            self._context.screen.set_interval(seconds, self._refresh.refresh_quietly) if seconds else None
        )

    def _tell_problems(self, config: LoadedConfig) -> None:
        problems = [str(problem) for problem in config.problems]
        if not problems:
            return
        more = len(problems) - TOLD
        if more > 0:
            problems[TOLD:] = [f"{more} more. `newsdash config --check` lists them all."]
        text = "\n\n".join(problems)
        self._context.screen.app.notify(text, title="Configuration", severity="warning", timeout=TOLD_FOR, markup=False)
        self._context.status.say(problems[0], error=True)
