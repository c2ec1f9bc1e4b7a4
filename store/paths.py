"""Where things live on the user's machine.

``NEWSDASH_HOME`` puts configuration, data and cache below one folder; without it they go where the platform
keeps such things (on Linux the XDG base directories).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one installation; they are made when first written to."""

    config: Path
    data: Path
    cache: Path

    @classmethod
    def find(cls) -> Places:
        """The folders that the environment asks for."""
        home = os.environ.get("NEWSDASH_HOME")
        if home:
            return cls.below(Path(home).expanduser())
        import platformdirs

        app = "newsdash"
        return cls(
            config=platformdirs.user_config_path(app, appauthor=False),
            data=platformdirs.user_data_path(app, appauthor=False),
            cache=platformdirs.user_cache_path(app, appauthor=False),
        )

    @classmethod
    def below(cls, home: Path) -> Places:
        """All three folders below one."""
        home = home.absolute()
        return cls(config=home / "config", data=home / "data", cache=home / "cache")

    @property
    def config_file(self) -> Path:
        return self.config / "config.toml"

    @property
    def database(self) -> Path:
        """The folder of the TinyDB files."""
        return self.data / "store"

    @property
    def first_picture(self) -> Path:
        """What the dashboard paints before everything else is loaded."""
        return self.cache / "first_picture.json"

    @property
    def seeds(self) -> Path:
        """The user's own folder of seed files."""
        return self.data / "seeds"
