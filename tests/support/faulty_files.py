"""A disk that fails or stops where a test says, to see that the store loses nothing there."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from store.database.engine.files import Files


class PowerCut(BaseException):
    """The machine stopped in the middle of a call. No ordinary ``except`` may swallow it."""


class FaultyFiles(Files):
    """Counts the calls that change the disk; number ``at`` (from 1) and the ``more`` after it go wrong.

    With ``error`` such a call raises that errno, a write after half of its bytes. Without, the power goes: what no
    fsync confirmed is cut from the files, and nothing after that reaches the disk.
    """

    def __init__(self, at: int = 0, *, error: int | None = None, more: int = 0) -> None:
        self.calls: list[str] = []
        self._at = at
        self._error = error
        self._more = more
        self._off = False
        self._paths: dict[int, Path] = {}
        self._synced: dict[Path, int] = {}

    def fail_after(self, calls: int) -> None:
        """The call that is so many ahead goes wrong; with 0 none does."""
        self._at = len(self.calls) + calls if calls else 0

    def _do(self, name: str, call: Callable[[], Any], torn: Callable[[], Any] | None = None) -> Any:
        if self._off:
            raise PowerCut
        self.calls.append(name)
        number = len(self.calls)
        if not self._at or not self._at <= number <= self._at + self._more:
            return call()
        if torn:
            torn()
        if self._error is not None:
            raise OSError(self._error, os.strerror(self._error))
        self._off = True
        self._forget_unsynced()
        raise PowerCut

    def _forget_unsynced(self) -> None:
        for path, length in self._synced.items():
            if path.exists() and path.stat().st_size > length:
                os.truncate(path, length)

    def _opened(self, handle: int, path: Path, length: int) -> int:
        self._paths[handle] = path
        self._synced.setdefault(path, length)
        return handle

    def make_folder(self, folder: Path) -> None:
        self._do("make_folder", lambda: super(FaultyFiles, self).make_folder(folder))

    def open_write(self, path: Path) -> int:
        self._synced.pop(path, None)
        return self._opened(self._do("open_write", lambda: super(FaultyFiles, self).open_write(path)), path, 0)

    def open_append(self, path: Path) -> int:
        handle: int = self._do("open_append", lambda: super(FaultyFiles, self).open_append(path))
        return self._opened(handle, path, self.handle_size(handle))

    def write(self, handle: int, offset: int, data: bytes) -> None:
        whole = super().write
        self._do("write", lambda: whole(handle, offset, data), lambda: whole(handle, offset, data[: len(data) // 2]))

    def sync(self, handle: int) -> None:
        def call() -> None:
            super(FaultyFiles, self).sync(handle)
            self._synced[self._paths[handle]] = self.handle_size(handle)

        self._do("sync", call)

    def truncate(self, handle: int, length: int) -> None:
        self._do("truncate", lambda: super(FaultyFiles, self).truncate(handle, length))

    def rename(self, old: Path, new: Path) -> None:
        def call() -> None:
            super(FaultyFiles, self).rename(old, new)
            for path in [path for path in self._synced if path == old or old in path.parents]:
                self._synced[new / path.relative_to(old)] = self._synced.pop(path)

        self._do("rename", call)

    def remove(self, path: Path) -> None:
        def call() -> None:
            super(FaultyFiles, self).remove(path)
            self._synced.pop(path, None)

        self._do("remove", call)

    def sync_folder(self, folder: Path) -> None:
        self._do("sync_folder", lambda: super(FaultyFiles, self).sync_folder(folder))


ERRORS = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO)
