"""What the user changed in the library and can undo: marks, tags, corrections, decisions about people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from store.models import Amendment, Correction, PeopleDecision, Status

if TYPE_CHECKING:
    from store.library import Library

UNDO_STEPS = 100
Undone = Sequence[Status] | Correction | PeopleDecision
"""What was undone: marks, as the statuses before them, or a correction or decision."""


class UndoHistory:
    """Makes changes so that they can be undone, the last one first. All methods may be called in a job's thread."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._steps: list[Undone] = []

    def mark(
        self,
        ids: Iterable[int],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        muted: bool | None = None,
    ) -> Sequence[Status]:
        """Mark articles; returns the statuses before of those that changed."""
        return self._marked(self._library.articles.mark(list(ids), read=read, starred=starred, muted=muted))

    def tag(self, article_id: int, tags: Iterable[str]) -> Sequence[Status]:
        """Give an article these tags; returns its status before if it changed."""
        return self._marked(self._library.articles.tag(article_id, tags))

    def _marked(self, before: Sequence[Status]) -> Sequence[Status]:
        if before:
            self._add(before)
        return before

    def correct(self, article_id: int, what: Amendment) -> Correction:
        """Correct who said what in an article."""
        correction = self._library.corrections.add(article_id, what)
        self._add(correction)
        return correction

    def join_people(self, kept: int, other: int) -> PeopleDecision:
        """Decide that two people are one."""
        decision = self._library.people.join(kept, other)
        self._add(decision)
        return decision

    def split_person(self, person: int, articles: Sequence[int]) -> PeopleDecision:
        """Decide that the person of these articles is another one."""
        decision = self._library.people.split(person, articles)
        self._add(decision)
        return decision

    def _add(self, what: Undone) -> None:
        self._steps = [*self._steps[-UNDO_STEPS + 1 :], what]

    def undo(self) -> Undone:
        """Undo the last change; returns what it was, () when there was none."""
        if not self._steps:
            return ()
        last = self._steps[-1]
        if isinstance(last, Correction):
            self._library.corrections.remove(last.number)
        elif isinstance(last, PeopleDecision):
            self._library.people.undo(last.number)
        else:
            self._library.articles.restore(last)
        self._steps.pop()
        return last
