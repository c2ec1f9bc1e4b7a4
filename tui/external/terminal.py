"""The terminal: it is given back as it was, however the program ends or is stopped."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from textual.drivers.linux_driver import LinuxDriver

ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
LOOK_AGAIN = 1.0
"""Seconds between looks whether the terminal is still there."""


def _answer_nothing(*_: object) -> None:
    pass


class Output:
    """A terminal to write to, which may go away at any time: what is written then is lost without an error."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        try:
            return self._file.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            pass

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class Terminal(LinuxDriver):
    """Textual's driver, with signals that are answered by the event loop, between two other things.

    Textual answers them wherever the program happens to be, which can be in the middle of writing to the terminal: then
    both wait for each other. Signals that end the program end it as a key does, with 128 and their number as status.
    """

    _is_begun = False
    _is_suspended = False
    """Whether the terminal is as it was before the start, and somebody else's."""

    def start_application_mode(self) -> None:
        if not self._is_begun:
            self._is_begun = True
            self._file = cast(Any, Output(cast("IO[str]", self._file)))
            self._listen()
            self._look()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        if not self._is_suspended:
            super().stop_application_mode()

    def disable_input(self) -> None:
        if not self._is_suspended:
            super().disable_input()

    def _listen(self) -> None:
        for number in ENDING:
            self._loop.add_signal_handler(number, self._end, number)
        self._loop.add_signal_handler(signal.SIGTSTP, self._stop)
        # A signal that ends the program, sent to a stopped one, is answered first.
        self._loop.add_signal_handler(signal.SIGCONT, self._loop.call_soon, self._go_on)

    @contextmanager
    def no_automatic_restart(self) -> Iterator[None]:
        """While another program has the terminal, and this one waits: stopped with it, but not interrupted with it."""
        for number in (*ENDING, signal.SIGTSTP, signal.SIGCONT):
            self._loop.remove_signal_handler(number)
        for number in (signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, _answer_nothing)  # to ignore them would have the other program ignore them too
        try:
            with super().no_automatic_restart():
                yield
        finally:
            self._listen()

    # --- the end --------------------------------------------------------------------------------------------

    def _end(self, number: int) -> None:
        self._app.exit(128 + number)

    def run_input_thread(self) -> None:
        try:
            super().run_input_thread()
        except OSError:
            self._loop.call_soon_threadsafe(self._gone)

    def _look(self) -> None:
        """See whether the terminal is gone: reading from it would tell of nothing more, again and again."""
        asked = select.poll()
        asked.register(self.fileno, 0)
        if any(answer & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, answer in asked.poll(0)):
            self._gone()
        else:
            self._loop.call_later(LOOK_AGAIN, self._look)

    def _gone(self) -> None:
        self._end(signal.SIGHUP)

    # --- the shell's jobs -----------------------------------------------------------------------------------

    def _stop(self) -> None:
        """Give the terminal back and wait until the shell lets the program go on."""
        if not self._is_suspended:
            self.suspend_application_mode()
            self._is_suspended = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        """Take the terminal again and paint everything; in the background, wait on."""
        if self._app._exit:
            return
        if not self._is_foreground:
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        if not self._is_suspended:  # it was stopped without being asked, and the terminal may be anyhow
            self.suspend_application_mode()
        self._is_suspended = False
        self.resume_application_mode()
        self._app.call_later(self._app.refresh, layout=True)

    @property
    def _is_foreground(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return True
