"""What a value of the configuration may be: each kind checks a TOML value, tells what is allowed, and writes it back.

A kind's ``read`` takes what ``tomllib`` gives and returns the typed value of the settings;
:class:`WrongValueError` says what is allowed instead.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from tui.config.problems import WrongValueError
from tui.config.toml_writer import toml_value

Value = TypeVar("Value")
LONGEST_TEXT = 4096
LONGEST_SHOWN = 60


class Kind(ABC, Generic[Value]):
    """The values that an option takes."""

    @property
    @abstractmethod
    def allowed(self) -> str:
        """The allowed values in a few words, to stand after "must be"."""

    @abstractmethod
    def read(self, value: object) -> Value:
        """The typed value. Raises :class:`WrongValueError`."""

    def write(self, value: Value) -> str:
        """The value as TOML."""
        return toml_value(value)

    def wrong(self, value: object) -> WrongValueError:
        return WrongValueError(f"{shown(value)} is not allowed; it must be {self.allowed}")


class Flag(Kind[bool]):
    @property
    def allowed(self) -> str:
        return "true or false"

    def read(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise self.wrong(value)
        return value


@dataclass(frozen=True)
class Number(Kind[int]):
    """A whole number from ``low`` to ``high``; 0 as well if it ``means`` something (``"no limit"``)."""

    low: int
    high: int
    zero_means: str = ""

    @property
    def allowed(self) -> str:
        zero = f", or 0 for {self.zero_means}" if self.zero_means else ""
        return f"a whole number from {self.low} to {self.high}{zero}"

    def read(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(value)
        if not (self.low <= value <= self.high or (value == 0 and self.zero_means)):
            raise self.wrong(value)
        return value


@dataclass(frozen=True)
class Text(Kind[str]):
    """One line of text; ``what`` names it."""

    what: str = "text"
    empty: bool = True

    @property
    def allowed(self) -> str:
        return f"{self.what} in quotes" + ("" if self.empty else ", not empty")

    def read(self, value: object) -> str:
        if not isinstance(value, str) or not value.isprintable() or len(value) > LONGEST_TEXT:
            raise self.wrong(value)
        if not value.strip() and not self.empty:
            raise self.wrong(value)
        return value


@dataclass(frozen=True)
class Query(Kind[str]):
    """A search in the query language."""

    @property
    def allowed(self) -> str:
        return "a search in quotes, not empty"

    def read(self, value: object) -> str:
        from store.errors import QueryError
        from store.search.query import parse

        if not isinstance(value, str) or not value.strip():
            raise self.wrong(value)
        try:
            parse(value)
        except QueryError as error:
            raise WrongValueError(f"{shown(value)} is no search: {error.message.rstrip('.')}") from None
        return value


@dataclass(frozen=True)
class OneOf(Kind[str]):
    names: tuple[str, ...]

    @property
    def allowed(self) -> str:
        return one_of(self.names)

    def read(self, value: object) -> str:
        if value not in self.names:
            raise self.wrong(value)
        return str(value)


ALWAYS = timedelta(days=36525)
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_DURATION = re.compile(r"([1-9][0-9]{0,5})([mhdw])")


@dataclass(frozen=True)
class Duration(Kind[timedelta]):
    """``"30m"``, ``"2h"``, ``"90d"`` or ``"4w"``; ``""`` is no time at all and means ``empty_means``."""

    empty_means: str
    shortest: timedelta = timedelta(minutes=1)
    longest: timedelta = ALWAYS

    @property
    def allowed(self) -> str:
        most = "" if self.longest == ALWAYS else f' and at most "{short_duration(self.longest)}"'
        return (
            f'a time such as "30m", "2h", "90d" or "4w", at least "{short_duration(self.shortest)}"{most}, '
            f'or "" for {self.empty_means}'
        )

    def read(self, value: object) -> timedelta:
        if value == "":
            return timedelta(0)
        found = _DURATION.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise self.wrong(value)
        time = int(found[1]) * UNITS[found[2]]
        if not self.shortest <= time <= self.longest:
            raise self.wrong(value)
        return time

    def write(self, value: timedelta) -> str:
        return f'"{short_duration(value)}"'


class Command(Kind[tuple[str, ...]]):
    """A program and its arguments, started directly and never by a shell."""

    @property
    def allowed(self) -> str:
        return 'a list of a program and its arguments, such as ["w3m", "-N"], or [] for none'

    def read(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise self.wrong(value)
        parts = tuple(value)
        if not all(isinstance(part, str) and "\0" not in part for part in parts) or (parts and not parts[0].strip()):
            raise self.wrong(value)
        return parts


class Names(Kind[tuple[str, ...]]):
    """Some names."""

    @property
    def allowed(self) -> str:
        return 'a list of names, such as ["Harbour", "Ferries"], or [] for none'

    def read(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise self.wrong(value)
        names = tuple(value)
        if not all(isinstance(name, str) and name.strip() and name.isprintable() for name in names):
            raise self.wrong(value)
        return names


class Commands(Kind[Mapping[str, tuple[str, ...]]]):
    """Commands by the names under which they are offered."""

    @property
    def allowed(self) -> str:
        return 'a table of names with a program and its arguments each, such as { note = ["nb", "add"] }'

    def read(self, value: object) -> Mapping[str, tuple[str, ...]]:
        if not isinstance(value, dict):
            raise self.wrong(value)
        commands = {}
        for name, parts in value.items():
            if not name.strip() or not name.isprintable() or not parts:
                raise self.wrong({name: parts})
            commands[name] = Command().read(parts)
        return commands


class ProxyAddress(Kind[str]):
    @property
    def allowed(self) -> str:
        return 'an address such as "http://localhost:3128", or "" for the one that the environment names'

    def read(self, value: object) -> str:
        if not isinstance(value, str) or not value.isprintable() or len(value) > LONGEST_TEXT:
            raise self.wrong(value)
        if value:
            try:
                parts = urlsplit(value)
                usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
            except ValueError:
                usable = False
            if not usable:
                raise self.wrong(value)
        return value


_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
"""A token of RFC 9110, 5.6.2."""
OWN_HEADERS = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "accept-encoding", "te", "trailer", "upgrade"}
    | {"if-none-match", "if-modified-since"}
)
"""Headers that the fetcher itself is responsible for."""


class Headers(Kind[Mapping[str, str]]):
    """Header fields of HTTP requests (RFC 9110): no field can end early and begin another."""

    @property
    def allowed(self) -> str:
        return 'a table of header fields, such as { Authorization = "Bearer 123" }, without those of the connection'

    def read(self, value: object) -> Mapping[str, str]:
        if not isinstance(value, dict):
            raise self.wrong(value)
        for name, field in value.items():
            # The field's own text is not repeated: it may be a secret.
            if not _HEADER_NAME.fullmatch(name) or name.lower() in OWN_HEADERS:
                raise self.wrong(name)
            if not isinstance(field, str) or not field.isprintable() or not field.isascii():
                raise WrongValueError(f"{shown(name)} must be text of ASCII characters in quotes, on one line")
        return dict(value)


def one_of(names: tuple[str, ...]) -> str:
    """``"a", "b" or "c"``"""
    quoted = [f'"{name}"' for name in names]
    return " or ".join(part for part in (", ".join(quoted[:-1]), quoted[-1]) if part)


def short_duration(time: timedelta) -> str:
    """The time in the largest unit that holds it exactly, ``""`` for none."""
    for unit, length in sorted(UNITS.items(), key=lambda each: each[1], reverse=True):
        if time and time % length == timedelta(0):
            return f"{time // length}{unit}"
    return ""


def shown(value: object) -> str:
    """A wrong value as it was written, cut short; what it was made of where it cannot be written on a line."""
    try:
        text = toml_value(value)
    except TypeError:
        text = str(value)
    text = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
