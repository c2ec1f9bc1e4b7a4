"""Stores as earlier versions of newsdash wrote them, to be brought up to date in tests and benchmarks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from bench.store_articles import Item
from store.database import records
from store.database.engine.checksummed_lines import HEAD, line
from store.models import Feed, Status

Tables = dict[str, dict[str, Any]]
"""Table to id to document."""


def format_1_tables(items: Iterable[tuple[int, Item]], read: Iterable[int]) -> Tables:
    """One feed with these articles, by id, of which some were read."""
    tables: Tables = {"feeds": {"1": records.feed_row(Feed(0, "https://a.example/", "A"))}}
    for number, (article, document, analysis) in items:
        rows = {
            "articles": records.article_row(article),
            "bodies": records.body_row(document),
            "people": records.people_row(analysis),
            "quotes": records.quotes_row(analysis),
        }
        for table, row in rows.items():
            tables.setdefault(table, {})[str(number)] = row
    tables["status"] = {str(number): records.status_row(Status(number, read=True)) for number in read}
    return tables


def write_format_1(folder: Path, tables: Tables) -> None:
    """One JSON file."""
    folder.mkdir(parents=True)
    (folder / "store.json").write_bytes(orjson.dumps(tables))


def turn_into_format_2(folder: Path) -> None:
    """As format 3 but for the number, and the columns of the snapshot, which are lists of numbers."""
    for path in [*folder.glob("snapshot-*"), *folder.glob("journal-*")]:
        lines: list[bytes] = []
        columns: dict[str, list[int]] = {}
        at = 0
        for whole in path.read_bytes().splitlines():
            item: Any = orjson.loads(whole)[2]
            if isinstance(item, dict) and "version" in item:
                item["version"] = 2
            if isinstance(item, dict) and "column" in item:
                item = {"column": item["column"], "values": [1, 2, 3]}
                columns[item["column"]] = [at, len(line(orjson.dumps(item)))]
            if isinstance(item, dict) and "columns" in item:
                item["columns"] = columns
            lines.append(line(whole[HEAD:-1] if isinstance(item, list) else orjson.dumps(item)))
            at += len(lines[-1])
        path.write_bytes(b"".join(lines))
