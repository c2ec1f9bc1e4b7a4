"""The list of headlines: which view it shows, and why a search found what is in it."""

from __future__ import annotations

from dataclasses import replace

from store.models import ArticleList, Snippet, View
from tui.dashboard.articles import ArticleController
from tui.dashboard.context import DashboardContext
from tui.dashboard.empty_list import nothing_listed
from tui.dashboard.index_progress import IndexProgress
from tui.dashboard.panes import PaneController
from tui.dashboard.sidebar import SidebarController
from tui.jobs import PATIENCE, SOON
from tui.keys.commands import Pane
from tui.widgets.feeds import Feeds

VIEW = "view"
"""The group of jobs that read what is listed."""
PASSAGES = "passages"


class HeadlineListController:
    """Lists the articles of a view."""

    def __init__(
        self,
        context: DashboardContext,
        panes: PaneController,
        sidebar: SidebarController,
        articles: ArticleController,
        index_progress: IndexProgress,
    ) -> None:
        self._context = context
        self._panes = panes
        self._sidebar = sidebar
        self._articles = articles
        self._index_progress = index_progress

    # --- the view -------------------------------------------------------------------------------------------

    def show(self, view: View, title: str) -> None:
        """List a view's articles from its top."""
        self._context.session.enter(view, title)
        self._context.feeds.select(replace(view, query=""))
        self.load(keep_place=False)
        self._sidebar.count_soon()

    def choose(self, message: Feeds.Chosen) -> None:
        """List what the user chose in the sidebar, and go there."""
        self.show(message.view, message.title)
        self._panes.go_to(Pane.HEADLINES)

    def next_feed(self, step: int = 1) -> None:
        view = replace(self._context.session.view, query="")
        if neighbour := self._context.feeds.neighbour(view, step):
            self.show(*neighbour)

    def previous_feed(self) -> None:
        self.next_feed(-1)

    def reload(self) -> None:
        """List the same view again, after articles came or went; the cursor stays where it is."""
        self.load(keep_place=True)
        self._sidebar.update_feeds()

    @property
    def is_loading(self) -> bool:
        return self._context.jobs.busy(VIEW)

    def load(self, *, keep_place: bool) -> None:
        """Read what the view lists now."""
        context, session = self._context, self._context.session
        view, shown = session.view, context.headlines.ids

        def listed(found: ArticleList) -> None:
            stay = keep_place and len(shown) > 0
            context.jobs.cancel(PASSAGES)
            searched = bool(session.query)
            context.headlines.load(found, context.library.articles.get, keep_place=stay, with_passages=searched)
            self._describe()
            self._index_progress.watch()
            if notice := session.notice:
                context.status.say(notice)
            if context.search_bar.display:
                # The next letter may come sooner than the article could be read.
                context.jobs.soon("follow", SOON, self._articles.follow_cursor)
            else:
                self._articles.follow_cursor()

        # What is typed into the search line is painted first.
        patience = 0 if view.query else PATIENCE
        context.jobs.start(VIEW, lambda _: session.listed(view, shown), listed, patience=patience)

    def _describe(self) -> None:
        session, headlines = self._context.session, self._context.headlines
        count, query = len(headlines.ids), session.view.query
        title = f"{session.title} · “{query}”" if query else session.title
        title = " · ".join(filter(None, (title, session.listing)))
        headlines.title(title, f"{count:,}" if count else "")
        headlines.say(nothing_listed(self._context))

    # --- passages -------------------------------------------------------------------------------------------

    def read_passages(self) -> None:
        """Read why a search found what is in sight; the list is painted meanwhile."""
        context, session = self._context, self._context.session
        ids = context.headlines.lacking()
        if not ids or context.jobs.busy(PASSAGES):
            return
        query = session.query

        def read(_: object) -> dict[int, Snippet | None]:
            return {article_id: session.passage(article_id) for article_id in ids}

        def found(passages: dict[int, Snippet | None]) -> None:
            if session.query == query:
                context.headlines.show_passages(passages)
                # One may have scrolled on meanwhile.
                self.read_passages()

        context.jobs.start(PASSAGES, read, found)
