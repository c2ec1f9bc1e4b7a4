"""Adds, changes and removes feeds, and shows what is known of one."""

from __future__ import annotations

from store.errors import FollowedError
from store.models import SEEDS_URL, Feed, FeedEdit, FeedPage, FeedSummary, Scope, View
from tui.dashboard.context import DashboardContext
from tui.dashboard.folders import FolderController
from tui.dashboard.headline_list import HeadlineListController
from tui.dashboard.panes import PaneController
from tui.dashboard.refresh import RefreshController
from tui.dashboard.saved_searches import SavedSearchController
from tui.dashboard.sidebar import SidebarController
from tui.dialogs.add_feed import AddFeedScreen
from tui.dialogs.confirm import ConfirmScreen
from tui.dialogs.edit_feed import EditFeedScreen
from tui.dialogs.feed_page import EDIT, REFRESH, FeedPageScreen
from tui.keys.commands import Pane
from tui.wording.counts import plural

NO_FEED = "Go to the feed that you mean first."


class FeedController:
    """The feed that is meant; the same keys act on folders and saved searches."""

    def __init__(
        self,
        context: DashboardContext,
        panes: PaneController,
        sidebar: SidebarController,
        headline_list: HeadlineListController,
        refresh: RefreshController,
        saved_searches: SavedSearchController,
        folders: FolderController,
    ) -> None:
        self._context = context
        self._panes = panes
        self._sidebar = sidebar
        self._list = headline_list
        self._refresh = refresh
        self._saved_searches = saved_searches
        self._folders = folders

    # --- changing -------------------------------------------------------------------------------------------

    def edit_feed(self) -> None:
        summary, view = self._sidebar.feed_here, self._sidebar.view_here
        if not self._context.may_write():
            return
        if view is not None and view.scope is Scope.TAG:
            self._folders.rename(view.tag)
        elif view is not None and view.scope is Scope.SAVED:
            self._saved_searches.save_search()
        elif summary is None:
            self._context.say(NO_FEED)
        else:
            self._edit(summary.feed)

    def _edit(self, feed: Feed) -> None:
        def answered(edit: FeedEdit | None) -> None:
            if edit is not None and edit != FeedEdit():
                self.change(feed, edit)

        known = self._context.library.feeds.tags()
        self._context.ask(EditFeedScreen(feed, known), answered)

    def change(self, feed: Feed, edit: FeedEdit) -> None:
        def changed(now: Feed) -> None:
            view = self._context.session.view
            if view.scope is Scope.FEED and view.feed_id == now.id:
                self._context.session.title = now.title
            self._list.reload()
            self._context.say(f"{now.title} was changed.")

        self._context.jobs.start("edit feed", lambda _: self._context.library.feeds.edit(feed.id, edit), changed)

    def feed_page(self) -> None:
        summary = self._sidebar.feed_here
        if summary is None:
            self._context.say(NO_FEED)
            return

        def answered(next_step: str | None) -> None:
            if next_step == EDIT and self._context.may_write():
                self._edit(summary.feed)
            elif next_step == REFRESH:
                self._fetch(summary)

        def read(page: FeedPage) -> None:
            fetched = summary.feed.url != SEEDS_URL
            hint = "e edits it · r fetches it now · Esc closes" if fetched else "e edits it · Esc closes"
            self._context.ask(FeedPageScreen(page, self._context.clock(), hint), answered)

        self._context.jobs.start("feed page", lambda _: self._context.library.feeds.page(summary.feed.id), read)

    def _fetch(self, summary: FeedSummary) -> None:
        if summary.feed.url != SEEDS_URL:
            self._refresh.refresh_feeds([summary.feed.id], summary.feed.title)

    # --- adding and removing --------------------------------------------------------------------------------

    def add_feed(self) -> None:
        if not self._context.may_write():
            return

        def added(feed: Feed | FollowedError | None) -> None:
            if isinstance(feed, FollowedError):
                view = View(Scope.FEED, feed.feed_id)
                title = self._context.feeds.title_of(view)
                self._list.show(view, title)
                self._panes.go_to(Pane.HEADLINES)
                self._context.say(f"You follow {title} already.")
            elif feed is not None:
                self._list.show(View(Scope.FEED, feed.id), feed.title)
                self._sidebar.update_feeds()
                self._panes.go_to(Pane.HEADLINES)
                self._context.say(f"Following {feed.title}.")
                self._refresh.analyse_waiting()

        self._context.ask(AddFeedScreen(self._context.library.feeds.discover, self._context.library.feeds.add), added)

    def remove_feed(self) -> None:
        summary = self._sidebar.feed_here
        if not self._context.may_write() or self._saved_searches.remove() or self._folders.remove():
            return
        if summary is None:
            self._context.say("Go to the feed that you want to remove first.")
            return
        if summary.feed.url == SEEDS_URL:
            self._context.say("Articles from files are not a feed and cannot be removed.")
            return
        feed = summary.feed

        def removed(_: object) -> None:
            if self._context.session.view.feed_id == feed.id:
                self._list.show(View(), "All")
                self._sidebar.update_feeds()
            else:
                self._list.reload()
            self._context.say(f"No longer following {feed.title}.")

        def answered(yes: bool | None) -> None:
            if yes:
                self._context.jobs.start("remove", lambda _: self._context.library.feeds.remove(feed.id), removed)

        question = (
            f"Stop following {feed.title}?\n\n"
            f"Its {plural(summary.total, 'article')} will be removed; starred ones stay."
        )
        self._context.ask(ConfirmScreen("Remove a feed", question, "removes it"), answered)
