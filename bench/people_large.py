"""People in a store of 100,000 articles and 300,000 quotations: what an article costs, and how long questions take.

    python -m bench.people_large [--articles 100000] [--keep FOLDER] [--painted] [--each 10]

The articles are made up (``bench.news``); who said what in them is given instead of found. The memory of people is made
from the store as after a restore, and the time it takes is printed. ``--painted`` also runs the dashboard on a
pseudo-terminal, and takes the time from the press of a key until the answer is on the screen.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from bench.news import PrintedArticle, news
from bench.people_keys import painted
from store.attribution import ENGINE_VERSION
from store.database import Database
from store.derived.sqlite_file import SqliteFile
from store.library import Library
from store.library.ingest import ANALYSED_WITH
from store.models import (
    Analysis,
    Article,
    Block,
    BlockKind,
    By,
    Document,
    Feed,
    Grouping,
    Mention,
    Person,
    PersonEntry,
    Quote,
    QuoteKind,
    QuoteQuery,
    Sorting,
    Span,
    View,
)
from store.paths import Places
from store.people.schema import FILE, SCHEMA
from store.people.writer import ArticleInput, PeopleWriter

COST, GROWTH, ANSWER = 0.030, 1.5, 0.100
"""Seconds for an article; its growth from 1,000 articles on; seconds for an answer."""
PEOPLE, OUTLETS = 3_000, 200
FEW, MEASURED = 1_000, 500
"""Articles of the small memory; articles that are put in one by one and timed."""
BUSIEST = 10
"""People asked about: those most quoted."""
SUBJECT = "carbon levy"
_ROLE = re.compile(r", (?:the )?([^,.“]+)")
Item = tuple[Article, Document, Analysis]


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--keep", type=Path, help="keep (and use again) the store below this folder")
    options.add_argument("--painted", action="store_true", help="also run the dashboard, and time its keys")
    options.add_argument("--each", type=int, default=10, help="keys of each kind")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        places = Places.below((chosen.keep or Path(temporary)) / f"people{chosen.articles}")
        if not places.database.exists():
            build(places.database, chosen.articles)
        learn(places)
        costs(places, chosen.articles, Path(temporary))
        with Library.open(places) as library:
            answers(library)
        if chosen.painted:
            painted(places, SUBJECT, chosen.each)


# --- the store --------------------------------------------------------------------------------------------


def made(articles: int, first: int = 0) -> Iterator[Item]:
    """So many articles, and :data:`MEASURED` more, in the order of their arrival, without the ``first`` ones."""
    return map(item_of, islice(news(articles + MEASURED, people=PEOPLE, outlets=OUTLETS), first, None))


def item_of(told: PrintedArticle) -> Item:
    """An article with who said what in it."""
    text = told.text
    people = list(told.names)
    quotes = []
    for piece, form in told.speakers.items():
        start = text.index(f"“{piece}") + 1
        who = people.index(form)
        quotes.append(Quote(QuoteKind.DIRECT, (Span(start, start + len(piece)),), form, who, verb="say", confidence=0.9,
                            verb_class="said"))  # fmt: skip
    quotes.sort(key=lambda quote: quote.start)
    cast = []
    for form in people:
        at = text.index(form)
        role = _ROLE.match(text, at + len(form))
        cast.append(Person(form, role[1] if role else "", mentions=(Mention(at, at + len(form)),)))
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(paragraph)))
        start += len(paragraph) + 2
    article = Article(
        0, told.outlet + 1, str(told.number), f"{told.number:032x}", told.title, told.published, told.published,
        words=len(text.split()), quoted=len({quote.person for quote in quotes}),
    )  # fmt: skip
    return article, Document(text, tuple(blocks)), Analysis(1, tuple(cast), tuple(quotes))


def build(folder: Path, articles: int) -> None:
    start, quotations = perf_counter(), 0
    with Database.open(folder) as database:
        for number in range(OUTLETS):
            database.feeds.add(Feed(0, f"https://site{number + 1}.example/feed.xml", f"Outlet {number + 1}"))
        items = islice(made(articles), articles)
        while batch := list(islice(items, 500)):
            database.articles.add(batch)
            quotations += sum(len(analysis.quotes) for _, _, analysis in batch)
    print(f"{articles:,} articles with {quotations:,} quotations stored in {perf_counter() - start:.0f} s")


def learn(places: Places) -> None:
    """Make the memory of people, if it is not there, as the first question about them does."""
    there = (places.cache / FILE).exists()
    with Library.open(places) as library:
        library.search.prepare()
        # So that the made-up analyses are not replaced meanwhile.
        library.maintenance.save_setting(ANALYSED_WITH, ENGINE_VERSION)
        start, work = perf_counter(), process_time()
        library.people.prepare()
        took, worked = perf_counter() - start, process_time() - work
    if not there:
        size = (places.cache / FILE).stat().st_size
        print(f"who is who learnt in {took:.0f} s, {worked:.0f} s of the processor; {size / 1e6:.0f} MB")


# --- what an article costs --------------------------------------------------------------------------------


def costs(places: Places, articles: int, folder: Path) -> None:
    """The same articles, one more after the other, in a memory of the last 1,000 and in one of all."""
    shutil.copyfile(places.cache / FILE, folder / FILE)
    small, large = SqliteFile.on_disk(folder / "small.db", SCHEMA), SqliteFile.on_disk(folder / FILE, SCHEMA)
    items = made(articles, max(0, articles - FEW))
    PeopleWriter(small).add(numbered(islice(items, FEW), articles - FEW + 1))
    early: list[float] = []
    late: list[float] = []
    both = [(small, early), (large, late)]
    for item in numbered(items, articles + 1):
        # In turn, so that a machine that is slow for a while is slow for both; each first as often as the other, since
        # the second one finds the article's words in caches.
        for tables, times in both:
            times.append(put(tables, item))
        both.reverse()
    small.close()
    large.close()
    few, many = statistics.median(early), statistics.median(late)
    growth = statistics.median(then / before for before, then in zip(early, late, strict=True))
    holds = many < COST and growth <= GROWTH
    print(f"one more article costs {few * 1e3:.2f} ms of the processor at {FEW:,}, {many * 1e3:.2f} ms at {articles:,}")
    print(f"  wanted < {COST * 1e3:.0f} ms and <= {GROWTH}x, it is {growth:.2f}x, article by article: {yes(holds)}")


def numbered(items: Iterable[Item], first: int) -> Iterator[ArticleInput]:
    for number, (article, document, analysis) in enumerate(items, first):
        yield ArticleInput(replace(article, id=number), document, analysis, str(number))


def put(tables: SqliteFile, item: ArticleInput) -> float:
    """The seconds of the processor that an article costs."""
    start = process_time()
    PeopleWriter(tables).add([item])
    return process_time() - start


# --- questions --------------------------------------------------------------------------------------------


def answers(library: Library) -> None:
    """Each question about each of the busiest people, through the library."""
    busiest = library.people.directory(limit=BUSIEST)
    first = busiest[0]
    print(f"{first.name} is in {first.articles:,} articles, with {first.quotes:,} quotations")
    surname = first.name.split()[-1].lower()
    for what, question in questions(library, surname).items():
        times = [timed(question, person) for person in busiest]
        print(f"  {what:36} {statistics.median(times) * 1e3:6.1f} ms, at most {max(times) * 1e3:6.1f} ms: "
              f"{yes(max(times) < ANSWER)}")  # fmt: skip
    print(f"  wanted < {ANSWER * 1e3:.0f} ms")


def questions(library: Library, surname: str) -> dict[str, Callable[[PersonEntry], object]]:
    def said(asked: QuoteQuery) -> object:
        once = replace(asked, once=True)
        return library.people.count_quotes(once), library.people.quotes(once)

    everything = library.listing.ids(View())
    return {
        "directory": lambda _: (library.people.count(), library.people.directory(limit=200)),
        "directory, its end": lambda _: library.people.directory(limit=200, offset=library.people.count() - 200),
        "directory, narrowed by a letter": lambda _: (library.people.count("s"), library.people.directory("s", 200)),
        "directory, narrowed by a name": lambda who: (
            library.people.count(who.name),
            library.people.directory(who.name, 200),
        ),
        "person": lambda who: library.people.page(who.id),
        "every printing of them": lambda who: library.people.quotes(QuoteQuery(person=who.id)),
        "quotations of a person": lambda who: said(QuoteQuery(person=who.id)),
        "quotations of a person on a subject": lambda who: said(QuoteQuery(person=who.id, words=SUBJECT)),
        "quotations on a subject": lambda _: said(QuoteQuery(words=SUBJECT)),
        "printings": lambda who: library.people.reprints(library.people.quotes(QuoteQuery(person=who.id, limit=1))[0]),
        "articles of a person": lambda who: library.people.articles_of(who.id),
        "verbs of a person": lambda who: library.people.tallies(By.VERB_CLASS, QuoteQuery(person=who.id)),
        f"search, said:{surname}": lambda _: library.listing.ids(View(query=f"said:{surname}")),
        f"search, said:{surname} {SUBJECT}": lambda _: library.listing.ids(View(query=f"said:{surname} {SUBJECT}")),
        "headlines by story": lambda _: library.listing.arrange(
            everything, Sorting(grouping=Grouping.STORY), (), datetime.now(UTC)
        ),
        "who gets quoted": lambda _: library.people.tallies(By.PERSON),
        "roles that get quoted": lambda _: library.people.tallies(By.ROLE),
    }


def timed(question: Callable[[PersonEntry], object], person: PersonEntry) -> float:
    start = perf_counter()
    question(person)
    return perf_counter() - start


def yes(holds: bool) -> str:
    return "yes" if holds else "NO"


if __name__ == "__main__":
    main()
