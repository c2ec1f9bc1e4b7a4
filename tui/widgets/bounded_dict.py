"""What a pane keeps of what it read and drew: a dictionary with a bound.

Textual's own caches are rings of entries that point to each other. Emptied, they are left for the collector of cycles,
which then looks through thousands of drawn lines while keys wait; what is taken out of a dictionary is gone at once.
"""

from __future__ import annotations

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class BoundedDict(dict[Key, Value]):
    """At most so many entries: a new one takes the place of the one that was put in first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= self._most and key not in self:
            del self[next(iter(self))]
        super().__setitem__(key, value)
