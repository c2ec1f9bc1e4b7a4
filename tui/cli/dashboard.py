"""``newsdash`` without a subcommand: the dashboard."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from store.paths import Places

if TYPE_CHECKING:
    import argparse

    from store.library import Library
    from store.models import Network

DRIVER = "TEXTUAL_DRIVER"
"""The variable by which Textual is told what to draw on, when that is no terminal: a browser (`newsdash serve`)."""
FRAMES, FRAMES_A_SECOND = "TEXTUAL_FPS", "250"
"""The variable by which Textual is told how often it may paint, and how often that is. At its own 60 what a thread
found would wait up to 17 ms; nothing is painted more often for it, only sooner."""
TURN = 0.0005
"""Seconds that a thread may go on while another waits, a tenth of Python's own; often the keyboard's waits."""
FETCHED_AT_ONCE = 32
"""Feeds; a fraction of what a command fetches. Their threads take turns with the keyboard's when all are answered."""


def run(options: argparse.Namespace | None = None) -> int:  # noqa: ARG001 - every subcommand is called alike
    """Open the dashboard on this terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) and DRIVER not in os.environ:
        from tui.cli.output import complain

        complain("The dashboard needs a terminal; `newsdash list` and `newsdash show` print plain text.")
        return 2
    # Until the first picture is painted hardly anything can be thrown away: looking for it would only take time.
    gc.disable()
    sys.setswitchinterval(TURN)
    _paint_soon()
    from tui.app import run_dashboard

    places = Places.find()
    return run_dashboard(_open_library, places.config_file, places.first_picture)


def _paint_soon() -> None:
    """Tell Textual how often to paint, and none of the programs that are started from here."""
    if FRAMES not in os.environ:
        os.environ[FRAMES] = FRAMES_A_SECOND
        import textual.constants  # noqa: F401 - it reads the variable, once

        del os.environ[FRAMES]


def _open_library() -> Library:
    from store.library import Library
    from store.paths import Places
    from tui.config.library_options import load_network

    places = Places.find()
    return Library.open(places, network=calm(load_network(places.config_file)))


def calm(network: Network) -> Network:
    """The network as the dashboard uses it."""
    return replace(network, at_once=FETCHED_AT_ONCE)
