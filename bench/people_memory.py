"""Who is who across articles: identities found against known ones, and what an article costs.

    python -m bench.people_memory [--articles 20000]

The articles are made up (``bench.news``), analysed by the real engine, and put in one after the other in the order of
their arrival, as a refresh does. Every pair of appearances of one person that got one identity is right.
"""

from __future__ import annotations

import argparse
import statistics
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter

from bench.news import Told, news
from store.database.derived import Derived
from store.models import Analysis, Article, Document
from store.people import names
from store.people.register import Given, Register
from store.people.tables import SCHEMA
from store.speech import analyse

PRECISION, RECALL = 0.98, 0.90


def given(told: Told, analysis: Analysis) -> Given:
    article = Article(
        told.number + 1, told.outlet + 1, str(told.number), "", told.title, told.published, told.published,
        engine=analysis.engine,
    )  # fmt: skip
    return Given(article, Document(told.text), analysis, str(told.number))


def analysed(count: int) -> Iterator[tuple[Told, Given]]:
    told = list(news(count))
    with ProcessPoolExecutor(2) as pool:
        for one, analysis in zip(told, pool.map(_analyse, told, chunksize=50), strict=True):
            yield one, given(one, analysis)


def _analyse(told: Told) -> Analysis:
    return analyse(told.text, told.title)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--articles", type=int, default=20_000)
    chosen = options.parse_args()
    tables = Derived.in_memory(SCHEMA)
    register = Register(tables)
    truth: dict[tuple[int, tuple[str, ...]], int] = {}
    costs = []
    for told, item in analysed(chosen.articles):
        start = perf_counter()
        register.put([item])
        costs.append(perf_counter() - start)
        for printed, number in told.names.items():
            name = names.read(printed)
            assert name is not None
            truth[item.article.id, name.words] = number
    pairs(tables, truth)
    early, late = statistics.median(costs[500:1_500]), statistics.median(costs[-1_000:])
    print(f"an article costs {early * 1e3:.2f} ms at 1,000 and {late * 1e3:.2f} ms at {len(costs):,}")


def pairs(tables: Derived, truth: dict[tuple[int, tuple[str, ...]], int]) -> None:
    """Precision and recall over pairs of appearances whose answer is known."""
    found: Counter[int] = Counter()
    known: Counter[int] = Counter()
    both: Counter[tuple[int, int]] = Counter()
    for article, identity, printed in tables.rows("SELECT article, identity, name FROM appearances"):
        name = names.read(printed)
        number = truth.get((article, name.words)) if name else None
        if number is not None:
            found[identity] += 1
            known[number] += 1
            both[identity, number] += 1
    right = _pairs(both.values())
    precision, recall = right / _pairs(found.values()), right / _pairs(known.values())
    print(f"{sum(known.values()):,} of {len(truth):,} appearances, {len(known)} people, {len(found)} identities")
    for name, value, wanted in (("precision", precision, PRECISION), ("recall", recall, RECALL)):
        print(f"  pairwise {name:9} {value:.4f}, wanted >= {wanted}: {'yes' if value >= wanted else 'NO'}")


def _pairs(counts: object) -> int:
    return sum(count * (count - 1) // 2 for count in counts)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
