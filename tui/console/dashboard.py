"""``newsdash`` without a subcommand: the dashboard."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from store.places import Places
from tui.console.output import complain

if TYPE_CHECKING:
    from store.library import Library


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - every subcommand is called alike
    """Open the dashboard on this terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        complain("The dashboard needs a terminal; `newsdash list` and `newsdash show` print plain text.")
        return 2
    from tui.app import run_dashboard

    return run_dashboard(_open_library, Places.find().config_file)


def _open_library() -> Library:
    from store.library import Library
    from store.places import Places
    from tui.config.network import load_network

    places = Places.find()
    return Library.open(places, network=load_network(places.config_file))
