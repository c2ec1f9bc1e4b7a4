"""The half of the dashboard that follows feeds: adding, refreshing and removing them, and taking in files."""

from __future__ import annotations

from store.errors import NewsdashError
from store.models import SEEDS_URL, IngestReport, Progress, RefreshReport
from tui.config.retention import expire
from tui.dashboard.articles import ArticleController
from tui.dashboard.context import DashboardContext
from tui.dashboard.headline_list import HeadlineListController
from tui.dashboard.notifications import NotificationController
from tui.dashboard.sidebar import SidebarController
from tui.widgets.feeds import Feeds, UnderWay
from tui.widgets.status_bars import StatusBar
from tui.wording.counts import plural

ANALYSIS = "who said what"
RETENTION = "retention"
REFRESH = "refresh"
"""The group of jobs that fetch; one at a time."""
COUNT_AGAIN = 2.0
"""Seconds between counts of what a refresh has brought so far."""
LOOK_AGAIN = 5.0
"""Seconds between looks at what another process wrote, while this one may only read."""


class RefreshController:
    """Fetches feeds and takes in files, and says how far that is."""

    def __init__(
        self,
        context: DashboardContext,
        sidebar: SidebarController,
        headline_list: HeadlineListController,
        articles: ArticleController,
        notifications: NotificationController,
    ) -> None:
        self._context = context
        self._sidebar = sidebar
        self._list = headline_list
        self._articles = articles
        self._notifications = notifications
        self._news_to_tell = False
        """A refresh ended whose news were not looked for yet."""

    def watch_read_only(self) -> None:
        """Say at the right of the status line what always holds."""
        if self._context.library.read_only:
            self._context.status.aside("read-only")
            self._context.screen.set_interval(LOOK_AGAIN, self._look_again)

    def _look_again(self) -> None:
        def looked(changed: bool) -> None:
            if changed:
                self._list.reload()

        if not self._context.jobs.busy("look again"):
            self._context.jobs.start("look again", lambda _: self._context.library.reload(), looked)

    # --- files ----------------------------------------------------------------------------------------------

    def take_in_seeds(self) -> None:
        """Take in the shipped articles and those in the user's folder, as far as they are new."""
        if self._context.library.read_only:
            return

        def taken(report: IngestReport) -> None:
            self._context.status.progress("")
            if report.added or report.updated:
                self._list.reload()
            if report.problems:
                first = report.problems[0]
                more = f" ({len(report.problems) - 1} more like it)" if len(report.problems) > 1 else ""
                self._context.fail(NewsdashError(f"{first.name} was not taken in: {first.reason}{more}"))
            self.analyse_waiting()

        self._work("Reading your files …")
        self._context.jobs.start(
            REFRESH, lambda stop: self._context.library.files.ingest_seeds(self._progressed, stop), taken, self._stopped
        )

    # --- refreshing -----------------------------------------------------------------------------------------

    def refresh_feed(self) -> None:
        view = self._sidebar.view_here
        feeds = self._context.feeds.feeds_of(view) if view is not None else []
        ids = [row.feed.id for row in feeds if row.feed.url != SEEDS_URL]
        if not feeds:
            self.refresh_all()
        elif not ids:
            self.take_in_seeds()
        else:
            self.refresh_feeds(ids, feeds[0].feed.title if len(ids) == 1 else plural(len(ids), "feed"))

    def refresh_all(self) -> None:
        ids = [row.feed.id for row in self._context.library.feeds.all() if row.feed.url != SEEDS_URL]
        if ids:
            self.refresh_feeds(ids, plural(len(ids), "feed"))
        else:
            self._context.say(
                self._context.keyboard.hint("There are no feeds to fetch yet. Press {add-feed} to add one.")
            )
            self.take_in_seeds()

    def refresh_quietly(self) -> None:
        """Fetch all feeds unless that goes on already, as config.toml asks from time to time."""
        if self._context.library.read_only or self._context.jobs.busy(REFRESH):
            return
        ids = [row.feed.id for row in self._context.library.feeds.all() if row.feed.url != SEEDS_URL]
        if ids:
            self.refresh_feeds(ids, plural(len(ids), "feed"))

    def refresh_feeds(self, ids: list[int], what: str) -> None:
        """Fetch these feeds, which are called so, unless a refresh goes on already."""
        if not self._context.may_write():
            return
        if self._context.jobs.busy(REFRESH):
            self._context.say(self._context.keyboard.hint("A refresh is going on. {stop} stops it."))
            return
        self._work(f"Fetching {what} …")
        under_way = UnderWay()

        def fetching(feed_id: int, begun: bool) -> None:
            """In the job's threads."""
            under_way.note(feed_id, begun)
            self._context.feeds.post_message(Feeds.Fetching(under_way))

        counted = 0

        def count() -> None:
            nonlocal counted
            if under_way.stored != counted:
                counted = under_way.stored
                self._sidebar.update_feeds()

        counting = self._context.screen.set_interval(COUNT_AGAIN, count)

        def end() -> None:
            counting.stop()
            under_way.end()
            self._context.feeds.fetching(frozenset())
            self._context.status.progress("")

        def refreshed(report: RefreshReport) -> None:
            end()
            self._refreshed(report)

        def stopped(error: NewsdashError) -> None:
            end()
            self._context.fail(error)

        self._context.jobs.start(
            REFRESH,
            lambda stop: self._context.library.refresh.run(ids, self._progressed, stop, fetching),
            refreshed,
            stopped,
        )

    def _refreshed(self, report: RefreshReport) -> None:
        failed = report.failed
        sentence = f"{plural(report.new, 'new article')}." if report.new else "Nothing new."
        if report.cancelled:
            sentence = f"Stopped. {sentence}"
        if failed:
            sentence += f" {plural(len(failed), 'feed')} failed: {failed[0].title}: {failed[0].error}"
        self._context.status.say(sentence, error=bool(failed))
        self._list.reload()
        self._news_to_tell = True
        self.analyse_waiting()

    def analyse_waiting(self) -> None:
        """Tell who said what in articles of long feeds, which were stored first, and after an update."""

        def analysed(count: int) -> None:
            if count:
                self._list.reload()
            # Only now is known who is quoted in what came.
            to_tell, self._news_to_tell = self._news_to_tell, False
            (self._notifications.tell_news if to_tell else self._notifications.skip_news)()
            self.expire()

        if not self._context.library.read_only:
            self._context.jobs.start(
                ANALYSIS, lambda stop: self._context.library.analysis.analyse_waiting(cancelled=stop), analysed
            )

    def expire(self) -> None:
        """Remove old articles as config.toml says, not the one that is open; nothing goes by itself."""
        settings = self._context.settings

        def expired(count: int) -> None:
            if count:
                self._context.say(f"{plural(count, 'old article')} removed, as config.toml says.")
                self._list.reload()

        if not self._context.library.read_only:
            self._context.jobs.start(
                RETENTION, lambda _: expire(self._context.library, settings, self._articles.being_read), expired
            )

    def _stopped(self, error: NewsdashError) -> None:
        self._context.status.progress("")
        self._context.fail(error)

    def stop(self) -> None:
        if self._context.jobs.ask_to_stop(REFRESH):
            self._work("Stopping …")
        else:
            self._context.say("Nothing is being fetched.")

    def _work(self, doing: str) -> None:
        self._context.status.progress(doing)

    def _progressed(self, progress: Progress) -> None:
        """In the job's thread."""
        of = f"{progress.done} of {progress.total}" if progress.total else str(progress.done)
        stops = f"{self._context.keyboard.key_of('stop')} stops"
        self._context.status.post_message(StatusBar.Progressed(f"{of} · {progress.label} · {stops}"))
