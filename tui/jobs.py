"""Long work off the keyboard's thread.

Each job runs in a daemon thread of its own, so that quitting never waits for a slow server (threads of the
event loop's executor are joined at exit). A group has one job at a time: a new one cancels the old, whose
result, should it still come, is dropped. Errors become one notice; they never end the application.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message_pump import MessagePump

from store.errors import Cancelled, NewsdashError

if TYPE_CHECKING:
    from store.models import IsCancelled

PATIENCE = 0.02
"""Seconds that a key may wait for what nearly always takes less, so that all of its answer is painted at once."""
SOON = 0.05
"""Seconds until that is done which can wait until a key's answer is painted."""

Result = TypeVar("Result")
OnError = Callable[[NewsdashError], None]


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work; ``stop`` is set when its result is no longer wanted."""

    group: str
    done: Callable[[Any], object]
    failed: OnError
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    outcome: object = None
    """The result, or the error, once it has ended."""


class Jobs:
    """The jobs of one screen. Results and errors come back in the screen's own thread."""

    def __init__(self, owner: MessagePump, failed: OnError) -> None:
        self._owner = owner
        self._failed = failed
        self._running: dict[str, Job] = {}

    def start(
        self,
        group: str,
        work: Callable[[IsCancelled], Result],
        done: Callable[[Result], object],
        failed: OnError | None = None,
        *,
        patience: float = 0.0,
    ) -> None:
        """Run ``work`` in a thread, then ``done`` with its result or ``failed`` with its error in this one.

        ``patience``: seconds to wait for it here and now. Work that is nearly always done by then comes at once, and is
        painted together with what asked for it; when it takes longer, the keyboard goes on without it.
        """
        self.cancel(group)
        job = Job(group, done, failed or self._failed)
        self._running[group] = job
        threading.Thread(target=self._run, args=(job, work), name=f"newsdash {group}", daemon=True).start()
        if patience and job.ended.wait(patience):
            self._finish(job)

    def soon(self, group: str, seconds: float, then: Callable[[], object]) -> None:
        """Do something after so many seconds, once, however often it is asked for until then."""
        if group not in self._running:
            job = self._running[group] = Job(group, lambda _: then(), self._failed)
            self._owner.set_timer(seconds, partial(self._finish, job))

    def settle(self, seconds: float) -> None:
        """Take what the jobs under way bring within so many seconds, here and now."""
        until = monotonic() + seconds
        for job in list(self._running.values()):
            if job.ended.wait(max(0.0, until - monotonic())):
                self._finish(job)

    def busy(self, group: str) -> bool:
        return group in self._running

    @property
    def idle(self) -> bool:
        return not self._running

    def cancel(self, group: str) -> bool:
        """Stop a group's job and drop its result; False when there was none."""
        job = self._running.pop(group, None)
        if job is not None:
            job.stop.set()
        return job is not None

    def ask_to_stop(self, group: str) -> bool:
        """Stop a group's job, but take what it has done; False when there was none."""
        job = self._running.get(group)
        if job is not None:
            job.stop.set()
        return job is not None

    def cancel_all(self) -> None:
        for group in list(self._running):
            self.cancel(group)

    def _run(self, job: Job, work: Callable[[IsCancelled], Any]) -> None:
        """In the job's thread."""
        try:
            job.outcome = work(job.stop.is_set)
        except NewsdashError as error:
            job.outcome = error
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a job, the screen lives on
            self._owner.log.error(traceback.format_exc())
            job.outcome = unexpected(job.group, error)
        job.ended.set()
        self._owner.call_later(self._finish, job)

    def _finish(self, job: Job) -> None:
        """Take what a job brought, unless it was taken already or is no longer wanted."""
        if self._running.get(job.group) is not job:
            return
        del self._running[job.group]
        if not isinstance(job.outcome, NewsdashError):
            job.done(job.outcome)
        elif not isinstance(job.outcome, Cancelled):
            job.failed(job.outcome)


def unexpected(what: str, error: Exception) -> NewsdashError:
    """A bug, said in one sentence."""
    return NewsdashError(f"An unexpected error came up ({what}): {type(error).__name__}: {error}")
