"""On which line of a TOML document each key and each element of an array stands.

``tomllib`` gives values without places. This scanner walks the same text once, for documents that ``tomllib``
accepted, and reads no values; its rules are those of TOML 1.0.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from tui.config.toml_writer import PathPart

Path = tuple[PathPart, ...]

_BLANK = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
"""What may stand between statements, and between the elements of an array."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_BASIC_LONG = re.compile(r'"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}')
_LITERAL_LONG = re.compile(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}")
_PLAIN = re.compile(r"[^,\]}#\n]*")
"""A number, a boolean or a date: it ends where the next thing begins."""


def find_lines(text: str) -> Mapping[Path, int]:
    """The line (from 1) of each key, table and array element of a valid TOML document, by its path.

    A table that is only implied (``a`` in ``[a.b]``) has the line that first names it.

    :raises ValueError: when the text is no TOML and the scanner happens to see it.
    """
    scanner = _Scanner(text.replace("\r\n", "\n"))
    scanner.document()
    return scanner.lines


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: dict[Path, int] = {}
        self._at = 0
        self._counted_to = 0
        self._line = 1
        self._last_element: dict[Path, int] = {}
        """The index of the newest element of each array of tables."""

    # --- the document ---------------------------------------------------------------------------------------

    def document(self) -> None:
        table: Path = ()
        self._skip(_BETWEEN)
        while self._at < len(self.text):
            if self.text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BETWEEN)

    def _header(self) -> Path:
        """``[table]`` or ``[[array of tables]]``; returns the path that the pairs below it are in."""
        line = self._here()
        brackets = 2 if self.text.startswith("[[", self._at) else 1
        self._at += brackets
        *parents, last = self._key()
        self._expect("]" * brackets)
        path: Path = ()
        for part in parents:
            path = self._newest((*path, part), line)
        path = (*path, last)
        if brackets == 1:
            return self._newest(path, line)
        self._note(path, line)
        self._last_element[path] = self._last_element.get(path, -1) + 1
        return self._newest(path, line)

    def _newest(self, path: Path, line: int) -> Path:
        """The path, or its newest element if it is an array of tables."""
        self._note(path, line)
        if path in self._last_element:
            path = (*path, self._last_element[path])
            self._note(path, line)
        return path

    def _pair(self, table: Path) -> None:
        """``a.b = value``"""
        line = self._here()
        path = table
        for part in self._key():
            path = (*path, part)
            self._note(path, line)
        self._expect("=")
        self._value(path)

    def _key(self) -> list[str]:
        """A dotted key, with the blanks around it."""
        parts: list[str] = []
        while True:
            self._skip(_BLANK)
            parts.append(self._key_part())
            self._skip(_BLANK)
            if not self.text.startswith(".", self._at):
                return parts
            self._at += 1

    def _key_part(self) -> str:
        for pattern in (_BARE, _BASIC, _LITERAL):
            if found := pattern.match(self.text, self._at):
                self._at = found.end()
                return _unquoted(found[0])
        raise ValueError(f"no key at offset {self._at}")

    # --- values ---------------------------------------------------------------------------------------------

    def _value(self, path: Path) -> None:
        self._skip(_BLANK)
        if self.text.startswith("[", self._at):
            self._array(path)
        elif self.text.startswith("{", self._at):
            self._inline_table(path)
        else:
            self._scalar()

    def _scalar(self) -> None:
        for pattern in (_BASIC_LONG, _LITERAL_LONG, _BASIC, _LITERAL, _PLAIN):
            if found := pattern.match(self.text, self._at):
                self._at = found.end()
                return

    def _array(self, path: Path) -> None:
        self._expect("[")
        index = 0
        while True:
            self._skip(_BETWEEN)
            if self.text.startswith("]", self._at):
                break
            self._note((*path, index), self._here())
            self._value((*path, index))
            index += 1
            self._skip(_BETWEEN)
            if not self.text.startswith(",", self._at):
                break
            self._at += 1
        self._expect("]")

    def _inline_table(self, path: Path) -> None:
        """Comments and line ends may stand in it, as in TOML 1.1; in TOML 1.0 there are none."""
        self._expect("{")
        while True:
            self._skip(_BETWEEN)
            if self.text.startswith("}", self._at):
                break
            self._pair(path)
            self._skip(_BETWEEN)
            if not self.text.startswith(",", self._at):
                break
            self._at += 1
        self._expect("}")

    # --- places ---------------------------------------------------------------------------------------------

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self._at)
        if found is not None:
            self._at = found.end()

    def _expect(self, mark: str) -> None:
        self._skip(_BLANK)
        if not self.text.startswith(mark, self._at):
            raise ValueError(f"no {mark} at offset {self._at}")
        self._at += len(mark)

    def _here(self) -> int:
        self._line += self.text.count("\n", self._counted_to, self._at)
        self._counted_to = self._at
        return self._line

    def _note(self, path: Path, line: int) -> None:
        self.lines.setdefault(path, line)


def _unquoted(key: str) -> str:
    if key.startswith("'"):
        return key[1:-1]
    if not key.startswith('"'):
        return key
    if "\\" not in key:
        return key[1:-1]
    # TOML has escapes that JSON has not (\U0001F600, \e); its own reader knows them all.
    (name,) = tomllib.loads(f"{key} = 0")
    return name
