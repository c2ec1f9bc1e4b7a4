"""kill -9 at random moments while the store is written: is every acknowledged change there after the restart?

    python -m bench.store_kill [--kills 500] [--seed 1]

A child process takes in articles, marks, removes and compacts without pause and says on its standard output what
was acknowledged. It is killed after a random time, the store is opened and compared, and the next child goes on.
Each tenth child begins with a store of the old format, and is killed while it is brought up to date.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from bench.store_articles import Item, make
from store.database import Database, records
from store.models import Feed, Status

ROOT = Path(__file__).parents[1]
Known = dict[int, list[Any]]
"""Article id to its number and whether it is read."""


def child(folder: Path, seed: int) -> None:
    """Change the store until killed; one JSON line on standard output for what begins and what is done."""
    chance = random.Random(seed)
    number = seed * 1_000
    with Database.open(folder) as database:
        if not database.feeds():
            database.add_feed(Feed(0, "https://a.example/", "A"))
        say("open")
        while True:
            ids = list(database.article_ids())
            kind = chance.choice(["add", "add", "read", "read", "read", "remove", "compact"])
            if kind == "add":
                numbers = list(range(number, number + chance.randint(1, 20)))
                number += len(numbers)
                say("try add", numbers)
                say("add", numbers, database.add_articles([item(one) for one in numbers]))
            elif kind == "read" and ids:
                chosen, read = chance.sample(ids, min(3, len(ids))), chance.random() < 0.7
                say("try read", chosen, read)
                database.save_statuses([Status(one, read=read) for one in chosen])
                say("read", chosen, read)
            elif kind == "remove" and len(ids) > 150:
                chosen = chance.sample(ids, 40)
                say("try remove", chosen)
                database.remove_articles(chosen)
                say("remove", chosen)
            elif kind == "compact":
                database.compact()


def item(number: int) -> Item:
    """A made-up article, all of one feed."""
    article, document, analysis = make(number)
    return replace(article, feed_id=1), document, analysis


def say(*words: object) -> None:
    print(json.dumps(words), flush=True)


def run(folder: Path, seed: int, wait: float) -> list[list[Any]]:
    """A child, killed ``wait`` seconds after it began to open the store; what it said."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from bench.store_kill import *; print(); sys.stdout.flush(); "
         "child(Path(sys.argv[1]), int(sys.argv[2]))", str(folder), str(seed)],
        stdout=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout
    process.stdout.readline()
    time.sleep(wait)
    process.kill()
    said = process.communicate()[0].decode()
    return [json.loads(line) for line in said.split("\n")[:-1] if line]


def apply(known: Known, said: list[Any]) -> None:
    """What an acknowledged change did."""
    kind, *words = said
    if kind == "add":
        known.update({one: [number, False] for one, number in zip(words[1], words[0], strict=True)})
    elif kind == "read":
        for one in words[0]:
            known[one][1] = words[1]
    elif kind == "remove":
        for one in words[0]:
            del known[one]


def check(folder: Path, known: Known, begun: list[Any] | None) -> Known:
    """:raises AssertionError: when something acknowledged is not there, or something is there that nobody wrote."""
    with Database.open(folder) as database:
        assert not database.read_only, database.notice
        problems = [problem for problem in database.check() if "interrupted" not in problem.reason]
        assert not problems, problems
        found: Known = {}
        for one in database.article_ids():
            article = database.article(one)
            assert article is not None
            number = int(article.guid.rsplit(":", 1)[1])
            assert database.document(one) == make(number)[1]
            found[one] = [number, database.status(one).read]
    if found == known:
        return found
    assert begun, "an acknowledged change is missing"
    after = {one: list(row) for one, row in known.items()}
    kind, *words = begun
    if kind == "try add":
        new = sorted(set(found) - set(known))
        words.append(new)
        assert len(new) == len(words[0]), "a part of a change is there"
    apply(after, [kind.removeprefix("try "), *words])
    assert found == after, "an acknowledged change is missing"
    return found


def old_store(folder: Path, seed: int, count: int = 150) -> Known:
    """A store of format 1: one JSON file."""
    tables: dict[str, Any] = {"feeds": {"1": records.feed_row(Feed(0, "https://a.example/", "A"))}}
    for one in range(1, count + 1):
        article, document, analysis = item(seed * 1_000 + one)
        rows = {
            "articles": records.article_row(article),
            "bodies": records.body_row(document),
            "people": records.people_row(analysis),
            "quotes": records.quotes_row(analysis),
            "status": records.status_row(Status(1, read=one % 2 == 0)),
        }
        for table, row in rows.items():
            tables.setdefault(table, {})[str(one)] = row
    folder.mkdir(parents=True)
    (folder / "store.json").write_bytes(orjson.dumps(tables))
    return {one: [seed * 1_000 + one, one % 2 == 0] for one in range(1, count + 1)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--kills", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    known: Known = {}
    acknowledged = migrations = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "store"
        for turn in range(1, chosen.kills + 1):
            if turn % 10 == 0:
                shutil.rmtree(folder)
                known = old_store(folder, 10_000 + turn)
            said = run(folder, turn, chance.expovariate(1 / 0.08))
            migrations += turn % 10 == 0 and ["open"] not in said
            done = [words for words in said if not words[0].startswith("try")]
            for words in done:
                apply(known, words)
            acknowledged += sum(words[0] != "open" for words in done)
            begun = said[-1] if said and said[-1][0].startswith("try") else None
            known = check(folder, known, begun)
            if turn % 50 == 0:
                print(f"{turn} kills, {acknowledged} acknowledged changes, all there", flush=True)
    print(f"{chosen.kills} kills ({migrations} during a migration), {acknowledged} changes acknowledged, 0 lost")


if __name__ == "__main__":
    main()
