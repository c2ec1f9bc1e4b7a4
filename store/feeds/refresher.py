"""Refreshes many feeds at once: threads fetch, worker processes parse, and results are passed on in small batches.

It makes no decisions (:mod:`store.feeds.schedule` does) and stores nothing: the caller gets each feed with its new
state and its entries, writes the entries first and the state after them, and so loses nothing when it is interrupted.
Memory is bounded: few results wait at a time, and few large bodies are held.
"""

from __future__ import annotations

import ipaddress
import threading
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b
from http import HTTPStatus
from queue import Empty, Full, Queue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from store.errors import FeedError
from store.feeds.credentials import Credentials
from store.feeds.fetcher import Response, Room
from store.feeds.host_waits import HostWaits
from store.feeds.schedule import Outcome, after_failure, after_not_modified, after_success
from store.feeds.worker_tasks import get_ready, parse_and_finish
from store.models import Feed, FeedState, IsCancelled, OnProgress, Progress
from store.workers import Pool

if TYPE_CHECKING:
    from store.feeds.fetcher import Fetcher
    from store.feeds.kept_answers import KeptAnswers
    from store.feeds.worker_tasks import Finish

FIRST_THREADS = 32
THREADS = 200
"""Threads at work: so many from the start, one more for each feed that is not expected to have changed, and one more
with each answer while a worker process is idle, since servers are then what we wait for. So two hundred 304s take
little longer than one, and the first of two hundred new feeds reach the workers before the last are requested."""
MOST_THREADS = 256
SLOW_SECONDS = 2.0
"""A thread that waits for a server longer than this is joined by another."""
PER_HOST = 2
WAITING_RESULTS = 16
BATCH_ENTRIES = 96
BATCH_FEEDS = 256
BATCH_SECONDS = 0.25
"""Bounds of a batch: feeds, entries (by one feed exceeded), and seconds to collect it. A batch is written and synced to
disk as one, which takes about as long for twenty feeds as for one. The first result of a refresh is passed on at once,
so that there is something to read."""
BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
"""Statuses with which a server may say when to come back."""
LARGE_BODIES = 4
TICK = 0.1
READER = b"2"
"""Part of each body's hash; change it to have every feed parsed again, for when the parsers get better."""


@dataclass(frozen=True, slots=True)
class Job:
    """A feed to refresh, and its state; ``headers`` are sent to the origin of its address.

    ``finish`` is a module-level function that the worker process runs on the parsed feed: what it returns takes the
    place of the entries.
    """

    feed: Feed
    state: FeedState
    headers: Mapping[str, str] = field(default_factory=dict)
    finish: Finish | None = None

    @property
    def likely_changed(self) -> bool:
        """Whether there is probably something to parse: it is the first time, or there was something last time."""
        return self.state.changed == self.state.succeeded


@dataclass(frozen=True, slots=True)
class FetchedFeed:
    """The result of refreshing one feed. ``feed`` has a new ``url`` when the feed has moved permanently.

    ``entries`` holds what is new or changed (and perhaps some that is neither), as the job's ``finish`` made it;
    ``title`` and ``site`` are the feed's own, '' when unchanged or failed. ``error`` is one sentence, '' on success.
    """

    feed: Feed
    state: FeedState
    entries: Sequence[Any] = ()
    title: str = ""
    site: str = ""
    skipped: int = 0
    unchanged: bool = False
    error: str = ""


def refresh_feeds(
    jobs: Sequence[Job],
    *,
    fetcher: Fetcher | KeptAnswers,
    pool: Pool,
    on_results: Callable[[Sequence[FetchedFeed]], None],
    on_progress: OnProgress | None = None,
    cancelled: IsCancelled | None = None,
    per_host: int = PER_HOST,
    threads: int = THREADS,
    on_started: Callable[[Feed], None] | None = None,
    waits: HostWaits | None = None,
) -> None:
    """Refresh feeds, at most ``per_host`` of one host at a time (except on this machine itself).

    A host that asks to be left alone for a while is: its other feeds are not asked for until then, now or later, as
    ``waits`` remembers.

    ``on_results`` is called in the calling thread with batches of feeds as they are done, then ``on_progress`` for each
    feed of the batch. ``on_started`` is called, in any thread, when fetching a feed begins. When ``cancelled`` turns
    true, what has arrived is passed on and the rest is abandoned.
    """
    if not jobs:
        return
    likely = [job for job in jobs if job.likely_changed]
    if likely:
        # Workers start while we wait for the servers.
        pool.warm_up(len(likely), get_ready, likely[0].finish)
    at_first = min(threads, FIRST_THREADS + len(jobs) - len(likely))
    reader = _FeedReader(fetcher, pool, cancelled, waits or HostWaits())
    threads_at_work = _ThreadPool(jobs, reader, per_host, at_first, threads, on_started)
    done = 0
    try:
        while done < len(jobs):
            threads_at_work.add_threads()
            stopping = cancelled is not None and cancelled()
            batch, room = threads_at_work.next_batch(0.0 if stopping else TICK)
            if batch:
                on_results(batch)
            room.give_back()
            for result in batch:
                done += 1
                if on_progress is not None:
                    on_progress(Progress(done, len(jobs), result.feed.title))
            if stopping and not batch:
                break
    finally:
        threads_at_work.dismiss()


