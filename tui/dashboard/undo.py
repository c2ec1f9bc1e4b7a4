"""Undoes the last mark, correction or decision about people."""

from __future__ import annotations

from store.models import Correction, PeopleDecision
from tui.dashboard.articles import ArticleController
from tui.dashboard.context import DashboardContext
from tui.dashboard.sidebar import SidebarController
from tui.undo import Undone
from tui.wording.corrections import undone_words


class UndoController:
    """One step back in what was changed."""

    def __init__(self, context: DashboardContext, sidebar: SidebarController, articles: ArticleController) -> None:
        self._context = context
        self._sidebar = sidebar
        self._articles = articles

    def undo(self) -> None:
        if self._context.may_write():
            self._context.jobs.start("mark", lambda _: self._context.history.undo(), self._undone)

    def _undone(self, what: Undone) -> None:
        if isinstance(what, Correction):
            self._articles.show_corrected(what)
        elif isinstance(what, PeopleDecision):
            self._sidebar.update_followed()
        else:
            self._context.headlines.statuses_changed()
            self._sidebar.update_counts()
        self._context.say(undone_words(what))
