"""``newsdash doctor``: is everything that is stored in order?"""

from __future__ import annotations

import argparse

from tui.console.output import complain, library, print_json, sentence


def doctor(options: argparse.Namespace) -> int:
    """Check the store; the status is 1 when something is damaged."""
    with library(seeds=False) as opened:
        problems = opened.doctor()
        articles = sum(row.total for row in opened.feeds())
        folder = opened.places.database
    if options.json:
        print_json(
            {
                "folder": str(folder),
                "articles": articles,
                "problems": [{"name": problem.name, "reason": problem.reason} for problem in problems],
            }
        )
    else:
        for problem in problems:
            complain(sentence(problem))
        print(f"{articles} articles in {folder}: {'all is well' if not problems else f'{len(problems)} problems'}.")
    return 1 if problems else 0
