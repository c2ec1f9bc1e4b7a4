"""From one format of the store to the next, each step with a backup of the old files first.

Format 1 was one JSON file, ``store.json``: table to id to document. Format 2 had the index columns of the snapshot
as JSON numbers. Format 3 is described in docs/STORE.md. A step leaves the old files untouched until the new ones are
complete under their names; only then do they go. A crash before that starts the step again, a crash after it finds
the new format.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from store.database.engine.files import Files
from store.database.engine.journal import VERSION
from store.database.engine.snapshot import version_of_snapshot
from store.database.engine.storage import JournalStorage
from store.database.engine.texts import ATTACHED, Change
from store.database.tables import ARTICLES, REVISIONS
from store.errors import StoreError

_SINGLE_FILE = "store.json"
_SNAPSHOT = re.compile(r"snapshot-\d{6,}\.jsonl")
_MADE_HERE = re.compile(r"(snapshot|journal|texts)-\d{6,}\.jsonl(\.gz)?(\.tmp)?")
_BATCH = 500


def version_of(folder: Path, files: Files) -> int:
    """The format of the files in a folder; an empty one counts as the newest."""
    if files.exists(folder / _SINGLE_FILE):
        return 1
    names = files.names(folder) if files.exists(folder) else []
    snapshots = [name for name in names if _SNAPSHOT.fullmatch(name)]
    return version_of_snapshot(files, folder / snapshots[-1]) if snapshots else VERSION


def migrate(folder: Path, files: Files) -> None:
    """Bring the store to the newest format, step by step.

    :raises OSError: when the disk refuses; the store is then in the format it was.
    """
    while (version := version_of(folder, files)) < VERSION:
        _STEPS[version](folder, files)


def _from_single_file(folder: Path, files: Files) -> None:
    """Format 1 to the newest."""
    path = folder / _SINGLE_FILE
    data = files.read_all(path)
    try:
        tables: dict[str, dict[str, Any]] = orjson.loads(data) if data else {}
    except ValueError as error:
        raise StoreError(f"The store in {folder} is damaged: {_SINGLE_FILE} is not JSON.") from error
    backups = folder / "backups"
    files.make_folder(backups)
    files.replace(backups / "format-1-store.json", data)
    for name in files.names(folder):
        if _MADE_HERE.fullmatch(name):  # of an attempt that was interrupted
            files.remove(folder / name)
    storage = JournalStorage(folder, files, writable=True)
    try:
        changes = _hot(tables) + _articles(tables)
        for start in range(0, len(changes), _BATCH):
            storage.commit(changes[start : start + _BATCH])
        _earlier_texts(storage, tables.get("revisions", {}))
    finally:
        storage.close()
    files.remove(path)
    files.sync_folder(folder)


def _with_number_columns(folder: Path, files: Files) -> None:
    """Format 2 to 3: a new snapshot. Journals are as they were, and the texts stay where they are."""
    backups = folder / "backups"
    files.make_folder(backups)
    for name in files.names(folder):
        if name.endswith(".jsonl"):
            files.replace(backups / f"format-2-{name}", files.read_all(folder / name))
    storage = JournalStorage(folder, files, writable=True)
    try:
        storage.compact()  # without columns, which are made from the rows once and written with the next snapshot
    finally:
        storage.close()


def _hot(tables: dict[str, dict[str, Any]]) -> list[Change]:
    changes: list[Change] = [
        (table, int(key), row)
        for table in ("feeds", "feed_states", "status", "deleted")
        for key, row in tables.get(table, {}).items()
    ]
    settings = tables.get("settings", {}).get("1", {})
    changes += [
        ("settings", doc_id, {"name": name, "value": value}) for doc_id, (name, value) in enumerate(settings.items(), 1)
    ]
    return changes


def _articles(tables: dict[str, dict[str, Any]]) -> list[Change]:
    changes: list[Change] = []
    for key, row in tables.get(ARTICLES, {}).items():
        changes.append((ARTICLES, int(key), row))
        changes += [(table, int(key), tables[table][key]) for table in ATTACHED if key in tables.get(table, {})]
    return changes


def _earlier_texts(storage: JournalStorage, revisions: dict[str, Any]) -> None:
    """Write earlier texts, which had no title then."""
    for key, kept in revisions.items():
        if storage.document(ARTICLES, int(key)) is not None:
            versions = [{"replaced": when, **body} for when, body in kept["texts"]]
            storage.commit([(REVISIONS, int(key), {"versions": versions})])


_STEPS: dict[int, Callable[[Path, Files], None]] = {1: _from_single_file, 2: _with_number_columns}
