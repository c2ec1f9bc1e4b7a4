"""Finds the command that keys pressed one after the other stand for, such as ``g g``.

Pure: the caller feeds it keys, asks after each what to do, and calls :meth:`KeySequences.reset` when the keys
of a sequence did not come in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Sequence = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The keys so far are a command's."""

    command: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The keys so far begin one sequence or several."""

    keys: Sequence


@dataclass(frozen=True, slots=True)
class Nothing:
    """The keys so far lead nowhere; they are forgotten. ``begun`` tells whether others came before the last one."""

    begun: bool


Answer = Found | Waiting | Nothing


class KeySequences:
    """Key sequences and the keys pressed so far.

    A sequence that another one begins with is found as soon as it is complete; the longer one is then never
    reached. A key that does not continue what was begun ends it, and is not looked at again: in ``g x``, where
    ``g g`` is known, ``x`` does nothing rather than something one did not mean.
    """

    def __init__(self, commands: Mapping[str, Iterable[Sequence]]) -> None:
        """``commands``: the sequences of each command, by Textual's key names."""
        self._commands: dict[Sequence, str] = {}
        self._beginnings: set[Sequence] = set()
        self._pressed: Sequence = ()
        for command, sequences in commands.items():
            for keys in sequences:
                if keys:
                    self._commands.setdefault(keys, command)
                    self._beginnings.update(keys[:length] for length in range(1, len(keys)))

    @property
    def pressed(self) -> Sequence:
        """The keys of a sequence that is not complete."""
        return self._pressed

    def press(self, key: str) -> Answer:
        """What the keys so far and this one are."""
        keys = (*self._pressed, key)
        self._pressed = ()
        if command := self._commands.get(keys):
            return Found(command)
        if keys in self._beginnings:
            self._pressed = keys
            return Waiting(keys)
        return Nothing(begun=len(keys) > 1)

    def reset(self) -> bool:
        """Forget the keys so far; True when there were any."""
        begun = bool(self._pressed)
        self._pressed = ()
        return begun
