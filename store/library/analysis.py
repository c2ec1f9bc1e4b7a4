"""Analyses what waits for it: articles of long feeds, and all articles after the engine became a newer version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from store.errors import FeedError
from store.library.ingest import ANALYSED_WITH, Intake
from store.library.worker_tasks import analyse_texts
from store.models import Analysis, IsCancelled, OnProgress, Progress, Status

if TYPE_CHECKING:
    from store.workers import Pool

BATCH = 20
"""Articles analysed by a worker at a time and stored in one commit."""
LOOK = 200
"""Articles looked at between two moments in which others may use the database."""

Text = tuple[str, str]
"""An article's text and its title."""


def analyse_waiting(
    intake: Intake, pool: Pool, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None
) -> int:
    """Analyse every article that an older engine analysed, or none; returns how many were.

    It runs beside the reader: texts are analysed in worker processes, and the lock is held for moments only.
    Articles are looked through only when something can be waiting: after a long feed came or the engine changed.
    """
    from store.attribution import ENGINE_VERSION

    with intake.lock:
        if intake.database.setting(ANALYSED_WITH) == ENGINE_VERSION:
            return 0
        arrived = intake.left_waiting
    waiting = list(find_waiting(intake))
    done = 0
    ids = iter(waiting)
    while batch := list(islice(ids, BATCH)):
        if cancelled and cancelled():
            break
        analyses = analyse_in_worker(pool, read_texts(intake, batch))
        with intake.lock:
            marks = late_marks(intake, batch, analyses)
            intake.database.save_analyses(zip(batch, analyses, strict=True), marks)
        intake.on_stored(batch)
        done += len(batch)
        if on_progress:
            on_progress(Progress(done, len(waiting), "who said what"))
    with intake.lock:
        if done == len(waiting) and intake.left_waiting == arrived:
            intake.database.save_setting(ANALYSED_WITH, ENGINE_VERSION)
    return done


def late_marks(intake: Intake, ids: Sequence[int], analyses: Sequence[Analysis]) -> Sequence[Status]:
    """What rules that ask who said what do with articles that arrived without their analysis."""
    if intake.rules is None:
        return ()
    database = intake.database
    first = [
        ((replace(article, engine=analysis.engine), database.own_document(key), analysis), database.status(key))
        for key, analysis in zip(ids, analyses, strict=True)
        if (article := database.article(key)) is not None and not article.engine
    ]
    return intake.rules.judge_late(first) if first else ()


def find_waiting(intake: Intake) -> Iterator[int]:
    """The ids of articles whose analysis is missing or older than the engine, newest first."""
    from store.attribution import ENGINE_VERSION

    with intake.lock:
        ids = list(intake.database.article_ids())
    for start in range(0, len(ids), LOOK):
        with intake.lock:
            articles = [intake.database.article(article_id) for article_id in ids[start : start + LOOK]]
        yield from (article.id for article in articles if article is not None and article.engine < ENGINE_VERSION)


def read_texts(intake: Intake, ids: Sequence[int]) -> list[Text]:
    """The text and title of each article; one that was removed meanwhile has neither."""
    texts = []
    with intake.lock:
        for article_id in ids:
            article = intake.database.article(article_id)
            texts.append((intake.database.document(article_id).prose, article.title) if article else ("", ""))
    return texts


def analyse_in_worker(pool: Pool, texts: Sequence[Text]) -> list[Analysis]:
    """Analyse texts in a worker process; when a batch takes too long, one by one, leaving out the one that does."""
    try:
        return pool.call(analyse_texts, list(texts))
    except FeedError:
        if len(texts) > 1:
            return [analyse_in_worker(pool, [text])[0] for text in texts]
        from store.attribution import ENGINE_VERSION

        return [Analysis(engine=ENGINE_VERSION)]
