"""``newsdash corrections``: what the reader corrected in who said what."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from store.errors import NewsdashError
from tui.cli.output import complain, count, library, print_columns, print_json
from tui.wording.corrections import in_words


def list_corrections(options: argparse.Namespace) -> int:
    """Print the corrections, the latest first."""
    with library(seeds=False) as opened:
        records = opened.corrections.all()
    if options.json:
        for record in records:
            correction = record.correction
            print_json(
                {
                    "number": correction.number,
                    "kind": correction.what.kind,
                    "made": correction.made,
                    "article": correction.article_id,
                    "title": record.article.title,
                    "source": record.source,
                    "in_force": record.in_force,
                    **asdict(correction.what),
                }
            )
        return 0
    if not records:
        complain("Nothing was corrected.")
    print_columns(
        [
            (
                str(record.correction.number),
                in_words(record.correction.what) + ("" if record.in_force else " (its place is gone from the text)"),
                f"[{record.article.id}] {record.article.title}",
            )
            for record in records
        ],
        right=(0,),
    )
    return 0


def export(options: argparse.Namespace) -> int:
    """Write every corrected article as one JSON object a line, to measure extraction by."""
    with library(seeds=False) as opened:
        lines = [json.dumps(record, ensure_ascii=False) for record in opened.corrections.gold()]
    try:
        Path(options.file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NewsdashError(f"{options.file} cannot be written: {reason}.") from error
    print(f"Wrote {count(len(lines), 'corrected article')} to {options.file}.")
    return 0


def remove(options: argparse.Namespace) -> int:
    """Take a correction back."""
    with library(seeds=False) as opened:
        gone = opened.corrections.remove(options.number)
    if options.json:
        print_json({"removed": gone.number})
    else:
        print(f"Taken back: {in_words(gone.what)}")
    return 0
