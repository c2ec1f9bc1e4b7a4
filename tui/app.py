"""The dashboard as an application: it paints first, and loads everything else then.

What this module imports delays the first picture, so it is next to nothing: ``tests/test_import_hygiene.py``.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import constants
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import Event, InputEvent
from textual.screen import Screen

from store.errors import NewsdashError
from tui.external.terminal import Terminal
from tui.jobs import PATIENCE, Jobs
from tui.startup.gc_policy import Collector
from tui.startup.splash import Picture, SplashScreen
from tui.themes import DARK, OWN_THEMES, own_variables

if TYPE_CHECKING:
    from rich.console import RenderableType

    from store.library import Library
    from tui.config.loaded import LoadedConfig
    from tui.dashboard.screen import DashboardScreen
    from tui.dashboard.settings import ConfigRead

THEME = "theme"
"""The setting that remembers the theme."""
READING = "reading"
"""The mode of the application once everything is loaded; before that it shows the first picture."""
MOMENT = 0.02
"""Seconds between looks whether the first headlines are listed."""
LOOK_AGAIN = 1.0
"""Seconds between looks whether nobody is typing."""


def run_dashboard(open_library: Callable[[], Library], config_file: Path, picture_file: Path) -> int:
    """Open the dashboard on this terminal; returns the exit status."""
    app = NewsdashApp(open_library, config_file=config_file, picture_file=picture_file, welcome=True)
    status = app.run()
    return status if status is not None else app.return_code or 0


def _commands() -> type[Provider]:
    from tui.dashboard.palette import CommandsProvider

    return CommandsProvider


class NewsdashApp(App[int], inherit_bindings=False):
    """newsdash on the screen. ``open_library`` is called in a thread, once the first picture is painted.

    ``config_file`` is read then too. ``picture_file`` keeps what the first picture is painted from. ``welcome`` shows a
    new user the first steps.
    """

    TITLE = "newsdash"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Quit", show=False)]
    ENABLE_COMMAND_PALETTE = False
    """The palette is a command as any other, so that its key can be changed."""

    def __init__(
        self,
        open_library: Callable[[], Library],
        *,
        config_file: Path | None = None,
        picture_file: Path | None = None,
        welcome: bool = False,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__(driver_class=None if constants.DRIVER else Terminal)
        self._config_file = config_file
        self._picture_file = picture_file
        self._open_library = open_library
        self._picture = Picture.read(picture_file) if picture_file is not None else Picture()
        self._opening = SplashScreen(self._picture)
        self._clock = clock
        self._welcome = welcome
        self._library: Library | None = None
        self._dashboard: DashboardScreen | None = None
        self.jobs = Jobs(self, self._cannot_open)
        self._collector = Collector()
        self.animation_level = "none"
        for theme in OWN_THEMES:
            self.register_theme(theme)
        self.theme = DARK.name
        self._colours = self.get_css_variables()
        self.stylesheet.set_variables(self._colours)

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        theme = self.current_theme
        ours = own_variables(variables["background"], variables["primary"], dark=theme.dark)
        variables |= {**ours, **theme.variables}
        self.theme_variables = variables
        return variables

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew; not when the colours are as they were, which Textual asks for at every start."""
        colours = self.get_css_variables()
        if colours != self._colours:
            self._colours = colours
            super().refresh_css(animate)

    # --- the start ------------------------------------------------------------------------------------------

    @property
    def dashboard(self) -> DashboardScreen:
        """The main screen; there is one once the library is open."""
        if self._dashboard is None:
            raise RuntimeError("The library is not open yet.")
        return self._dashboard

    @property
    def is_open(self) -> bool:
        """Whether the library is open and its articles are being listed."""
        return self._dashboard is not None

    def get_default_screen(self) -> Screen[None]:
        return self._opening

    def on_mount(self) -> None:
        self.screen.call_after_refresh(self._open)

    def _open(self) -> None:
        gc.enable()
        self.jobs.start("opening", lambda _: (self._open_library(), self._read_config()), self._opened)

    def _read_config(self) -> LoadedConfig:
        import tui.dashboard.screen  # noqa: F401 - it takes a while, and this is called in a thread
        from tui.config.loaded import default_config, load_config

        return load_config(self._config_file) if self._config_file is not None else default_config()

    def _opened(self, opened: tuple[Library, LoadedConfig]) -> None:
        library, config = opened
        self._library = library
        library.write_in_background(self._tell_refused)
        self.take_themes(config)
        theme = config.settings.general.theme or library.maintenance.setting(THEME) or DARK.name
        if isinstance(theme, str) and theme in self.available_themes:
            self.theme = theme
        self.call_next(self._show, library, config)

    async def _show(self, library: Library, config: LoadedConfig) -> None:
        if not self._opening.is_running:  # the user has quit meanwhile
            return
        from tui.dashboard.screen import DashboardScreen
        from tui.widgets.headlines import local_now

        dashboard = DashboardScreen(library, config, self._clock or local_now, self._read_config)
        self.add_mode(READING, lambda: dashboard)
        await self.switch_mode(READING)
        self._dashboard = dashboard
        self.theme_changed_signal.subscribe(
            dashboard, lambda theme: library.maintenance.save_setting(THEME, theme.name)
        )
        dashboard.start()
        self._collector.begin()
        self.set_interval(LOOK_AGAIN, self._collector.look)
        self._pass_on()

    def _pass_on(self) -> None:
        """Give the dashboard the keys that were pressed before it was there, once it has its headlines."""
        if self.dashboard.controllers.headline_list.is_loading:
            self.set_timer(MOMENT, self._pass_on)
            return
        for key in self._opening.typed():
            self.screen.post_message(key)
        self.call_after_refresh(self._keep_picture)
        if self._welcome:
            self.dashboard.controllers.onboarding.welcome_once()

    def _cannot_open(self, error: NewsdashError) -> None:
        from tui.dialogs.failure import FailureScreen

        self.push_screen(FailureScreen(error))

    async def on_event(self, event: Event) -> None:
        if isinstance(event, InputEvent):
            self._collector.touched()
        await super().on_event(event)

    # --- themes ---------------------------------------------------------------------------------------------

    def take_themes(self, config: LoadedConfig) -> None:
        """Offer the user's own themes, and use the one that the file names."""
        for theme in config.themes:
            self.register_theme(theme)
        if config.settings.general.theme in self.available_themes:
            self.theme = config.settings.general.theme

    def on_config_read(self, message: ConfigRead) -> None:
        self.take_themes(message.config)

    # --- the end --------------------------------------------------------------------------------------------

    def action_command_palette(self) -> None:
        from tui.dashboard.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        from textual.theme import ThemeProvider

        from tui.dashboard.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes …"))

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        self._keep_picture()
        super().exit(result, return_code, message)

    def _keep_picture(self) -> None:
        """Keep what the next start paints first."""
        if self._picture_file is None or self._dashboard is None:
            return
        colours = self.theme_variables
        picture = Picture(
            *self.size, self._dashboard.controllers.panes.frames(), colours["background"], colours["border-blurred"]
        )
        if picture != self._picture:
            self._picture = picture
            picture.write(self._picture_file)

    def action_give_up(self) -> None:
        self.exit(1)

    def _tell_refused(self, error: NewsdashError) -> None:
        """Called in the thread that writes."""
        self.call_later(self._refused, error)

    def _refused(self, error: NewsdashError) -> None:
        """The disk refused changes that were on the screen already."""
        if self._dashboard is None:
            self.notify(error.message, title=error.title, severity="error", markup=False)
            return
        self._dashboard.context.fail(error)
        self._dashboard.controllers.headline_list.reload()

    async def action_quit(self) -> None:
        """Leave once everything is on the disk, and say so when that takes long."""
        library = self._library
        if library is None:
            self.exit(0)
            return
        self.jobs.start("saving", lambda _: library.flush(), lambda _: self.exit(0), patience=PATIENCE)
        if self.jobs.busy("saving"):
            self.notify("Saving your last changes…", timeout=60, markup=False)

    def on_unmount(self) -> None:
        self.jobs.cancel_all()
        if self._library is not None:
            self._library.close()
