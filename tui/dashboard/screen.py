"""The dashboard: feeds, headlines, article, people & quotes, with two lines at the foot.

The screen puts the widgets together and forwards messages to the controllers, which do everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from tui.dashboard.context import DashboardContext
from tui.dashboard.controllers import Controllers
from tui.keys.commands import Pane
from tui.widgets.article import ArticleView
from tui.widgets.feeds import Feeds
from tui.widgets.find import FindBar
from tui.widgets.headlines import Headlines
from tui.widgets.people import People
from tui.widgets.search import SearchBar
from tui.widgets.status_bars import KeyBar, PaneBar

if TYPE_CHECKING:
    from store.library import Library
    from tui.config.loaded import LoadedConfig


class DashboardScreen(Screen[None], inherit_bindings=False):
    """The main screen, over an open library."""

    CSS_PATH = "../app.tcss"

    AUTO_FOCUS = f"#{Pane.HEADLINES}"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "screen.copy_text", "Copy the selected text", show=False),
    ]

    def __init__(
        self,
        library: Library,
        config: LoadedConfig,
        clock: Callable[[], datetime],
        read_config: Callable[[], LoadedConfig],
    ) -> None:
        """``read_config`` reads the configuration again; it is called in a thread."""
        super().__init__()
        self._config = config
        self.context = DashboardContext(self, library, config, clock)
        self.controllers = Controllers(self.context, read_config)

    def compose(self) -> ComposeResult:
        # Arranged before anything is styled: doing it later would style everything twice.
        self.controllers.panes.lay_out()
        context = self.context
        yield context.pane_bar
        with Horizontal(id="body"):
            yield context.feeds
            with context.main:
                yield context.headlines
                with context.reading:
                    yield context.article
                    yield context.people
        yield context.search_bar
        yield context.find_bar
        yield context.status
        yield context.key_bar

    def on_mount(self) -> None:
        context = self.context
        context.feeds.title("Feeds")
        context.headlines.title("Headlines")
        context.headlines.say("Opening the library …")
        context.people.clear("")
        context.article.clear("")

    def start(self) -> None:
        """List what is listed first, as it was listed last, and take in new files."""
        context, controllers = self.context, self.controllers
        controllers.settings.apply(self._config)
        controllers.listing.recall()
        controllers.sidebar.recall()
        if context.library.notice:
            context.say(context.library.notice)
        controllers.refresh.watch_read_only()
        controllers.headline_list.show(*controllers.settings.first_view())
        controllers.sidebar.update_feeds()
        controllers.refresh.take_in_seeds()

    def on_unmount(self) -> None:
        self.controllers.places.store()
        self.context.jobs.cancel_all()

    # --- the terminal, the keyboard and the mouse -----------------------------------------------------------

    def on_resize(self) -> None:
        self.controllers.jump.stop()
        self.controllers.panes.lay_out()

    async def on_key(self, event: events.Key) -> None:
        await self.controllers.keys.press(event)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.controllers.panes.focused(event)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.controllers.jump.stop()
        self.controllers.dividers.grab(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.controllers.dividers.drag(event)

    def on_mouse_up(self) -> None:
        self.controllers.dividers.release()

    # --- the panes ------------------------------------------------------------------------------------------

    def on_feeds_chosen(self, message: Feeds.Chosen) -> None:
        self.controllers.headline_list.choose(message)

    def on_feeds_moved(self, message: Feeds.Moved) -> None:
        self.controllers.sidebar.moved(message)

    def on_feeds_look_changed(self, message: Feeds.LookChanged) -> None:
        self.controllers.sidebar.look_changed(message)

    def on_headlines_moved(self, message: Headlines.Moved) -> None:
        self.controllers.articles.want(message.article_id)

    def on_headlines_opened(self, message: Headlines.Opened) -> None:
        self.controllers.articles.open(message.article_id)

    def on_headlines_passages_wanted(self) -> None:
        self.controllers.headline_list.read_passages()

    def on_article_view_link_chosen(self, message: ArticleView.LinkChosen) -> None:
        self.controllers.share.browse(message.url)

    def on_article_view_passage_chosen(self, message: ArticleView.PassageChosen) -> None:
        self.controllers.articles.point_to(message.quote)

    def on_people_pointed(self, message: People.Pointed) -> None:
        self.context.article.highlight(message.spans)

    def on_people_chosen(self) -> None:
        self.controllers.panes.go_to(Pane.ARTICLE)

    def on_people_person_chosen(self, message: People.PersonChosen) -> None:
        self.controllers.people.show_person(message)

    # --- the lines at the foot ------------------------------------------------------------------------------

    def on_search_bar_changed(self, message: SearchBar.Changed) -> None:
        self.controllers.search.changed(message)

    def on_search_bar_cancelled(self) -> None:
        self.controllers.search.end()

    def on_find_bar_changed(self, message: FindBar.Changed) -> None:
        self.controllers.find.changed(message)

    def on_find_bar_step(self, message: FindBar.Step) -> None:
        self.controllers.find.step(message)

    def on_find_bar_closed(self) -> None:
        self.controllers.find.close()

    def on_pane_bar_pressed(self, message: PaneBar.Pressed) -> None:
        self.controllers.panes.go_to(message.pane)

    async def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        await self.controllers.run(message.command)