class _ThreadPool:
    """The threads that refresh feeds, their queue of jobs, and the queue of results."""

    def __init__(
        self,
        jobs: Sequence[Job],
        reader: _FeedReader,
        per_host: int,
        threads: int,
        most_threads: int,
        on_started: Callable[[Feed], None] | None,
    ) -> None:
        self._reader = reader
        self._on_started = on_started
        self._per_host = per_host
        self._threads = threads
        self._most_threads = most_threads
        self._waiting: dict[str, deque[Job]] = {}
        for job in jobs:
            self._waiting.setdefault(host_of(job.feed.url), deque()).append(job)
        self._left = self._total = len(jobs)
        self._given = 0
        self._hosts = deque(self._waiting)
        self._running: Counter[str] = Counter()
        self._since: dict[int, float] = {}
        """When each thread began with what it does now."""
        self._started = 0
        self._turn = threading.Condition()
        self._results: Queue[tuple[FetchedFeed, Room]] = Queue(WAITING_RESULTS)
        self._large = threading.BoundedSemaphore(LARGE_BODIES)
        self._dismissed = False

    def add_threads(self) -> None:
        """As many threads as wanted at work, those that wait for slow servers not counted."""
        late = time.monotonic() - SLOW_SECONDS
        with self._turn:
            slow = sum(since < late for since in self._since.values())
            wanted = min(self._threads + slow, MOST_THREADS) - self._started
            for _ in range(min(wanted, self._left)):
                self._start_thread()

    def _add_thread(self) -> None:
        with self._turn:
            if self._left and self._threads < self._most_threads:
                self._threads += 1
                self._start_thread()

    def _start_thread(self) -> None:
        self._started += 1
        threading.Thread(target=self._work, name="newsdash-refresh", daemon=True).start()

    def next_batch(self, seconds: float) -> tuple[list[FetchedFeed], Room]:
        """The next results, with the room that the last of them takes; waits for the first one."""
        batch: list[FetchedFeed] = []
        entries, until = 0, time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            try:
                result, room = self._results.get(timeout=left) if left > 0 else self._results.get_nowait()
            except Empty:
                return batch, Room(self._large)
            if not batch and seconds:
                until = time.monotonic() + (BATCH_SECONDS if self._given else 0)
            batch.append(result)
            entries += len(result.entries)
            self._given += 1
            full = entries >= BATCH_ENTRIES or len(batch) >= BATCH_FEEDS
            if room.taken or full or self._given == self._total:
                return batch, room

    def dismiss(self) -> None:
        """Take no more jobs; threads at work end by themselves."""
        with self._turn:
            self._dismissed = True
            self._turn.notify_all()

    def _work(self) -> None:
        me = threading.get_ident()
        while taken := self._take(me):
            host, job = taken
            room = Room(self._large)
            if self._on_started is not None:
                self._on_started(job.feed)
            result = self._reader.read(job, room)
            with self._turn:
                self._since.pop(me, None)
                self._running[host] -= 1
                self._turn.notify_all()
            if self._reader.waits_for_servers:
                self._add_thread()
            if result is None or not self._leave(result, room):
                room.give_back()
        with self._turn:
            self._started -= 1

    def _take(self, thread: int) -> tuple[str, Job] | None:
        """The next job of a host that has few enough running, waiting for one; None when none is left."""
        with self._turn:
            while self._left and not self._dismissed:
                for _ in range(len(self._hosts)):
                    host = self._hosts[0]
                    self._hosts.rotate(-1)
                    if self._running[host] < self._limit(host):
                        return host, self._start(host, thread)
                self._turn.wait()
            return None

    def _start(self, host: str, thread: int) -> Job:
        job = self._waiting[host].popleft()
        if not self._waiting[host]:
            self._hosts.remove(host)
        self._left -= 1
        if not self._left:
            self._turn.notify_all()
        self._running[host] += 1
        self._since[thread] = time.monotonic()
        return job

    def _limit(self, host: str) -> int:
        return MOST_THREADS if is_this_machine(host) else self._per_host

    def _leave(self, result: FetchedFeed, room: Room) -> bool:
        """Queue a result for the caller; False when the caller has stopped waiting."""
        while not self._dismissed:
            try:
                self._results.put((result, room), timeout=TICK)
            except Full:
                continue
            return True
        return False


