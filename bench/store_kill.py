"""kill -9 at random moments while the store is written: is every acknowledged change there after the restart?

    python -m bench.store_kill [--kills 500] [--seed 1]

A child process adds articles, marks, removes and compacts without pause and says on its standard output what was
acknowledged: in every second child by a flush, while a thread of its own writes. It is killed
after a random time, the store is opened and compared, and the next child goes on.
Each fifth child begins with a store of an earlier format, each in turn, and is killed while it is brought up to date.
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

from bench.old_formats import format_1_tables, turn_into_format_2, write_format_1
from bench.store_articles import Item, make
from store.database import Database
from store.database.engine.journal import VERSION
from store.models import Feed, Status

ROOT = Path(__file__).parents[1]
OLD = 5
"""Every so many kills begin with a store of an earlier format."""
Known = dict[int, list[Any]]
"""Article id to its number and whether it is read."""


def child(folder: Path, seed: int) -> None:
    """Change the store until killed; one JSON line on standard output for what begins and what is done."""
    chance = random.Random(seed)
    number = seed * 1_000
    with Database.open(folder) as database:
        if seed % 2:
            database.write_in_background(lambda error: say("refused", error.message))
        if not database.feeds.all():
            database.feeds.add(Feed(0, "https://a.example/", "A"))
        say("open")
        while True:
            ids = list(database.articles.ids())
            kind = chance.choice(["add", "add", "read", "read", "read", "remove", "compact"])
            if kind == "add":
                numbers = list(range(number, number + chance.randint(1, 20)))
                number += len(numbers)
                say("try add", numbers)
                added = database.articles.add([item(one) for one in numbers])
                database.flush()
                say("add", numbers, added)
            elif kind == "read" and ids:
                chosen, read = chance.sample(ids, min(3, len(ids))), chance.random() < 0.7
                say("try read", chosen, read)
                database.articles.save_statuses([Status(one, read=read) for one in chosen])
                database.flush()
                say("read", chosen, read)
            elif kind == "remove" and len(ids) > 150:
                chosen = chance.sample(ids, 40)
                say("try remove", chosen)
                database.articles.remove(chosen)
                database.flush()
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
        for one in database.articles.ids():
            article = database.articles.get(one)
            assert article is not None
            number = int(article.guid.rsplit(":", 1)[1])
            assert database.texts.document(one) == make(number)[1]
            found[one] = [number, database.articles.status(one).read]
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


def old_store(folder: Path, seed: int, version: int, count: int = 150) -> Known:
    """A store of an earlier format."""
    made = {one: item(seed * 1_000 + one) for one in range(1, count + 1)}
    read = range(2, count + 1, 2)
    if version == 1:
        write_format_1(folder, format_1_tables(made.items(), read))
    else:
        with Database.open(folder) as database:
            database.feeds.add(Feed(0, "https://a.example/", "A"))
            database.articles.add(list(made.values())[:-10])
            database.compact()
            database.articles.add(list(made.values())[-10:])
            database.articles.save_statuses([Status(one, read=True) for one in read])
        turn_into_format_2(folder)
    return {one: [seed * 1_000 + one, one in read] for one in made}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--kills", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    known: Known = {}
    acknowledged = 0
    migrations = dict.fromkeys(range(1, VERSION), 0)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "store"
        for turn in range(1, chosen.kills + 1):
            old = 1 + turn // OLD % (VERSION - 1) if turn % OLD == 0 else None
            if old:
                shutil.rmtree(folder)
                known = old_store(folder, 10_000 + turn, old)
            wait = chance.uniform(0, 0.06) if old else chance.expovariate(1 / 0.12)
            said = run(folder, turn, wait)
            if old and ["open"] not in said:
                migrations[old] += 1
            done = [words for words in said if not words[0].startswith("try")]
            for words in done:
                apply(known, words)
            acknowledged += sum(words[0] != "open" for words in done)
            begun = said[-1] if said and said[-1][0].startswith("try") else None
            known = check(folder, known, begun)
            if turn % 50 == 0:
                print(f"{turn} kills, {acknowledged} acknowledged changes, all there", flush=True)
    migrated = " and ".join(f"{count} from format {version}" for version, count in migrations.items())
    print(f"{chosen.kills} kills (during a migration {migrated}), {acknowledged} changes acknowledged, 0 lost")


if __name__ == "__main__":
    main()
