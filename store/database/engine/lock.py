"""One writer at a time: ``flock`` on a file that also says who holds it.

The kernel releases the lock when its holder ends, however it ends, so there are no stale locks to clear.
What the file says is for the sentence only and is never trusted to decide anything.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
from pathlib import Path

from store.database.engine.files import Files


class WriteLock:
    """Held from :meth:`acquire` until :meth:`release` or the end of the process."""

    def __init__(self, path: Path, files: Files) -> None:
        self._path = path
        self._files = files
        self._handle = -1

    def acquire(self) -> bool:
        """Take the lock if it is free.

        :raises OSError: when the lock file cannot be opened, as in a read-only folder.
        """
        for last in (False, False, True):  # some network disks number the same file anew each time
            handle = self._locked()
            if handle is None:
                break
            if last or os.fstat(handle).st_ino == self._files.identity(self._path):
                self._handle = handle
                self._sign(handle)
                return True
            os.close(handle)  # a restored backup took the folder's place between the opening and the locking
        return False

    def _locked(self) -> int | None:
        """The open lock file, locked; None when somebody else holds it."""
        handle = self._files.open_append(self._path)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:
            os.close(handle)
            raise
        return handle

    def _sign(self, handle: int) -> None:
        words = f"{os.getpid()} {Path(sys.argv[0]).name or 'python'}\n".encode()
        with contextlib.suppress(OSError):  # a full disk: the lock holds all the same
            os.pwrite(handle, words, 0)
            if os.fstat(handle).st_size > len(words):  # to cut a file takes the disk some milliseconds
                os.ftruncate(handle, len(words))

    def holder(self) -> str:
        """Who holds it, in words: ``newsdash (process 4711)``."""
        try:
            words = self._path.read_text("utf-8", "replace").split(maxsplit=1)
        except OSError:
            words = []
        if not words or not words[0].isdecimal():
            return "another process"
        program = "".join(letter for letter in words[1].strip() if letter.isprintable())[:40] if len(words) > 1 else ""
        return f"{program or 'a program'} (process {words[0]})"

    def release(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
