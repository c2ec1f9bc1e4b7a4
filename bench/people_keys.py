"""From the press of a key to the painted answer on the pages about people; run by ``bench.people_large --painted``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from statistics import median
from time import sleep

from bench.keys import PAUSE, answer
from bench.start import NEWSDASH, SIZE
from bench.terminal import Program
from store.library import Library
from store.models import Grouping, QuoteQuery, Sorting, View
from store.paths import Places
from tui.dashboard.listing import LISTING

WORST = 0.100
BEGINNING = 20
"""Characters that are looked for."""


def painted(places: Places, subject: str, each: int) -> None:
    """Print how long the keys take, ``each`` of every kind, in a store that has its memory of people."""
    with Library.open(places) as library:
        library.maintenance.save_setting(LISTING, {})
        session = Session(library, subject, each)
    with Program(NEWSDASH, {"NEWSDASH_HOME": str(places.data.parent)}, *SIZE) as program:
        program.wait_for(session.headline)
        program.drain(10)  # keys that come before the library is open mean nothing
        print("painted")
        for name in session.KINDS:
            times = list(getattr(session, name)(program))
            holds = "yes" if max(times) < WORST else "NO"
            print(f"  {name.replace('_', ' '):24} {len(times):3} keys, {median(times) * 1e3:6.1f} ms,"
                  f" at most {max(times) * 1e3:6.1f} ms: {holds}", flush=True)  # fmt: skip
    print(f"  wanted < {WORST * 1e3:.0f} ms")


class Session:
    """What is typed, and what must be painted then. Each method yields the seconds of every key."""

    KINDS = (
        "directory_first", "directory", "filter", "person", "quotations_narrowed", "who_gets_quoted", "search_said",
        "stories", "story",
    )  # fmt: skip

    def __init__(self, library: Library, subject: str, each: int) -> None:
        self._subject = subject
        self._each = each
        self.headline = library.articles.get(library.listing.ids(View())[0]).article.title[:BEGINNING]
        self._people = library.people.directory(limit=each)
        self._steps = list(islice(steps(library), each))
        self._said = [
            " ".join(library.people.quotes(QuoteQuery(person=who.id, limit=1, once=True))[0].text.split())[:BEGINNING]
            for who in self._people
        ]

    def directory_first(self, program: Program) -> Iterator[float]:
        """The first question about people opens the memory."""
        yield answer(program, "P", self._people[0].name)

    def directory(self, program: Program) -> Iterator[float]:
        """The directory of everybody, and back to the headlines."""
        for _ in range(self._each):
            answer(program, "q", self.headline)
            yield answer(program, "P", self._people[0].name)

    def filter(self, program: Program) -> Iterator[float]:
        """Names typed letter by letter in the directory: its title has them when the list does."""
        for who in self._people[: max(1, self._each // 4)]:
            program.send("/")
            sleep(5 * PAUSE)
            for end in range(1, len(who.name) + 1):
                if who.name[end - 1] != " ":
                    yield answer(program, who.name[end - 1], f"“{who.name[:end]}”")
                else:
                    program.send(" ")
                    sleep(5 * PAUSE)
            program.send("\x1b")
            sleep(10 * PAUSE)  # a lone escape is told from the beginning of a key by waiting
            program.send("g")
            sleep(5 * PAUSE)

    def person(self, program: Program) -> Iterator[float]:
        """From the directory to a person's page: facts and the newest quotation."""
        for who, said in zip(self._people, self._said, strict=True):
            pressed = program.send("\r")
            yield max(program.wait_for(text) for text in (said, f"quoted {who.quotes:,}")) - pressed
            sleep(PAUSE)
            answer(program, "q", "People in all articles")
            program.send("j")
            sleep(5 * PAUSE)

    def quotations_narrowed(self, program: Program) -> Iterator[float]:
        """A person's quotations by words, letter by letter."""
        program.send("g")
        sleep(5 * PAUSE)
        answer(program, "\r", self._said[0])
        program.send("/")
        sleep(5 * PAUSE)
        for end in range(1, len(self._subject) + 1):
            if self._subject[end - 1] != " ":
                yield answer(program, self._subject[end - 1], f"“{self._subject[:end]}”")
            else:
                program.send(" ")
                sleep(5 * PAUSE)
        program.send("\x1b")
        sleep(10 * PAUSE)
        program.send("q")
        sleep(5 * PAUSE)
        answer(program, "q", self.headline)

    def who_gets_quoted(self, program: Program) -> Iterator[float]:
        """The page that counts everybody."""
        for _ in range(self._each):
            yield answer(program, "C", self._people[0].name)
            answer(program, "q", self.headline)

    def stories(self, program: Program) -> Iterator[float]:
        """All headlines grouped by story."""
        program.send("gB")
        sleep(5 * PAUSE)
        yield answer(program, "4", "▸")

    def story(self, program: Program) -> Iterator[float]:
        """A story opens to its articles, and is folded again; on to the next."""
        program.send("g-")  # the story of the article that is shown is open
        sleep(5 * PAUSE)
        for step in self._steps:
            if step:  # to write nothing would end the program's input
                program.send("j" * step)
                sleep(5 * PAUSE)
            yield answer(program, "\r", "One story:")
            program.send("-")
            sleep(5 * PAUSE)

    def search_said(self, program: Program) -> Iterator[float]:
        """What somebody said of something, letter by letter in the search line."""
        query = f"said:{self._people[0].name.split()[-1].lower()} {self._subject}"
        program.send("/")
        sleep(5 * PAUSE)
        for end in range(1, len(query) + 1):
            if end <= len("said:") or query[end - 1] == " ":
                program.send(query[end - 1])
                sleep(5 * PAUSE)
            else:
                yield answer(program, query[end - 1], f"“{query[:end]}”")
        program.send("\x1b\x1b")
        sleep(10 * PAUSE)


def steps(library: Library) -> Iterator[int]:
    """How many rows from story to story, all of them folded, the first from the top of the list."""
    everything = library.listing.ids(View())
    listed = library.listing.arrange(everything, Sorting(grouping=Grouping.STORY), (), datetime.now(UTC))
    ends = [group.start for group in listed.groups[1:]] + [len(everything)]
    rows = 0
    for group, end in zip(listed.groups, ends, strict=True):
        if group.heading:
            yield rows
            rows = 1
        else:
            rows += end - group.start
