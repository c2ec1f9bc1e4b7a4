"""From the start of the process to the first picture, beside a bare Textual application of three panes.

    python -m bench.start [--runs 9] [--articles 1000 100000] [--keep FOLDER]

Each round starts the bare application and newsdash on every store in turn, so that a busy machine is busy for all.
Two times are taken: until the panes are painted, and until the newest headline can be read. Both are compared with the
bare application's only picture.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import truediv
from pathlib import Path
from statistics import median

from bench.store_articles import make
from bench.store_operations import build
from bench.terminal import Program
from store.attribution import ENGINE_VERSION
from store.library import Library
from store.library.ingest import ANALYSED_WITH
from store.paths import Places
from tui.dashboard.onboarding import WELCOMED

WANTED = 1.25
SIZE = (120, 40)
BARE = [sys.executable, "-m", "bench.bare_app"]
NEWSDASH = [sys.executable, "-m", "tui.cli"]


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until the panes were painted and until a headline was, of the clock and of the processor."""

    painted: float
    painted_work: float
    read: float
    read_work: float


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--runs", type=int, default=9)
    options.add_argument("--articles", type=int, nargs="+", default=[1_000, 100_000])
    options.add_argument("--keep", type=Path, help="keep (and use again) the stores below this folder")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        homes = {count: home_of(chosen.keep or Path(temporary), count) for count in chosen.articles}
        report(measure(homes, chosen.runs))


def home_of(folder: Path, count: int) -> Path:
    """A ``NEWSDASH_HOME`` with so many articles, used before: its index is made and the shipped seeds are in."""
    home = folder / f"home{count}"
    places = Places.below(home)
    if not places.database.exists():
        build(places.database, count)
    with Library.open(places) as library:
        library.files.ingest_seeds()
        library.search.prepare()
        # So that the made-up analyses are not replaced meanwhile.
        library.maintenance.save_setting(ANALYSED_WITH, ENGINE_VERSION)
        library.maintenance.save_setting(WELCOMED, True)
    return home


def measure(homes: Mapping[int, Path], runs: int) -> dict[str, list[Start]]:
    found: dict[str, list[Start]] = {}
    for turn in range(runs + 1):
        starts = {"bare": start(BARE, {}, "Right pane", "")}
        for count, home in homes.items():
            starts[f"{count:,} articles"] = start(
                NEWSDASH, {"NEWSDASH_HOME": str(home)}, "Opening the library", make(count - 1)[0].title[:20]
            )
        if turn:  # the first round only warms the disk
            for name, one in starts.items():
                found.setdefault(name, []).append(one)
    return found


def start(command: Sequence[str], environment: Mapping[str, str], painted: str, readable: str) -> Start:
    with Program(command, environment, *SIZE) as program:
        first = program.wait_for(painted) - program.started
        work = program.processor_time
        read = program.wait_for(readable) - program.started if readable else first
        return Start(first, work, read, program.processor_time if readable else work)


def report(found: Mapping[str, Sequence[Start]]) -> None:
    bare = found["bare"]
    print(f"{'':18} {'painted':>16} {'processor':>17}   {'newest headline':>16} {'processor':>17}")
    for name, starts in found.items():
        columns = (
            f"{median(values) * 1000:7.0f} ms {median(map(truediv, values, floor)):5.2f}x"
            for values, floor in (
                ([one.painted for one in starts], [one.painted for one in bare]),
                ([one.painted_work for one in starts], [one.painted_work for one in bare]),
                ([one.read for one in starts], [one.painted for one in bare]),
                ([one.read_work for one in starts], [one.painted_work for one in bare]),
            )
        )
        print(f"{name:18} {'  '.join(columns)}")
    print(f"Wanted: painted within {WANTED} times the bare application's time.")


if __name__ == "__main__":
    main()
