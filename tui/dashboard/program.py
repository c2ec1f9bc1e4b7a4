"""The way back and out, and what the program says of itself: help, log, palette, themes."""

from __future__ import annotations

from tui.dashboard.context import DashboardContext
from tui.dashboard.find_in_article import FindController
from tui.dashboard.layout import Shape
from tui.dashboard.panes import PaneController
from tui.dashboard.people import PeopleController
from tui.dashboard.search import SearchController
from tui.dialogs.help import HelpScreen
from tui.dialogs.log import LogScreen
from tui.keys.commands import Pane


class ProgramController:
    """Goes back step by step, quits, and shows help."""

    def __init__(
        self,
        context: DashboardContext,
        panes: PaneController,
        search: SearchController,
        find: FindController,
        people: PeopleController,
    ) -> None:
        self._context = context
        self._panes = panes
        self._search = search
        self._find = find
        self._people = people

    # --- back and out ---------------------------------------------------------------------------------------

    def back(self) -> bool:
        """Undo one step of the way to here; False when there is none."""
        if self._context.search_bar.display:
            self._search.end()
        elif self._context.find_bar.display:
            self._find.close()
        elif self._panes.end_zoom() or self._people.return_to_pages():
            pass
        elif self._panes.current is not Pane.HEADLINES:
            self._panes.go_to(Pane.ARTICLE if self._comes_from_article else Pane.HEADLINES)
        elif self._context.session.view.query:
            self._search.end()
        else:
            return False
        return True

    @property
    def _comes_from_article(self) -> bool:
        return self._panes.arrangement.shape is Shape.SINGLE and self._panes.current is Pane.PEOPLE

    def quit_or_back(self) -> None:
        if not self.back():
            self.leave()

    def leave(self) -> None:
        app = self._context.screen.app
        app.call_later(app.action_quit)

    # --- about the program ----------------------------------------------------------------------------------

    def help(self) -> None:
        pane = self._panes.current
        about = getattr(self._context.panes[pane], "HELP", "")
        self._context.ask(HelpScreen(pane, about, self._context.keyboard.of_pane(pane)))

    def log(self) -> None:
        self._context.ask(LogScreen(tuple(self._context.status.notices)))

    def commands(self) -> None:
        self._context.screen.app.action_command_palette()

    def theme(self) -> None:
        self._context.screen.app.search_themes()
