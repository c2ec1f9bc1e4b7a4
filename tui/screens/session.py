"""What the user is looking at and has done: the view, the articles kept in it, and what can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import NewsdashError, NotFoundError
from store.models import Amendment, Correction, FeedSummary, Scope, Snippet, Span, Status, View

if TYPE_CHECKING:
    from store.library import Library

UNDO_STEPS = 100
Undone = Sequence[Status] | Correction
"""What can be taken back: a marking, as the statuses before it, or a correction."""


class Session:
    """The state behind the dashboard, on top of an open library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.view = View()
        self.title = "All"
        self.hide_read = False
        self.oldest_first = False
        self._touched: set[int] = set()
        """Articles marked while in this view: they stay in it until one leaves it."""
        self._undo: list[Undone] = []

    # --- views ----------------------------------------------------------------------------------------------

    def enter(self, view: View, title: str) -> None:
        """Look at another view; what stayed in the last one goes."""
        self.view, self.title = view, title
        self._touched.clear()

    @property
    def listing(self) -> str:
        """How the list differs from all articles, newest first; '' when it does not."""
        words = ["unread only"] if self.hide_read else []
        return " · ".join([*words, "oldest first"] if self.oldest_first else words)

    def ids(self, view: View, shown: Sequence[int]) -> Sequence[int]:
        """The view's articles now, with those of ``shown`` that only left it by being marked. For a job's thread."""
        ids = self.library.view(view)
        if self.hide_read and view.scope is not Scope.UNREAD:
            unread = set(self.library.view(View(Scope.UNREAD)))
            ids = [article_id for article_id in ids if article_id in unread]
        if self.oldest_first:
            ids = list(reversed(ids))
        kept = self._touched.intersection(shown) - set(ids) if self._touched else set()
        kept = {article_id for article_id in kept if self._exists(article_id)}
        return merged(ids, shown, kept) if kept else ids

    def _exists(self, article_id: int) -> bool:
        try:
            self.library.headline(article_id)
        except NotFoundError:
            return False
        return True

    def counts(self) -> tuple[list[FeedSummary], dict[Scope, int]]:
        """The feeds and the numbers beside the smart views. For a job's thread."""
        feeds = self.library.feeds()
        unread = self.library.view(View(Scope.UNREAD))
        today = set(self.library.view(View(Scope.TODAY)))
        return feeds, {
            Scope.UNREAD: len(unread),
            Scope.TODAY: len(today.intersection(unread)),
            Scope.STARRED: len(self.library.view(View(Scope.STARRED))),
        }

    def next_unread(self, ids: Sequence[int], cursor: int, step: int) -> int | None:
        """The nearest unread article after (``step`` 1) or before (-1) the cursor."""
        unread = set(self.library.view(View(Scope.UNREAD)))
        places = range(cursor + 1, len(ids)) if step > 0 else range(cursor - 1, -1, -1)
        return next((ids[place] for place in places if ids[place] in unread), None)

    # --- marks ----------------------------------------------------------------------------------------------

    def mark(self, ids: Iterable[int], *, read: bool | None = None, starred: bool | None = None) -> int:
        """Mark articles so that it can be undone; returns how many changed."""
        ids = list(ids)
        before = self.library.mark(ids, read=read, starred=starred)
        if before:
            self._touched.update(status.article_id for status in before)
            self._can_undo(before)
        return len(before)

    def correct(self, article_id: int, what: Amendment) -> Correction:
        """Correct who said what in an article so that it can be undone."""
        correction = self.library.correct(article_id, what)
        self._can_undo(correction)
        return correction

    def _can_undo(self, what: Undone) -> None:
        self._undo = [*self._undo[-UNDO_STEPS + 1 :], what]

    def undo(self) -> Undone:
        """Take back the last marking or correction; returns what it was, () when there was nothing to undo."""
        if not self._undo:
            return ()
        last = self._undo.pop()
        if isinstance(last, Correction):
            self.library.remove_correction(last.number)
        else:
            self.library.restore(last)
        return last

    @property
    def query(self) -> str:
        """What the list was found by: the search typed and the saved one that it narrows."""
        saved = ""
        if self.view.scope is Scope.SAVED:
            with suppress(NotFoundError):
                saved = self.library.find_search(self.view.saved).query
        return f"({saved}) {self.view.query}" if saved and self.view.query else saved or self.view.query

    def passage(self, article_id: int) -> Snippet | None:
        """Why the list has an article; None when nothing can be shown."""
        try:
            found = self.library.snippets([article_id], self.query)
        except NewsdashError:
            return None
        return found[0] if found else None

    def found_places(self, article_id: int) -> Sequence[Span]:
        """What a search found in an article's text; nothing without a search. For a job's thread."""
        try:
            return self.library.found_places(article_id, self.query) if self.query else ()
        except NewsdashError:
            return ()

    def searching(self, query: str) -> View:
        return replace(self.view, query=query)


def merged(ids: Sequence[int], shown: Sequence[int], kept: set[int]) -> list[int]:
    """``ids`` with the ``kept`` ones of ``shown`` put in where they stood among their neighbours."""
    place = {article_id: index for index, article_id in enumerate(shown)}
    waiting = sorted(kept, key=place.__getitem__, reverse=True)
    result: list[int] = []
    for article_id in ids:
        at = place.get(article_id)
        while at is not None and waiting and place[waiting[-1]] < at:
            result.append(waiting.pop())
        result.append(article_id)
    return result + waiting[::-1]
