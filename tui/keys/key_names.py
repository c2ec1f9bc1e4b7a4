"""Names of keys: what a user may write, and what Textual calls the key.

A key is written as the character it types (``g``, ``G``, ``?``, ``[``), by name (``enter``, ``pgdn``, ``f5``), or with
modifiers before it (``ctrl+d``, ``alt+v``, ``shift+tab``). A sequence is keys with spaces between: ``g g``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import product

Sequence = tuple[str, ...]
"""Keys one after the other, by Textual's names."""

LONGEST_SEQUENCE = 4
LONGEST_CHARACTER_NAME = 8
"""Words in the name of a character that keyboards have, at most."""

NAMED = frozenset(
    ["enter", "escape", "space", "tab", "backspace", "insert", "delete", "home", "end", "pageup", "pagedown"]
    + ["up", "down", "left", "right"]
    + [f"f{number}" for number in range(1, 25)]
)
SHORT_NAMES = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
}
MODIFIERS = ("alt", "ctrl", "shift")
_MODIFIED = re.compile(r"(?P<modifier>ctrl|control|alt|meta|shift)[+-](?P<key>.+)", re.IGNORECASE)
_CONTROL_MARK = re.compile(r"\^(?P<key>[A-Za-z])")
SAME_IN_TERMINALS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape", "ctrl+h": "backspace"}
"""Keys that terminals send as another one."""
TEXTUAL_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Where Textual's name of a character is not its Unicode name."""
SHOWN = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
"""How keys are written for people, where it is neither their character nor their name."""
RESERVED = {"ctrl+c": "copies the selected text"}


class WrongKeyError(ValueError):
    """A key or sequence that cannot be read or given to a command; the message says why."""


def read_sequence(text: str) -> Sequence:
    """The keys of a sequence such as ``g g`` or ``ctrl+x ctrl+c``, by Textual's names.

    :raises WrongKeyError: naming the key that is not known.
    """
    if text == " ":
        return ("space",)
    keys = tuple(read_key(part) for part in text.split())
    if not keys:
        raise WrongKeyError("a key is missing; write [] for a command without a key")
    if keys[0] in RESERVED:
        raise WrongKeyError(f'"{keys[0]}" {RESERVED[keys[0]]} and cannot be given to a command')
    if len(keys) > LONGEST_SEQUENCE:
        raise WrongKeyError(f'"{text}" is longer than {LONGEST_SEQUENCE} keys')
    return keys


def shown_sequence(keys: Sequence) -> str:
    """A sequence as people read it: ``^x ^c``, ``g g``, ``Shift+Tab``."""
    return " ".join(map(shown_key, keys))


def shown_key(key: str) -> str:
    """A key, by Textual's name, as people read it: ``ctrl+d`` as ``^d``."""
    *modifiers, base = key.split("+")
    base = SHOWN.get(base) or _characters().get(base) or (base if len(base) == 1 else base.capitalize())
    if modifiers == ["ctrl"] and len(base) == 1:
        return f"^{base}"
    return "+".join([*(modifier.capitalize() for modifier in modifiers), base])


@cache
def _characters() -> Mapping[str, str]:
    """The ASCII characters that are no letters, by Textual's names of them."""
    return {_character_name(chr(code)): chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()}


def read_key(text: str) -> str:
    """Textual's name of one key. Raises :class:`WrongKeyError`."""
    modifiers, rest = set(), text
    if found := _CONTROL_MARK.fullmatch(text):
        modifiers, rest = {"ctrl"}, found["key"]
    while found := _MODIFIED.fullmatch(rest):
        name = found["modifier"].lower()
        modifiers.add({"control": "ctrl", "meta": "alt"}.get(name, name))
        rest = found["key"]
    key = _base_key(rest)
    if key is None:
        raise WrongKeyError(_unknown(text))
    if len(rest) == 1 and rest.isalpha():
        key, modifiers = _letter(rest, modifiers)
    name = "+".join([*sorted(modifiers), key])
    return SAME_IN_TERMINALS.get(name, name)


def _letter(letter: str, modifiers: set[str]) -> tuple[str, set[str]]:
    """A letter and its modifiers as terminals send them: shift is a capital, ctrl does not know capitals."""
    if "ctrl" in modifiers:
        return letter.lower(), modifiers
    if "alt" in modifiers:
        shifted = {"shift"} if letter.isupper() else set()
        return letter.lower(), modifiers | shifted
    if "shift" in modifiers:
        return letter.upper(), modifiers - {"shift"}
    return letter, modifiers


def _base_key(text: str) -> str | None:
    """Textual's name of a key without modifiers; None when there is no such key."""
    if len(text) == 1:
        return _character_name(text) if text.isprintable() else None
    name = SHORT_NAMES.get(text.lower(), text.lower())
    if name in NAMED:
        return name
    return name if name in character_names() or _names_a_character(name) else None


def _names_a_character(name: str) -> bool:
    """Whether Unicode has a character of this name, whose blanks and hyphens Textual writes as underscores."""
    parts = name.split("_")
    if len(parts) > LONGEST_CHARACTER_NAME:
        return False
    for joints in product(" -", repeat=len(parts) - 1):
        try:
            unicodedata.lookup("".join(map("".join, zip(parts, (*joints, ""), strict=True))))
        except KeyError:
            continue
        return True
    return False


def _character_name(character: str) -> str:
    if character.isalnum():
        return character
    try:
        name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    except ValueError:
        return character
    return TEXTUAL_NAMES.get(name, name)


def character_names() -> frozenset[str]:
    """Textual's names of the ASCII characters that are no letters: ``question_mark``, ``slash``."""
    return frozenset(_characters())


def _unknown(text: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(text.lower(), [*NAMED, *SHORT_NAMES], 1, 0.7)
    hint = (
        f'did you mean "{close[0]}"?'
        if close
        else ('keys are written as "g", "G", "?", "enter", "pgdn", "f5", "ctrl+d", "alt+v", or in turn as "g g"')
    )
    return f'there is no key "{text}"; {hint}'
