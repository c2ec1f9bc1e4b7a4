"""``newsdash extract``: who said what in any text, without storing it."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from store.attribution import analyse
from store.errors import NewsdashError
from store.models import Entry
from tui.cli.attribution import analysis_as_json, analysis_lines, pieces_as_json, quote_text, speaker_name
from tui.cli.output import complain, print_json


def run(options: argparse.Namespace) -> int:
    """Print the statements of each text; the status is 1 when a file could not be read."""
    if options.jsonl:
        return run_jsonl()
    if options.format:
        return write_ledger(options)
    failed = False
    for name, entry in read_texts(options.file):
        if isinstance(entry, NewsdashError):
            complain(entry.message)
            failed = True
            continue
        # A single line is an article that is all title; here it is the text.
        text = entry.document.text or entry.title
        analysis = analyse(entry.document.prose or entry.title, entry.title)
        if options.json:
            print_json({"file": name, "title": entry.title, "text": text, **analysis_as_json(analysis, text)})
        else:
            if len(options.file) > 1:
                print(f"== {name} ==")
            print("\n".join(analysis_lines(analysis, text, explain=options.explain)))
    return 1 if failed else 0


def write_ledger(options: argparse.Namespace) -> int:
    """The quotations of all texts in one of the formats of the ledger."""
    from tui.cli.ledger import Item, written

    failed = False

    def items() -> Iterator[Item]:
        nonlocal failed
        for name, entry in read_texts(options.file):
            if isinstance(entry, NewsdashError):
                complain(entry.message)
                failed = True
                continue
            text = entry.document.text or entry.title
            analysis = analyse(entry.document.prose or entry.title, entry.title)
            for quote in analysis.quotes:
                person = analysis.people[quote.person] if quote.person is not None else None
                cue = text[quote.cue.start : quote.cue.end] if quote.cue else ""
                yield Item(
                    speaker_name(quote, analysis), person.role if person else "", str(quote.kind),
                    quote_text(quote, text), cue, quote.verb, quote.verb_class, round(quote.confidence, 3),
                    quote.start, quote.end, name, entry.title, entry.agency, entry.link, entry.published,
                )  # fmt: skip

    for line in written(items(), options.format):
        print(line, end="")
    return 1 if failed else 0


def read_texts(files: list[str]) -> Iterator[tuple[str, Entry | NewsdashError]]:
    """Each file as an entry, or the error that says why it cannot be read."""
    from store.files.reader import parse_seed, read_seed
    from store.text.clean import clean_line

    if not files:
        try:
            yield "-", parse_seed(sys.stdin.buffer.read(), "standard input", datetime.now(UTC))
        except NewsdashError as error:
            yield "-", error
    for file in files:
        try:
            yield clean_line(file), read_seed(Path(file))
        except NewsdashError as error:
            yield clean_line(file), error


def run_jsonl() -> int:
    """Answer each line ``{"id","text"}`` with one line; a line that is not that is named on stderr and passed over."""
    failed = False
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            request = json.loads(line)
            identity, text = request["id"], request["text"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            complain(f'Line {number} is not a JSON object with "id" and "text".')
            failed = True
            continue
        started = time.perf_counter()
        analysis = analyse(text)
        elapsed = (time.perf_counter() - started) * 1000
        print_json({"id": identity, **pieces_as_json(analysis, text), "ms": round(elapsed, 3)})
        sys.stdout.flush()
    return 1 if failed else 0