class _FeedReader:
    """Fetches and parses one feed at a time; shared by all threads."""

    def __init__(
        self, fetcher: Fetcher | KeptAnswers, pool: Pool, cancelled: IsCancelled | None, waits: HostWaits
    ) -> None:
        self._fetcher = fetcher
        self._waits = waits
        self._pool = pool
        self._cancelled = cancelled

    @property
    def waits_for_servers(self) -> bool:
        """Whether the worker processes have less to do than they could."""
        return self._pool.has_free_worker

    def read(self, job: Job, room: Room) -> FetchedFeed | None:
        """Refresh a feed; the result tells of a failure, too. None when it was cancelled."""
        host = host_of(job.feed.url)
        if wait := self._waits.until(host):
            # It did not fail: its host is left alone.
            state = replace(job.state, error=self._waits.in_words(host), next_check=wait)
            return FetchedFeed(job.feed, state, error=state.error)
        try:
            return self._read(job, room)
        except FeedError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - a bug that one feed brings out must not stop the others
            failure = FeedError(f"Reading it failed unexpectedly ({type(error).__name__}).")
            failure.add_note(traceback.format_exc())
        if self._cancelled is not None and self._cancelled():
            return None
        if failure.status in BUSY and failure.retry_after and not is_this_machine(host):
            self._waits.add(host, failure.retry_after)
        state = after_failure(job.state, failure, datetime.now(UTC))
        return FetchedFeed(job.feed, state, error=state.error)

    def _read(self, job: Job, room: Room) -> FetchedFeed:
        feed, state = job.feed, job.state
        response = self._fetcher.get(
            feed.url,
            etag=state.etag,
            last_modified=state.last_modified,
            credentials=Credentials(feed.url, feed.credentials, job.headers),
            cancelled=self._cancelled,
            room=room,
        )
        if response.not_modified and state.succeeded is None:
            raise FeedError("There is no data yet, but the server says that nothing has changed.")
        body_hash = hash_body(response.body)
        if response.not_modified or body_hash == state.body_hash:
            return self._unchanged(feed, state, response)
        parsed, entries = self._pool.call(
            parse_and_finish,
            response.body,
            response.content_type,
            response.url,
            frozenset(state.item_hashes),
            job.finish,
        )
        outcome = Outcome(
            new=bool(entries),
            etag=response.headers.get("etag", ""),
            last_modified=response.headers.get("last-modified", ""),
            body_hash=body_hash,
            item_hashes=parsed.item_hashes,
            minutes_between=parsed.minutes_between,
            permanent_redirect=response.permanent_redirect,
        )
        feed, state = after_success(feed, state, outcome, datetime.now(UTC))
        return FetchedFeed(
            feed,
            state,
            entries=entries,
            title=parsed.title,
            site=parsed.site,
            skipped=parsed.skipped,
        )

    def _unchanged(self, feed: Feed, state: FeedState, response: Response) -> FetchedFeed:
        if not response.not_modified:
            # The same bytes may come with new validators, which the next request sends.
            state = replace(
                state,
                etag=response.headers.get("etag", ""),
                last_modified=response.headers.get("last-modified", ""),
            )
        feed, state = after_not_modified(feed, state, datetime.now(UTC), response.permanent_redirect)
        return FetchedFeed(feed, state, unchanged=True)


def hash_body(body: bytes) -> str:
    return blake2b(body, digest_size=16, person=READER).hexdigest()


def host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def is_this_machine(host: str) -> bool:
    """Whether a host is the machine we run on, which needs no politeness."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
