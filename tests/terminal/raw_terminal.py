"""The dashboard on a pseudo-terminal of the test's own: what is written at once arrives at once, and signals too."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from store.library import Library
from store.paths import Places

PATIENCE = 40.0
"""Seconds until what is waited for must have come."""
QUIET = 0.12
"""Seconds without a byte after which a picture is taken to be whole."""
ESCAPE = b"\x1b[27u"
"""The Escape key as terminals send it that keep it apart from the beginning of a sequence."""


class RawTerminal:
    """The dashboard in a session of its own, as a shell's foreground job would be."""

    def __init__(
        self, home: Path, columns: int = 120, rows: int = 40, *, environment: Mapping[str, str] | None = None
    ) -> None:
        self._home = home
        self.size = (columns, rows)
        self._environment = environment or {}
        self.output = b""
        """Everything written to the terminal so far."""
        self.pid = self._fd = -1
        self.status: int | None = None
        """How the dashboard ended: its exit status, or the signal's number below 0; None while it runs."""

    def start(self, *, first_steps: bool = False) -> None:
        if not first_steps:
            with Library.open(Places.below(self._home)) as library:
                library.maintenance.save_setting("welcomed", True)
        environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        environment |= {
            "NEWSDASH_HOME": str(self._home),
            "HOME": str(self._home.parent),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            **self._environment,
        }
        if self._fd >= 0:
            os.close(self._fd)
        self.output, self.status = b"", None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", self.size[1], self.size[0], 0, 0))
            os.execve(sys.executable, [sys.executable, "-m", "tui.cli"], environment)
        self.modes = termios.tcgetattr(self._fd)
        """How the terminal was before."""

    @property
    def modes_now(self) -> list[object]:
        return termios.tcgetattr(self._fd)

    def resize(self, columns: int, rows: int) -> None:
        self.size = (columns, rows)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def write(self, keys: bytes) -> None:
        os.write(self._fd, keys)

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def make_as_before(self) -> None:
        """Set the terminal as it was before the start, as a shell does for itself when its job is stopped."""
        termios.tcsetattr(self._fd, termios.TCSANOW, self.modes)

    def hang_up(self) -> None:
        """Close the terminal, as its window or a lost connection does."""
        os.close(self._fd)
        self._fd = -1

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds, or sooner when it ends."""
        begun, until = len(self.output), time.monotonic() + seconds
        while self.status is None and (left := until - time.monotonic()) > 0:
            if not select.select([self._fd], [], [], left)[0]:
                break
            self._take()
        return self.output[begun:]

    def settle(self, quiet: float = QUIET) -> None:
        """Read until nothing more comes for so many seconds."""
        while self.status is None and select.select([self._fd], [], [], quiet)[0]:
            self._take()

    def _take(self) -> None:
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            data = b""
        self.output += data
        if not data:
            self.wait()

    def wait_for(self, wanted: bytes | Callable[[bytes], bool], since: int = 0) -> None:
        """Read until these bytes were written after ``since``."""
        shown = wanted if callable(wanted) else lambda output: wanted in output
        until = time.monotonic() + PATIENCE
        while not shown(self.output[since:]):
            if self.status is not None or time.monotonic() > until:
                raise AssertionError(f"{wanted!r} did not come; status {self.status}: {self.output[-2000:]!r}")
            self.read(0.05)

    def wait(self) -> int:
        """Its exit status, as :attr:`status` has it."""
        until = time.monotonic() + PATIENCE
        while self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > until:
                raise AssertionError(f"the dashboard did not end: {self.output[-2000:]!r}")
            elif self._fd < 0:
                time.sleep(0.02)
            elif select.select([self._fd], [], [], 0.02)[0]:
                try:
                    self.output += os.read(self._fd, 65536)
                except OSError:
                    time.sleep(0.02)
        return self.status

    @property
    def state(self) -> str:
        """What the kernel says of the process: ``S`` sleeps, ``R`` runs, ``T`` is stopped."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.status is None:
            self.signal(signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self._fd >= 0:
            os.close(self._fd)
