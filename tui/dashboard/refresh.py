"""The half of the dashboard that follows feeds: adding, refreshing and removing them, and taking in files."""

from __future__ import annotations

from dataclasses import replace

from store.errors import FollowedError, NewsdashError
from store.models import SEEDS_URL, Feed, FeedSummary, IngestReport, Progress, RefreshReport, Scope, View
from tui.config.retention import expire
from tui.dashboard.parts import Parts
from tui.dialogs.add_feed import AddFeedScreen
from tui.dialogs.confirm import ConfirmScreen
from tui.keys.commands import Pane
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


class Following(Parts, inherit_bindings=False):
    """Feeds and files: what brings articles in."""

    _news_to_tell = False
    """A refresh ended whose news were not looked for yet."""

    def update_aside(self) -> None:
        """Say at the right of the status line what always holds."""
        if self.session is not None and self.session.library.read_only:
            self.status.aside("read-only")
            self.set_interval(LOOK_AGAIN, self._look_again)

    def _look_again(self) -> None:
        session = self.session

        def looked(changed: bool) -> None:
            if changed:
                self.reload()

        if session is not None and not self.jobs.busy("look again"):
            self.jobs.start("look again", lambda _: session.library.reload(), looked)

    # --- files ----------------------------------------------------------------------------------------------

    def take_in_seeds(self) -> None:
        """Take in the shipped articles and those in the user's folder, as far as they are new."""
        session = self.session
        if session is None or session.library.read_only:
            return

        def taken(report: IngestReport) -> None:
            self.status.progress("")
            if report.added or report.updated:
                self.reload()
            if report.problems:
                first = report.problems[0]
                more = f" ({len(report.problems) - 1} more like it)" if len(report.problems) > 1 else ""
                self.fail(NewsdashError(f"{first.name} was not taken in: {first.reason}{more}"))
            self.analyse_waiting()

        self._work("Reading your files …")
        self.jobs.start(
            REFRESH, lambda stop: session.library.files.ingest_seeds(self._progressed, stop), taken, self._stopped
        )

    # --- refreshing -----------------------------------------------------------------------------------------

    def action_refresh_feed(self) -> None:
        view = self.view_here
        feeds = self.feeds.feeds_of(view) if view is not None else []
        ids = [row.feed.id for row in feeds if row.feed.url != SEEDS_URL]
        if not feeds:
            self.action_refresh_all()
        elif not ids:
            self.take_in_seeds()
        else:
            self.refresh_feeds(ids, feeds[0].feed.title if len(ids) == 1 else plural(len(ids), "feed"))

    def action_refresh_all(self) -> None:
        session = self.session
        if session is None:
            return
        ids = [row.feed.id for row in session.library.feeds.all() if row.feed.url != SEEDS_URL]
        if ids:
            self.refresh_feeds(ids, plural(len(ids), "feed"))
        else:
            self.say(self.keyboard.hint("There are no feeds to fetch yet. Press {add-feed} to add one."))
            self.take_in_seeds()

    def refresh_quietly(self) -> None:
        """Fetch all feeds unless that goes on already, as config.toml asks from time to time."""
        session = self.session
        if session is None or session.library.read_only or self.jobs.busy(REFRESH):
            return
        ids = [row.feed.id for row in session.library.feeds.all() if row.feed.url != SEEDS_URL]
        if ids:
            self.refresh_feeds(ids, plural(len(ids), "feed"))

    def refresh_feeds(self, ids: list[int], what: str) -> None:
        """Fetch these feeds, which are called so, unless a refresh goes on already."""
        session = self.session
        if session is None or not self.may_write():
            return
        if self.jobs.busy(REFRESH):
            self.say(self.keyboard.hint("A refresh is going on. {stop} stops it."))
            return
        self._work(f"Fetching {what} …")
        under_way = UnderWay()

        def fetching(feed_id: int, begun: bool) -> None:
            """In the job's threads."""
            under_way.note(feed_id, begun)
            self.feeds.post_message(Feeds.Fetching(under_way))

        counted = 0

        def count() -> None:
            nonlocal counted
            if under_way.stored != counted:
                counted = under_way.stored
                self.update_feeds()

        counting = self.set_interval(COUNT_AGAIN, count)

        def end() -> None:
            counting.stop()
            under_way.end()
            self.feeds.fetching(frozenset())
            self.status.progress("")

        def refreshed(report: RefreshReport) -> None:
            end()
            self._refreshed(report)

        def stopped(error: NewsdashError) -> None:
            end()
            self.fail(error)

        self.jobs.start(
            REFRESH, lambda stop: session.library.refresh.run(ids, self._progressed, stop, fetching), refreshed, stopped
        )

    def _refreshed(self, report: RefreshReport) -> None:
        failed = report.failed
        sentence = f"{plural(report.new, 'new article')}." if report.new else "Nothing new."
        if report.cancelled:
            sentence = f"Stopped. {sentence}"
        if failed:
            sentence += f" {plural(len(failed), 'feed')} failed: {failed[0].title}: {failed[0].error}"
        self.status.say(sentence, error=bool(failed))
        self.reload()
        self._news_to_tell = True
        self.analyse_waiting()

    def analyse_waiting(self) -> None:
        """Tell who said what in articles of long feeds, which were stored first, and after an update."""
        session = self.session

        def analysed(count: int) -> None:
            if count:
                self.reload()
            # Only now is known who is quoted in what came.
            to_tell, self._news_to_tell = self._news_to_tell, False
            (self.tell_news if to_tell else self.pass_over_news)()
            self.expire()

        if session is not None and not session.library.read_only:
            self.jobs.start(ANALYSIS, lambda stop: session.library.analysis.analyse_waiting(cancelled=stop), analysed)

    def expire(self) -> None:
        """Remove old articles as config.toml says, not the one that is open; nothing goes by itself."""
        session, settings = self.session, self.settings

        def expired(count: int) -> None:
            if count:
                self.say(f"{plural(count, 'old article')} removed, as config.toml says.")
                self.reload()

        if session is not None and not session.library.read_only:
            self.jobs.start(RETENTION, lambda _: expire(session.library, settings, self.being_read), expired)

    def _stopped(self, error: NewsdashError) -> None:
        self.status.progress("")
        self.fail(error)

    def action_stop(self) -> None:
        if self.jobs.ask_to_stop(REFRESH):
            self._work("Stopping …")
        else:
            self.say("Nothing is being fetched.")

    def _work(self, doing: str) -> None:
        self.status.progress(doing)

    def _progressed(self, progress: Progress) -> None:
        """In the job's thread."""
        of = f"{progress.done} of {progress.total}" if progress.total else str(progress.done)
        stops = f"{self.keyboard.key_of('stop')} stops"
        self.status.post_message(StatusBar.Progressed(f"{of} · {progress.label} · {stops}"))

    # --- adding and removing --------------------------------------------------------------------------------

    def action_add_feed(self) -> None:
        session = self.session
        if session is None or not self.may_write():
            return

        def added(feed: Feed | FollowedError | None) -> None:
            if isinstance(feed, FollowedError):
                view = View(Scope.FEED, feed.feed_id)
                title = self.feeds.title_of(view)
                self.show_view(view, title)
                self.go_to(Pane.HEADLINES)
                self.say(f"You follow {title} already.")
            elif feed is not None:
                self.show_view(View(Scope.FEED, feed.id), feed.title)
                self.update_feeds()
                self.go_to(Pane.HEADLINES)
                self.say(f"Following {feed.title}.")
                self.analyse_waiting()

        self.app.push_screen(AddFeedScreen(session.library.feeds.discover, session.library.feeds.add), added)

    def action_remove_feed(self) -> None:
        session, summary = self.session, self.feed_here
        if session is None or not self.may_write() or self.remove_saved_search() or self.remove_folder():
            return
        if summary is None:
            self.say("Go to the feed that you want to remove first.")
            return
        if summary.feed.url == SEEDS_URL:
            self.say("Articles from files are not a feed and cannot be removed.")
            return
        feed = summary.feed

        def removed(_: object) -> None:
            if session.view.feed_id == feed.id:
                self.show_view(View(), "All")
                self.update_feeds()
            else:
                self.reload()
            self.say(f"No longer following {feed.title}.")

        def answered(yes: bool | None) -> None:
            if yes:
                self.jobs.start("remove", lambda _: session.library.feeds.remove(feed.id), removed)

        question = (
            f"Stop following {feed.title}?\n\n"
            f"Its {plural(summary.total, 'article')} will be removed; starred ones stay."
        )
        self.app.push_screen(ConfirmScreen("Remove a feed", question, "removes it"), answered)

    @property
    def view_here(self) -> View | None:
        """The view that is meant: under the sidebar's cursor, or the one that is listed."""
        if self.pane is Pane.FEEDS:
            return self.feeds.current
        return replace(self.session.view, query="") if self.session is not None else None

    @property
    def feed_here(self) -> FeedSummary | None:
        """The feed that is meant: under the sidebar's cursor, or the one whose articles are listed."""
        view = self.view_here
        return self.feeds.feed(view.feed_id) if view is not None and view.scope is Scope.FEED else None

    def may_write(self) -> bool:
        if self.session is not None and self.session.library.read_only:
            self.say(self.session.library.notice or "The library is open for reading only.")
            return False
        return True
