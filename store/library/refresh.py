"""Refreshing feeds: fetching them, and storing what is new.

Feeds are fetched and parsed by ``store.feeds``, off this process's main thread and partly in worker processes; here
each result is written, entries before the feed's new state, so that a refresh cut short fetches again what was not
stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.errors import NewsdashError
from store.library.ingest import FeedEntries, IngestCounts
from store.library.worker_tasks import prepare_and_analyse, prepare_entries
from store.models import SEEDS_URL, Feed, FeedResult, FeedState, RefreshReport

if TYPE_CHECKING:
    from store.feeds.host_waits import HostWaits
    from store.feeds.kept_answers import KeptAnswers
    from store.feeds.refresher import FetchedFeed, Job
    from store.feeds.worker_tasks import Finish
    from store.library.context import LibraryContext
    from store.library.full_text import FullTexts
    from store.library.ingest import Ingester
    from store.library.network import NetworkAccess
    from store.models import IsCancelled, OnFetching, OnProgress

HOST_WAITS = "host_waits"
"""The setting that holds which hosts asked to be left alone, and until when."""


class FeedRefresher:
    """The refreshes of one library's feeds."""

    def __init__(
        self, context: LibraryContext, network: NetworkAccess, ingester: Ingester, full_texts: FullTexts
    ) -> None:
        self._database = context.database
        self._lock = context.lock
        self._network = network
        self._ingester = ingester
        self._full_texts = full_texts

    def run(
        self,
        feed_ids: Sequence[int] | None = None,
        on_progress: OnProgress | None = None,
        cancelled: IsCancelled | None = None,
        on_fetching: OnFetching | None = None,
    ) -> RefreshReport:
        """Fetch these feeds, or all that have not ended, and store what is new as it arrives. A feed that fails keeps
        its articles, and the report says why.

        New articles are stored with their analysis, except those of a long feed: see :meth:`Analyser.analyse_waiting`.
        """
        from store.feeds.host_waits import HostWaits
        from store.feeds.refresher import refresh_feeds

        self._database.require_writable()
        with self._lock:
            wanted = None if feed_ids is None else set(feed_ids)
            states = [
                (feed, self._database.feeds.state(feed.id))
                for feed in self._database.feeds.all()
                if feed.url != SEEDS_URL and (wanted is None or feed.id in wanted)
            ]
        # The first refresh brings all that a feed has: it is there to be read before it is analysed.
        jobs = [
            self._job(feed, state, prepare_and_analyse if state.succeeded else prepare_entries)
            for feed, state in states
        ]
        if feed_ids is None:
            jobs = [job for job in jobs if not job.state.gone]
        results: list[FeedResult] = []
        with self._lock:
            waits = HostWaits(self._database.settings.get(HOST_WAITS, {}))

        def store(batch: Sequence[FetchedFeed]) -> None:
            results.extend(self.store(batch))
            if on_fetching is not None:
                for fetched in batch:
                    on_fetching(fetched.feed.id, False)

        refresh_feeds(
            jobs,
            fetcher=self._network.fetcher,
            pool=self._network.pool,
            on_results=store,
            on_progress=on_progress,
            cancelled=cancelled,
            threads=self._network.settings.at_once,
            on_started=(lambda feed: on_fetching(feed.id, True)) if on_fetching is not None else None,
            waits=waits,
        )
        self._save_waits(waits)
        self._full_texts.fetch_waiting(on_progress, cancelled)
        return RefreshReport(tuple(results), cancelled=len(results) < len(jobs))

    def _save_waits(self, waits: HostWaits) -> None:
        """Remember which hosts are left alone until when; a full disk makes no difference to the refresh."""
        with suppress(NewsdashError), self._lock:
            if waits.to_store() != self._database.settings.get(HOST_WAITS, {}):
                self._database.settings.save(HOST_WAITS, waits.to_store())

    def _job(self, feed: Feed, state: FeedState, finish: Finish) -> Job:
        """The refresh of a feed, with its options in the user's configuration."""
        from store.feeds.refresher import Job

        options = self._network.settings.options(feed.url)
        return Job(replace(feed, interval=options.interval or feed.interval), state, options.headers, finish)

    def fetch(self, feed: Feed, fetcher: KeptAnswers) -> FetchedFeed:
        """Fetch a feed that is not followed yet, or read it from an answer that was kept; nothing is stored."""
        from store.feeds.refresher import refresh_feeds

        results: list[FetchedFeed] = []
        refresh_feeds(
            [self._job(feed, FeedState(feed.id), prepare_and_analyse)],
            fetcher=fetcher,
            pool=self._network.pool,
            on_results=results.extend,
        )
        return results[0]

    def due(self) -> list[int]:
        """The ids of the feeds that are due: each has its own interval."""
        from store.feeds.schedule import is_due

        now = datetime.now(UTC)
        with self._lock:
            feeds = [feed.id for feed in self._database.feeds.all() if feed.url != SEEDS_URL]
            return [feed_id for feed_id in feeds if is_due(self._database.feeds.state(feed_id), now)]

    def store(self, batch: Sequence[FetchedFeed]) -> list[FeedResult]:
        """Store fetched feeds. When that fails (full disk), the error is the result of each of them."""
        try:
            counts = self._write(batch)
        except NewsdashError as error:
            with suppress(NewsdashError), self._lock:
                states = [self._database.feeds.state(fetched.feed.id) for fetched in batch]
                self._database.feeds.save_states(replace(state, error=error.message) for state in states)
            return [FeedResult(fetched.feed.id, fetched.feed.title, error=error.message) for fetched in batch]
        return [result_of(fetched, counts.get(fetched.feed.id, IngestCounts())) for fetched in batch]

    def _write(self, batch: Sequence[FetchedFeed]) -> dict[int, IngestCounts]:
        """What was stored, by feed; feeds that were removed while they were fetched are left out."""
        with self._lock:
            followed = [fetched for fetched in batch if self._database.feeds.get(fetched.feed.id) is not None]
        bringing = [fetched for fetched in followed if fetched.entries]
        counts = self._ingester.ingest_prepared([FeedEntries(each.feed.id, each.entries) for each in bringing])
        with self._lock:
            states, described = [], []
            for fetched in followed:
                stored = self._database.feeds.get(fetched.feed.id)
                if stored is not None:
                    states.append(fetched.state)
                    described += [feed for feed in (describe(stored, fetched),) if feed != stored]
            self._database.feeds.save_states(states, described)
        pairs = list(zip(bringing, counts, strict=True))
        self._full_texts.enqueue(
            key for fetched, each in pairs if fetched.feed.full_text for key in (*each.added, *each.updated)
        )
        return {fetched.feed.id: each for fetched, each in pairs}


def result_of(fetched: FetchedFeed, counts: IngestCounts) -> FeedResult:
    """What the refresh of a feed did."""
    return FeedResult(
        fetched.feed.id,
        fetched.feed.title,
        len(counts.added),
        len(counts.updated),
        unchanged=fetched.unchanged,
        skipped=fetched.skipped,
        error=fetched.error,
    )


def describe(feed: Feed, fetched: FetchedFeed) -> Feed:
    """The feed with its current title and addresses; a title given by the user stays."""
    from store.feeds.credentials import moved

    title = feed.title if feed.renamed else fetched.title or feed.title
    return replace(moved(feed, fetched.feed.url), title=title, site=fetched.site or feed.site)
