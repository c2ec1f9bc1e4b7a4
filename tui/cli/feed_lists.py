"""``newsdash import`` and ``newsdash export``: lists of feeds from and for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from store.errors import FeedError
from tui.cli.output import complain, library, print_json, sentence


def import_list(options: argparse.Namespace) -> int:
    """Follow the feeds of a list; the status is 1 when something in it was refused."""
    with library(seeds=False) as opened:
        moved = opened.feed_lists.import_file(Path(options.file), dry_run=options.dry_run)
    for problem in moved.refused:
        complain(sentence(problem))
    if options.json:
        print_json(
            {
                "dry_run": options.dry_run,
                "added": [{"url": feed.url, "title": feed.title, "tags": feed.tags} for feed in moved.added],
                "known": [{"url": feed.url, "title": feed.title} for feed in moved.known],
                "searches": [{"name": search.name, "query": search.query} for search in moved.searches],
                "refused": [{"name": problem.name, "reason": problem.reason} for problem in moved.refused],
            }
        )
        return 1 if moved.refused else 0
    for feed in moved.added:
        print(f"{'Would follow' if options.dry_run else 'Following'} “{feed.title}” ({feed.url})")
    counts = f"{len(moved.added)} new, {len(moved.known)} followed already, {len(moved.refused)} refused"
    print(f"{counts}, {len(moved.searches)} saved searches.")
    if moved.added and not options.dry_run:
        print("`newsdash refresh` fetches them.")
    return 1 if moved.refused else 0


def export_list(options: argparse.Namespace) -> int:
    """Write the followed feeds and saved searches to a file, or to standard output."""
    with library(seeds=False) as opened:
        data = opened.feed_lists.export(options.format)
    if not options.file:
        if sys.stdout.isatty():
            sys.stdout.write(data.decode())
        else:
            sys.stdout.buffer.write(data)  # a file has its own encoding, whatever the locale's is
        return 0
    try:
        Path(options.file).write_bytes(data)
    except OSError as error:
        raise FeedError(f"{options.file} cannot be written: {error.strerror}.") from error
    return 0
