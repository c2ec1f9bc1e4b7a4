"""The dashboard as an application: it paints first and opens the library then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.screen import Screen

from store.errors import NewsdashError
from tui.palette import CommandsProvider
from tui.screens.configuring import Configuring
from tui.screens.dashboard import Dashboard
from tui.screens.failure import FailureScreen
from tui.screens.jobs import Jobs
from tui.themes import DARK, OWN_THEMES, speaker_variables
from tui.widgets.headlines import local_now

if TYPE_CHECKING:
    from store.library import Library
    from tui.settings import LoadedConfig

THEME = "theme"
"""The setting that remembers the theme."""


def run_dashboard(open_library: Callable[[], Library], config_file: Path) -> int:
    """Open the dashboard on this terminal; returns the exit status."""
    app = NewsdashApp(open_library, config_file=config_file)
    status = app.run()
    return status if status is not None else app.return_code or 0


class NewsdashApp(App[int], inherit_bindings=False):
    """newsdash on the screen. ``open_library`` is called in a thread, once the first picture is painted.

    ``config_file`` is read then too, but for its theme: there is no first picture in colours that change at once.
    """

    TITLE = "newsdash"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {CommandsProvider}

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Quit", show=False)]
    ENABLE_COMMAND_PALETTE = False
    """The palette is a command as any other, so that its key can be changed."""

    def __init__(
        self,
        open_library: Callable[[], Library],
        *,
        config_file: Path | None = None,
        clock: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__()
        self._config_file = config_file
        self._open_library = open_library
        self._library: Library | None = None
        self.dashboard = Dashboard(clock)
        self.jobs = Jobs(self, self._cannot_open)
        self.animation_level = "none"
        for theme in OWN_THEMES:
            self.register_theme(theme)
        self.theme = DARK.name
        self.dashboard.read_config = self._read_config
        self._config: LoadedConfig | None = None
        if config_file is not None and config_file.exists():
            self._config = self._read_config()
            self.take_themes(self._config)

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
        self.jobs.start("opening", lambda _: (self._open_library(), self._config or self._read_config()), self._opened)

    def _read_config(self) -> LoadedConfig:
        from tui.settings import default_config, load_config

        return load_config(self._config_file) if self._config_file is not None else default_config()

    def take_themes(self, config: LoadedConfig) -> None:
        """Offer the user's own themes, and use the one that the file names."""
        for theme in config.themes:
            self.register_theme(theme)
        if config.settings.general.theme in self.available_themes:
            self.theme = config.settings.general.theme

    def on_configuring_config_read(self, message: Configuring.ConfigRead) -> None:
        self.take_themes(message.config)

    def _opened(self, opened: tuple[Library, LoadedConfig]) -> None:
        library, config = opened
        self._library = library
        theme = config.settings.general.theme or library.setting(THEME)
        if isinstance(theme, str) and theme in self.available_themes:
            self.theme = theme
        self.theme_changed_signal.subscribe(self.dashboard, lambda theme: library.save_setting(THEME, theme.name))
        self.dashboard.take(library, config)

    def _cannot_open(self, error: NewsdashError) -> None:
        self.push_screen(FailureScreen(error))

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(id="--command-palette"))

    def action_give_up(self) -> None:
        self.exit(1)

    async def action_quit(self) -> None:
        self.exit(0)

    def on_unmount(self) -> None:
        self.jobs.cancel_all()
        if self._library is not None:
            self._library.close()
