"""What a refresh brought of that which the user waits for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewsCount:
    """How much is new under a name: quotations of somebody who is followed, or articles that fit a search or rule."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class News:
    """What arrived; ``newest`` is the number of the youngest article, from which the next news begin."""

    newest: int
    people: tuple[NewsCount, ...] = ()
    searches: tuple[NewsCount, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.people or self.searches)
