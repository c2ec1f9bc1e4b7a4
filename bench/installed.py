"""The environment of commands that are measured: that of an installed program, whose modules pip has compiled."""

from __future__ import annotations

import compileall
import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@cache
def _compile() -> None:
    for package in ("store", "tui"):
        compileall.compile_dir(ROOT / package, quiet=1)


def environment(**more: str) -> dict[str, str]:
    """This process's variables and ``more``, without the one that makes Python compile all modules at each start."""
    _compile()
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | more
