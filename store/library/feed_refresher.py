"""Following feeds: adding, refreshing, and storing what they bring.

Feeds are fetched and parsed by ``store.feeds``, off this process's main thread and partly in worker
processes; here each result is written, entries before the feed's new state, so that a refresh cut short
fetches again what was not stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.errors import FeedError, FollowedError, NewsdashError
from store.library.full_text import FullTexts
from store.library.ingest import FeedEntries, IngestCounts
from store.library.worker_tasks import prepare_entries, tell_entries
from store.models import (
    SEEDS_URL,
    Feed,
    FeedResult,
    FeedState,
    RefreshReport,
)

if TYPE_CHECKING:
    from store.feeds.fetcher import Fetcher
    from store.feeds.refresher import FetchedFeed, Job
    from store.feeds.worker_tasks import Finish
    from store.library.ingest import Intake
    from store.models import (
        Candidate,
        IsCancelled,
        Network,
        OnFetching,
        OnProgress,
    )
    from store.workers import Pool


class FeedRefresher:
    """The feeds of one library. The fetcher and the worker processes start when first needed."""

    def __init__(self, intake: Intake, network: Network) -> None:
        self._intake = intake
        self.network = network
        self.full_texts = FullTexts(intake, self)
        self._fetcher: Fetcher | None = None
        self._pool: Pool | None = None

    def close(self) -> None:
        """End connections and worker processes."""
        if self._fetcher is not None:
            self._fetcher.close()
        if self._pool is not None:
            self._pool.close()
        self._fetcher = self._pool = None

    @property
    def fetcher(self) -> Fetcher:
        if self._fetcher is None:
            from store.feeds.fetcher import Fetcher

            self._fetcher = Fetcher(proxy=self.network.proxy)
        return self._fetcher

    @property
    def pool(self) -> Pool:
        if self._pool is None:
            from store.workers import Pool

            self._pool = Pool()
        return self._pool

    def discover(self, url: str, cancelled: IsCancelled | None = None) -> list[Candidate]:
        """The feeds at an address the user typed; never empty.

        :raises FollowedError: when the address is that of a feed that is followed.
        :raises FeedError: when there is none, in one sentence.
        """
        from store.feeds.discovery import discover
        from store.text.urls import normalise, split_credentials

        address, credentials = split_credentials(normalise(url))
        self._refuse_followed(address)
        return discover(address, self.fetcher, self.pool, credentials=credentials, cancelled=cancelled)

    def add(self, url: str, title: str = "") -> Feed:
        """Follow the first feed found at ``url`` and store its entries.

        :raises FeedError: when there is no feed, it cannot be read, or it is followed already.
        """
        from store.text.urls import normalise, split_credentials

        address, credentials = split_credentials(normalise(url))
        self._refuse_followed(address)
        candidate = self.discover(url)[0]
        self._refuse_followed(candidate.url)
        feed = Feed(
            id=0,
            url=candidate.url,
            title=title or candidate.title or candidate.url,
            renamed=bool(title),
            added=datetime.now(UTC),
            credentials=credentials,
        )
        fetched = self._fetch_one(feed)
        if fetched.error:
            raise FeedError(fetched.error)
        with self._intake.lock:
            self._refuse_followed(fetched.feed.url)
            stored = self._intake.database.add_feed(replace(fetched.feed, interval=feed.interval))
        self._store([replace(fetched, feed=stored, state=replace(fetched.state, feed_id=stored.id))])
        with self._intake.lock:
            return self._intake.database.feed(stored.id) or stored

    def refresh(
        self,
        feed_ids: Sequence[int] | None = None,
        on_progress: OnProgress | None = None,
        cancelled: IsCancelled | None = None,
        on_fetching: OnFetching | None = None,
    ) -> RefreshReport:
        """Refresh these feeds, or all that have not ended, and store what is new as it arrives."""
        from store.feeds.refresher import refresh_feeds

        with self._intake.lock:
            database = self._intake.database
            wanted = None if feed_ids is None else set(feed_ids)
            states = [
                (feed, database.feed_state(feed.id))
                for feed in database.feeds()
                if feed.url != SEEDS_URL and (wanted is None or feed.id in wanted)
            ]
        # A first reading brings all that a feed has: it is there to be read before it is analysed.
        jobs = [self._job(feed, state, tell_entries if state.succeeded else prepare_entries) for feed, state in states]
        if feed_ids is None:
            jobs = [job for job in jobs if not job.state.gone]
        results: list[FeedResult] = []

        def store(batch: Sequence[FetchedFeed]) -> None:
            results.extend(self._store(batch))
            if on_fetching is not None:
                for fetched in batch:
                    on_fetching(fetched.feed.id, False)

        refresh_feeds(
            jobs,
            fetcher=self.fetcher,
            pool=self.pool,
            on_results=store,
            on_progress=on_progress,
            cancelled=cancelled,
            threads=self.network.at_once,
            on_started=(lambda feed: on_fetching(feed.id, True)) if on_fetching is not None else None,
        )
        self.full_texts.fetch_waiting(on_progress, cancelled)
        return RefreshReport(tuple(results), cancelled=len(results) < len(jobs))

    def _job(self, feed: Feed, state: FeedState, finish: Finish) -> Job:
        """The feed to be refreshed as the user's configuration wishes."""
        from store.feeds.refresher import Job

        options = self.network.options(feed.url)
        return Job(replace(feed, interval=options.interval or feed.interval), state, options.headers, finish)

    def _fetch_one(self, feed: Feed) -> FetchedFeed:
        from store.feeds.refresher import refresh_feeds

        results: list[FetchedFeed] = []
        refresh_feeds(
            [self._job(feed, FeedState(feed.id), tell_entries)],
            fetcher=self.fetcher,
            pool=self.pool,
            on_results=results.extend,
        )
        return results[0]

    def _refuse_followed(self, url: str) -> None:
        """:raises FollowedError: when this feed is followed already, perhaps in another spelling."""
        from store.text.urls import same_feed

        with self._intake.lock:
            for feed in self._intake.database.feeds():
                if same_feed(feed.url) == same_feed(url):
                    raise FollowedError(f"This feed is followed already: “{feed.title}”.", feed.id)

    def _store(self, batch: Sequence[FetchedFeed]) -> list[FeedResult]:
        """Write what refreshes of feeds gave. A store that refuses (full disk) is the error of each of them."""
        try:
            taken = self._write(batch)
        except NewsdashError as error:
            with suppress(NewsdashError), self._intake.lock:
                database = self._intake.database
                states = [database.feed_state(fetched.feed.id) for fetched in batch]
                database.save_feed_states(replace(state, error=error.message) for state in states)
            return [FeedResult(fetched.feed.id, fetched.feed.title, error=error.message) for fetched in batch]
        return [result_of(fetched, taken.get(fetched.feed.id, IngestCounts())) for fetched in batch]

    def _write(self, batch: Sequence[FetchedFeed]) -> dict[int, IngestCounts]:
        """What was taken in, by feed; feeds that were removed while they were fetched are left out."""
        intake, database = self._intake, self._intake.database
        with intake.lock:
            here = [fetched for fetched in batch if database.feed(fetched.feed.id) is not None]
        bringing = [fetched for fetched in here if fetched.entries]
        taken = intake.take_in_all([FeedEntries(fetched.feed.id, fetched.entries) for fetched in bringing])
        with intake.lock:
            states, described = [], []
            for fetched in here:
                stored = database.feed(fetched.feed.id)
                if stored is not None:
                    states.append(fetched.state)
                    described += [feed for feed in (describe(stored, fetched),) if feed != stored]
            database.save_feed_states(states, described)
        pairs = zip(bringing, taken, strict=True)
        wanted = [key for fetched, each in pairs if fetched.feed.full_text for key in (*each.added, *each.updated)]
        self.full_texts.want(wanted)
        return {fetched.feed.id: each for fetched, each in zip(bringing, taken, strict=True)}


def result_of(fetched: FetchedFeed, taken: IngestCounts) -> FeedResult:
    """What a refresh did, as the caller is told."""
    return FeedResult(
        fetched.feed.id,
        fetched.feed.title,
        len(taken.added),
        len(taken.updated),
        unchanged=fetched.unchanged,
        skipped=fetched.skipped,
        error=fetched.error,
    )


def describe(feed: Feed, fetched: FetchedFeed) -> Feed:
    """The feed with what it says of itself now; a title given by the user stays."""
    title = feed.title if feed.renamed else fetched.title or feed.title
    return replace(feed, url=fetched.feed.url, title=title, site=fetched.site or feed.site)
