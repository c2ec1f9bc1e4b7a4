"""What is wrong with a configuration file: one record a problem, said in one sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class ConfigProblem:
    """One thing that is not as it should be.

    ``line`` counts from 1, 0 when the whole file is meant; ``key`` is the dotted key as one would write it (or '');
    ``sentence`` says what is wrong, what is allowed, and what holds instead. ``file`` is the file's name.
    """

    line: int
    key: str
    sentence: str
    file: str = "config.toml"

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.sentence}" if self.key else f"{place}: {self.sentence}"


class WrongValueError(ValueError):
    """A value that an option does not take; the message says what it takes."""
