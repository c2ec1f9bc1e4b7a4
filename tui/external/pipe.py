"""Hands text to a program of the user's; no shell ever reads it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from store.errors import NewsdashError
from store.models import IsCancelled

LOOK = 0.2
"""Seconds between looks whether the program should be stopped."""
LONGEST_ANSWER = 200


def pipe_to(program: Sequence[str], text: str, cancelled: IsCancelled) -> str:
    """Run a program with ``text`` on its standard input; returns the first line of what it printed.

    :raises NewsdashError: when it cannot be started or fails.
    """
    try:
        process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NewsdashError(f"{program[0]} cannot be started: {reason}.") from error
    data: bytes | None = text.encode()
    while True:
        try:
            out, errors = process.communicate(data, timeout=LOOK)
            break
        except subprocess.TimeoutExpired:
            # What was not taken yet stays with the process; it must not be given twice.
            data = None
            if cancelled():
                process.kill()
    if process.returncode:
        reason = _first_line(errors) or f"status {process.returncode}"
        raise NewsdashError(f"{program[0]} failed: {reason}")
    return _first_line(out)


def _first_line(output: bytes) -> str:
    """The first line of a program's output, without control characters."""
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return "".join(each for each in lines[0] if each.isprintable())[:LONGEST_ANSWER] if lines else ""
