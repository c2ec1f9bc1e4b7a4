"""Sets the tags of feeds and of articles."""

from __future__ import annotations

from store.models import FeedEdit, Headline
from tui.dashboard.context import DashboardContext
from tui.dashboard.feeds import NO_FEED, FeedController
from tui.dashboard.headline_list import HeadlineListController
from tui.dashboard.panes import PaneController
from tui.dashboard.sidebar import SidebarController
from tui.dialogs.edit_feed import TagsScreen
from tui.keys.commands import Pane


class TagController:
    """The tags of the feed in the sidebar, or of the article."""

    def __init__(
        self,
        context: DashboardContext,
        panes: PaneController,
        sidebar: SidebarController,
        headline_list: HeadlineListController,
        feeds: FeedController,
    ) -> None:
        self._context = context
        self._panes = panes
        self._sidebar = sidebar
        self._list = headline_list
        self._feeds = feeds

    def tags(self) -> None:
        """The tags of the feed in the sidebar, or of the article."""
        if not self._context.may_write():
            return
        if self._panes.current is Pane.FEEDS:
            self._tag_feed()
        elif self._panes.headline_here is not None:
            self._tag_article(self._panes.headline_here)

    def _tag_feed(self) -> None:
        summary = self._sidebar.feed_here
        if summary is None:
            self._context.say(NO_FEED)
            return
        feed = summary.feed

        def answered(tags: tuple[str, ...] | None) -> None:
            if tags is not None and tags != feed.tags:
                self._feeds.change(feed, FeedEdit(tags=tags))

        screen = TagsScreen("Tags of a feed", feed.title, feed.tags, self._context.library.feeds.tags())
        self._context.ask(screen, answered)

    def _tag_article(self, headline: Headline) -> None:
        article_id = headline.article.id

        def changed(_: object) -> None:
            self._context.headlines.statuses_changed()
            self._list.reload()
            self._context.say("The tags of the article were changed.")

        def answered(tags: tuple[str, ...] | None) -> None:
            if tags is not None and tags != headline.status.tags:
                self._context.jobs.start(
                    "mark", lambda _: self._context.session.keep(self._context.history.tag(article_id, tags)), changed
                )

        known = self._context.library.articles.tags()
        about = headline.article.title
        self._context.ask(TagsScreen("Tags of an article", about, headline.status.tags, known), answered)
