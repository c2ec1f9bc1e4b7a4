"""Where things live on the user's machine.

``NEWSDASH_HOME`` puts configuration, data and cache below one folder; without it they go where the platform
keeps such things (on Linux the XDG base directories).
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for this user alone, whatever the umask says.

    :raises OSError: when the disk refuses.
    """
    if folder.is_dir():
        return
    make_private(folder.parent)
    try:
        folder.mkdir(mode=FOLDER_MODE)
    except FileExistsError:
        if folder.is_dir():
            return  # another process was quicker
        raise
    folder.chmod(FOLDER_MODE)


def write_private(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write a file that this user alone may read, and the folder it is in.

    :raises OSError: when the disk refuses; FileExistsError when the file is there and is not to be replaced.
    """
    make_private(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | (os.O_TRUNC if replace else os.O_EXCL), FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, FILE_MODE)
        file.write(data)


def read_regular(path: Path, most: int) -> bytes:
    """Up to ``most`` bytes of a regular file. A FIFO or a device, which could block for ever, is not opened.

    :raises OSError: when it cannot be read or is not a regular file.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        return file.read(most)


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
