"""Refreshing 200 feeds of 50 entries beside newsboat, whose answers take 100 ms; ratios of the best of some runs.

    python -m bench.refresh [--feeds 200] [--runs 3] [--threads 50 100 200]

Both programs are run as commands, start-up included, in turn against the same server: ``newsboat -x reload`` at
the best of a few ``reload-threads``, and ``newsdash refresh --no-analysis``. Who said what in new articles of known
feeds is told in that time all the same; the articles of a cold refresh are left to the background (``--background``
gives the time that takes). Memory is the largest of one
process, as the kernel counts it; newsdash also has worker processes, of which the largest is given.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench import installed
from store.database import Database
from store.models import Feed
from store.paths import Places

PORT = 8913
WANTED = {"2 new of 50": 0.5, "304": 0.5, "same bytes, no ETag": 0.4}
ROOT = Path(__file__).parents[1]

Run = tuple[float, float]
"""Seconds of wall time, and megabytes at most."""


@contextmanager
def server(feeds: int, entries: int, latency: float) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.feed_server", "--feeds", str(feeds), "--entries", str(entries)]
    command += ["--latency", str(latency), "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.kill()


def control(generation: int) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    opener.open(f"http://127.0.0.1:{PORT}/ctl?gen={generation}").read()


def timed(command: Sequence[str], environment: dict[str, str]) -> Run:
    """Run a command; its time, and the most memory that it or one of its processes took."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=installed.environment(**environment), cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with status {process.returncode}.")
    return seconds, usage.ru_maxrss / 1024


class Newsboat:
    """newsboat with a cache and a list of feeds of its own."""

    def __init__(self, folder: Path, kind: str, feeds: int, threads: int) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        (folder / "urls").write_text("".join(f"http://127.0.0.1:{PORT}/{kind}/{n}.xml\n" for n in range(feeds)))
        (folder / "config").write_text(f"reload-threads {threads}\n")

    def refresh(self) -> Run:
        files = [str(self.folder / name) for name in ("urls", "cache.db", "config")]
        return timed(["newsboat", "-u", files[0], "-c", files[1], "-C", files[2], "-x", "reload"], {})


class Newsdash:
    """newsdash with a home of its own, in which the feeds are followed and not yet fetched."""

    def __init__(self, folder: Path, kind: str, feeds: int) -> None:
        self.environment = {"NEWSDASH_HOME": str(folder), "PYTHONPATH": str(ROOT)}
        with Database.open(Places.below(folder).database) as database:
            for number in range(feeds):
                url = f"http://127.0.0.1:{PORT}/{kind}/{number}.xml"
                database.feeds.add(Feed(0, url, url, added=datetime.now(UTC)))

    def refresh(self, *, analysis: bool = False) -> Run:
        """With ``analysis``, of the articles as well that earlier refreshes left to the background."""
        command = [sys.executable, "-m", "tui.cli", "refresh", "--all"]
        return timed(command if analysis else [*command, "--no-analysis"], self.environment)


def measure(
    folder: Path, feeds: int, runs: int, threads: Sequence[int], *, background: bool
) -> dict[str, dict[str, list[Run]]]:
    """Case, then program, to its runs."""
    found: dict[str, dict[str, list[Run]]] = defaultdict(lambda: defaultdict(list))
    ours: dict[str, Newsdash] = {}
    theirs: dict[tuple[str, int], Newsboat] = {}
    generation = 0
    for run in range(runs):
        for count in threads:
            theirs["etag", count] = Newsboat(folder / f"boat-{run}-{count}", "etag", feeds, count)
            found["cold"][f"newsboat, {count} threads"].append(theirs["etag", count].refresh())
        ours["etag"] = Newsdash(folder / f"dash-{run}", "etag", feeds)
        found["cold"]["newsdash"].append(ours["etag"].refresh())
    if background:
        found["cold, who said what"]["newsdash"].append(ours["etag"].refresh(analysis=True))
    ours["plain"] = Newsdash(folder / "plain", "plain", feeds)
    ours["plain"].refresh()
    for count in threads:
        theirs["etag", count].refresh()  # newsboat notes an ETag at the second reading only
        theirs["plain", count] = Newsboat(folder / f"plain-{count}", "plain", feeds, count)
        theirs["plain", count].refresh()
    for case, kind in (("304", "etag"), ("same bytes, no ETag", "plain"), ("2 new of 50", "etag")):
        for _ in range(runs):
            if case == "2 new of 50":
                generation += 1
                control(generation)
            for program in (*threads, 0):
                if program:
                    name, result = f"newsboat, {program} threads", theirs[kind, program].refresh()
                else:
                    name, result = "newsdash", ours[kind].refresh()
                found[case][name].append(result)
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--feeds", type=int, default=200)
    options.add_argument("--entries", type=int, default=50)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--threads", type=int, nargs="+", default=[50, 100, 200])
    options.add_argument("--background", action="store_true", help="also what a cold refresh leaves to be analysed")
    chosen = options.parse_args()
    if not shutil.which("newsboat"):
        raise SystemExit("newsboat is not installed.")
    with tempfile.TemporaryDirectory() as temporary, server(chosen.feeds, chosen.entries, 0.1):
        found = measure(Path(temporary), chosen.feeds, chosen.runs, chosen.threads, background=chosen.background)
    for case, programs in found.items():
        best = {program: min(runs) for program, runs in programs.items()}
        for program, (seconds, memory) in best.items():
            print(f"{case:22} {program:24} {seconds:6.2f} s {memory:6.0f} MB")
        if case in WANTED:
            peer = min(seconds for program, (seconds, _) in best.items() if program != "newsdash")
            print(f"{case:22} {best['newsdash'][0] / peer:.2f} x newsboat's time, wanted <= {WANTED[case]}")


if __name__ == "__main__":
    main()
