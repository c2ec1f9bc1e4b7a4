"""Writes values and keys as TOML 1.0; the standard library only reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
PathPart = str | int


def toml_string(text: str) -> str:
    """A basic string. JSON's escapes are TOML's, but TOML wants DEL escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_key(name: str) -> str:
    """One part of a key, quoted when it has to be."""
    return name if BARE_KEY.fullmatch(name) else toml_string(name)


def toml_value(value: object) -> str:
    """A value on one line: booleans, numbers, strings, lists and tables of them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return toml_string(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{toml_key(str(name))} = {toml_value(each)}" for name, each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, Iterable):
        return f"[{', '.join(toml_value(each) for each in value)}]"
    raise TypeError(f"{type(value).__name__} cannot be written as TOML")


def dotted(path: Iterable[PathPart]) -> str:
    """A path as one would write it: ``feeds."https://example.org/".interval``, ``rules[2].query`` (from 1)."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{toml_key(part)}" if text else toml_key(part)
    return text
