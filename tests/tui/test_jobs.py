"""Long work: results come back once, errors become notices, nothing is waited for at the end."""

from __future__ import annotations

import threading

from textual.app import App

from store.errors import FeedError, NewsdashError
from tui.jobs import Jobs


class Bench(App[None]):
    """An application that only has jobs."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[NewsdashError] = []
        self.results: list[object] = []
        self.jobs = Jobs(self, self.errors.append)


async def finish(app: Bench, pilot) -> None:
    for _ in range(200):
        await pilot.pause(0.01)
        if app.jobs.idle:
            return
    raise AssertionError("a job did not end")


async def test_a_result_comes_back_in_the_screens_own_thread() -> None:
    app = Bench()
    threads = []
    async with app.run_test() as pilot:
        app.jobs.start("sum", lambda _: 1 + 1, lambda result: threads.append((result, threading.current_thread())))
        await finish(app, pilot)
        assert threads == [(2, threading.current_thread())]


async def test_the_result_of_replaced_work_is_dropped() -> None:
    app = Bench()
    go = threading.Event()
    stopped = []

    def slow(is_stopped) -> str:
        go.wait(5)
        stopped.append(is_stopped())
        return "old"

    async with app.run_test() as pilot:
        app.jobs.start("view", slow, app.results.append)
        app.jobs.start("view", lambda _: "new", app.results.append)
        go.set()
        await finish(app, pilot)
        await pilot.pause(0.05)
    assert app.results == ["new"]
    assert stopped == [True]


async def test_work_that_is_waited_for_comes_at_once_and_only_once() -> None:
    app = Bench()

    def refuse(_: object) -> None:
        raise FeedError("The server said no.")

    async with app.run_test() as pilot:
        app.jobs.start("sum", lambda _: 1 + 1, app.results.append, patience=5)
        assert app.results == [2]
        app.jobs.start("sum", refuse, app.results.append, patience=5)
        assert [error.message for error in app.errors] == ["The server said no."]
        await finish(app, pilot)
        await pilot.pause(0.05)
    assert app.results == [2]
    assert len(app.errors) == 1


async def test_work_that_takes_longer_than_it_is_waited_for_comes_later() -> None:
    app = Bench()
    go = threading.Event()
    async with app.run_test() as pilot:
        app.jobs.start("slow", lambda _: go.wait(5), app.results.append, patience=0.01)
        assert app.results == []
        go.set()
        await finish(app, pilot)
    assert app.results == [True]


async def test_what_is_asked_for_often_is_done_once() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        for _ in range(5):
            app.jobs.soon("count", 0.02, lambda: app.results.append("counted"))
        assert app.results == []
        assert not app.jobs.idle
        await finish(app, pilot)
        app.jobs.soon("count", 0.02, lambda: app.results.append("again"))
        assert app.jobs.cancel("count")
        await pilot.pause(0.1)
    assert app.results == ["counted"]


async def test_errors_are_told_and_the_application_lives_on() -> None:
    app = Bench()

    def refuse(_: object) -> None:
        raise FeedError("The server said no.")

    async with app.run_test() as pilot:
        app.jobs.start("one", refuse, app.results.append)
        app.jobs.start("two", lambda _: 1 / 0, app.results.append)
        await finish(app, pilot)
        assert app.is_running
    assert app.results == []
    assert sorted(error.message for error in app.errors) == [
        "An unexpected error came up (two): ZeroDivisionError: division by zero",
        "The server said no.",
    ]


async def test_stopping_keeps_what_was_done() -> None:
    app = Bench()
    begun = threading.Event()

    def work(is_stopped) -> str:
        begun.set()
        while not is_stopped():
            pass
        return "half"

    async with app.run_test() as pilot:
        app.jobs.start("refresh", work, app.results.append)
        begun.wait(5)
        assert app.jobs.ask_to_stop("refresh")
        await finish(app, pilot)
    assert app.results == ["half"]


async def test_quitting_does_not_wait_for_work() -> None:
    app = Bench()
    never = threading.Event()
    async with app.run_test():
        app.jobs.start("stuck", lambda _: never.wait(60), app.results.append)
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "newsdash stuck")
    never.set()
