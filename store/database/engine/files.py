"""The one way to the disk: every call that can fail goes through :class:`Files`.

The store is given a ``Files``; a test gives one that fails at the n-th write, fsync or rename. Nothing here
interprets what it reads, and nothing above calls ``os`` for file work.
"""

from __future__ import annotations

import os
from pathlib import Path

from store.paths import FILE_MODE, make_private


class Files:
    """File operations on the real disk. Each raises :class:`OSError`; a short write is an error too."""

    def make_folder(self, folder: Path) -> None:
        make_private(folder)

    def names(self, folder: Path) -> list[str]:
        """The names of the files in a folder, sorted."""
        return sorted(path.name for path in folder.iterdir())

    def size(self, path: Path) -> int:
        return path.stat().st_size

    def exists(self, path: Path) -> bool:
        return path.exists()

    def identity(self, path: Path) -> int:
        """Another number for another file or folder of the same name; 0 when there is none."""
        return path.stat().st_ino if path.exists() else 0

    def open_read(self, path: Path) -> int:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def open_write(self, path: Path) -> int:
        """A new, empty file for writing."""
        return _private(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, FILE_MODE))

    def open_append(self, path: Path) -> int:
        """A file for writing at chosen places, made when missing, its content kept."""
        return _private(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE))

    def read(self, handle: int, offset: int, length: int) -> bytes:
        """Up to ``length`` bytes from ``offset``; fewer only at the end of the file."""
        parts = []
        while length > 0:
            part = os.pread(handle, length, offset)
            if not part:
                break
            parts.append(part)
            offset += len(part)
            length -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def handle_size(self, handle: int) -> int:
        return os.fstat(handle).st_size

    def write(self, handle: int, offset: int, data: bytes) -> None:
        """All of ``data`` at ``offset``."""
        view = memoryview(data)
        while view:
            written = os.pwrite(handle, view, offset)
            offset += written
            view = view[written:]

    def sync(self, handle: int) -> None:
        """Data and size are on the disk when this returns."""
        os.fdatasync(handle)

    def truncate(self, handle: int, length: int) -> None:
        os.ftruncate(handle, length)

    def close(self, handle: int) -> None:
        os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        """Replaces ``new`` in one step."""
        old.replace(new)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Names made, changed or removed in the folder are on the disk when this returns."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    # --- made of the above --------------------------------------------------------------------------------

    def read_all(self, path: Path) -> bytes:
        handle = self.open_read(path)
        try:
            return self.read(handle, 0, self.handle_size(handle))
        finally:
            self.close(handle)

    def replace(self, path: Path, data: bytes) -> None:
        """The file holds ``data``, or what it held before; never a part."""
        temporary = path.with_name(path.name + ".tmp")
        handle = self.open_write(temporary)
        try:
            self.write(handle, 0, data)
            self.sync(handle)
        finally:
            self.close(handle)
        self.rename(temporary, path)
        self.sync_folder(path.parent)


def _private(handle: int) -> int:
    """The handle, of a file that is new for this user alone, whatever the umask says."""
    if os.fstat(handle).st_size == 0:
        os.fchmod(handle, FILE_MODE)
    return handle
