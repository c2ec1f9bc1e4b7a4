"""What every controller of the dashboard is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from textual.containers import Container, Horizontal
from textual.screen import Screen

from store.errors import NewsdashError
from tui.dashboard.state import Session
from tui.jobs import Jobs
from tui.keys.commands import Pane
from tui.undo import UndoHistory
from tui.widgets.article import ArticleView
from tui.widgets.feeds import Feeds
from tui.widgets.find import FindBar
from tui.widgets.headlines import Headlines
from tui.widgets.line_view import LineView
from tui.widgets.people import People
from tui.widgets.search import SearchBar
from tui.widgets.status_bars import KeyBar, PaneBar, StatusBar

if TYPE_CHECKING:
    from store.library import Library
    from tui.config.loaded import LoadedConfig

Answer = TypeVar("Answer")


class DashboardContext:
    """An open library, the configuration, the widgets of the dashboard, and ways to tell and ask the user."""

    def __init__(
        self, screen: Screen[None], library: Library, config: LoadedConfig, clock: Callable[[], datetime]
    ) -> None:
        self.screen = screen
        self.library = library
        self.settings = config.settings
        self.keyboard = config.keyboard
        self.clock = clock
        self.session = Session(library)
        self.history = UndoHistory(library)
        self.jobs = Jobs(screen, self.fail)
        self.last_key = ""
        """The key that was pressed last."""

        self.feeds = Feeds(id=Pane.FEEDS)
        self.headlines = Headlines(id=Pane.HEADLINES, clock=clock)
        self.article = ArticleView(id=Pane.ARTICLE)
        self.people = People(id=Pane.PEOPLE)
        self.panes: Mapping[Pane, LineView] = {
            Pane.FEEDS: self.feeds,
            Pane.HEADLINES: self.headlines,
            Pane.ARTICLE: self.article,
            Pane.PEOPLE: self.people,
        }
        self.main = Container(id="main")
        self.reading = Horizontal(id="reading")
        self.pane_bar = PaneBar(id="pane-bar")
        self.search_bar = SearchBar(id="search")
        self.find_bar = FindBar(id="find")
        self.status = StatusBar(id="status")
        self.key_bar = KeyBar(id="keys")

    # --- telling --------------------------------------------------------------------------------------------

    def say(self, sentence: str) -> None:
        """Tell what was done, in the status line."""
        self.status.say(sentence)

    def fail(self, error: NewsdashError) -> None:
        """Tell what could not be done, where it cannot be overlooked."""
        self.status.say(error.message, error=True)
        self.screen.app.notify(error.message, title=error.title, severity="error", markup=False)

    def may_write(self) -> bool:
        """Whether anything can be stored; if not, say why."""
        if self.library.read_only:
            self.say(self.library.notice or "The library is open for reading only.")
        return not self.library.read_only

    # --- asking ---------------------------------------------------------------------------------------------

    def ask(self, dialog: Screen[Answer], answered: Callable[[Answer | None], None] | None = None) -> None:
        """Open a dialog or page, and take its answer when it is closed."""
        self.screen.app.push_screen(dialog, answered)

    # --- state that is kept for the next start --------------------------------------------------------------

    def recall(self, name: str, otherwise: object = None) -> Any:
        """What was remembered under a name."""
        return self.library.maintenance.setting(name, otherwise)

    def remember(self, name: str, value: object) -> None:
        self.library.maintenance.save_setting(name, value)
