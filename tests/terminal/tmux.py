"""A real terminal for tests: newsdash inside tmux, typed at and read from as a person would."""

from __future__ import annotations

import itertools
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from store.library import Library
from store.paths import Places

_NUMBERS = itertools.count(1)
PATIENCE = 40.0
"""Seconds until what is waited for must be on the screen; a busy machine is slow, a broken program never gets there."""


class Terminal:
    """A tmux server of its own, with one window of the given size that runs the dashboard."""

    def __init__(
        self,
        home: Path,
        folder: Path,
        columns: int = 120,
        rows: int = 40,
        *,
        first_steps: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """``first_steps``: be a new user, whom the card of the first steps greets, with ``folder`` as home folder.

        ``environment``: variables that the dashboard has besides.
        """
        # A new one each time: a server that was just stopped may still be on its way out.
        self._socket = folder / f"tmux-{next(_NUMBERS)}"
        self._home, self._folder = home, folder
        self._size = (columns, rows)
        self._first_steps = first_steps
        self._environment = environment or {}

    def tmux(self, *arguments: str) -> str:
        command = ["tmux", "-S", str(self._socket), "-f", os.devnull, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def start(self) -> None:
        """Start the dashboard; returns at once. A size that pytest put into the environment is not passed on."""
        columns, rows = self._size
        if not self._first_steps:
            with Library.open(Places.below(self._home)) as library:
                library.maintenance.save_setting("welcomed", True)
        environment = {
            "NEWSDASH_HOME": self._home,
            "HOME": self._folder,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            **self._environment,
        }
        settings = " ".join(f"{name}={shlex.quote(str(value))}" for name, value in environment.items())
        program = f"env -u COLUMNS -u LINES {settings} {shlex.quote(sys.executable)} -m tui.cli"
        command = f"{program}; echo newsdash ended with $?; sleep 60"
        self.tmux("new-session", "-d", "-x", str(columns), "-y", str(rows), "-s", "newsdash", command)

    def press(self, *keys: str) -> None:
        """Keys by tmux's names: ``j``, ``Enter``, ``C-d``."""
        for key in keys:
            self.tmux("send-keys", "-t", "newsdash", key)

    def type(self, text: str) -> None:
        self.tmux("send-keys", "-t", "newsdash", "-l", text)

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "newsdash")

    def title(self) -> str:
        """The terminal's title, which no headline may change."""
        return self.tmux("display-message", "-p", "-t", "newsdash", "#{pane_title}").strip()

    def wait_for(self, wanted: str | Callable[[str], bool]) -> str:
        """The screen as soon as it shows the text or satisfies the condition."""
        shown = wanted if callable(wanted) else lambda screen: wanted in screen
        end = time.monotonic() + PATIENCE
        while not shown(screen := self.screen()):
            if time.monotonic() > end:
                raise AssertionError(f"{wanted!r} did not appear within {PATIENCE:.0f} seconds:\n{screen}")
            time.sleep(0.05)
        return screen

    def stop(self) -> None:
        subprocess.run(["tmux", "-S", str(self._socket), "kill-server"], check=False, capture_output=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
