"""Reads ``config.toml``. Whatever is wrong in it, settings come back: a wrong value leaves its option's default."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.paths import read_regular
from store.text.urls import is_web, same_feed
from tui.config.problems import ConfigProblem, WrongValueError
from tui.config.settings import SECTIONS, FeedSettings, KeySettings, Rule, Settings, options
from tui.config.toml_lines import find_lines
from tui.config.toml_writer import PathPart, dotted, toml_value
from tui.config.value_types import shown

if TYPE_CHECKING:
    from tui.config.keymap import Bindable, Keymap

LARGEST = 1_000_000
"""Bytes. A larger file is no configuration."""
DEFAULTS_HOLD = "all defaults hold"
KNOWN = (*SECTIONS, "feeds", "rules")
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class Config:
    """What a configuration file says: settings, the keys of every command, and all that is wrong, by line."""

    path: Path
    settings: Settings = field(default_factory=Settings)
    keymap: Keymap = field(default_factory=dict)
    problems: tuple[ConfigProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """An option that has another value than before, as ``layout.measure``."""

    key: str
    before: Any
    after: Any


def load(path: Path, *, commands: Iterable[Bindable] = (), themes: Collection[str] = ()) -> Config:
    """The configuration of a file; the defaults when there is none.

    Pure but for reading the file, and never raises: call it again to see what changed. ``commands`` get their
    keys; ``themes`` are the names that exist. Without them keys and theme are not checked.
    """
    return parse(read_text(path, DEFAULTS_HOLD), path, commands=commands, themes=themes)


def parse(
    source: str | ConfigProblem, path: Path, *, commands: Iterable[Bindable] = (), themes: Collection[str] = ()
) -> Config:
    """As :func:`load`, for the text of a file or what is wrong with it as a whole."""
    reader = _Reader(path.name)
    text = "" if isinstance(source, ConfigProblem) else source
    if isinstance(source, ConfigProblem):
        reader.problems.append(source)
    settings = reader.settings(text, themes)
    keymap: Keymap = {}
    if commands := tuple(commands):
        from tui.config.keymap import build_keymap

        lines = {name: reader.line(("keys", name)) for name in settings.keys.commands}
        keymap, problems = build_keymap(settings.keys, commands, lines)
        reader.problems += [ConfigProblem(each.line, each.key, each.sentence, path.name) for each in problems]
    return Config(path, settings, keymap, tuple(sorted(reader.problems)))


def changes(before: Settings, after: Settings) -> list[Change]:
    """What a reload changed, option by option."""
    old, new = dict(_flat(before)), dict(_flat(after))
    return [Change(key, old.get(key), new.get(key)) for key in {**old, **new} if old.get(key) != new.get(key)]


def _flat(section: Any, prefix: str = "") -> Iterable[tuple[str, Any]]:
    for each in fields(section):
        value = getattr(section, each.name)
        key = f"{prefix}{each.name}"
        if is_dataclass(value):
            yield from _flat(value, f"{key}.")
        else:
            yield key, value


def read_text(path: Path, instead: str) -> str | ConfigProblem:
    """The file's text, '' when there is no file, or why it cannot be read; ``instead`` says what holds then."""
    try:
        data = read_regular(path, LARGEST + 1)
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or str(error)).lower()
        return ConfigProblem(0, "", f"the file cannot be read ({reason}); {instead}.", path.name)
    if len(data) > LARGEST:
        return ConfigProblem(0, "", f"the file is larger than 1 MB; {instead}.", path.name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return ConfigProblem(line, "", f"the file is not UTF-8 text; {instead}.", path.name)


def syntax_problem(error: Exception, text: str, file: str, instead: str) -> ConfigProblem:
    """What ``tomllib`` found wrong with a text as one sentence with line and column."""
    if isinstance(error, RecursionError):
        return ConfigProblem(0, "", f"values are nested too deep; {instead}.", file)
    message = str(error)
    place = _PLACE.search(message)
    reason = _PLACE.sub("", message)
    reason = reason[:1].lower() + reason[1:]
    if place is None:
        return ConfigProblem(0, "", f"the file is not TOML: {reason}; {instead}.", file)
    lines = text.split("\n")
    line, column = (int(place[1]), int(place[2])) if place[1] else (len(lines), len(lines[-1]) + 1)
    return ConfigProblem(line, "", f"the file is not TOML at column {column}: {reason}; {instead}.", file)


def _names(section: type[Any]) -> set[str]:
    return {option.name for option in options(section)}


class _Reader:
    """Makes settings of one file's text and gathers what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[ConfigProblem] = []
        self._lines: Mapping[tuple[PathPart, ...], int] = {}

    def settings(self, text: str, themes: Collection[str]) -> Settings:
        try:
            document = tomllib.loads(text)
            self._lines = find_lines(text)
        except (ValueError, RecursionError) as error:
            self.problems.append(syntax_problem(error, text, self.file, DEFAULTS_HOLD))
            return Settings()
        self._unknown((), document, KNOWN, "the sections are")
        sections = {name: self._section(cls, document, name) for name, cls in SECTIONS.items()}
        self._check_theme(sections["general"].theme, themes)
        return Settings(**sections, feeds=self._feeds(document), rules=self._rules(document))

    def line(self, path: tuple[PathPart, ...]) -> int:
        return self._lines.get(path, 0)

    # --- sections -------------------------------------------------------------------------------------------

    def _section(self, cls: type[Any], document: Mapping[str, Any], name: str) -> Any:
        table = self._table((name,), document.get(name, {}))
        if cls is KeySettings:
            return self._keys(table)
        return cls(**self._values(cls, (name,), table))

    def _values(self, cls: type[Any], path: tuple[PathPart, ...], table: Mapping[str, Any]) -> dict[str, Any]:
        """The options that a table has right."""
        known = {option.name: option for option in options(cls)}
        self._unknown(path, table, tuple(known), "the options are")
        values = {}
        for name in known:
            if name in table:
                try:
                    values[name] = known[name].kind.read(table[name])
                except WrongValueError as error:
                    default = known[name].kind.write(known[name].default)
                    self._report((*path, name), f"{error}; {default} holds instead.")
        return values

    def _keys(self, table: Mapping[str, Any]) -> KeySettings:
        """The preset, and the keys of commands: one sequence or a list of them each."""
        preset = {name: value for name, value in table.items() if name == "preset"}
        commands: dict[str, tuple[str, ...]] = {}
        for name, value in table.items():
            if name == "preset":
                continue
            sequences = [value] if isinstance(value, str) else value
            if isinstance(sequences, list) and all(isinstance(each, str) for each in sequences):
                commands[name] = tuple(sequences)
            else:
                self._report(
                    ("keys", name),
                    f'{shown(value)} is not allowed; it must be a key such as "s" or "g g", or a list of them; '
                    "the keys it has already hold instead.",
                )
        return KeySettings(**self._values(KeySettings, ("keys",), preset), commands=commands)

    def _feeds(self, document: Mapping[str, Any]) -> dict[str, FeedSettings]:
        feeds: dict[str, FeedSettings] = {}
        seen: dict[str, str] = {}
        for url, table in self._table(("feeds",), document.get("feeds", {})).items():
            path = ("feeds", url)
            values = self._values(FeedSettings, path, self._table(path, table))
            if not is_web(url):
                self._report(path, 'this must be the address of a feed in quotes, such as "https://example.org/feed".')
            elif (same := seen.setdefault(same_feed(url), url)) != url:
                self._report(path, f"line {self.line(('feeds', same))} is about the same feed already and holds.")
            else:
                feeds[url] = FeedSettings(**values)
        return feeds

    def _rules(self, document: Mapping[str, Any]) -> tuple[Rule, ...]:
        entries = document.get("rules", [])
        if not isinstance(entries, list):
            self._report(("rules",), "rules are written as [[rules]], each with a query and an action.")
            return ()
        rules = (self._rule(("rules", index), table) for index, table in enumerate(entries))
        return tuple(rule for rule in rules if rule is not None)

    def _rule(self, path: tuple[PathPart, ...], entry: Any) -> Rule | None:
        """A rule is taken as a whole or not at all: half of one would do what nobody asked for."""
        before = len(self.problems)
        table = self._table(path, entry)
        values = self._values(Rule, path, table)
        if len(self.problems) == before:
            missing = [name for name in ("query", "action") if name not in values]
            if missing:
                self._report(path, f"the rule has no {' and no '.join(missing)}.")
            elif (values["action"] == "tag") != bool(values.get("tag", "").strip()):
                self._report(path, 'the action "tag" and the option tag = "…" need each other.')
        if len(self.problems) > before:
            last = self.problems[-1]
            self.problems[-1] = ConfigProblem(last.line, last.key, f"{last.sentence} The rule is left out.", last.file)
            return None
        return Rule(**values)

    def _check_theme(self, name: str, themes: Collection[str]) -> None:
        if name and themes and name not in themes:
            close = get_close_matches(name, themes, 1)
            hint = f"did you mean {toml_value(close[0])}?" if close else f"the themes are {', '.join(sorted(themes))}"
            self._report(("general", "theme"), f"there is no theme {toml_value(name)}; {hint}.")

    # --- problems -------------------------------------------------------------------------------------------

    def _table(self, path: tuple[PathPart, ...], value: Any) -> Mapping[str, Any]:
        """The value if it is a table; an empty one, with a problem, if not."""
        if isinstance(value, dict):
            return value
        self._report(path, f"{shown(value)} is not allowed; it must be a table, written as [{dotted(path)}].")
        return {}

    def _unknown(
        self, path: tuple[PathPart, ...], table: Mapping[str, Any], known: Collection[str], these: str
    ) -> None:
        for name in table:
            if name not in known:
                close = get_close_matches(name, known, 1)
                home = next((each for each, cls in SECTIONS.items() if name in _names(cls)), "") if not path else ""
                if home:
                    hint = f"it belongs below [{home}]."
                elif close:
                    hint = f"did you mean {close[0]}?"
                else:
                    hint = f"{these} {', '.join(known)}."
                what = "option" if path else "section"
                self._report((*path, name), f"there is no such {what} here, and it is not used; {hint}")

    def _report(self, path: tuple[PathPart, ...], sentence: str) -> None:
        self.problems.append(ConfigProblem(self.line(path), dotted(path), sentence, self.file))
