"""``newsdash config``: where the configuration is, a first one, and what is wrong with it."""

from __future__ import annotations

import argparse

from store.paths import Places
from tui.cli.output import complain, count


def config(options: argparse.Namespace) -> int:
    """Write, find or check ``config.toml``; the status is 1 when something is wrong with it."""
    path = Places.find().config_file
    if options.path:
        print(path)
        return 0
    if options.init:
        from tui.config.template import write_default
        from tui.keys.commands import COMMANDS

        write_default(path, COMMANDS)
        print(f"{path} is written. Every option in it stands behind a # with its default.")
        return 0
    return _check()


def _check() -> int:
    from tui.config.loaded import load_config

    path = Places.find().config_file
    loaded = load_config(path)
    for problem in loaded.problems:
        complain(str(problem))
    if loaded.problems:
        print(f"{path}: {count(len(loaded.problems), 'problem')}.")
        return 1
    print(f"{path}: all is well." if path.exists() else f"{path} is not there, so the defaults hold.")
    return 0
