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
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message_pump import MessagePump

from store.errors import Cancelled, NewsdashError

if TYPE_CHECKING:
    from store.models import IsCancelled

Result = TypeVar("Result")
OnError = Callable[[NewsdashError], None]


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work; ``stop`` is set when its result is no longer wanted."""

    group: str
    done: Callable[[Any], object]
    failed: OnError
    stop: threading.Event = field(default_factory=threading.Event)


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
    ) -> None:
        """Run ``work`` in a thread, then ``done`` with its result or ``failed`` with its error in this one."""
        self.cancel(group)
        job = Job(group, done, failed or self._failed)
        self._running[group] = job
        threading.Thread(target=self._run, args=(job, work), name=f"newsdash {group}", daemon=True).start()

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
            result = work(job.stop.is_set)
        except NewsdashError as error:
            self._owner.call_later(self._finish, job, job.failed, error)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a job, the screen lives on
            self._owner.log.error(traceback.format_exc())
            self._owner.call_later(self._finish, job, job.failed, unexpected(job.group, error))
        else:
            self._owner.call_later(self._finish, job, job.done, result)

    def _finish(self, job: Job, then: Callable[[Any], object], result: object) -> None:
        if self._running.get(job.group) is not job:
            return
        del self._running[job.group]
        if not isinstance(result, Cancelled):
            then(result)


def unexpected(what: str, error: Exception) -> NewsdashError:
    """A bug, said in one sentence."""
    return NewsdashError(f"An unexpected error came up ({what}): {type(error).__name__}: {error}")
