"""The configuration as the screen uses it: with the commands there are, and all themes one can choose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.theme import BUILTIN_THEMES, Theme

from tui.config.keymap import Keymap, preset_keymap
from tui.config.load import load
from tui.config.problems import ConfigProblem
from tui.config.settings import Settings
from tui.config.theme_file import load_themes
from tui.keys.commands import COMMANDS
from tui.keys.keyboard import Keyboard
from tui.themes import OWN_THEMES


@dataclass(frozen=True)
class LoadedConfig:
    """Settings, keys and the user's themes, and everything that is wrong with the files they come from."""

    settings: Settings
    keymap: Keymap
    themes: tuple[Theme, ...]
    problems: tuple[ConfigProblem, ...]

    @property
    def keyboard(self) -> Keyboard:
        return Keyboard(self.keymap)


def load_config(path: Path) -> LoadedConfig:
    """Read ``config.toml`` and the theme file that it names; never raises."""
    # The theme file's name comes from the first reading, the names of its themes are needed for the second.
    first = load(path)
    themes, theme_problems = load_themes(path.parent / Path(first.settings.themes.file).expanduser())
    names = {*BUILTIN_THEMES, *(theme.name for theme in (*OWN_THEMES, *themes))}
    config = load(path, commands=COMMANDS, themes=names)
    return LoadedConfig(config.settings, config.keymap, themes, (*config.problems, *theme_problems))


def default_config() -> LoadedConfig:
    """What holds without a file."""
    return LoadedConfig(Settings(), preset_keymap("newsdash", COMMANDS), (), ())
