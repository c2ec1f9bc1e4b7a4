"""A program on a pseudo-terminal, typed at and timed by what it writes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

from bench import installed

_CONTROLS = re.compile(
    rb"\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b[=>78MDEHc]"
)
PATIENCE = 30.0
"""Seconds until what is waited for must have been written."""
MOMENT = 0.002
"""Seconds of silence after which a picture is complete."""
TICKS = os.sysconf("SC_CLK_TCK")


class Program:
    """A running program. Times are in seconds; texts are looked for in what was written, without its controls."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], columns: int, rows: int) -> None:
        self._terminal, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        inherited = {
            name: value
            for name, value in installed.environment().items()
            if name not in ("COLUMNS", "LINES", "NO_COLOR")
        }
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        self.started = perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env={**inherited, **terminal, **environment},
            start_new_session=True,
        )
        os.close(inside)
        self._written = b""

    def send(self, keys: str) -> float:
        """Type; returns the time. What was written before is no longer looked at."""
        self.drain()
        self._written = b""
        now = perf_counter()
        os.write(self._terminal, keys.encode())
        return now

    def wait_for(self, text: str) -> float:
        """The time at which the text was written."""
        wanted = text.encode()
        until = perf_counter() + PATIENCE
        while perf_counter() < until:
            if self._read(0.5) and wanted in _CONTROLS.sub(b"", self._written):
                return perf_counter()
        tail = _CONTROLS.sub(b"", self._written)[-2000:].decode("utf-8", "replace")
        raise AssertionError(f"{text!r} was not written within {PATIENCE:.0f} seconds; the last was\n{tail}")

    def wait_for_rest(self) -> float:
        """The time of the last byte of what is being written: nothing comes for a moment after it."""
        last = perf_counter()
        while self._read(MOMENT):
            last = perf_counter()
        return last

    def has_written(self, text: str) -> bool:
        """Whether a text was written since the last key."""
        self.drain()
        return text.encode() in _CONTROLS.sub(b"", self._written)

    def drain(self, seconds: float = 0.0) -> None:
        """Read what is written, for so long at least."""
        until = perf_counter() + seconds
        while self._read(max(0.0, until - perf_counter())):
            pass

    @property
    def processor_time(self) -> float:
        """Seconds that the program has used so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def _read(self, timeout: float) -> bool:
        if not select.select([self._terminal], [], [], timeout)[0]:
            return False
        try:
            self._written += os.read(self._terminal, 65536)
        except OSError as error:  # the program has ended
            raise AssertionError(f"the program ended:\n{self._written[-2000:].decode('utf-8', 'replace')}") from error
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)
