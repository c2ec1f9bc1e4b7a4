"""Who is who across articles: identities found against known ones, and what an article costs.

    python -m bench.people_memory [--articles 20000]

The articles are made up (``bench.news``), analysed by the real engine, and put in one after the other in the order of
their arrival, as a refresh does. Also: quotations that several outlets
print, shortened, split and edited, and articles that tell one story.
"""

from __future__ import annotations

import argparse
import statistics
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter
from typing import Any

from bench.news import PrintedArticle, news
from store.attribution import analyse
from store.derived.sqlite_file import SqliteFile
from store.models import Analysis, Article, Document
from store.people import name_matching as names
from store.people.schema import SCHEMA
from store.people.writer import ArticleInput, PeopleWriter

PRECISION, RECALL, STORIES = 0.98, 0.90, 0.90


def given(told: PrintedArticle, analysis: Analysis) -> ArticleInput:
    article = Article(
        told.number + 1, told.outlet + 1, str(told.number), "", told.title, told.published, told.published,
        engine=analysis.engine,
    )  # fmt: skip
    return ArticleInput(article, Document(told.text), analysis, str(told.number))


def analysed(count: int) -> Iterator[tuple[PrintedArticle, ArticleInput]]:
    told = list(news(count))
    with ProcessPoolExecutor(2) as pool:
        for one, analysis in zip(told, pool.map(_analyse, told, chunksize=50), strict=True):
            yield one, given(one, analysis)


def _analyse(told: PrintedArticle) -> Analysis:
    return analyse(told.text, told.title)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--articles", type=int, default=20_000)
    chosen = options.parse_args()
    tables = SqliteFile.in_memory(SCHEMA)
    register = PeopleWriter(tables)
    truth: dict[tuple[int, tuple[str, ...]], int] = {}
    said: dict[tuple[int, str], int] = {}
    event: dict[int, int] = {}
    costs = []
    for told, item in analysed(chosen.articles):
        start = perf_counter()
        register.add([item])
        costs.append(perf_counter() - start)
        for printed, number in told.names.items():
            name = names.read(printed)
            assert name is not None
            truth[item.article.id, name.words] = number
        for printed, number in told.quoted.items():
            said[item.article.id, printed.strip(",.")] = number
        event[item.article.id] = told.event
    people(tables, truth)
    quotations(tables, said)
    stories(tables, event)
    early, late = statistics.median(costs[500:1_500]), statistics.median(costs[-1_000:])
    print(f"an article costs {early * 1e3:.2f} ms at 1,000 and {late * 1e3:.2f} ms at {len(costs):,}")


def people(tables: SqliteFile, truth: dict[tuple[int, tuple[str, ...]], int]) -> None:
    """Identities, by the appearances whose answer is known."""
    answers = []
    for article, identity, printed in tables.rows("SELECT article, identity, name FROM appearances"):
        name = names.read(printed)
        number = truth.get((article, name.words)) if name else None
        if number is not None:
            answers.append((identity, number))
    print(f"{len(answers):,} of {len(truth):,} appearances")
    pairs("people", answers)


def quotations(tables: SqliteFile, said: dict[tuple[int, str], int]) -> None:
    """Quotations printed by several outlets."""
    known: dict[int, list[tuple[str, int]]] = {}
    for (article, printed), number in said.items():
        known.setdefault(article, []).append((printed, number))
    answers = []
    for article, text, group in tables.rows('SELECT article, text, "group" FROM sayings'):
        numbers = {number for printed, number in known.get(article, ()) if printed in text}
        if len(numbers) == 1:
            answers.append((group, numbers.pop()))
    print(f"{len(answers):,} printings of {len(set(said.values())):,} statements")
    pairs("quotations", answers)


def pairs(what: str, answers: list[tuple[int, int]]) -> None:
    """Precision and recall over pairs that were put together and pairs that belong together."""
    found = Counter(group for group, _ in answers)
    known = Counter(number for _, number in answers)
    right = _pairs(Counter(answers))
    for name, value, wanted in (
        ("precision", right / _pairs(found), PRECISION),
        ("recall", right / _pairs(known), RECALL),
    ):
        print(f"  {what}, pairwise {name:9} {value:.4f}, wanted >= {wanted}: {'yes' if value >= wanted else 'NO'}")
    print(f"  {len(known):,} of them, found as {len(found):,}")


def stories(tables: SqliteFile, event: dict[int, int]) -> None:
    """B-cubed precision, recall and F1 of articles grouped by story."""
    story = dict(tables.rows("SELECT article, story FROM entries"))
    found, known = Counter(story.values()), Counter(event.values())
    both = Counter((story[article], event[article]) for article in event)
    precision = sum(both[story[one], event[one]] / found[story[one]] for one in event) / len(event)
    recall = sum(both[story[one], event[one]] / known[event[one]] for one in event) / len(event)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(known):,} stories found as {len(found):,}: B-cubed {precision:.4f} / {recall:.4f}")
    print(f"  F1 {f1:.4f}, wanted >= {STORIES}: {'yes' if f1 >= STORIES else 'NO'}")


def _pairs(counts: Counter[Any]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


if __name__ == "__main__":
    main()
