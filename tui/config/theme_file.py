"""The user's own themes: a TOML file with one table of colours a theme.

    [my-dark]
    dark = true
    primary = "#7aa7e0"
    background = "#101216"
    foreground = "#e0e0e0"

    [my-dark.variables]
    footer-key-foreground = "#e3b565"

A theme with a wrong colour is left out as a whole, with a sentence that names the line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from tui.config.load import read_text, syntax_problem
from tui.config.problems import ConfigProblem
from tui.config.toml_lines import find_lines
from tui.config.toml_writer import BARE_KEY, PathPart, dotted
from tui.config.value_types import shown

COLOURS = (
    "primary",
    "secondary",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "success",
    "warning",
    "error",
    "boost",
)
KNOWN = ("dark", *COLOURS, "variables")


def load_themes(path: Path) -> tuple[tuple[Theme, ...], tuple[ConfigProblem, ...]]:
    """The themes of a file, none when there is no file, and what is wrong with it."""
    source = read_text(path, "no theme of it can be chosen")
    if isinstance(source, ConfigProblem):
        return (), (source,)
    try:
        document = tomllib.loads(source)
        lines = find_lines(source)
    except (ValueError, RecursionError) as error:
        return (), (syntax_problem(error, source, path.name, "no theme of it can be chosen"),)
    themes, problems = [], []
    for name, table in document.items():
        found = [
            ConfigProblem(lines.get(each, 0), dotted(each), f"{sentence}; the theme is left out.", path.name)
            for each, sentence in _wrong(name, table)
        ]
        if found:
            problems += found
        else:
            themes.append(_theme(name, table))
    return tuple(themes), tuple(sorted(problems))


def _theme(name: str, table: Mapping[str, Any]) -> Theme:
    colours = {each: table[each] for each in COLOURS if each in table}
    return Theme(name=name, dark=table.get("dark", True), variables=dict(table.get("variables", {})), **colours)


def _wrong(name: str, table: Any) -> Iterator[tuple[tuple[PathPart, ...], str]]:
    """The paths and sentences of everything that is wrong with a theme."""
    if not BARE_KEY.fullmatch(name):
        yield (name,), "a theme's name must be of letters, digits, - and _"
    if not isinstance(table, dict):
        yield (name,), f"{shown(table)} is not allowed; a theme must be a table, written as [{name}]"
        return
    if "primary" not in table:
        yield (name,), "the theme has no primary colour"
    for key, value in table.items():
        if key not in KNOWN:
            close = get_close_matches(key, KNOWN, 1)
            hint = f"perhaps {close[0]} is meant" if close else f"the colours are {', '.join(COLOURS)}"
            yield (name, key), f"there is no such colour; {hint}"
        elif key == "dark":
            if not isinstance(value, bool):
                yield (name, key), f"{shown(value)} is not allowed; it must be true or false"
        elif key == "variables":
            yield from _wrong_variables(name, value)
        elif not _is_colour(value):
            yield (name, key), _not_a_colour(value)


def _wrong_variables(name: str, table: Any) -> Iterator[tuple[tuple[PathPart, ...], str]]:
    if not isinstance(table, dict):
        yield (name, "variables"), f"{shown(table)} is not allowed; it must be a table"
        return
    for key, value in table.items():
        if not BARE_KEY.fullmatch(key) or not _is_colour(value):
            yield (name, "variables", key), _not_a_colour(value)


def _is_colour(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    # A variable may give a colour's strength behind it: "#7aa7e0 35%".
    colour, _, strength = value.partition(" ")
    if strength and not (strength.endswith("%") and strength[:-1].isdigit()):
        return False
    try:
        Color.parse(colour)
    except ColorParseError:
        return False
    return True


def _not_a_colour(value: Any) -> str:
    return f'{shown(value)} is not allowed; it must be a colour such as "#7aa7e0", "teal" or "ansi_blue"'
