"""The half of the dashboard that finds words in the open article and remembers how far each was read."""

from __future__ import annotations

from store.models import Span
from tui.dashboard.context import DashboardContext
from tui.dashboard.panes import PaneController
from tui.keys.commands import Pane
from tui.widgets.find import FindBar


class FindController:
    """Marks every place of the words that were typed, and goes from one to the next."""

    def __init__(self, context: DashboardContext, panes: PaneController) -> None:
        self._context = context
        self._panes = panes
        self._found: tuple[Span, ...] = ()
        self._at = 0

    def find(self) -> None:
        if self._context.article.opened is None:
            self._context.say("Open an article first.")
        else:
            self._panes.go_to(Pane.ARTICLE)
            self._context.find_bar.open()

    def changed(self, message: FindBar.Changed) -> None:
        self._found = self._context.article.find(message.words)
        here = self._context.article.first_offset
        self._at = next((place for place, span in enumerate(self._found) if span.start >= here), 0)
        self._show_found()

    def step(self, message: FindBar.Step) -> None:
        if self._found:
            self._at = (self._at + message.step) % len(self._found)
            self._show_found()

    def _show_found(self) -> None:
        self._context.article.highlight(self._found[self._at : self._at + 1])
        self._context.find_bar.tell(self._at, len(self._found))

    def close(self) -> None:
        self._context.find_bar.display = False
        self._context.article.find("")
        self._panes.go_to(Pane.ARTICLE)
