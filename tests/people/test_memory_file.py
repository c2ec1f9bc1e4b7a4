"""The file of the memory deleted, damaged, of an older version, or left by a killed process: nothing the user decided
is lost, and what was known is known again."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest

from store.library import Library
from store.models import QuoteQuery
from store.paths import Places

Write = Callable[..., None]

KILLS = int(os.environ.get("KILLS", "4"))
"""More when one wants to be sure: KILLS=50."""
MINISTER = (
    "“The dam number {0} is safe and nobody will have to pay for it twice,” said Ingrid Solberg, the energy minister."
)
SKIER = (
    "“I fell at gate {0},” said Ingrid Solberg, a slalom skier with the Holmen club. Her coach, Anna Lechner, laughed."
)
TEACHER = "“Nobody reads book {0} any more,” said Tom Berg, a teacher at the grammar school."
HEADMASTER = "“School number {0} opens on Monday,” said Thomas Berg, the headmaster of the grammar school."

Known = list[tuple[str, int, int]]


@pytest.fixture
def decided(library: Library, write: Write) -> Known:
    """A closed library with people joined and parted by the user; what is known of them."""
    for number in range(6):
        write(f"2021-03-{number + 1:02}", MINISTER.format(number))
        write(f"2021-04-{number + 1:02}", TEACHER.format(number))
    for number in range(3):
        write(f"2021-05-{number + 1:02}", SKIER.format(number))
        write(f"2021-06-{number + 1:02}", HEADMASTER.format(number))
    library.people.prepare()
    one, other = (next(iter(library.people.called(name))) for name in ("Tom Berg", "Thomas Berg"))
    if one != other:
        library.people.join(one, other)
    minister = library.people.called("Ingrid Solberg")[0]
    library.people.split(minister, library.people.articles_of(minister)[:2])
    library.people.follow(minister)
    found = known(library)
    assert ("Anna Lechner", 3, 0) in found
    library.close()
    return found


def known(library: Library) -> Known:
    library.people.prepare()
    return sorted((one.name, one.articles, one.quotes) for one in library.people.directory())


def check(places: Places, expected: Known) -> None:
    """Everybody is known as before, now and when the library is opened once more."""
    for _ in range(2):
        with Library.open(places) as opened:
            assert known(opened) == expected
            assert not opened.people.notice
            assert len(opened.people.decisions()) >= 1
            assert [entry.name for entry in opened.people.followed()] == ["Ingrid Solberg"]
            assert len(opened.people.quotes(QuoteQuery())) == 18


def test_deleted_while_closed(places: Places, decided: Known) -> None:
    for file in places.cache.glob("people.db*"):
        file.unlink()
    check(places, decided)


def test_deleted_while_open(places: Places, decided: Known) -> None:
    with Library.open(places) as opened:
        assert known(opened) == decided
        for file in places.cache.glob("people.db*"):
            file.unlink()
        assert opened.people.directory()
    check(places, decided)


@pytest.mark.parametrize("seed", range(8))
def test_random_bytes_anywhere(places: Places, decided: Known, seed: int) -> None:
    chance = random.Random(seed)
    file = places.cache / "people.db"
    content = bytearray(file.read_bytes())
    for _ in range(chance.choice([1, 3, 20])):
        start = chance.randrange(len(content))
        length = chance.choice([1, 40, 4096])
        content[start : start + length] = chance.randbytes(length)[: len(content) - start]
    file.write_bytes(content)
    with Library.open(places) as opened:
        opened.people.prepare()
        opened.people.directory("solberg")
        opened.people.quotes(QuoteQuery(words="dam"))
        opened.people.update(list(range(1, 19)))  # everything is read and written once
        opened.people.prepare()
        opened.people.directory()
    file.unlink()  # a flipped letter is no damage that shows; the file may always be made again
    check(places, decided)


def test_cut_off(places: Places, decided: Known) -> None:
    file = places.cache / "people.db"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])
    check(places, decided)


def test_made_by_an_older_version(places: Places, decided: Known) -> None:
    file = places.cache / "people.db"
    with sqlite3.connect(file) as connection:
        connection.executescript("DROP TABLE runs; CREATE TABLE runs (other TEXT); PRAGMA user_version = 1;")
    connection.close()
    check(places, decided)


def test_a_decision_stored_before_the_kill_is_carried_out(places: Places, decided: Known) -> None:
    file = places.cache / "people.db"
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM notes")
    connection.close()
    check(places, decided)


def test_a_decision_taken_back_before_the_kill_holds_no_more(places: Places, decided: Known) -> None:
    kept = (places.cache / "people.db").read_bytes()
    with Library.open(places) as opened:
        opened.people.undo(opened.people.decisions()[-1].number)
        after = known(opened)
    assert after != decided
    (places.cache / "people.db").write_bytes(kept)
    with Library.open(places) as opened:
        assert known(opened) == after


def test_a_second_process_reads_what_the_first_one_writes(places: Places, decided: Known, tmp_path: Path) -> None:
    with Library.open(places) as first:
        assert known(first) == decided
        other = subprocess.run(
            [sys.executable, "-m", "tui.cli", "quotes", "said:lechner", "--json"],
            env={**os.environ, "NEWSDASH_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
        )
        assert other.returncode == 0, other.stderr
        people = subprocess.run(
            [sys.executable, "-c", _LIST, str(tmp_path / "home")], capture_output=True, text=True, check=True
        )
        assert people.stdout.splitlines() == [f"{name} {articles}" for name, articles, _ in decided]


_LIST = """
import sys
from pathlib import Path
from store.library import Library
from store.paths import Places
with Library.open(Places.below(Path(sys.argv[1]))) as library:
    assert library.read_only
    for entry in sorted(library.people.directory(), key=lambda entry: (entry.name, entry.articles, entry.quotes)):
        print(entry.name, entry.articles)
"""

_TAKE_IN = """
import sys
from pathlib import Path
from store.library import Library
from store.paths import Places
with Library.open(Places.below(Path(sys.argv[1]))) as library:
    library.people.directory()
    print("ready", flush=True)
    for file in map(Path, sys.argv[2:]):
        library.files.ingest([file])
        file.unlink()
        print("taken in", flush=True)
"""


def test_killed_in_the_middle_of_updates(places: Places, decided: Known, tmp_path: Path) -> None:
    chance = random.Random(1)
    files = []
    for number in range(12 * KILLS):
        file = tmp_path / f"more-{number:03}.txt"
        file.write_text(f"More {number}\n\n2022-01-{number % 28 + 1:02}\n\n{TEACHER.format(100 + number)}\n")
        files.append(file)
    for _ in range(KILLS):
        left = [str(file) for file in files if file.exists()]
        child = subprocess.Popen(
            [sys.executable, "-c", _TAKE_IN, str(tmp_path / "home"), *left], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        for _ in range(chance.randrange(4)):
            child.stdout.readline()
        sleep(chance.uniform(0, 0.05))
        child.send_signal(signal.SIGKILL)
        child.communicate()
    assert not all(file.exists() for file in files)
    with Library.open(places) as opened:
        opened.files.ingest([file for file in files if file.exists()])
        after = known(opened)
        assert sum(articles for name, articles, _ in after if name.endswith("Berg")) == 9 + len(files)
        others = [one for one in decided if not one[0].endswith("Berg")]
        assert [one for one in after if not one[0].endswith("Berg")] == others
    for file in places.cache.glob("people.db*"):
        file.unlink()
    with Library.open(places) as opened:
        assert known(opened) == after
