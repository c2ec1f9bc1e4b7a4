"""Many feeds refreshed at once, from a real server, through real workers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from support.raw_server import RawServer, http, item, rss

from store.feeds.entries import ParsedFeed
from store.feeds.fetcher import Fetcher
from store.feeds.refresher import FIRST_THREADS, FetchedFeed, Job, refresh_feeds
from store.models import Feed, FeedState, Progress
from store.workers import Pool


def count_words(feed: ParsedFeed) -> list[int]:
    """Runs in the worker."""
    return [len(entry.document.text.split()) for entry in feed.entries]


@pytest.fixture
def run(fetcher, pool):
    def refresh(*jobs: Job, **options) -> dict[int, FetchedFeed]:
        found: dict[int, FetchedFeed] = {}
        options = {
            "fetcher": fetcher,
            "pool": pool,
            "on_results": lambda batch: found.update({each.feed.id: each for each in batch}),
        } | options
        refresh_feeds(jobs, **options)
        return found

    return refresh


def job(url: str, number: int = 1) -> Job:
    return Job(Feed(number, url, f"feed {number}"), FeedState(number))


def again(found: FetchedFeed) -> Job:
    return Job(found.feed, found.state)


def test_a_feed_and_its_state(server, run):
    url = server.ok("/feed", rss(item("one") + item("two")), 'ETag: "v1"')
    (found,) = run(job(url)).values()
    assert [entry.title for entry in found.entries] == ["one", "two"]
    assert (found.title, found.site, found.error, found.unchanged) == ("A feed", "https://news.example/", "", False)
    assert (found.state.etag, len(found.state.item_hashes), found.state.failures) == ('"v1"', 2, 0)


def test_not_modified(server, run):
    def answer(sock, headers):
        known = headers.get("if-none-match") == '"v1"'
        sock.sendall(http(304) if known else http(200, rss(item("one")), 'ETag: "v1"'))

    server.answers["/feed"] = answer
    (first,) = run(job(server.url + "/feed")).values()
    (second,) = run(again(first)).values()
    assert second.unchanged
    assert second.state.etag == '"v1"'
    assert second.state.item_hashes == first.state.item_hashes


def test_the_same_bytes_are_not_read_again(server, run):
    url = server.ok("/feed", rss(item("one")))
    (first,) = run(job(url)).values()
    (second,) = run(again(first)).values()
    assert second.unchanged
    assert server.hits["/feed"] == 2


def test_only_what_is_new_is_read(server, run):
    url = server.ok("/feed", rss(item("one") + item("two")))
    (first,) = run(job(url)).values()
    server.ok("/feed", rss(item("three") + item("one") + item("two", "edited")))
    (second,) = run(again(first)).values()
    assert [entry.title for entry in second.entries] == ["three", "two"]


def test_not_modified_before_anything_was_read(server, run):
    server.answers["/feed"] = http(304)
    (found,) = run(job(server.url + "/feed")).values()
    assert "no data yet" in found.error


def test_a_failing_feed_does_not_stop_the_others(server, run):
    server.answers["/bad"] = http(500)
    server.ok("/page", b"<!doctype html><p>x", type="text/html")
    good = server.ok("/good", rss(item("one")))
    found = run(job(server.url + "/bad", 1), job(server.url + "/page", 2), job(good, 3), job("http://[bad", 4))
    assert [bool(found[number].error) for number in (1, 2, 3, 4)] == [True, True, False, True]
    assert found[1].state.failures == 1
    assert found[1].state.next_check is not None


def test_moved_after_two_agreeing_refreshes(server, run):
    target = server.ok("/new", rss(item("one")))
    server.answers["/old"] = http(301, b"", "Location: /new")
    (first,) = run(job(server.url + "/old")).values()
    assert first.feed.url.endswith("/old")
    (second,) = run(again(first)).values()
    assert second.feed.url == target


def test_not_moved_to_a_page(server, run):
    server.ok("/login", b"<!doctype html><p>x")
    server.answers["/old"] = http(301, b"", "Location: /login")
    (first,) = run(job(server.url + "/old")).values()
    (second,) = run(again(first)).values()
    assert second.feed.url.endswith("/old")
    assert second.error


def test_progress_and_the_calling_thread(server, run):
    jobs = [job(server.ok(f"/{number}", rss(item("x"))), number) for number in range(5)]
    seen: list[Progress] = []
    threads = set()
    run(*jobs, on_progress=seen.append, on_results=lambda _: threads.add(threading.get_ident()))
    assert [(progress.done, progress.total) for progress in seen] == [(number, 5) for number in range(1, 6)]
    assert threads == {threading.get_ident()}


def test_something_made_of_each_feed_in_the_worker(server, run):
    counted = replace(job(server.ok("/feed", rss(item("one", "two words")))), finish=count_words)
    (found,) = run(counted).values()
    assert found.entries == [2]


def test_headers_of_one_feed(server, run):
    url = server.ok("/feed", rss())
    run(replace(job(url), headers={"X-Key": "k"}))
    assert server.headers["/feed"]["x-key"] == "k"


def test_headers_of_a_feed_go_to_its_own_server_only(server, run):
    with RawServer() as other:
        target = other.ok("/feed", rss())
        server.answers["/moved"] = http(302, b"", f"Location: {target}")
        run(replace(job(server.url + "/moved"), headers={"X-Key": "k"}))
        assert server.headers["/moved"]["x-key"] == "k"
        assert "x-key" not in other.headers["/feed"]


def test_at_most_two_of_a_host_at_a_time(fetcher, pool, monkeypatch):
    monkeypatch.setattr("store.feeds.refresher.is_this_machine", lambda host: False)
    with RawServer() as server:
        for number in range(12):
            body = http(200, rss(item(f"x{number}")))
            server.answers[f"/{number}"] = lambda sock, _, body=body: (time.sleep(0.05), sock.sendall(body))
        found: list[FetchedFeed] = []
        jobs = [job(f"{server.url}/{number}", number) for number in range(12)]
        refresh_feeds(jobs, fetcher=fetcher, pool=pool, on_results=found.extend)
        assert len(found) == 12
        assert server.busiest <= 2


NOON = datetime(2024, 5, 17, 12, tzinfo=UTC)


def slowly(answer: bytes) -> Callable[[socket.socket, dict[str, str]], None]:
    def send(sock: socket.socket, _: dict[str, str]) -> None:
        time.sleep(0.2)
        sock.sendall(answer)

    return send


@pytest.mark.parametrize("last_time", [True, False])
def test_more_are_fetched_at_once_while_there_is_nothing_to_read(server, run, last_time):
    server.answers["/feed"] = slowly(http(304))
    known = FeedState(0, etag='"v1"', succeeded=NOON, changed=NOON if last_time else None)
    found = run(*(replace(job(f"{server.url}/feed?{number}", number), state=known) for number in range(120)))
    assert all(each.unchanged for each in found.values())
    assert server.busiest > FIRST_THREADS


def test_no_more_are_fetched_than_can_be_read(server, run):
    server.answers["/feed"] = slowly(http(200, rss(item("one"))))
    pool, busiest = Pool(1), []
    pool.call(sorted, [])
    with ThreadPoolExecutor(1) as threads:
        threads.submit(pool.call, time.sleep, 1.0).add_done_callback(lambda _: busiest.append(server.busiest))
        found = run(*(job(f"{server.url}/feed?{number}", number) for number in range(120)), pool=pool)
    pool.close()
    assert all(each.entries for each in found.values())
    assert len(found) == 120
    assert busiest[0] <= FIRST_THREADS


def test_slow_servers_do_not_hold_up_the_rest(server, pool):
    over = threading.Event()
    server.answers["/slow"] = lambda sock, _: over.wait(60) and None
    quick = server.ok("/quick", rss(item("x")))
    jobs = [job(quick, 1), *(job(server.url + "/slow", number) for number in range(2, 40))]
    found: list[FetchedFeed] = []
    refresh_feeds(jobs, fetcher=Fetcher(proxy=""), pool=pool, on_results=found.extend, cancelled=lambda: bool(found))
    over.set()
    assert [result.feed.id for result in found] == [1]  # nobody waited for the others


def test_an_error_of_the_caller_ends_it(server, fetcher, pool):
    def fail(_: Sequence[FetchedFeed]) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        refresh_feeds([job(server.ok("/feed", rss()))], fetcher=fetcher, pool=pool, on_results=fail)
