"""Every path of a hostile feed server, refreshed as feeds: prints a table of required and actual outcomes.

    python -m bench.hostile http://127.0.0.1:PORT/ REQUIRED.json

REQUIRED.json maps a path to ``{"required": "..."}`` (what a careful reader does). The server also answers
``/hits`` with the number of requests by path and ``/headers`` with the headers of the last one.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from store.database import Database
from store.feeds.fetcher import Fetcher
from store.feeds.refresher import FetchedFeed, Job, refresh_feeds
from store.library import Library
from store.models import Feed, FeedState, Network, View
from store.paths import Places
from store.workers import Pool

Check = Callable[[FetchedFeed], bool]
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def texts(found: FetchedFeed) -> str:
    """Everything of a feed that a screen could show."""
    parts = [found.title, found.site, found.error, found.state.error]
    for entry in found.entries:
        parts += [entry.title, entry.document.text, entry.link, entry.guid, entry.comments, *entry.authors]
        parts += [*entry.categories, *(file.url for file in entry.enclosures)]
        parts += [mark.href for mark in entry.document.marks]
    return "\n".join(parts)


def items(count: int) -> Check:
    return lambda found: not found.error and len(found.entries) == count


def says(*words: str) -> Check:
    return lambda found: not found.entries and all(word in found.error for word in words)


def either(*checks: Check) -> Check:
    return lambda found: any(check(found) for check in checks)


def first_title(wanted: str) -> Check:
    return lambda found: bool(found.entries) and found.entries[0].title == wanted


failed: Check = lambda found: bool(found.error) and not found.entries  # noqa: E731
fine = either(items(1), failed)
MARKUP = ["[/]", "[bold", "[@click=app.quit]boo[/]", "[link=file:///etc/passwd]x[/link]", "a [/bold] b",
          "[BREAKING] [Opinion] news", "List [1, 2] and [sic]", "$title [b]x", "\\[esc", "[[x]]",
          ":smile:"]  # fmt: skip
CHECKS: dict[str, Check] = {
    "/page.html": says("web page"), "/login.html": says("web page"), "/301-to-login": says("web page"),
    "/304-forever": says("no data yet"), "/410": lambda f: f.state.gone and failed(f), "/404": says("404"),
    "/500": says("500"), "/404-with-feed": says("404"), "/999": says("999"), "/401": says("needs a password"),
    "/429-seconds": lambda f: failed(f) and wait(f) >= 119, "/429-date": lambda f: failed(f) and wait(f) >= 118,
    "/503-huge": lambda f: failed(f) and 86000 < wait(f) <= 86400,
    "/503-negative": lambda f: failed(f) and 0 < wait(f) <= 900,
    "/503-junk": lambda f: failed(f) and 0 < wait(f) <= 900,
    "/301": lambda f: items(1)(f) and f.state.moved_to.endswith("/ok.xml"),
    "/308": lambda f: items(1)(f) and f.state.moved_to.endswith("/ok.xml"),
    "/302": lambda f: items(1)(f) and not f.state.moved_to, "/307": lambda f: items(1)(f) and not f.state.moved_to,
    "/loop": says("Too many redirects"), "/loop2a": says("Too many redirects"), "/loop2b": says("Too many redirects"),
    "/infinite": says("Too many redirects"), "/to-metadata": says("private address"),
    **{f"/to-{name}": says(name) for name in ("file", "ftp", "data", "javascript", "gopher", "exec")},
    "/to-unc": failed, "/to-https-plain": says("secure connection"),
    **{f"/to-{name}": fine for name in ("empty", "esc")},
    **dict.fromkeys(("/body-200mb", "/cl-200mb", "/gzip-bomb", "/deflate-bomb", "/deflate-raw-bomb", "/endless"),
                    says("larger than 15 MB")),
    "/br-bomb": failed, "/gzip-twice": fine, "/gzip-truncated": says("truncated"), "/gzip-lie": fine,
    "/gzip-unmarked": fine,
    "/drip": says("longer than 30 seconds"), "/drip-headers": says("longer than 30 seconds"), "/hang": failed,
    **dict.fromkeys(("/header-flood", "/cl-negative", "/cl-junk", "/type-charset-lie", "/utf8-bad", "/utf16-cut",
                     "/huge-int.json", "/nan.json", "/xml-lol", "/xml-quadratic", "/html-comments"), fine),
    **dict.fromkeys(("/header-1mb", "/reset-conn", "/close-early", "/cl-short", "/chunk-bad", "/http09", "/smtp",
                     "/deep.json", "/author-redos", "/xml-attrs"), failed),
    "/cl-long": says("ended early"), "/chunk-cut": says("ended early"), "/empty-200": says("empty answer"),
    "/space-200": says("empty answer"), "/dup-in-one": items(3), "/items-10k": items(10_000), "/dates": items(20),
    "/title-1mb": lambda f: items(1)(f) and len(f.entries[0].title) <= 500 and f.entries[0].title.endswith("…"),
    "/grows": items(100), "/links": items(21),
    "/zero-width": lambda f: items(1)(f) and len(f.entries[0].title) < 60,
    "/scripts": lambda f: items(1)(f) and "ok" in f.entries[0].document.text and "alert" not in texts(f),
    "/types.json": lambda f: not f.error and any(entry.title == "good" for entry in f.entries),
    "/html-nested": lambda f: items(1)(f) and "deep" in f.entries[0].document.text,
    "/html-tables": lambda f: items(1)(f) and "deep" in f.entries[0].document.text,
    "/xml-xxe-file": lambda f: fine(f) and "root:" not in texts(f),
    "/utf7": lambda f: fine(f) and "<script" not in texts(f),
    **{f"/markup-{index}": first_title(text) for index, text in enumerate(MARKUP)},
}  # fmt: skip
AGAIN: dict[str, Check] = {
    "/etag": lambda f: f.unchanged and not f.error,
    "/etag-evil": lambda f: not f.error,
    "/turns-html": says("not a feed any more"),
    "/turns-empty": items(0),
    "/edited": first_title("title v2"),
    "/ids-change": items(1),
    "/grows": items(100),
    "/301": lambda f: f.feed.url.endswith("/ok.xml"),
    "/308": lambda f: f.feed.url.endswith("/ok.xml"),
    "/302": lambda f: f.feed.url.endswith("/302"),
    "/self-link": lambda f: f.feed.url.endswith("/self-link"),
    "/301-to-login": lambda f: f.feed.url.endswith("/301-to-login"),
}
"""Outcomes of a second refresh."""


STORED = {
    "/ids-change": 1, "/edited": 1, "/dup-a": 1, "/dup-b": 1, "/dup-in-one": 3, "/turns-empty": 1, "/turns-html": 1,
    "/etag": 1, "/surrogate.json": 1, "/nan.json": 1, "/proto.json": 1, "/types.json": 3, "/dates": 20, "/grows": 300,
}  # fmt: skip
"""Articles in the store after three refreshes, those of the first one marked read in between."""


def wait(found: FetchedFeed) -> float:
    assert found.state.next_check is not None
    assert found.state.checked is not None
    return (found.state.next_check - found.state.checked).total_seconds()


def run(jobs: list[Job]) -> dict[int, tuple[FetchedFeed, float]]:
    found: dict[int, tuple[FetchedFeed, float]] = {}
    began = time.monotonic()
    fetcher, pool = Fetcher(proxy=""), Pool()
    refresh_feeds(
        jobs,
        fetcher=fetcher,
        pool=pool,
        on_results=lambda batch: found.update({each.feed.id: (each, time.monotonic() - began) for each in batch}),
    )
    pool.close()
    fetcher.close()
    return found


def store_them(base: str) -> dict[str, tuple[int, int]]:
    """Path to how many articles three refreshes through the library give, and how many of them are unread."""
    with tempfile.TemporaryDirectory() as home:
        places = Places.below(Path(home))
        with Database.open(places.database) as database:
            ids = {path: database.feeds.add(Feed(0, base + path, path)).id for path in STORED}
        with Library.open(places, network=Network(proxy="")) as library:
            for turn in range(3):
                library.refresh.run()
                if turn == 0:
                    library.articles.mark(library.listing.ids(View()), read=True)
            counts = {row.feed.id: (row.total, row.unread) for row in library.feeds.all()}
    return {path: counts[feed_id] for path, feed_id in ids.items()}


def outcome(found: FetchedFeed) -> str:
    return found.error or ("unchanged" if found.unchanged else f"{len(found.entries)} items")


def main() -> int:
    base, table = sys.argv[1].rstrip("/"), json.loads(Path(sys.argv[2]).read_text())
    paths = [path for path in table if path.startswith("/") and path != "/canary"]
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    direct.open(f"{base}/reset-counts").read()
    jobs = [Job(Feed(number, base + path, path), FeedState(number)) for number, path in enumerate(paths, start=1)]
    number = len(jobs) + 1
    jobs.append(Job(Feed(number, base + "/401", "/401 with password", credentials="user:pw"), FeedState(number)))
    first = run(jobs)
    hits = json.loads(direct.open(f"{base}/hits").read())
    stateful = [first[job.feed.id][0] for job in jobs if job.feed.title in AGAIN]
    again = run([Job(result.feed, result.state) for result in stateful])
    direct.open(f"{base}/reset-counts").read()
    stored = store_them(base)
    good = 0
    rows = []
    for job in jobs:
        path = job.feed.title
        result, seconds = first[job.feed.id]
        ok = CHECKS.get(path, items(1))(result) and not CONTROL.search(texts(result)) and "s3cret" not in texts(result)
        shown = outcome(result)
        if path in AGAIN:
            second = again[job.feed.id][0]
            ok = ok and AGAIN[path](second)
            shown += f"; then {outcome(second)}"
        if path in stored and job.feed.id == paths.index(path) + 1:
            articles, unread = stored[path]
            # What was read stays read, also after an edit; only what is new is unread.
            ok = ok and articles == STORED[path] and unread == (200 if path == "/grows" else 0)
            shown += f"; {articles} stored, {unread} unread"
        good += ok
        required = table.get(path, {"required": "1 item"})["required"]
        rows.append(f"{'ok ' if ok else 'NO '} {path:20} {seconds:5.1f} s  {shown[:90]:92} | {required[:90]}")
    print("\n".join(rows))
    print(f"{good} of {len(jobs)} as required; canary fetched by redirect only: {hits.get('/canary', 0)} times")
    own, workers = (resource.getrusage(who).ru_maxrss >> 10 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"/infinite asked {hits.get('/infinite')} times; peak memory {own} MB, largest worker {workers} MB")
    return good != len(jobs)


if __name__ == "__main__":
    sys.exit(main())
