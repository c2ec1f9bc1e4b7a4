"""Renames and removes folders, which are the tags of feeds."""

from __future__ import annotations

from store.models import Scope, View
from tui.dashboard.context import DashboardContext
from tui.dashboard.headline_list import HeadlineListController
from tui.dashboard.sidebar import SidebarController
from tui.dialogs.ask import AskScreen
from tui.dialogs.confirm import ConfirmScreen
from tui.wording.counts import plural

EDIT_FEED = "edit feed"
"""The group of jobs that change feeds."""


class FolderController:
    """Folders of the sidebar."""

    def __init__(
        self, context: DashboardContext, sidebar: SidebarController, headline_list: HeadlineListController
    ) -> None:
        self._context = context
        self._sidebar = sidebar
        self._list = headline_list

    def rename(self, tag: str) -> None:
        def renamed(name: str) -> None:
            self._list.show(View(Scope.TAG, tag=name), name)
            self._sidebar.update_feeds()
            self._context.say(f"The folder is called {name} now.")

        def answered(name: str | None) -> None:
            if name and name != tag:
                self._context.jobs.start(
                    EDIT_FEED, lambda _: self._context.library.feeds.rename_tag(tag, name), renamed
                )

        self._context.ask(AskScreen("Rename a folder", "What its feeds are tagged with instead:", tag), answered)

    def remove(self) -> bool:
        """Ask whether the folder meant here shall go; False when none is meant."""
        view = self._sidebar.view_here
        if view is None or view.scope is not Scope.TAG:
            return False

        def removed(count: int) -> None:
            if self._context.session.view.tag == view.tag:
                self._list.show(View(), "All")
            self._sidebar.update_feeds()
            self._context.say(f"{plural(count, 'feed')} no longer tagged {view.tag}.")

        def answered(yes: bool | None) -> None:
            if yes:
                self._context.jobs.start(EDIT_FEED, lambda _: self._context.library.feeds.remove_tag(view.tag), removed)

        feeds = plural(len(self._context.feeds.feeds_of(view)), "feed")
        question = f"Take the tag {view.tag} from its {feeds}?\n\nThe feeds and their articles stay."
        self._context.ask(ConfirmScreen("Remove a folder", question, "removes it"), answered)
        return True
