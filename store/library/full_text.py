"""Full texts: the article on its web page in place of what the feed gives of it.

Both texts are stored. One of them is shown, searched and analysed; a newer revision of the feed's own text changes
only that one. For feeds that are set so, the pages of new articles are fetched at the end of a refresh. Which articles
wait for that is stored, so that the next refresh makes up for one that was cut short.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from store.errors import Cancelled, FeedError, NewsdashError, NotFoundError
from store.models import Progress

if TYPE_CHECKING:
    from store.database.texts import PageText
    from store.library.analysis import Analyser
    from store.library.context import LibraryContext
    from store.library.network import NetworkAccess
    from store.models import Article, Feed, IsCancelled, OnProgress

WAITING = "full_texts_waiting"
"""The setting that holds the articles whose pages are to be fetched: id to failures so far."""
MOST_TRIES = 3
THREADS = 6
"""Pages fetched at once, one at a time of each host."""
TICK = 0.1


class FullTexts:
    """The full texts of one library's articles."""

    def __init__(self, context: LibraryContext, network: NetworkAccess, analyser: Analyser) -> None:
        self._context = context
        self._database = context.database
        self._lock = context.lock
        self._network = network
        self._analyser = analyser

    # --- one article ----------------------------------------------------------------------------------------

    def show_page(self, article_id: int, cancelled: IsCancelled | None = None, *, longer: bool = False) -> None:
        """Show the text of the article's web page and analyse it. It is fetched unless the same revision is stored.

        ``longer``: only when it has more words than the feed's own.

        :raises NotFoundError: when there is no such article.
        :raises FeedError: when there is no page, it cannot be fetched or has no article; what is shown stays.
        """
        with self._lock:
            self._database.require_writable()
            article, page = self._context.article(article_id), self._database.texts.page(article_id)
            feed, own = self._database.feeds.get(article.feed_id), self._database.texts.own_document(article_id)
        if page is None or page.digest != article.digest:
            try:
                page = self._fetch(article, feed, cancelled)
            except FeedError:
                if page is None:
                    raise
        if longer and len(page.document.text) <= len(own.text):
            return
        self._show(article, page)

    def show_own(self, article_id: int) -> None:
        """Show the feed's own text again; that of the page stays stored.

        :raises NotFoundError: when there is no such article.
        """
        with self._lock:
            self._database.require_writable()
            article, own = self._context.article(article_id), self._database.texts.own_document(article_id)
        (analysis,) = self._analyser.analyse([(own.text, article.title)])
        with self._lock:
            if self._context.article(article_id).digest == article.digest:
                self._database.articles.show_own(article_id, analysis)
        self._context.derived.articles_changed([article_id])

    def _fetch(self, article: Article, feed: Feed | None, cancelled: IsCancelled | None) -> PageText:
        from store.database.texts import PageText
        from store.feeds.article_page import fetch_full_text
        from store.text.urls import is_web

        if not is_web(article.link):
            raise FeedError("This article has no web page.")
        document = fetch_full_text(
            article.link,
            self._network.fetcher,
            self._network.pool,
            found_at=feed.url if feed is not None and is_web(feed.url) else "",
            credentials=self._network.credentials_of(feed),
            cancelled=cancelled,
        )
        return PageText(document, article.digest)

    def _show(self, article: Article, page: PageText) -> None:
        (analysis,) = self._analyser.analyse([(page.document.prose, article.title)])
        with self._lock:
            self._context.article(article.id)
            self._database.articles.show_page(article.id, page, analysis)
        self._context.derived.articles_changed([article.id])

    # --- waiting articles -----------------------------------------------------------------------------------

    def enqueue(self, article_ids: Iterable[int]) -> None:
        """Remember to fetch the pages of these articles."""
        wanted = {str(article_id): 0 for article_id in article_ids}
        if wanted:
            self._change(lambda waiting: {**wanted, **waiting})

    def fetch_waiting(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> int:
        """Fetch the pages of the waiting articles; returns how many are shown with their full text now.

        A page that cannot be fetched is tried again at later calls, three times in all.
        """
        with self._lock:
            waiting = self._database.settings.get(WAITING, {})
            articles = {int(key): self._database.articles.get(int(key)) for key in waiting}
        gone = {str(key) for key, article in articles.items() if article is None}
        if gone:
            self._change(lambda waiting: {key: tries for key, tries in waiting.items() if key not in gone})
        by_host: dict[str, list[int]] = {}
        for key, article in articles.items():
            if article is not None:
                by_host.setdefault(host_of(article.link), []).append(key)
        return _Round(self, by_host, on_progress, cancelled).run()

    def fetch_one(self, article_id: int, cancelled: IsCancelled | None) -> bool:
        """Fetch the page of a waiting article, and remember a failure; True when its full text is shown."""
        try:
            self.show_page(article_id, cancelled, longer=True)
        except Cancelled:
            return False
        except NotFoundError:
            self._change(lambda waiting: _without(waiting, article_id))
            return False
        except FeedError:
            self._change(lambda waiting: _failed(waiting, article_id))
            return False
        self._change(lambda waiting: _without(waiting, article_id))
        return True

    def _change(self, change: Callable[[dict[str, int]], dict[str, int]]) -> None:
        with self._lock:
            before = self._database.settings.get(WAITING, {})
            after = change(before)
            if after != before:
                self._database.settings.save(WAITING, after)


class _Round:
    """Fetches pages in a few threads, each taking one host at a time. Cancelled, it does not wait for them."""

    def __init__(
        self,
        texts: FullTexts,
        by_host: dict[str, list[int]],
        on_progress: OnProgress | None,
        cancelled: IsCancelled | None,
    ) -> None:
        self._texts = texts
        self._hosts = deque(by_host.values())
        self._total = sum(map(len, by_host.values()))
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._turn = threading.Lock()
        self._done = self._shown = 0
        self._stopping = threading.Event()

    def run(self) -> int:
        threads = [
            threading.Thread(target=self._work, name="newsdash-pages", daemon=True)
            for _ in range(min(THREADS, len(self._hosts)))
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            if self._cancelled is not None and self._cancelled():
                self._stopping.set()
                break
            threads[0].join(TICK) if threads[0].is_alive() else threads.pop(0)
        return self._shown

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                ids = self._hosts.popleft()
            except IndexError:
                return
            for article_id in ids:
                if self._stopping.is_set():
                    return
                shown = False
                with suppress(NewsdashError):  # a store that was closed, or cannot be written: it waits on
                    shown = self._texts.fetch_one(article_id, self._stopping.is_set)
                self._report(shown)

    def _report(self, shown: bool) -> None:
        with self._turn:
            self._done += 1
            self._shown += shown
            if self._on_progress is not None and not self._stopping.is_set():
                self._on_progress(Progress(self._done, self._total, "full texts"))


def _without(waiting: dict[str, int], article_id: int) -> dict[str, int]:
    return {key: tries for key, tries in waiting.items() if key != str(article_id)}


def _failed(waiting: dict[str, int], article_id: int) -> dict[str, int]:
    tries = waiting.get(str(article_id), 0) + 1
    rest = _without(waiting, article_id)
    return rest if tries >= MOST_TRIES else {**rest, str(article_id): tries}


def host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
