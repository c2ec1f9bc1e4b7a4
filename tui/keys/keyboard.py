"""Which command a key means in which pane, and how keys are written for people: with the user's own keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from tui.keys.commands import ALWAYS, COMMANDS, Command, Place, of_pane
from tui.keys.key_names import Sequence, read_sequence, shown_sequence
from tui.keys.sequences import Found, KeySequences, Waiting


class Keyboard:
    """The keys of every command, and those pressed of a sequence so far."""

    def __init__(self, keymap: Mapping[str, tuple[Sequence, ...]] | None = None) -> None:
        """``keymap``: the key sequences of each command, by its id; without it the commands' own keys."""
        if keymap is None:
            keymap = {command.id: tuple(map(read_sequence, command.keys)) for command in COMMANDS}
        self.commands = tuple(
            replace(command, keys=tuple(shown_sequence(keys) for keys in keymap.get(command.id, ())))
            for command in COMMANDS
        )
        """The commands with their keys as they are written for people."""
        self._by_id = {command.id: command for command in self.commands}
        self._sequences = {
            pane: KeySequences({command.id: keymap.get(command.id, ()) for command in of_pane(pane)}) for pane in ALWAYS
        }

    def of_pane(self, pane: Place) -> tuple[Command, ...]:
        """The commands that apply in a pane."""
        return tuple(of_pane(pane, self.commands))

    def press(self, pane: Place, key: str) -> tuple[bool, Command | None]:
        """Whether a key means something here, and the command that it completes."""
        sequences = self._sequences[pane]
        begun = bool(sequences.pressed)
        answer = sequences.press(key)
        if isinstance(answer, Found):
            return True, self._by_id[answer.command]
        return begun or isinstance(answer, Waiting), None

    @property
    def pending(self) -> str:
        """The keys of a sequence that is not complete, '' when there are none."""
        return next((shown_sequence(each.pressed) for each in self._sequences.values() if each.pressed), "")

    def forget(self) -> None:
        """Forget the keys of an incomplete sequence."""
        for sequences in self._sequences.values():
            sequences.reset()

    def key_of(self, name: str) -> str:
        """The first key of a command; without one, the way to it through the palette."""
        command = self._by_id[name]
        if command.keys:
            return command.keys[0]
        palette = self._by_id["commands"].keys
        return f"{palette[0] if palette else ''} “{command.title}”".strip()

    def hint(self, template: str, **more: object) -> str:
        """A sentence with keys in the places of command ids: ``Press {add-feed} to add one.``"""
        return template.format_map({**self._keys, **more})

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        return {command.id: self.key_of(command.id) for command in self.commands}
