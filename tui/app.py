"""The dashboard as an application: it paints first and opens the library then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.command import Provider
from textual.screen import Screen

from store.errors import NewsdashError
from tui.palette import CommandsProvider
from tui.screens.dashboard import Dashboard
from tui.screens.failure import FailureScreen
from tui.screens.jobs import Jobs
from tui.themes import DARK, OWN_THEMES, speaker_variables
from tui.widgets.headlines import local_now

if TYPE_CHECKING:
    from store.library import Library

THEME = "theme"
"""The setting that remembers the theme."""


def run(open_library: Callable[[], Library]) -> int:
    """Open the dashboard on this terminal; returns the exit status."""
    app = NewsdashApp(open_library)
    status = app.run()
    return status if status is not None else app.return_code or 0


class NewsdashApp(App[int]):
    """newsdash on the screen. ``open_library`` is called in a thread, once the first picture is painted."""

    TITLE = "newsdash"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {CommandsProvider}

    def __init__(self, open_library: Callable[[], Library], *, clock: Callable[[], datetime] = local_now) -> None:
        super().__init__()
        self._open_library = open_library
        self._library: Library | None = None
        self.dashboard = Dashboard(clock)
        self.jobs = Jobs(self, self._cannot_open)
        self.animation_level = "none"
        for theme in OWN_THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        theme = self.current_theme
        variables |= {**speaker_variables(variables["background"], dark=theme.dark), **theme.variables}
        self.theme_variables = variables
        return variables

    def get_default_screen(self) -> Screen[object]:
        return self.dashboard

    def on_mount(self) -> None:
        self.dashboard.call_after_refresh(self._open)

    def _open(self) -> None:
        self.jobs.start("opening", lambda _: self._open_library(), self._opened)

    def _opened(self, library: Library) -> None:
        self._library = library
        theme = library.setting(THEME)
        if isinstance(theme, str) and theme in self.available_themes:
            self.theme = theme
        self.theme_changed_signal.subscribe(self.dashboard, lambda theme: library.save_setting(THEME, theme.name))
        self.dashboard.take(library)

    def _cannot_open(self, error: NewsdashError) -> None:
        self.push_screen(FailureScreen(error))

    def action_give_up(self) -> None:
        self.exit(1)

    async def action_quit(self) -> None:
        self.exit(0)

    def on_unmount(self) -> None:
        self.jobs.cancel_all()
        if self._library is not None:
            self._library.close()
