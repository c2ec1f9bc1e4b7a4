"""The dashboard: feeds, headlines, article, people & quotes, and the keyboard's way between them.

This screen arranges the panes and carries messages between them; what the commands do to articles is in
``reading``, what they do to feeds in ``following``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.screen import Screen

from store.errors import NewsdashError
from tui.commands import Pane
from tui.keyboard import Keyboard
from tui.opening import Frame, narrow
from tui.screens.configuring import Configuring
from tui.screens.correcting import Correcting
from tui.screens.finding import Finding
from tui.screens.following import Following
from tui.screens.jobs import Jobs
from tui.screens.layout import Arrangement, Shape, arrange
from tui.screens.listing import Listing
from tui.screens.reading import Reading
from tui.screens.searching import Searching
from tui.screens.session import Session
from tui.screens.sharing import Sharing
from tui.screens.typing import Typing
from tui.widgets.article import ArticleView
from tui.widgets.bars import KeyBar, PaneBar, StatusBar
from tui.widgets.feeds import Feeds
from tui.widgets.find import FindBar
from tui.widgets.headlines import Headlines, local_now
from tui.widgets.lines import LineView
from tui.widgets.people import People
from tui.widgets.search import SearchBar

if TYPE_CHECKING:
    from store.library import Library
    from tui.settings import LoadedConfig

FEEDS_SHOWN = "feeds_shown"
"""The setting that remembers whether the sidebar is shown."""


class Dashboard(
    Configuring,
    Correcting,
    Typing,
    Listing,
    Finding,
    Sharing,
    Reading,
    Searching,
    Following,
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
        self.jobs = Jobs(self, self.fail)
        self.session: Session | None = None
        self.keyboard = Keyboard()
        self.pane = Pane.HEADLINES
        self._feeds_shown: bool | None = None
        self._zoomed = False
        self._arrangement = Arrangement(Shape.SINGLE, ())
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
        self.session.enter(*self.first_view())
        shown = library.setting(FEEDS_SHOWN)
        sidebar = config.settings.layout.sidebar
        self._feeds_shown = sidebar == "shown" if sidebar != "auto" else shown if isinstance(shown, bool) else None
        self.lay_out()
        if library.notice:
            self.status.say(library.notice)
        self.update_aside()
        self.show_view(self.session.view, self.session.title)
        self.take_in_seeds()

    # --- notices --------------------------------------------------------------------------------------------

    def say(self, sentence: str) -> None:
        """Tell what was done, in the status line."""
        self.status.say(sentence)

    def fail(self, error: NewsdashError) -> None:
        """Tell what could not be done, where it cannot be overlooked."""
        self.status.say(error.message, error=True)
        self.app.notify(error.message, title=error.title, severity="error", markup=False)

    # --- panes ----------------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Arrange the panes for the terminal's size and say where the keyboard is."""
        self.pane_bar.show(self.pane)
        self.key_bar.show(self.keyboard.of_pane(self.pane))
        arrangement = arrange(self.app.size.width, self.pane, feeds_shown=self._feeds_shown, zoomed=self._zoomed)
        if arrangement == self._arrangement:
            return
        self._arrangement = arrangement
        for shape in Shape:
            self.set_class(shape is arrangement.shape, shape)
        for pane, widget in self.panes.items():
            widget.display = pane in arrangement.panes
        self.main.display = arrangement.panes != (Pane.FEEDS,)
        self.reading.display = Pane.ARTICLE in arrangement.panes or Pane.PEOPLE in arrangement.panes
        self.pane_bar.display = arrangement.shape is Shape.SINGLE

    def frames(self) -> tuple[Frame, ...]:
        """The frames of the panes that are seen, for the first picture of the next start."""
        panes = [pane for pane in self.panes.values() if pane.is_on_screen and pane.styles.border_top[0]]
        return tuple(Frame(*pane.region, narrow(str(pane.border_title or ""))) for pane in panes)

    def on_resize(self) -> None:
        self.lay_out()

    def sees(self, pane: Pane) -> bool:
        """Whether a pane is on the screen."""
        return pane in self._arrangement.panes

    def go_to(self, pane: Pane) -> None:
        """Put the keyboard in a pane, showing it if it is not seen."""
        self.pane = pane
        self.lay_out()
        self.set_focus(self.panes[pane], scroll_visible=False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The mouse, or a dialog that closed, put the keyboard somewhere."""
        for pane, widget in self.panes.items():
            if widget is event.widget and pane is not self.pane:
                self.pane = pane
                self.lay_out()

    def _step(self, step: int) -> None:
        order = list(Pane)
        at = order.index(self.pane) + step
        if 0 <= at < len(order):
            self.go_to(order[at])

    def action_next_pane(self, step: int = 1) -> None:
        panes = list(Pane) if self._arrangement.shape is Shape.SINGLE else list(self._arrangement.panes)
        at = panes.index(self.pane) if self.pane in panes else 0
        self.go_to(panes[(at + step) % len(panes)])

    def action_previous_pane(self) -> None:
        self.action_next_pane(-1)

    def action_right(self) -> None:
        self._step(1)

    def action_left(self) -> None:
        self._step(-1)

    def action_back(self) -> None:
        self._go_back()

    def action_quit_or_back(self) -> None:
        if not self._go_back():
            self.app.exit(0)

    def _go_back(self) -> bool:
        """Undo one step of the way to here; False when there is none."""
        if self.search_bar.display:
            self.end_search()
        elif self.find_bar.display:
            self.on_find_bar_closed()
        elif self._zoomed:
            self._zoomed = False
            self.lay_out()
        elif self.pane is not Pane.HEADLINES:
            self.go_to(Pane.ARTICLE if self._comes_from_article else Pane.HEADLINES)
        elif self.session is not None and self.session.view.query:
            self.end_search()
        else:
            return False
        return True

    @property
    def _comes_from_article(self) -> bool:
        return self._arrangement.shape is Shape.SINGLE and self.pane is Pane.PEOPLE

    def action_zoom(self) -> None:
        self._zoomed = not self._zoomed
        self.lay_out()

    def action_toggle_feeds(self) -> None:
        shown = (self.sees(Pane.FEEDS) and self.pane is not Pane.FEEDS) or bool(self._feeds_shown)
        self._feeds_shown = not shown
        if self.session is not None:
            self.session.library.save_setting(FEEDS_SHOWN, self._feeds_shown)
        if self.pane is Pane.FEEDS and not self._feeds_shown:
            self.go_to(Pane.HEADLINES)
        elif self._arrangement.shape is Shape.SINGLE and self._feeds_shown:
            self.go_to(Pane.FEEDS)
        self.lay_out()

    def on_pane_bar_pressed(self, message: PaneBar.Pressed) -> None:
        self.go_to(message.pane)

    # --- the program ---------------------------------------------------------------------------------------

    def action_theme(self) -> None:
        self.app.search_themes()

    def action_leave(self) -> None:
        self.app.exit(0)

    def on_unmount(self) -> None:
        self.keep_places()
        self.jobs.cancel_all()
