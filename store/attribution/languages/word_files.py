"""The files of words, one a language, as they are printed: plain text, read when first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("words")

EVERY = "every"
"""The file of what holds in every language."""


@cache
def sections(code: str) -> dict[str, tuple[str, ...]]:
    """The lists of ``words/<code>.txt``: entries with blanks for ``_``; none for an unknown language."""
    path = _FOLDER / f"{code}.txt"
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith("["):
            current = lists.setdefault(line.strip("[] "), [])
        elif not line.startswith("#"):
            current += line.replace("’", "'").split()
    return {title: tuple([entry.replace("_", " ") for entry in entries]) for title, entries in lists.items()}


@cache
def codes() -> tuple[str, ...]:
    """The languages that have a file, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.txt") if path.stem != EVERY))
