"""The store at 100,000 articles beside stock TinyDB, each ratio from the same run.

    python -m bench.store_operations [--articles 100000] [--stock 100000] [--keep FOLDER]

Stock TinyDB is measured at ``--stock`` articles: it rewrites everything at each change, so its times grow with
the number, and so does every ratio; at 100,000 a run takes a quarter of an hour and 8 GB of memory.
``--keep`` names a home as ``NEWSDASH_HOME`` does: its store is made when missing, and copied before it is changed.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from bench import installed
from bench.store_articles import Item, batches, make
from store.database import Database, records
from store.models import Feed, Status
from store.paths import Places

_PEAK = """
def peak():  # kB; getrusage would count the parent's memory at the fork as well
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
"""
_OPEN = (
    _PEAK
    + """
import sys, json
from pathlib import Path
import store.models
from store.database import Database
from time import perf_counter
start = perf_counter()
database = Database.open(Path(sys.argv[1]))
ids = database.articles.ids()[:50]
rows = [(database.articles.get(one), database.articles.status(one)) for one in ids]
first = perf_counter() - start
start = perf_counter()
counts, unread = database.articles.counts(), len(database.articles.unread())
sidebar = perf_counter() - start
start = perf_counter()
for one in ids: database.texts.document(one), database.texts.analysis(one)
opened = (perf_counter() - start) / len(ids)
assert len(rows) == 50
database.articles.find(1, "x")
print(json.dumps([first, sidebar, opened, peak()]))
"""
)
_STOCK_OPEN = (
    _PEAK
    + """
