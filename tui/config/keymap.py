"""Which keys each command has: the commands' own, those of a preset, those of the file; and where they clash.

Two sequences clash in a pane when they are equal or one begins with the other: a key must act at once, or
wait, not both. The file's keys win over a preset's, and those over the commands' own; of two in the file the
first wins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol

from tui.config.problems import ConfigProblem
from tui.config.settings import KeySettings
from tui.config.toml_writer import dotted
from tui.keys.key_names import Sequence, WrongKeyError, read_sequence
from tui.keys.presets import PRESETS

Keymap = Mapping[str, tuple[Sequence, ...]]
"""The key sequences of each command, by its id, as Textual names the keys."""


class Bindable(Protocol):
    """What the keymap has to know of a command."""

    @property
    def id(self) -> str: ...
    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def panes(self) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class Bound:
    """One sequence that the file gives to a command."""

    command: Bindable
    keys: Sequence
    written: str
    line: int


def build_keymap(
    settings: KeySettings, commands: Iterable[Bindable], lines: Mapping[str, int]
) -> tuple[Keymap, list[ConfigProblem]]:
    """The keys of every command, and what is wrong with those of the file.

    ``lines`` has the line of each command's key in the file, by command id.
    """
    return _Builder(settings, tuple(commands), lines).build()


class _Builder:
    def __init__(self, settings: KeySettings, commands: tuple[Bindable, ...], lines: Mapping[str, int]) -> None:
        self.settings = settings
        self.commands = {command.id: command for command in commands}
        self.lines = lines
        self.problems: list[ConfigProblem] = []

    def build(self) -> tuple[Keymap, list[ConfigProblem]]:
        given = list(self._without_clashes(self._given()))
        bound_ids = {bound.command.id for bound in given} | self._without_keys()
        keymap: dict[str, tuple[Sequence, ...]] = {}
        for name, sequences in preset_keymap(self.settings.preset, self.commands.values()).items():
            if name in bound_ids:
                keymap[name] = tuple(bound.keys for bound in given if bound.command.id == name)
            else:
                keymap[name] = tuple(self._not_taken(name, sequences, given))
        return keymap, sorted(self.problems)

    # --- the file's keys ------------------------------------------------------------------------------------

    def _given(self) -> Iterator[Bound]:
        """Every sequence of the file that can be read, for every command that there is."""
        for name, written in self.settings.commands.items():
            command = self.commands.get(name)
            if command is None:
                self._report(name, self._unknown(name))
                continue
            for text in written:
                try:
                    yield Bound(command, read_sequence(text), text, self.lines.get(name, 0))
                except WrongKeyError as error:
                    self._report(name, f"{error}. The command keeps its other keys")

    def _without_keys(self) -> set[str]:
        return {name for name, written in self.settings.commands.items() if not written}

    def _without_clashes(self, given: Iterable[Bound]) -> Iterator[Bound]:
        """The sequences of the file that clash with no earlier one."""
        kept: list[Bound] = []
        for bound in given:
            clash = next((other for other in kept if _clash(bound, other.keys, other.command)), None)
            if clash is None:
                kept.append(bound)
                yield bound
            elif clash.command is not bound.command:
                self._report(
                    bound.command.id,
                    f"{_both(bound, clash.written)} {clash.command.id} on line {clash.line} in "
                    f"{_where(bound.command, clash.command)}; this one is left out",
                )
            elif clash.keys != bound.keys:
                self._report(bound.command.id, f'"{bound.written}" can never be reached after "{clash.written}"')

    def _not_taken(self, name: str, sequences: Iterable[Sequence], given: list[Bound]) -> Iterator[Sequence]:
        """A command's keys without those that the file gave to others, which is reported."""
        for keys in sequences:
            taker = next((bound for bound in given if _clash(bound, keys, self.commands[name])), None)
            if taker is None:
                yield keys
            else:
                self._report(
                    taker.command.id,
                    f"{_both(taker, ' '.join(keys))} {name} in {_where(taker.command, self.commands[name])}, which "
                    f"loses it; give {name} another key, or [] for none",
                )

    def _unknown(self, name: str) -> str:
        close = get_close_matches(name.replace("_", "-"), self.commands, 1, 0.6)
        hint = f"did you mean {close[0]}?" if close else f"the commands are {', '.join(sorted(self.commands))}"
        return f"there is no such command; {hint}"

    def _report(self, name: str, sentence: str) -> None:
        self.problems.append(ConfigProblem(self.lines.get(name, 0), dotted(("keys", name)), f"{sentence}."))


def preset_keymap(preset: str, commands: Iterable[Bindable]) -> Keymap:
    """The keys with a preset and nothing else. Its keys are taken from commands that it does not name."""
    commands = tuple(commands)
    named = PRESETS[preset]
    taken = [Bound(command, read_sequence(text), text, 0) for command in commands for text in named.get(command.id, ())]
    keymap: dict[str, tuple[Sequence, ...]] = {}
    for command in commands:
        if command.id in named:
            keymap[command.id] = tuple(bound.keys for bound in taken if bound.command is command)
        else:
            own = (read_sequence(text) for text in command.keys)
            keymap[command.id] = tuple(keys for keys in own if not any(_clash(bound, keys, command) for bound in taken))
    return keymap


def clashes(keymap: Keymap, commands: Iterable[Bindable]) -> list[tuple[str, str, str]]:
    """The clashes of a keymap: two command ids and the key they share."""
    bound = [(command, keys) for command in commands for keys in keymap[command.id]]
    return [
        (one.id, other.id, " ".join(keys))
        for at, (one, keys) in enumerate(bound)
        for other, others in bound[at + 1 :]
        if _share(one, other) and _begins(keys, others)
    ]


def _clash(bound: Bound, keys: Sequence, command: Bindable) -> bool:
    return _share(bound.command, command) and _begins(bound.keys, keys)


def _share(one: Bindable, other: Bindable) -> bool:
    return not set(one.panes).isdisjoint(other.panes)


def _begins(one: Sequence, other: Sequence) -> bool:
    """Whether the sequences are equal or one begins with the other."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def _where(one: Bindable, other: Bindable) -> str:
    """The panes that two commands share."""
    return ", ".join(str(pane) for pane in one.panes if pane in other.panes)


def _both(bound: Bound, other: str) -> str:
    """How a sequence clashes with another one, up to the name of the other's command."""
    try:
        same = read_sequence(other) == bound.keys
    except WrongKeyError:
        same = False
    return f'"{bound.written}" is also the key of' if same else f'"{bound.written}" clashes with "{other}" of'
