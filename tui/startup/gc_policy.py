"""Python's collector of cycles, kept away from the keyboard.

Its full pass looks at every object and holds up all threads meanwhile: tens of milliseconds while a refresh brings
articles. So the automatic passes look at young objects only, and all are looked through when nobody is typing.
"""

from __future__ import annotations

import gc
import time

QUIET = 2.0
"""Seconds without a key or a move of the mouse after which a full pass is felt by nobody."""
DUE = 10
"""Passes over the middle-aged after which a full one is worth its time, as in Python."""
PATIENT = 30.0
"""Seconds since the last full pass after which a short pause is enough for the next."""
PAUSE = 0.3
"""Seconds of such a pause: between two keys of a reader, not of a typist."""
LATEST = 90.0
"""Seconds after which a full pass is made whoever is typing, because what waits for it keeps memory."""
FORCED = 1000
"""Passes over the middle-aged after which Python makes a full one by itself: a bound for what nobody looks at."""
YOUNG = 50_000
"""Objects after which a command has the young ones looked through, instead of Python's 700."""


def collect_seldom() -> None:
    """For a command that handles many records, of which next to none are in cycles, and ends."""
    _, middle, old = gc.get_threshold()
    gc.set_threshold(YOUNG, middle, old)


class Collector:
    """The full passes of the collector, from :meth:`begin` on."""

    def __init__(self) -> None:
        self._touched = self._passed = time.monotonic()

    def begin(self) -> None:
        """What is loaded now stays: nothing looks through it any more."""
        gc.freeze()
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, FORCED)

    def touched(self) -> None:
        """A key was pressed, or the mouse was moved."""
        self._touched = time.monotonic()

    def look(self) -> None:
        """Make a full pass if one is due, and nobody is there to feel it or it has waited long enough.

        To be called every now and then.
        """
        now = time.monotonic()
        quiet, waited = now - self._touched, now - self._passed
        unfelt = quiet >= QUIET or (waited >= PATIENT and quiet >= PAUSE)
        if gc.get_count()[2] >= DUE and (unfelt or waited >= LATEST):
            gc.collect()
            self._passed = time.monotonic()