import sys, json
from time import perf_counter
from tinydb import TinyDB
start = perf_counter()
database = TinyDB(sys.argv[1])
rows = database.table("articles").all()[-50:]
first = perf_counter() - start
assert len(rows) == 50
print(json.dumps([first, 0, 0, peak()]))
"""
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--stock", type=int, default=100_000)
    options.add_argument("--keep", type=Path, help="keep (and use again) the store below this folder")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "store"
        kept = Places.below(chosen.keep).database if chosen.keep else folder
        if not kept.exists():
            build(kept, chosen.articles)
        if kept != folder:
            shutil.copytree(kept, folder)
        ours = measure_ours(folder)
        stock = measure_stock(Path(temporary), chosen.stock)
    report(chosen.articles, ours, chosen.stock, stock)


def report(articles: int, ours: dict[str, float], count: int, stock: dict[str, float]) -> None:
    print(f"\nnewsdash at {articles:,} articles; stock TinyDB at {count:,}. Medians.")
    for name, limit, unit in (
        ("mark", 0.002, "s"),
        ("insert 50", 0.05, "s"),
        ("open", 0.15, "s"),
        ("memory", 150, "MB"),
        ("disk", 0.7, "of the content's JSON"),
        ("mark bytes", 300, "bytes written"),
    ):
        print(f"  {name:12} {ours[name]:10.5g} {unit}, wanted < {limit}: {'yes' if ours[name] < limit else 'NO'}")
    for name in ("sidebar", "read a text", "insert 50 at most", "mark at most", "compact", "close and open"):
        print(f"  {name:17} {ours[name]:10.5g} s")
    print("Stock TinyDB, times as long:")
    for name, wanted in (("mark", 1_000), ("insert 50", 100), ("open", 20)):
        for kind in ("", "cached "):
            value = stock[kind + name]
            print(f"  {kind + name:17} {value:8.3f} s = {value / ours[name]:8.0f} x, wanted > {wanted} x")
    print(f"  memory {stock['memory']:.0f} MB = {stock['memory'] / ours['memory']:.1f} x")


def measure_ours(folder: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    with Database.open(folder) as database:
        have = len(database.articles.ids())
        content = content_size(have)
        start = perf_counter()
        database.compact()
        found["compact"] = perf_counter() - start
    found["disk"] = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / content
    opens = [child(_OPEN, folder) for _ in range(7)]
    for at, name in enumerate(("open", "sidebar", "read a text")):
        found[name] = statistics.median(run[at] for run in opens)
    with Database.open(folder) as database:
        newest = database.articles.ids()[:400]
        times = [
            timed(lambda one=one: database.articles.save_statuses([Status(one, read=True, changed=datetime.now(UTC))]))
            for one in newest
        ]
        found["mark"], found["mark at most"] = statistics.median(times), max(times)
        found["mark bytes"] = journal_bytes(folder) / len(newest)
        adding = [items(have + 50 * turn) for turn in range(20)]
        times = [timed(lambda batch=batch: database.articles.add(batch)) for batch in adding]
        found["insert 50"], found["insert 50 at most"] = statistics.median(times), max(times)
        start = perf_counter()
    reopened = child(_OPEN, folder)
    found["close and open"] = perf_counter() - start
    found["memory"] = max(run[3] for run in [*opens, reopened]) / 1024
    return found


def build(folder: Path, count: int) -> None:
    """Fill a store, every second article read and some starred."""
    start = perf_counter()
    with Database.open(folder) as database:
        for number in range(200):
            database.feeds.add(Feed(0, f"https://site{number + 1}.example/feed.xml", f"Feed {number + 1}"))
        for batch in batches(0, count):
            ids = database.articles.add(batch)
            database.articles.save_statuses([Status(one, read=one % 2 == 0, starred=one % 50 == 0) for one in ids])
    print(
        f"built {count:,} articles in {perf_counter() - start:.0f} s (making them up included), "
        f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB",
        flush=True,
    )


def items(first: int) -> list[Item]:
    """Fifty new articles as a refresh brings them."""
    return [make(number) for number in range(first, first + 50)]


def content_size(count: int) -> int:
    """Bytes of the JSON of all records, from a sample."""
    sample = [
        len(json.dumps(row, ensure_ascii=False))
        for number in range(0, count, max(1, count // 500))
        for row in stock_rows(make(number)).values()
    ]
    return sum(sample) * count // len(range(0, count, max(1, count // 500)))


def stock_rows(item: Item) -> dict[str, dict[str, Any]]:
    article, document, analysis = item
    return {
        "articles": records.article_row(article),
        "bodies": records.body_row(document),
        "people": records.people_row(analysis),
        "quotes": records.quotes_row(analysis),
        "status": records.status_row(replace(Status(1), read=True)),
    }


def measure_stock(folder: Path, count: int) -> dict[str, float]:
    """The same content in stock TinyDB: JSONStorage as it comes, and with CachingMiddleware flushed at each change."""
    from tinydb import TinyDB
    from tinydb.middlewares import CachingMiddleware
    from tinydb.storages import JSONStorage

    path = folder / "stock.json"
    write_stock(path, count)
    found: dict[str, float] = {}
    with TinyDB(path) as database:
        found |= stock_times(database, count, "", lambda: None)
    with TinyDB(path, storage=CachingMiddleware(JSONStorage)) as database:
        found |= stock_times(database, count, "cached ", database.storage.flush)  # durable only after a flush
    run = child(_STOCK_OPEN, path)
    found["open"] = found["cached open"] = run[0]
    found["memory"] = run[3] / 1024
    return found


def write_stock(path: Path, count: int) -> None:
    """The file as stock TinyDB has it, table by table, for the memory of this process is measured too."""
    tables = list(stock_rows(make(0)))
    with ExitStack() as files:
        parts = {table: files.enter_context(tempfile.TemporaryFile("w+")) for table in tables}
        for number in range(count):
            for table, row in stock_rows(make(number)).items():
                parts[table].write(f'{", " * (number > 0)}"{number + 1}": {json.dumps(row)}')
        whole = files.enter_context(path.open("w"))
        for table, part in parts.items():
            whole.write(f'{"{" if table == tables[0] else ", "}"{table}": {{')
            part.seek(0)
            shutil.copyfileobj(part, whole)
            whole.write("}")
        whole.write("}")


def stock_times(database: Any, count: int, kind: str, flush: Callable[[], None]) -> dict[str, float]:
    def mark() -> None:
        database.table("status").update({"read": False}, doc_ids=[count // 2])
        flush()

    def insert() -> None:
        new = [stock_rows(item) for item in items(count)]
        for table in ("articles", "bodies", "people", "quotes"):
            database.table(table).insert_multiple([rows[table] for rows in new])
        flush()

    return {
        f"{kind}mark": timed(mark),
        f"{kind}insert 50": timed(insert),
    }


def timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def journal_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("journal-*"))


def child(program: str, path: Path) -> list[float]:
    """Run in a process of its own: nothing is warm but the disk's cache."""
    root = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        check=True,
        cwd=root,
        env=installed.environment(PYTHONPATH=root),
    )
    values: list[float] = json.loads(done.stdout)
    return values


if __name__ == "__main__":
    main()
