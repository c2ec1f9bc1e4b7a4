"""How the subcommands print: aligned columns for people, JSON for scripts, one sentence a problem."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.library import Library
from store.models import Scope, View
from store.paths import Places
from tui.cli.encoding import as_json
from tui.config.library_options import load_network, load_rules
from tui.startup.gc_policy import collect_seldom

if TYPE_CHECKING:
    from store.models import IngestReport, Problem, Progress


@contextmanager
def library(*, seeds: bool = True) -> Iterator[Library]:
    """The store, with new seeds taken in when ``seeds``; a notice (say, that it is read-only) goes to stderr."""
    collect_seldom()
    places = Places.find()
    with Library.open(places, network=load_network(places.config_file)) as opened:
        opened.rules.use(load_rules(places.config_file))
        if opened.notice:
            complain(opened.notice)
        if seeds:
            report_problems(opened.files.ingest_seeds())
        yield opened


def prepare_search(opened: Library) -> None:
    """Make the index whole before its first use, saying how far that is when somebody looks."""
    shown = sys.stderr.isatty()

    def say(progress: Progress) -> None:
        print(f"\r{progress.label}: {progress.done:,} of {progress.total:,}", end="", file=sys.stderr, flush=True)

    opened.search.prepare(say if shown else None)
    if shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def view_of(opened: Library, options: argparse.Namespace, query: str) -> View:
    """The articles that --view, --feed, --saved and a query ask for; the index is made whole when it is needed."""
    if query or options.saved:
        prepare_search(opened)
    if options.saved:
        return View(Scope.SAVED, query=query, saved=opened.search.saved.find(options.saved).name)
    if getattr(options, "feed", ""):
        return View(Scope.FEED, opened.feeds.find(options.feed).id, query)
    return View(Scope(getattr(options, "view", Scope.ALL)), query=query)


def complain(sentence: str) -> None:
    print(f"newsdash: {sentence}", file=sys.stderr)


def report_problems(report: IngestReport) -> None:
    for problem in report.problems:
        complain(sentence(problem))


def sentence(problem: Problem) -> str:
    """The problem as one sentence that names what it is about."""
    return problem.reason if problem.name in problem.reason else f"{problem.name}: {problem.reason}"


def print_json(value: Any) -> None:
    """One JSON value on one line, so that lists print as JSON Lines when called for each item."""
    print(as_json(value, _plain))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not JSON")


def print_columns(rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Rows as aligned columns (those numbered in ``right`` to the right); the last one is cut to the terminal."""
    from wcwidth import wcswidth

    table = [[str(cell) for cell in row] for row in rows]
    if not table:
        return
    widths = [max(max(wcswidth(row[column]), 0) for row in table) for column in range(len(table[0]))]
    limit = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for row in table:
        cells = []
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blanks = " " * (width - max(wcswidth(cell), 0))
            last = column == len(row) - 1
            cells.append(blanks + cell if column in right else cell if last else cell + blanks)
        print(cut("  ".join(cells), limit))


def cut(text: str, cells: int | None) -> str:
    """The text in at most so many terminal cells, with an ellipsis where it was cut."""
    from wcwidth import wcswidth, wcwidth

    if cells is None or wcswidth(text) <= cells:
        return text
    room, kept = cells - 1, []
    for character in text:
        room -= max(wcwidth(character), 0)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def local_time(moment: datetime) -> str:
    """A time as the tables show it: in the reader's zone, to the minute."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def size(number: int) -> str:
    """A number of bytes: ``4 kB``, ``1.2 MB``."""
    return f"{number / 1e6:,.1f} MB" if number >= 1_000_000 else f"{-(-number // 1000)} kB"


def count(number: int, noun: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
