"""The ``newsdash`` command. Without a subcommand it opens the dashboard.

Exit status: 0 when all went well, 1 when something could not be done (each said in one sentence on stderr), 2 for a
command line that cannot be understood. Everything heavy is imported by the subcommand that needs it.

``parser`` has the command line; the other modules run one group of commands each: ``dashboard`` and ``serve``,
``feeds`` and ``feed`` (one of them), ``feed_lists`` (import, export), ``articles``, ``people`` and ``followed``,
``extract``, ``searches``, ``rules``, ``corrections``, ``config``, ``maintenance`` and ``manual``. ``output``
prints, ``encoding`` for every terminal, ``ledger`` writes quotations for other programs, ``attribution`` prints who
said what.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from tui.cli.encoding import print_anything

if TYPE_CHECKING:
    from argparse import Namespace

FAILED = 1
DASHBOARD = "tui.cli.dashboard:run"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    _open_standard_files()
    print_anything()
    try:
        return int(_run(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        print("newsdash: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) went away; say nothing, and keep Python from flushing into it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _open_standard_files() -> None:
    """Where a program was started with one of them closed, the next file opened would be it: a store's, for example."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            handle = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, open(handle, "w" if number else "r", closefd=False))  # noqa: SIM115


def _run(arguments: Sequence[str]) -> int:
    from store.errors import NewsdashError

    # Without arguments there is nothing to parse, and the dashboard is there sooner.
    options = _parse(arguments) if arguments else None
    module, function = (options.run if options else DASHBOARD).split(":")
    try:
        status: int = getattr(import_module(module), function)(options)
        sys.stdout.flush()
    except NewsdashError as error:
        print(f"newsdash: {error.message}", file=sys.stderr)
        return FAILED
    return status


def _parse(arguments: Sequence[str]) -> Namespace:
    from tui.cli.parser import build_parser

    return build_parser().parse_args(arguments)
