"""The half of the dashboard that takes over what config.toml says, at the start and when it is read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from store.models import Scope, View
from tui.config.library_options import rules_of
from tui.dashboard.parts import Parts

if TYPE_CHECKING:
    from tui.config.loaded import LoadedConfig

TOLD = 3
"""Problems told one by one; the others are counted."""
TOLD_FOR = 15
"""Seconds for which they are shown."""


class Configuring(Parts, inherit_bindings=False):
    """Settings and keys."""

    class ConfigRead(Message):
        """The file was read again: the application takes its themes."""

        def __init__(self, config: LoadedConfig) -> None:
            super().__init__()
            self.config = config

    read_config: Callable[[], LoadedConfig]
    """Reads the file again; may be called in any thread."""
    _refresh_timer: Timer | None = None

    def configure(self, config: LoadedConfig) -> None:
        """Take over settings and keys, and tell what is wrong with them."""
        self.settings = config.settings
        self.keyboard.forget()
        self.keyboard = config.keyboard
        layout, general = config.settings.layout, config.settings.general
        for pane in self.panes.values():
            pane.keyboard = self.keyboard
        self.article.measure, self.article.centred = layout.measure, layout.centred
        self.headlines.density, self.headlines.twelve_hours = layout.density, general.time_format == "12h"
        self.article.twelve_hours = self.headlines.twelve_hours
        for pane in self.panes.values():
            pane.set_anew()
        if self.session is not None:
            self.session.library.rules.use(rules_of(config.settings))
        self._refresh_by_itself(general.refresh.total_seconds())
        self._tell_problems(config)
        self.lay_out()

    def first_view(self) -> tuple[View, str]:
        """What is listed at the start."""
        view = View(Scope(self.settings.general.view))
        return view, self.feeds.title_of(view)

    def action_reload_config(self) -> None:
        def loaded(config: LoadedConfig) -> None:
            self.configure(config)
            self.post_message(self.ConfigRead(config))
            if not config.problems:
                self.say("config.toml was read again.")

        self.jobs.start("config", lambda _: self.read_config(), loaded)

    def _refresh_by_itself(self, seconds: float) -> None:
        if self._refresh_timer is not None:
            self._refresh_timer.stop()
        self._refresh_timer = self.set_interval(seconds, self.refresh_quietly) if seconds else None

    def _tell_problems(self, config: LoadedConfig) -> None:
        problems = [str(problem) for problem in config.problems]
        if not problems:
            return
        more = len(problems) - TOLD
        if more > 0:
            problems[TOLD:] = [f"{more} more. `newsdash config --check` lists them all."]
        text = "\n\n".join(problems)
        self.app.notify(text, title="Configuration", severity="warning", timeout=TOLD_FOR, markup=False)
        self.status.say(problems[0], error=True)
