"""The word lists of the engine, plain text beside this file; read once, on first use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

WORDS = 16_384
"""Different words of which it is remembered from text to text what they may be."""
NAME_WORDS = 4096
"""The same for words of names."""
Lookup = TypeVar("Lookup")


class LookupCache(dict[str, Lookup], Generic[Lookup]):
    """What ``look`` tells of a word: found when first asked for, and remembered for :data:`WORDS` words."""

    def __init__(self, look: Callable[[str], Lookup]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, word: str) -> Lookup:
        if len(self) >= WORDS:
            self.clear()
        found = self[word] = self._look(word)
        return found

    def columns(self, words: Sequence[str], count: int) -> list[list[Any]]:
        """Of looks that tell ``count`` things each: a list for each of these, with an item for each of ``words``."""
        looks: Iterator[Any] = map(self.__getitem__, words)
        return [*map(list, zip(*looks, strict=True))] or [[] for _ in range(count)]


def read(name: str) -> str:
    """The text of ``lexicon/<name>``."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of ``lexicon/<name>`` without blank lines and comments (``#`` at the start of a line)."""
    return tuple(line for line in read(name).splitlines() if line.strip() and not line.startswith("#"))


@cache
def word_lists(name: str) -> dict[str, frozenset[str]]:
    """The lists of ``lexicon/<name>``: each begins with a line ``[title]``; words are separated by blanks."""
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines(name):
        if line.startswith("["):
            current = lists.setdefault(line.strip("[] "), [])
        else:
            current += line.split()
    return {title: frozenset(words) for title, words in lists.items()}
