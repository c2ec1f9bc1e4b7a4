"""Work that may hang, done in processes that can be killed.

A hostile feed can keep a parser busy for minutes, and a thread cannot be stopped. So documents are parsed in a
few worker processes; one that takes too long is killed and another takes its place. A worker also ends by
itself: when its pipe closes, since whoever started it is gone, and by the kernel's alarm when one task lasts
too long, even if nobody is left to kill it.

Workers are plain subprocesses and not ``multiprocessing`` ones: those import the caller's main module anew,
keep a tracker process, and fork or spawn by rules that differ from place to place.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import struct
import subprocess
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Iterator
from typing import IO, Any, ParamSpec, TypeVar

from store.errors import FeedError, NewsdashError
from store.interpreter import python

P = ParamSpec("P")
R = TypeVar("R")

TASK_SECONDS = 10.0
"""Processor time that a task may take; a busy machine makes no feed a hostile one."""
PATIENCE = 3
"""A task may last this many times as long by the clock."""
START_SECONDS = 20.0
"""Most seconds until a worker begins with a task: it starts and imports what the task needs, on a busy machine."""
MEMORY = 1 << 30
"""Bytes of memory that a worker may take."""
PIPE = 1 << 20
"""Bytes that may lie between the processes, where the system allows it."""
NICE = 5
"""How much a worker steps back from the processor for others: the screen that a key waits for, above all."""
_HEADER = struct.Struct("!Q")
_BEGUN = b"!"
_LARGEST = 1 << 30
_PROGRAM = "from store.workers import serve; serve()"


class WorkerLost(Exception):  # noqa: N818 - not an error to show: the pool answers it
    """The worker ended before it answered."""


class TooSlow(Exception):  # noqa: N818 - as above
    """The worker did not answer in time."""


class Pool:
    """A few worker processes, started when first needed and ended with :meth:`close` or with this process.

    Safe to use from many threads: each call waits for a free worker. ``size`` is the number of processes,
    by default one a processor, at most four.
    """

    def __init__(self, size: int = 0, *, seconds: float = TASK_SECONDS) -> None:
        self.size = size or max(1, min(4, os.cpu_count() or 1))
        self.seconds = seconds
        self._free: list[Worker] = []
        self._places = threading.BoundedSemaphore(self.size)
        self._calls = 0
        self._lock = threading.Lock()
        self._all: weakref.WeakSet[Worker] = weakref.WeakSet()
        self._closed = False
        self._end = weakref.finalize(self, _stop_all, self._all)

    def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a module-level function in a worker and return what it returns.

        What it raises on purpose (NewsdashError) is raised here. Raises FeedError when it takes too long or
        too much memory.
        """
        with self._place():
            # Not before: those who wait for a place hold each document once and not twice.
            task = pickle.dumps((function, args, kwargs, self.seconds), pickle.HIGHEST_PROTOCOL)
            for attempt in (1, 2):
                worker = self._take()
                try:
                    answer: R | NewsdashError = worker.ask(task, self.seconds)
                except TooSlow:
                    worker.stop()
                    raise FeedError(
                        f"It takes longer than {self.seconds:.0f} seconds to read; it was given up."
                    ) from None
                except WorkerLost:
                    worker.stop()
                    if attempt == 2 or not worker.was_idle:
                        raise FeedError("It cannot be read: the reader ran out of memory or broke down.") from None
                    continue
                except BaseException:
                    worker.stop()
                    raise
                self._give_back(worker)
                if isinstance(answer, NewsdashError):
                    raise answer
                return answer
        raise AssertionError("not reached")

    @property
    def has_free_worker(self) -> bool:
        """Whether a call made now would not have to wait for others to end."""
        return self._calls < self.size

    @contextlib.contextmanager
    def _place(self) -> Iterator[None]:
        """Waits for one of the places at work."""
        with self._lock:
            self._calls += 1
        try:
            with self._places:
                yield
        finally:
            with self._lock:
                self._calls -= 1

    def warm_up(self, workers: int, function: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Start so many workers, no more than fit, before there is work, and have each run a module-level function.

        Returns at once; who calls meanwhile waits for them.
        """

        def call() -> None:
            with contextlib.suppress(FeedError, OSError):  # what is wrong is told when there is work
                self.call(function, *args, **kwargs)

        for _ in range(min(workers, self.size)):
            threading.Thread(target=call, name="newsdash-warm-up", daemon=True).start()

    def close(self) -> None:
        """End all workers, also those at work."""
        with self._lock:  # a worker that is being started is known before it is closed here
            self._closed = True
        self._end()
        with self._lock:
            self._free.clear()

    def _take(self) -> Worker:
        with self._lock:
            if self._closed:
                raise FeedError("The reading was ended.")
            while self._free:
                worker = self._free.pop()
                if worker.alive:
                    return worker
            worker = Worker()
            self._all.add(worker)
            return worker

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if not self._closed:
                self._free.append(worker)
                return
        worker.stop()


class Worker:
    """One worker process, used by one thread at a time."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            # What ``site`` does to the path was done here already, and takes a third of the time to start.
            python(_PROGRAM, site=False),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        for pipe in (self.process.stdin, self.process.stdout):
            _widen(pipe)
        self.was_idle = False
        """Whether the last task went to a worker that had waited: it may have died meanwhile."""
        self._tasks = 0

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def ask(self, task: bytes, seconds: float) -> Any:
        """Have one task done; TooSlow or WorkerLost when it is not."""
        self.was_idle = self._tasks > 0
        deadline = time.monotonic() + START_SECONDS
        self._tasks += 1
        try:
            self._send(task, deadline)
            self._receive(len(_BEGUN), deadline)
            deadline = time.monotonic() + PATIENCE * seconds
            (length,) = _HEADER.unpack(self._receive(_HEADER.size, deadline))
            if length > _LARGEST:
                raise WorkerLost
            return pickle.loads(self._receive(length, deadline))  # noqa: S301 - our own process wrote it
        except (OSError, WorkerLost):
            raise (TooSlow if self._ran_out_of_time() else WorkerLost) from None

    def _ran_out_of_time(self) -> bool:
        """Whether the kernel ended the process because its task took too much processor time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(1) == -signal.SIGPROF
        return False

    def stop(self) -> None:
        """Kill the process and take leave of it."""
        with contextlib.suppress(OSError):
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(1)

    def _send(self, task: bytes, deadline: float) -> None:
        assert self.process.stdin is not None
        pipe = self.process.stdin.fileno()
        os.set_blocking(pipe, False)
        waiting = memoryview(_HEADER.pack(len(task)) + task)
        while waiting:
            _wait_for(pipe, select.POLLOUT, deadline)
            with contextlib.suppress(BlockingIOError):
                waiting = waiting[os.write(pipe, waiting) :]

    def _receive(self, length: int, deadline: float) -> bytearray:
        assert self.process.stdout is not None
        pipe = self.process.stdout.fileno()
        received = bytearray()
        while len(received) < length:
            _wait_for(pipe, select.POLLIN, deadline)
            piece = os.read(pipe, min(length - len(received), 1 << 20))
            if not piece:
                raise WorkerLost
            received += piece
        return received


def _wait_for(pipe: int, event: int, deadline: float) -> None:
    waiter = select.poll()
    waiter.register(pipe, event)
    if not waiter.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TooSlow


def _widen(pipe: IO[bytes] | None) -> None:
    """Have a pipe take a whole document, so that neither side waits for the other to be given the processor."""
    with contextlib.suppress(ImportError, OSError):
        from fcntl import F_SETPIPE_SZ, fcntl

        fcntl(pipe, F_SETPIPE_SZ, PIPE)  # type: ignore[arg-type]


def _stop_all(workers: weakref.WeakSet[Worker]) -> None:
    for worker in list(workers):
        worker.stop()


# --- in the worker ----------------------------------------------------------------------------------------------


def serve() -> None:
    """What a worker process runs: tasks from standard input, answers to standard output, until the pipe closes."""
    tasks = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    limit_memory(MEMORY)
    with contextlib.suppress(OSError):
        os.nice(NICE)
    while header := tasks.read(_HEADER.size):
        function, args, kwargs, seconds = pickle.loads(tasks.read(*_HEADER.unpack(header)))  # noqa: S301 - as above
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE * seconds + 2)
        answers.write(_BEGUN)
        answers.flush()
        answer = pickle.dumps(_outcome(function, args, kwargs), pickle.HIGHEST_PROTOCOL)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(_HEADER.pack(len(answer)) + answer)
        answers.flush()


def _outcome(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    try:
        return function(*args, **kwargs)
    except NewsdashError as error:
        return error
    except MemoryError:
        return FeedError("It needs too much memory to read.")
    except Exception:  # noqa: BLE001 - a reader that breaks down over a document is that document's failure
        failure = FeedError("It is broken in a way that cannot be read.")
        failure.add_note(traceback.format_exc())
        return failure


def limit_memory(amount: int) -> None:
    """Have the kernel refuse this process more than so many bytes of data."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (amount, resource.getrlimit(resource.RLIMIT_DATA)[1]))
