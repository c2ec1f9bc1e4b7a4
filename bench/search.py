"""Full-text search over 100,000 articles of 4 kB, beside a plain Python scan of the same text.

    python -m bench.search [--articles 100000] [--scan 10000] [--keep FOLDER]

A search is timed through the library: the ids of all hits and snippets of the first 50. The scan is the
quickest thing Python can do without an index, ``in`` over folded texts that are in memory already; it is
measured on ``--scan`` articles and multiplied up.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time, sleep

from bench.store_articles import make, names, words
from bench.store_operations import build
from store.library import Library
from store.models import View
from store.paths import Places
from store.text.words import fold

RUNS = 5
FIRST = 50


def queries() -> list[str]:
    """50 searches, from words in every article to words in none."""
    rank = words()[0]
    often, some, rare = rank[100], rank[1_000], rank[20_000]
    person, other = names()[7], names()[70]
    surname = person.split()[1]
    sentence = make(77)[1].text.split()
    phrase = " ".join(sentence[1:4]).strip(".,")
    return [
        *("the", "of and to", often, rank[150], rank[300], some, rank[3_000], rank[9_000], rare, "nosuchword"),
        *(f"{often} {some}", f"{some} {rank[1_001]}", f"the {rare}", f"{rank[120]} {rank[121]} {rank[122]}"),
        *(f'"{phrase}"', '"of the"', '"the of and"', f'"{often} {rank[101]}"', f'title:"{some}"'),
        *("ba*", "the*", f"{rare[:4]}*", f"{some[:3]}* {often}", "title:ta*"),
        *(f"title:{rank[500]}", f"title:{some} {often}", f'author:"{other}"', f"author:{surname}", f"tag:{rank[150]}"),
        *(f'said:"{person}"', f"said:{surname} {often}", f'about:"{other}"', f"about:{surname} -said:{surname}"),
        *("said:director the", f"{often} is:unread", "is:starred", f"{some} is:starred", f"{rank[200]} -{rank[210]}"),
        *("-the", f"-{often}", f"{rare} OR {rank[20_001]} OR {rank[20_002]}", f"({often} OR {some}) {rank[400]}"),
        *("feed:7", f'feed:"Feed 12" {often}', "after:2021", f"{some} after:2020-03 before:2021"),
        *("has:quotes the", f"has:enclosure {often}", f"{rare} /{rare}[a-z]*/", f"{rank[5_000]} /{some}/"),
        *(f'said:"{person}" OR about:"{other}" -is:read',),
    ]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--scan", type=int, default=10_000)
    options.add_argument("--keep", type=Path, help="keep (and use again) the store below this folder")
    options.add_argument("--each", action="store_true", help="print the time of each search")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        places = Places.below(chosen.keep or Path(temporary))
        if not places.database.exists():
            build(places.database, chosen.articles)
        with Library.open(places) as library:
            measure_build(library, chosen.articles)
            times = measure_searches(library)
            scans = measure_scan(min(chosen.scan, chosen.articles), chosen.articles)
    report(times, scans, each=chosen.each)


def measure_build(library: Library, count: int) -> None:
    """The index from nothing, in the background of a reader who goes through the headlines."""
    for file in library.places.cache.glob("search.db*"):
        file.unlink()
    ids = library.listing.ids(View())
    start, used = perf_counter(), processor()
    library.listing.ids(View(query="the"))
    first = perf_counter() - start
    waits = []
    while library.search.progress() is not None:
        before = perf_counter()
        library.articles.get(ids[len(waits) % len(ids)])
        waits.append(perf_counter() - before)
        sleep(0.02)
    took = perf_counter() - start
    library.search.prepare()
    whole = perf_counter() - start
    assert len(library.listing.ids(View(query="the"))) > 0.9 * count
    size = sum(file.stat().st_size for file in library.places.cache.glob("search.db*")) / 1e6
    print(f"index of {len(ids):,} articles: {took:.1f} s, wanted < 60: {'yes' if took < 60 else 'NO'}; {size:.0f} MB")
    print(f"  with the list of its words {whole:.1f} s; {processor() - used:.1f} s of processor")
    print(f"  the first search answers after {first:.3f} s; a headline waits {max(waits, default=0):.3f} s at most")


def processor() -> float:
    """Seconds of this process and of those it started that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def measure_searches(library: Library) -> dict[str, float]:
    """Each query to its first hits with snippets, the best of some runs."""
    times = {}
    for query in queries():
        runs = []
        for _ in range(RUNS):
            start = perf_counter()
            found = library.listing.ids(View(query=query))[:FIRST]
            shown = library.search.snippets(found, query)
            runs.append(perf_counter() - start)
        assert len(shown) == len(found)
        times[query] = min(runs)
    return times


def measure_scan(sample: int, count: int) -> list[float]:
    """A word looked for in every text, already folded and in memory."""
    texts = [fold(f"{article.title}\n{document.text}") for article, document, _ in map(make, range(sample))]
    return [scan * count / sample for scan in scanned(texts)]


def scanned(texts: list[str]) -> Iterator[float]:
    for word in (words()[0][100], words()[0][1_000], words()[0][20_000]):
        start = perf_counter()
        assert len([number for number, text in enumerate(texts) if word in text]) < len(texts)
        yield perf_counter() - start


def report(times: dict[str, float], scans: list[float], *, each: bool) -> None:
    slowest = max(times, key=times.__getitem__)
    median, scan = statistics.median(times.values()), statistics.median(scans)
    print(f"{len(times)} searches, first {FIRST} hits with snippets:")
    for name, value, limit in (("median", median, 0.03), ("slowest", times[slowest], 0.1)):
        print(f"  {name:8} {value * 1e3:7.1f} ms, wanted < {limit * 1e3:.0f}: {'yes' if value < limit else 'NO'}")
    print(f"  the slowest is {slowest}")
    ratios = f"{scan / median:.0f} x the median, {scan / times[slowest]:.1f} x the slowest"
    print(f"  a plain scan takes {scan * 1e3:.0f} ms: {ratios}")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, the scan's texts included")
    if each:
        for query, value in sorted(times.items(), key=lambda item: -item[1]):
            print(f"  {value * 1e3:8.2f} ms  {query}")


if __name__ == "__main__":
    main()
