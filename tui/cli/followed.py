"""``newsdash people --followed``: who is followed, what is new of them, and whom to follow."""

from __future__ import annotations

import argparse
import sys

from store.errors import NotFoundError
from store.library import Library
from store.models import PersonEntry, Progress, QuoteOccurrence
from tui.cli.output import complain, count, library, local_time, print_columns, print_json
from tui.wording.quotation import quotation

MOST_NAMED = 8
"""People that are named where several are meant."""


def followed(options: argparse.Namespace) -> int:
    """Change who is followed, list them, or print what they said that is new."""
    with library() as opened:
        prepare_people(opened)
        if options.follow:
            entry = find_person(opened, options.follow)
            opened.people.follow(entry.id)
            print(f"Following {entry.name}.")
        elif options.unfollow:
            entry = find_person(opened, options.unfollow)
            opened.people.unfollow(entry.id)
            print(f"No longer following {entry.name}.")
        elif options.new:
            for entry, said in opened.people.news():
                print_news(entry, said, as_json=options.json)
            sys.stdout.flush()
            # Only now: what could not be printed is still new.
            opened.people.mark_seen()
        else:
            print_followed(opened.people.followed()[: options.limit], as_json=options.json)
    return 0


def prepare_people(opened: Library) -> None:
    """Learn who is who before that is asked, saying how far it is when somebody looks."""
    shown = sys.stderr.isatty()

    def say(progress: Progress) -> None:
        print(f"\r{progress.label}: {progress.done:,} of {progress.total:,}", end="", file=sys.stderr, flush=True)

    opened.people.prepare(say if shown else None)
    if shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    if opened.people.notice:
        complain(opened.people.notice)


def find_person(opened: Library, name: str) -> PersonEntry:
    """The person of this name, or the only one whose name or role has it, or the one with the number that is printed
    where there are several.

    :raises NotFoundError: when there is none, or several have that name.
    """
    numbers = [int(name)] if name.isdecimal() else opened.people.called(name)
    found = [opened.people.page(number).entry for number in numbers] or opened.people.directory(name, MOST_NAMED + 1)
    if not found:
        raise NotFoundError(f"Nobody in the articles is called {name}.")
    if len(found) > 1:
        several = "; ".join(f"{entry.id} is {_named(entry)}" for entry in found[:MOST_NAMED])
        more = "; and more" if len(found) > MOST_NAMED else ""
        raise NotFoundError(f"Several people are called {name}; give a number instead: {several}{more}.")
    return found[0]


def print_followed(people: list[PersonEntry], *, as_json: bool) -> None:
    if as_json:
        for entry in people:
            print_json(
                {
                    "name": entry.name,
                    "role": entry.role,
                    "articles": entry.articles,
                    "unread": entry.unread,
                    "mentions": entry.mentions,
                    "quotes": entry.quotes,
                    "latest": entry.last,
                }
            )
        return
    if not people:
        complain("You follow nobody. `newsdash people --follow NAME` follows a person.")
    print_columns([(f"{count(entry.unread, 'unread article')}", _named(entry)) for entry in people])


def print_news(entry: PersonEntry, said: list[QuoteOccurrence], *, as_json: bool) -> None:
    if as_json:
        for saying in said:
            print_json(
                {
                    "speaker": entry.name,
                    "role": entry.role,
                    "kind": saying.kind,
                    "text": saying.text,
                    "verb": saying.verb,
                    "verb_class": saying.verb_class,
                    "start": saying.start,
                    "end": saying.end,
                    "article": saying.article_id,
                    "title": saying.title,
                    "source": saying.source,
                    "published": saying.published,
                }
            )
        return
    print(_named(entry))
    for saying in said:
        words = " ".join(saying.text.split())
        print("  " + quotation(words, saying.kind))
        print(f"      {saying.source}, {local_time(saying.published)}, {saying.title} [{saying.article_id}]")


def _named(entry: PersonEntry) -> str:
    return f"{entry.name} ({entry.role})" if entry.role else entry.name
