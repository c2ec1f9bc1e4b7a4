"""Damaged and unfinished pieces of the store's files, kept by name in the folder ``set-aside``.

Nothing is thrown away because it could not be read: its bytes go here, ``doctor`` names it, and the rest of
the store goes on without it.
"""

from __future__ import annotations

from pathlib import Path

from store.database.engine.checksummed_lines import name_of
from store.database.engine.files import Files
from store.models import Problem

_UNFINISHED = "unfinished-"
_DAMAGED = "damaged-"
_SEEN = "seen-"


class Quarantine:
    """The folder of pieces."""

    def __init__(self, files: Files, folder: Path) -> None:
        self._files = files
        self._folder = folder / "set-aside"

    def damaged(self, file: str, offset: int, data: bytes) -> None:
        self._keep(f"{_DAMAGED}{file}-at-{offset}", data)

    def unfinished(self, file: str, offset: int, data: bytes) -> None:
        self._keep(f"{_UNFINISHED}{file}-at-{offset}", data)

    def _keep(self, name: str, data: bytes) -> None:
        path = self._folder / name
        if not self._files.exists(path) and not self._files.exists(self._folder / (_SEEN + name)):
            self._files.make_folder(self._folder)
            self._files.replace(path, data)

    def problems(self) -> list[Problem]:
        """One for each piece that has not been seen to."""
        found = []
        for name in self._names():
            if name.startswith(_UNFINISHED):
                reason = "A change that a crash interrupted was cut off; nothing that was confirmed is lost."
            elif name.startswith(_DAMAGED):
                what = name_of(self._files.read_all(self._folder / name))
                reason = f"A damaged record ({what or 'unreadable'}) was set aside; the rest is intact."
            else:
                continue
            found.append(Problem(f"set-aside/{name}", reason))
        return found

    def mark_seen(self) -> None:
        """Keep the pieces but no longer report them."""
        for name in self._names():
            if name.startswith((_UNFINISHED, _DAMAGED)) and not name.endswith(".tmp"):
                self._files.rename(self._folder / name, self._folder / (_SEEN + name))

    def _names(self) -> list[str]:
        return self._files.names(self._folder) if self._files.exists(self._folder) else []
