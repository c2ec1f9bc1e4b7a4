"""The dashboard: feeds, headlines, article, people & quotes, and the keyboard's way between them.

This screen puts the panes together; they are arranged in ``arranging``, what the commands do to articles is in
``reading``, what they do to feeds in ``following``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.screen import Screen

from store.errors import NewsdashError
from tui.dashboard.articles import Reading
from tui.dashboard.corrections import Correcting
from tui.dashboard.feeds import Editing
from tui.dashboard.find_in_article import Finding
from tui.dashboard.full_text import FullText
from tui.dashboard.import_export import Moving
from tui.dashboard.jump import Jumping
from tui.dashboard.key_dispatch import Typing
from tui.dashboard.layout import Shape, read_wishes
from tui.dashboard.listing import Listing
from tui.dashboard.notifications import Notifying
from tui.dashboard.onboarding import Starting
from tui.dashboard.panes import Arranging
from tui.dashboard.people import Remembering
from tui.dashboard.pictures import Viewing
from tui.dashboard.refresh import Following
from tui.dashboard.rules import Ruling
from tui.dashboard.search import Searching
from tui.dashboard.settings import Configuring
from tui.dashboard.share import Sharing
from tui.dashboard.sidebar import Sidebar
from tui.jobs import Jobs
from tui.keys.commands import Pane
from tui.keys.keyboard import Keyboard
from tui.session import Session
from tui.widgets.article import ArticleView
from tui.widgets.feeds import Feeds
from tui.widgets.find import FindBar
from tui.widgets.headlines import Headlines, local_now
from tui.widgets.line_view import LineView
from tui.widgets.people import People
from tui.widgets.search import SearchBar
from tui.widgets.status_bars import KeyBar, PaneBar, StatusBar

if TYPE_CHECKING:
    from store.library import Library
    from tui.config.loaded import LoadedConfig


class Dashboard(
    Arranging,
    Jumping,
    Configuring,
    Correcting,
    Typing,
    Listing,
    Finding,
    Sharing,
    Viewing,
    Reading,
    Remembering,
    Searching,
    FullText,
    Sidebar,
    Editing,
    Moving,
    Ruling,
    Following,
    Notifying,
    Starting,
    Screen[None],
    inherit_bindings=False,
):
    """The main screen."""

    CSS_PATH = "../app.tcss"

    AUTO_FOCUS = f"#{Pane.HEADLINES}"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "screen.copy_text", "Copy the selected text", show=False),
    ]

    def __init__(self, clock: Callable[[], datetime] = local_now) -> None:
        super().__init__()
        self.clock = clock
        self.jobs = Jobs(self, self.fail)
        self.session: Session | None = None
        self.keyboard = Keyboard()
        self.pane = Pane.HEADLINES
        self.wishes = read_wishes({})
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

    def compose(self) -> ComposeResult:
        # Arranged before anything is styled: doing it later would style everything twice.
        self.lay_out()
        yield self.pane_bar
        with Horizontal(id="body"):
            yield self.feeds
            with self.main:
                yield self.headlines
                with self.reading:
                    yield self.article
                    yield self.people
        yield self.search_bar
        yield self.find_bar
        yield self.status
        yield self.key_bar

    def on_mount(self) -> None:
        self.feeds.title("Feeds")
        self.headlines.title("Headlines")
        self.headlines.say("Opening the library …")
        self.people.clear("")
        self.article.clear("")

    def take(self, library: Library, config: LoadedConfig) -> None:
        """The library is open: show it."""
        self.session = Session(library)
        self.configure(config)
        self.recall_places()
        self.recall_listing()
        self.recall_sidebar()
        self.session.enter(*self.first_view())
        self.recall_layout()
        if library.notice:
            self.status.say(library.notice)
        self.update_aside()
        self.show_view(self.session.view, self.session.title)
        self.update_feeds()
        self.take_in_seeds()

    # --- notices --------------------------------------------------------------------------------------------

    def say(self, sentence: str) -> None:
        """Tell what was done, in the status line."""
        self.status.say(sentence)

    def fail(self, error: NewsdashError) -> None:
        """Tell what could not be done, where it cannot be overlooked."""
        self.status.say(error.message, error=True)
        self.app.notify(error.message, title=error.title, severity="error", markup=False)

    # --- the way back --------------------------------------------------------------------------------------

    def action_back(self) -> None:
        self._go_back()

    def action_quit_or_back(self) -> None:
        if not self._go_back():
            self.app.call_later(self.app.action_quit)

    def _go_back(self) -> bool:
        """Undo one step of the way to here; False when there is none."""
        if self.search_bar.display:
            self.end_search()
        elif self.find_bar.display:
            self.on_find_bar_closed()
        elif self.zoomed:
            self.zoomed = False
            self.lay_out()
        elif self.return_to_pages():
            pass
        elif self.pane is not Pane.HEADLINES:
            self.go_to(Pane.ARTICLE if self._comes_from_article else Pane.HEADLINES)
        elif self.session is not None and self.session.view.query:
            self.end_search()
        else:
            return False
        return True

    @property
    def _comes_from_article(self) -> bool:
        return self.arrangement.shape is Shape.SINGLE and self.pane is Pane.PEOPLE

    # --- the program ---------------------------------------------------------------------------------------

    def action_theme(self) -> None:
        self.app.search_themes()

    def action_leave(self) -> None:
        self.app.call_later(self.app.action_quit)

    def on_unmount(self) -> None:
        self.keep_places()
        self.jobs.cancel_all()
