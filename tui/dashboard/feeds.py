"""The half of the dashboard that changes feeds, folders and tags, and tells all there is to say of a feed."""

from __future__ import annotations

from store.models import SEEDS_URL, Feed, FeedEdit, FeedPage, FeedSummary, Scope, View
from tui.dashboard.parts import Parts
from tui.dialogs.ask import AskScreen
from tui.dialogs.confirm import ConfirmScreen
from tui.dialogs.edit_feed import EditFeedScreen, TagsScreen
from tui.dialogs.feed_page import EDIT, REFRESH, FeedPageScreen
from tui.keys.commands import Pane
from tui.wording.counts import plural

NO_FEED = "Go to the feed that you mean first."


class Editing(Parts, inherit_bindings=False):
    """What the user sets for feeds, and their tags."""

    # --- a feed ---------------------------------------------------------------------------------------------

    def action_edit_feed(self) -> None:
        session, summary, view = self.session, self.feed_here, self.view_here
        if session is None or not self.may_write():
            return
        if view is not None and view.scope is Scope.TAG:
            self._rename_folder(view.tag)
        elif view is not None and view.scope is Scope.SAVED:
            self.action_save_search()
        elif summary is None:
            self.say(NO_FEED)
        else:
            self._edit(summary.feed)

    def _edit(self, feed: Feed) -> None:
        session = self.session
        if session is None:
            return

        def answered(edit: FeedEdit | None) -> None:
            if edit is not None and edit != FeedEdit():
                self._change(feed, edit)

        known = session.library.feeds.tags()
        self.app.push_screen(EditFeedScreen(feed, known), answered)

    def _change(self, feed: Feed, edit: FeedEdit) -> None:
        session = self.session
        if session is None:
            return

        def changed(now: Feed) -> None:
            view = session.view
            if view.scope is Scope.FEED and view.feed_id == now.id:
                session.title = now.title
            self.reload()
            self.say(f"{now.title} was changed.")

        self.jobs.start("edit feed", lambda _: session.library.feeds.edit(feed.id, edit), changed)

    def action_feed_page(self) -> None:
        session, summary = self.session, self.feed_here
        if session is None:
            return
        if summary is None:
            self.say(NO_FEED)
            return

        def answered(next_step: str | None) -> None:
            if next_step == EDIT and self.may_write():
                self._edit(summary.feed)
            elif next_step == REFRESH:
                self._refresh(summary)

        def read(page: FeedPage) -> None:
            fetched = summary.feed.url != SEEDS_URL
            hint = "e edits it · r fetches it now · Esc closes" if fetched else "e edits it · Esc closes"
            self.app.push_screen(FeedPageScreen(page, self.clock(), hint), answered)

        self.jobs.start("feed page", lambda _: session.library.feeds.page(summary.feed.id), read)

    def _refresh(self, summary: FeedSummary) -> None:
        if summary.feed.url != SEEDS_URL:
            self.refresh_feeds([summary.feed.id], summary.feed.title)

    # --- tags -----------------------------------------------------------------------------------------------

    def action_tags(self) -> None:
        """The tags of the feed in the sidebar, or of the article."""
        session = self.session
        if session is None or not self.may_write():
            return
        if self.pane is Pane.FEEDS:
            self._tag_feed()
        elif self.current is not None:
            self._tag_article(self.current)

    def _tag_feed(self) -> None:
        session, summary = self.session, self.feed_here
        if session is None:
            return
        if summary is None:
            self.say(NO_FEED)
            return
        feed = summary.feed

        def answered(tags: tuple[str, ...] | None) -> None:
            if tags is not None and tags != feed.tags:
                self._change(feed, FeedEdit(tags=tags))

        screen = TagsScreen("Tags of a feed", feed.title, feed.tags, session.library.feeds.tags())
        self.app.push_screen(screen, answered)

    def _tag_article(self, article_id: int) -> None:
        session = self.session
        headline = self.headlines.headline(article_id)
        if session is None or headline is None:
            return

        def changed(_: int) -> None:
            self.headlines.statuses_changed()
            self.reload()
            self.say("The tags of the article were changed.")

        def answered(tags: tuple[str, ...] | None) -> None:
            if tags is not None and tags != headline.status.tags:
                self.jobs.start("mark", lambda _: session.tag(article_id, tags), changed)

        known = session.library.articles.tags()
        about = headline.article.title
        self.app.push_screen(TagsScreen("Tags of an article", about, headline.status.tags, known), answered)

    # --- folders --------------------------------------------------------------------------------------------

    def _rename_folder(self, tag: str) -> None:
        session = self.session
        if session is None:
            return

        def renamed(name: str) -> None:
            self.show_view(View(Scope.TAG, tag=name), name)
            self.update_feeds()
            self.say(f"The folder is called {name} now.")

        def answered(name: str | None) -> None:
            if name and name != tag:
                self.jobs.start("edit feed", lambda _: session.library.feeds.rename_tag(tag, name), renamed)

        self.app.push_screen(AskScreen("Rename a folder", "What its feeds are tagged with instead:", tag), answered)

    def remove_folder(self) -> bool:
        """Ask whether the folder meant here shall go; False when none is meant."""
        session, view = self.session, self.view_here
        if session is None or view is None or view.scope is not Scope.TAG:
            return False

        def removed(count: int) -> None:
            if session.view.tag == view.tag:
                self.show_view(View(), "All")
            self.update_feeds()
            self.say(f"{plural(count, 'feed')} no longer tagged {view.tag}.")

        def answered(yes: bool | None) -> None:
            if yes:
                self.jobs.start("edit feed", lambda _: session.library.feeds.remove_tag(view.tag), removed)

        feeds = plural(len(self.feeds.feeds_of(view)), "feed")
        question = f"Take the tag {view.tag} from its {feeds}?\n\nThe feeds and their articles stay."
        self.app.push_screen(ConfirmScreen("Remove a folder", question, "removes it"), answered)
        return True
