"""Analysis of articles that are stored: of long feeds, of shown web pages, and of all after the engine changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from store.errors import FeedError
from store.library.ingest import ANALYSED_WITH, Ingester
from store.library.worker_tasks import analyse_texts
from store.models import Analysis, Progress, Status

if TYPE_CHECKING:
    from store.library.context import LibraryContext
    from store.library.network import NetworkAccess
    from store.library.rules import Rules
    from store.models import IsCancelled, OnProgress

BATCH = 20
"""Articles analysed by a worker at a time and stored in one commit."""
LOOK = 200
"""Articles checked while the lock is held once."""

Text = tuple[str, str]
"""An article's text and its title."""


class Analyser:
    """Finds who said what in worker processes, beside the reader: the lock is held for moments only."""

    def __init__(self, context: LibraryContext, ingester: Ingester, rules: Rules, network: NetworkAccess) -> None:
        self._database = context.database
        self._lock = context.lock
        self._derived = context.derived
        self._ingester = ingester
        self._rules = rules
        self._network = network

    def analyse(self, texts: Sequence[Text]) -> list[Analysis]:
        """Analyse texts in a worker process. When that takes too long, they are analysed one by one, and the one that
        takes too long gets an analysis without quotations."""
        try:
            return self._network.pool.call(analyse_texts, list(texts))
        except FeedError:
            if len(texts) > 1:
                return [self.analyse([text])[0] for text in texts]
            from store.attribution import ENGINE_VERSION

            return [Analysis(engine=ENGINE_VERSION)]

    def analyse_waiting(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> int:
        """Analyse every article without an analysis or with one of an older engine; returns how many.

        Articles are looked through only when some can be waiting: after a long feed came or the engine changed. A
        read-only store is left as it is.
        """
        from store.attribution import ENGINE_VERSION

        with self._lock:
            if self._database.read_only or self._database.settings.get(ANALYSED_WITH) == ENGINE_VERSION:
                return 0
            arrived = self._ingester.left_waiting
        waiting = list(self._waiting())
        done = 0
        ids = iter(waiting)
        while batch := list(islice(ids, BATCH)):
            if cancelled and cancelled():
                break
            analyses = self.analyse(self._texts(batch))
            with self._lock:
                marks = self._late_marks(batch, analyses)
                self._database.articles.save_analyses(zip(batch, analyses, strict=True), marks)
            self._derived.articles_changed(batch)
            done += len(batch)
            if on_progress:
                on_progress(Progress(done, len(waiting), "who said what"))
        with self._lock:
            if done == len(waiting) and self._ingester.left_waiting == arrived:
                self._database.settings.save(ANALYSED_WITH, ENGINE_VERSION)
        return done

    def _late_marks(self, ids: Sequence[int], analyses: Sequence[Analysis]) -> Sequence[Status]:
        """The marks that rules which ask who said what give to articles that arrived without their analysis."""
        first = [
            (
                (replace(article, engine=analysis.engine), self._database.texts.own_document(key), analysis),
                self._database.articles.status(key),
            )
            for key, analysis in zip(ids, analyses, strict=True)
            if (article := self._database.articles.get(key)) is not None and not article.engine
        ]
        return self._rules.apply_late(first) if first else ()

    def _waiting(self) -> Iterator[int]:
        """The ids of articles whose analysis is missing or older than the engine, newest first."""
        from store.attribution import ENGINE_VERSION

        with self._lock:
            ids = list(self._database.articles.ids())
        for start in range(0, len(ids), LOOK):
            with self._lock:
                articles = [self._database.articles.get(article_id) for article_id in ids[start : start + LOOK]]
            yield from (article.id for article in articles if article is not None and article.engine < ENGINE_VERSION)

    def _texts(self, ids: Sequence[int]) -> list[Text]:
        """The text and title of each article; both are empty for one that was removed meanwhile."""
        texts = []
        with self._lock:
            for article_id in ids:
                article = self._database.articles.get(article_id)
                texts.append((self._database.texts.document(article_id).prose, article.title) if article else ("", ""))
        return texts
