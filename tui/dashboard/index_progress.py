"""How far the indexes are, on the screen."""

from __future__ import annotations

from collections.abc import Callable

from store.models import Grouping, Progress
from tui.dashboard.context import DashboardContext

LOOK_AGAIN = 0.5
"""Seconds between looks at how far the index is."""


class IndexProgress:
    """Shows the progress of the search index, or of the people index, which knows stories, until it is complete."""

    def __init__(self, context: DashboardContext, complete: Callable[[], object]) -> None:
        """``complete`` lists again what was listed too early."""
        self._context = context
        self._complete = complete
        self._watching = False

    def watch(self) -> None:
        """Show the progress from now on, if there is any."""
        if not self._watching and self._progress() is not None:
            self._watching = True
            self._show()

    def _progress(self) -> Progress | None:
        """How far is what the list is made from; None when it has everything."""
        library = self._context.library
        by_story = self._context.session.sorting.grouping is Grouping.STORY
        return library.search.progress() or (library.people.progress() if by_story else None)

    def _show(self) -> None:
        progress = self._progress()
        if progress is not None:
            self._context.status.aside(f"{progress.label} {progress.done:,} of {progress.total:,}")
            self._context.screen.set_timer(LOOK_AGAIN, self._show)
            return
        self._watching = False
        self._context.status.aside("read-only" if self._context.library.read_only else "")
        self._complete()
