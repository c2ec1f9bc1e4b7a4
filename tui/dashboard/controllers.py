"""All controllers of the dashboard, made and connected once the library is open."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING

from tui.dashboard.articles import ArticleController
from tui.dashboard.context import DashboardContext
from tui.dashboard.corrections import CorrectionController
from tui.dashboard.dividers import DividerController
from tui.dashboard.feeds import FeedController
from tui.dashboard.find_in_article import FindController
from tui.dashboard.folders import FolderController
from tui.dashboard.full_text import FullTextController
from tui.dashboard.headline_list import HeadlineListController
from tui.dashboard.import_export import ImportExportController
from tui.dashboard.index_progress import IndexProgress
from tui.dashboard.jump import JumpController
from tui.dashboard.key_dispatch import KeyDispatch
from tui.dashboard.listing import ListingController
from tui.dashboard.marks import MarkController
from tui.dashboard.notifications import NotificationController
from tui.dashboard.onboarding import OnboardingController
from tui.dashboard.panes import PaneController
from tui.dashboard.people import PeopleController
from tui.dashboard.pictures import PictureController
from tui.dashboard.places import ReadingPlaces
from tui.dashboard.program import ProgramController
from tui.dashboard.refresh import RefreshController
from tui.dashboard.rules import RuleController
from tui.dashboard.saved_searches import SavedSearchController
from tui.dashboard.search import SearchController
from tui.dashboard.settings import SettingsController
from tui.dashboard.share import ShareController
from tui.dashboard.sidebar import SidebarController
from tui.dashboard.tags import TagController
from tui.dashboard.undo import UndoController
from tui.keys.commands import Command, Owner

if TYPE_CHECKING:
    from tui.config.loaded import LoadedConfig


class Controllers:
    """One controller for each kind of command; each is given those that it uses.

    Their names are those of :class:`Owner`, except for those that carry out no command: ``places``,
    ``index_progress``, ``notifications``, ``folders`` and ``keys``.
    """

    def __init__(self, context: DashboardContext, read_config: Callable[[], LoadedConfig]) -> None:
        self._context = context
        self.panes = PaneController(context)
        self.dividers = DividerController(context, self.panes)
        self.jump = JumpController(context, self.panes)
        self.index_progress = IndexProgress(context, lambda: self.headline_list.reload())
        self.sidebar = SidebarController(context, self.panes, self.index_progress.watch)
        self.marks = MarkController(context, self.panes, self.sidebar)
        self.places = ReadingPlaces(context)
        self.articles = ArticleController(context, self.panes, self.places, self.marks)
        self.headline_list = HeadlineListController(
            context, self.panes, self.sidebar, self.articles, self.index_progress
        )
        self.listing = ListingController(context, self.headline_list)
        self.search = SearchController(context, self.panes, self.headline_list)
        self.saved_searches = SavedSearchController(context, self.panes, self.sidebar, self.headline_list)
        self.find = FindController(context, self.panes)
        self.share = ShareController(context, self.panes, self.marks)
        self.pictures = PictureController(context, self.panes, self.share)
        self.full_text = FullTextController(context, self.panes, self.headline_list)
        self.corrections = CorrectionController(context, self.panes, self.articles)
        self.undo = UndoController(context, self.sidebar, self.articles)
        self.people = PeopleController(context, self.panes, self.sidebar, self.articles)
        self.notifications = NotificationController(context)
        self.refresh = RefreshController(context, self.sidebar, self.headline_list, self.articles, self.notifications)
        self.folders = FolderController(context, self.sidebar, self.headline_list)
        self.feeds = FeedController(
            context, self.panes, self.sidebar, self.headline_list, self.refresh, self.saved_searches, self.folders
        )
        self.tags = TagController(context, self.panes, self.sidebar, self.headline_list, self.feeds)
        self.import_export = ImportExportController(context, self.headline_list)
        self.rules = RuleController(context)
        self.onboarding = OnboardingController(context, self.headline_list, self.refresh)
        self.settings = SettingsController(context, self.panes, self.refresh, read_config)
        self.program = ProgramController(context, self.panes, self.search, self.find, self.people)
        self.keys = KeyDispatch(context, self.panes, self.jump, self.run)

    def offers(self, command: Command) -> bool:
        """Whether a command applies in the pane that has the keyboard."""
        return self.panes.current in command.panes

    async def run(self, command: Command) -> None:
        """Carry a command out as its key would."""
        if not self.offers(command):
            return
        if command.owner is Owner.PANE:
            pane = self._context.panes[self.panes.current]
            await self._context.screen.app.run_action(command.action, pane)
            return
        done = getattr(getattr(self, command.owner), command.action)()
        if isawaitable(done):
            await done
