"""What the halves of the dashboard need of each other: its panes, its state, and how to tell the user."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from store.errors import NewsdashError
from store.models import Correction, FeedSummary, OpenArticle, View
from tui.jobs import Jobs
from tui.keys.commands import Pane
from tui.keys.keyboard import Keyboard
from tui.session import Session
from tui.widgets.article import ArticleView
from tui.widgets.feeds import Feeds
from tui.widgets.find import FindBar
from tui.widgets.headlines import Headlines
from tui.widgets.line_view import LineView
from tui.widgets.people import People
from tui.widgets.search import SearchBar
from tui.widgets.status_bars import StatusBar

if TYPE_CHECKING:
    from tui.config.settings import Settings


class Parts(Screen[Any], inherit_bindings=False):
    """The dashboard as its halves see it."""

    jobs: Jobs
    session: Session | None
    keyboard: Keyboard
    settings: Settings
    pane: Pane
    panes: Mapping[Pane, LineView]
    feeds: Feeds
    headlines: Headlines
    article: ArticleView
    people: People
    search_bar: SearchBar
    find_bar: FindBar
    typed: str
    """The key that was pressed last."""
    status: StatusBar

    clock: Callable[[], datetime]

    @property
    def jumping(self) -> bool:
        raise NotImplementedError

    def stop_jumping(self) -> None:
        raise NotImplementedError

    def jump_key(self, key: str) -> None:
        raise NotImplementedError

    @property
    def current(self) -> int | None:
        """The article that commands act on."""
        raise NotImplementedError

    def being_read(self) -> Collection[int]:
        """The article on the screen, and the one on its way there. For any thread."""
        raise NotImplementedError

    def action_open_link(self) -> None:
        raise NotImplementedError

    def browse(self, url: str) -> None:
        raise NotImplementedError

    def leave_article(self) -> None:
        raise NotImplementedError

    def return_to_place(self, opened: OpenArticle) -> None:
        raise NotImplementedError

    def open_article(self, article_id: int) -> None:
        raise NotImplementedError

    def show_passage(self) -> None:
        raise NotImplementedError

    def read_again(self, article_id: int) -> None:
        raise NotImplementedError

    def show_corrected(self, correction: Correction) -> None:
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        raise NotImplementedError

    def fail(self, error: NewsdashError) -> None:
        raise NotImplementedError

    def sees(self, pane: Pane) -> bool:
        raise NotImplementedError

    def go_to(self, pane: Pane) -> None:
        raise NotImplementedError

    def show_view(self, view: View, title: str) -> None:
        raise NotImplementedError

    def lay_out(self) -> None:
        raise NotImplementedError

    def refresh_quietly(self) -> None:
        raise NotImplementedError

    def load_view(self, *, keep_place: bool) -> None:
        raise NotImplementedError

    def may_write(self) -> bool:
        raise NotImplementedError

    def nothing_found(self) -> str:
        raise NotImplementedError

    def watch_index(self) -> None:
        raise NotImplementedError

    def update_followed(self) -> None:
        raise NotImplementedError

    def update_searches(self) -> None:
        raise NotImplementedError

    def remove_saved_search(self) -> bool:
        raise NotImplementedError

    def remove_folder(self) -> bool:
        raise NotImplementedError

    def action_save_search(self) -> None:
        raise NotImplementedError

    def pass_over_news(self) -> None:
        raise NotImplementedError

    def tell_news(self) -> None:
        raise NotImplementedError

    def reload(self) -> None:
        raise NotImplementedError

    def update_feeds(self) -> None:
        raise NotImplementedError

    def count_soon(self) -> None:
        raise NotImplementedError

    def update_counts(self) -> None:
        raise NotImplementedError

    def refresh_feeds(self, ids: list[int], what: str) -> None:
        raise NotImplementedError

    @property
    def view_here(self) -> View | None:
        """The view that is meant: under the sidebar's cursor, or the one that is listed."""
        raise NotImplementedError

    @property
    def feed_here(self) -> FeedSummary | None:
        """The feed that is meant: under the sidebar's cursor, or the one whose articles are listed."""
        raise NotImplementedError
