"""``newsdash searches``: the saved searches."""

from __future__ import annotations

import argparse

from store.models import SavedSearch
from tui.cli.output import complain, library, prepare_search, print_columns, print_json


def list_searches(options: argparse.Namespace) -> int:
    """Print the saved searches with how much they find."""
    with library() as opened:
        prepare_search(opened)
        rows = opened.listing.summaries()
    if options.json:
        for row in rows:
            print_json(
                {
                    "name": row.search.name,
                    "query": row.search.query,
                    "tags": row.search.tags,
                    "total": row.total,
                    "unread": row.unread,
                    "error": row.error or None,
                }
            )
        return 0
    if not rows:
        complain("No search is saved.")
    lines = [(str(row.unread), str(row.total), row.search.name, row.error or row.search.query) for row in rows]
    print_columns(lines, right=(0, 1))
    return 0


def add(options: argparse.Namespace) -> int:
    """Keep a search under a name; one of that name is changed."""
    with library(seeds=False) as opened:
        saved = opened.search.saved.save(SavedSearch(options.name, " ".join(options.query), tuple(options.tag)))
    if options.json:
        print_json({"name": saved.name, "query": saved.query, "tags": saved.tags})
    else:
        print(f"Saved “{saved.name}”: {saved.query}")
    return 0


def remove(options: argparse.Namespace) -> int:
    """Forget a saved search; the articles stay."""
    with library(seeds=False) as opened:
        found = opened.search.saved.find(options.name)
        opened.search.saved.remove(found.name)
    if options.json:
        print_json({"removed": found.name})
    else:
        print(f"“{found.name}” is no longer saved.")
    return 0
