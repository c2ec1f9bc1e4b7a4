"""From the press of a key to the painted answer, with 100,000 articles stored.

    python -m bench.keys [--articles 100000] [--keep FOLDER] [--each 40]

The dashboard runs on a pseudo-terminal. A key is pressed, and what newsdash writes is read until the answer is in it.
The floor is a bare Textual application that paints the letter one types.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from time import sleep

from bench.start import NEWSDASH, SIZE, home_of
from bench.store_articles import words
from bench.terminal import Program
from store.library import Library
from store.models import View
from store.paths import Places

USUAL, WORST = 0.030, 0.100
PAUSE = 0.1
"""Seconds between an answer and the next key, as of somebody who types fast."""
BEGINNING = 20
"""Characters of a headline or text that are looked for."""
TYPING = [sys.executable, "-m", "bench.bare_app", "typing"]
Times = list[float]


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--keep", type=Path, help="keep (and use again) the store below this folder")
    options.add_argument("--each", type=int, default=40, help="keys of each kind")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = home_of(chosen.keep or Path(temporary), chosen.articles)
        with Library.open(Places.below(home)) as library:
            session = Session(library, chosen.each)
        with Program(TYPING, {}, *SIZE) as program:
            program.wait_for("Type here")
            program.drain(1)
            found = {"floor": list(typed(program, chosen.each))}
        with Program(NEWSDASH, {"NEWSDASH_HOME": str(home)}, *SIZE) as program:
            program.wait_for(session.rows[0])
            program.drain(3)
            for name in ("moving", "reading", "opening", "switching", "searching"):
                found[name] = list(getattr(session, name)(program))
    report(found)


def typed(program: Program, count: int) -> Iterator[float]:
    """Letters that appear in a line of text."""
    for number in range(count):
        yield answer(program, chr(ord("a") + number % 26), chr(ord("a") + number % 26))


def answer(program: Program, key: str, *painted: str) -> float:
    """Seconds from the press of a key until all of this is painted, to the last byte of what was written with it."""
    pressed = program.send(key)
    for text in painted:
        program.wait_for(text)
    took = program.wait_for_rest() - pressed
    sleep(PAUSE)
    return took


class Session:
    """What is typed, and what must be painted then. Each method yields the seconds of every key."""

    def __init__(self, library: Library, count: int) -> None:
        self._count = count
        newest = library.listing.ids(View())[: 10 * count]
        library.articles.mark(newest, read=False)
        headlines = [library.articles.get(article_id) for article_id in newest]
        self.rows = [row.article.title[:BEGINNING] for row in headlines]
        self._stars = ["★ " if row.status.starred else "  " for row in headlines]
        self._texts = [library.articles.open(article_id).document.text[:BEGINNING] for article_id in newest]
        self._row = 0

    def moving(self, program: Program) -> Iterator[float]:
        """Down the list: the headline under the cursor is painted."""
        for _ in range(self._count):
            self._row += 1
            yield answer(program, "j", f"▌●{self._stars[self._row]}")

    def reading(self, program: Program) -> Iterator[float]:
        """Further down: the article is painted beside the list."""
        for _ in range(self._count):
            self._row += 1
            yield answer(program, "j", self._texts[self._row])

    def opening(self, program: Program) -> Iterator[float]:
        """The next unread article, opened in its pane and marked as read."""
        for _ in range(self._count):
            self._row += 1
            yield answer(program, "n", f"▌ {self._stars[self._row]}", self._texts[self._row])

    def switching(self, program: Program) -> Iterator[float]:
        """Through the feeds: the list is painted anew, with a feed's name in its frame."""
        program.send("h" * 3)
        while not program.has_written("─ Feed "):  # past the smart views
            program.send("J")
            sleep(5 * PAUSE)
        for _ in range(self._count):
            yield answer(program, "J", "─ Feed ")

    def searching(self, program: Program) -> Iterator[float]:
        """Words typed letter by letter: the list names the search when it shows what it finds."""
        program.send("hhhhg")
        sleep(PAUSE)
        letters = 0
        for word in words()[0][100:]:
            answer(program, "/", "a phrase")
            for end in range(1, len(word) + 1):
                yield answer(program, word[end - 1], f"“{word[:end]}”")
                letters += 1
            program.send("\x1b")
            sleep(10 * PAUSE)  # a lone escape is told from the beginning of a key by waiting
            if letters >= self._count:
                return


def report(found: Mapping[str, Times]) -> None:
    floor = median(found["floor"])
    print(f"{'':12} {'keys':>4} {'usual':>9} {'of the floor':>13} {'worst':>10}")
    for name, times in found.items():
        well = median(times) < USUAL and max(times) < WORST
        print(
            f"{name:12} {len(times):4} {median(times) * 1000:6.1f} ms {median(times) / floor:12.1f}x "
            f"{max(times) * 1000:7.1f} ms  {'' if well else 'NOT as wanted'}"
        )
    print(f"Wanted: usually < {USUAL * 1000:.0f} ms, at worst < {WORST * 1000:.0f} ms.")


if __name__ == "__main__":
    main()
