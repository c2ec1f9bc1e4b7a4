"""``newsdash doctor | compact | backup | restore``: looking after what is stored."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from store.paths import Places
from tui.cli.output import complain, count, library, print_json, sentence, size


def doctor(options: argparse.Namespace) -> int:
    """Check the store, and repair it when asked; the status is 1 when something is damaged and stays so."""
    with library(seeds=False) as opened:
        problems = opened.maintenance.doctor(repair=options.repair)
        articles = sum(row.total for row in opened.feeds.all())
        folder = opened.places.database
    if options.json:
        print_json(
            {
                "folder": str(folder),
                "articles": articles,
                "repaired": options.repair,
                "problems": [{"name": problem.name, "reason": problem.reason} for problem in problems],
            }
        )
    else:
        for problem in problems:
            complain(sentence(problem))
        found = count(len(problems), "problem") if problems else "all is well"
        print(
            f"{count(articles, 'article')} in {folder}: {found}{', repaired' if problems and options.repair else ''}."
        )
    return 1 if problems and not options.repair else 0


def compact(options: argparse.Namespace) -> int:
    """Write the store down anew and say how much smaller it is."""
    with library(seeds=False) as opened:
        folder = opened.places.database
        before = _size(folder)
        opened.maintenance.compact()
    after = _size(folder)
    if options.json:
        print_json({"folder": str(folder), "before": before, "after": after})
    else:
        print(f"{folder}: {size(after)}, before {size(before)}.")
    return 0


def backup(options: argparse.Namespace) -> int:
    """Write a backup file."""
    file = Path(options.file)
    with library(seeds=False) as opened:
        opened.maintenance.backup(file)
        articles = sum(row.total for row in opened.feeds.all())
    if options.json:
        print_json({"file": str(file), "bytes": file.stat().st_size, "articles": articles})
    else:
        are = "is" if articles == 1 else "are"
        print(f"{count(articles, 'article')} {are} in {file} ({size(file.stat().st_size)}).")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Put a backup in place of the store, after asking."""
    from store.library.maintenance import restore_backup

    places = Places.find()
    if not options.yes:
        if not sys.stdin.isatty():
            complain("Restoring puts other articles in place of yours; say --yes to do it without being asked.")
            return 2
        answer = input(f"Put {options.file} in place of the store in {places.database}? [y/N] ")
        if answer.strip().casefold() not in ("y", "yes"):
            print("Nothing was changed.")
            return 1
    kept = restore_backup(Path(options.file), places)
    print(f"{options.file} is in place. What was there before is in {kept}.")
    return 0


def _size(folder: Path) -> int:
    """Bytes of the files in a folder, but for what was set aside."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
