"""``newsdash`` without a subcommand: the dashboard."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from store.places import Places

if TYPE_CHECKING:
    import argparse

    from store.library import Library

DRIVER = "TEXTUAL_DRIVER"
"""The variable by which Textual is told what to draw on, when that is no terminal: a browser (`newsdash serve`)."""


def run(options: argparse.Namespace | None = None) -> int:  # noqa: ARG001 - every subcommand is called alike
    """Open the dashboard on this terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) and DRIVER not in os.environ:
        from tui.console.output import complain

        complain("The dashboard needs a terminal; `newsdash list` and `newsdash show` print plain text.")
        return 2
    # Until the first picture is painted hardly anything can be thrown away: looking for it would only take time.
    gc.disable()
    from tui.app import run_dashboard

    places = Places.find()
    return run_dashboard(_open_library, places.config_file, places.first_picture)


def _open_library() -> Library:
    from store.library import Library
    from store.places import Places
    from tui.config.network import load_network

    places = Places.find()
    return Library.open(places, network=load_network(places.config_file))
