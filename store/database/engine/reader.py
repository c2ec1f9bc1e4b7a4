"""What the files of a store say: the newest snapshot and, over it, the journals from its number on.

Files of a store with number N: ``snapshot-N`` (all rows when it was made; none for N = 1), ``journal-N``
(changes since), while a compaction runs also ``journal-(N+1)``, and the segments. What is older is left over.
"""

from __future__ import annotations

import re
import threading
import time
from array import array
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from store.database.columns import Numbers
from store.database.engine.checksummed_lines import name_of
from store.database.engine.files import Files
from store.database.engine.journal import VERSION, Replay, journal_name, replay
from store.database.engine.rows import Rows
from store.database.engine.segments import Pointer, Segments, segment_name
from store.database.engine.snapshot import Damaged, Snapshot, row_line, snapshot_name
from store.database.engine.texts import TEXTS, are_revisions, without_pointers
from store.database.stored_json import WRONG_SHAPE, to_row
from store.database.tables import ARTICLES, REVISIONS
from store.errors import StoreError
from store.models import Problem
from store.text.inert import make_inert

SEGMENTS = "segments"
"""The table of segment files: number to ``{"size": confirmed bytes}``."""
PERSISTED = "empty tables"
"""The table of tables that are there without documents: number to ``{"name": table}``."""
_ATTEMPTS = 10
_SNAPSHOT = re.compile(r"snapshot-(\d{6,})\.jsonl")
_JOURNAL = re.compile(r"journal-(\d{6,})\.jsonl")

INTERNAL = (SEGMENTS, PERSISTED)
"""Tables of the engine's own."""

Watcher = Callable[[int, bytes | None, bytes | None], None]
"""Told of each change of a row: id, old and new value."""


def _require(version: int) -> None:
    if version > VERSION:
        raise StoreError(f"This store was written by a newer newsdash (format {version}, here {VERSION}).")


class StoreReader:
    """The rows and texts of one folder, for reading. A reader sees the writer's changes when it refreshes."""

    def __init__(self, folder: Path, files: Files) -> None:
        self.folder = folder
        self.files = files
        self.lock = threading.RLock()
        self.damage: list[tuple[str, int, bytes]] = []
        """Damaged pieces met since opening: file, offset, bytes."""
        self.missing: list[str] = []
        """Names of files that should be there."""
        self.snapshot: Snapshot | None = None
        self.segments = Segments(files, folder)
        self.reloaded = False
        """True when a refresh read everything anew: what was made from the rows must be made anew too."""
        self._identity = 0
        """Of the folder: a restored backup takes its place under the same name."""
        self._read_to: dict[int, int] = {}
        """Number of a journal to how much of it counts, in bytes."""
        try:
            self._load()
        except BaseException:
            self.close()
            raise

    # --- opening ------------------------------------------------------------------------------------------

    def _load(self) -> None:
        """Read the files. A reader may come while the writer replaces them: then it looks again."""
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(0.02 * attempt)
            try:
                self.missing = self._read_files()
            except FileNotFoundError:
                if attempt == _ATTEMPTS - 1:
                    raise
                continue
            if not self.missing:
                break

    def _read_files(self) -> list[str]:
        """Returns the names of files that should be there."""
        self.watchers: dict[str, Watcher] = {}
        self._rows: dict[str, Rows] = {}
        self._next: dict[str, int] = {}
        self._read_to.clear()
        self._unfinished: list[tuple[str, int, bytes]] = []
        self._commit = 0
        if self.snapshot:
            self.snapshot.close()
            self.snapshot = None
        self._identity = self.files.identity(self.folder)
        snapshots, journals = self._numbers()
        if snapshots:
            self.snapshot = self._open_snapshot(snapshots[-1])
        first = self.snapshot.number if self.snapshot else min(journals, default=1)
        for number in journals:
            if number >= first:
                self._replay(number)
        self.number = max([first, *self._read_to])
        missing = [journal_name(number) for number in range(first, self.number) if number not in self._read_to]
        if self.snapshot and self.number not in self._read_to:
            missing.append(journal_name(self.number))
        if not self.snapshot and first > 1:
            missing.append(snapshot_name(first))
        return missing

    def _open_snapshot(self, number: int) -> Snapshot:
        name = snapshot_name(number)
        snapshot = Snapshot(self.files, self.folder / name, number)
        _require(snapshot.version)
        for table, next_id in snapshot.next_ids.items():
            self._next[table] = max(self._next.get(table, 1), next_id)
        self.damage += [(name, offset, data) for offset, data in snapshot.damage]
        return snapshot

    def _numbers(self) -> tuple[list[int], list[int]]:
        names = self.files.names(self.folder) if self.files.exists(self.folder) else []
        return (
            sorted(int(match[1]) for name in names if (match := _SNAPSHOT.fullmatch(name))),
            sorted(int(match[1]) for name in names if (match := _JOURNAL.fullmatch(name))),
        )

    def _replay(self, number: int) -> Replay:
        name = journal_name(number)
        handle = self.files.open_read(self.folder / name)
        try:
            start = self._read_to.get(number, 0)
            data = self.files.read(handle, start, self.files.handle_size(handle) - start)
        finally:
            self.files.close(handle)
        result = replay(data, start)
        _require(result.version)
        for row in result.rows:
            self._apply(row.table, row.id, row.value)
        self.damage += [(name, offset, piece) for offset, piece in result.damage]
        if result.unfinished:
            self._unfinished.append((name, result.end, result.unfinished))
        self._read_to[number] = result.end
        self._commit = result.commit
        return result

    def close(self) -> None:
        if self.snapshot:
            self.snapshot.close()
            self.snapshot = None
        self.segments.close()

    def refresh(self) -> bool:
        """Read what the writer did since; True when the store changed under a reader."""
        with self.lock:
            identity = self.files.identity(self.folder)
            if not identity:
                return False  # a restore is in the middle of exchanging the folders
            snapshots, journals = self._numbers()
            newest = snapshots[-1] if snapshots else 0
            if identity != self._identity or newest > (self.snapshot.number if self.snapshot else 0):
                self.segments.close()
                self._load()
                self.reloaded = True
                return True
            self._unfinished.clear()
            before = dict(self._read_to)
            for number in journals:
                if number >= self.number:
                    self._replay(number)
            self.number = max([self.number, *self._read_to])
            return before != self._read_to

    # --- reading ------------------------------------------------------------------------------------------

    def rows(self, table: str) -> Rows:
        rows = self._rows.get(table)
        if rows is None:
            rows = self._rows[table] = Rows(table, self.snapshot)
        return rows

    # --- for the index ------------------------------------------------------------------------------------

    def column(self, name: str) -> Numbers | None:
        """A column of the snapshot, empty when there is no snapshot; None when it is missing or damaged."""
        return self.snapshot.column(name) if self.snapshot is not None else array("q")

    def snapshot_count(self, table: str) -> int:
        return self.snapshot.count(table) if self.snapshot is not None else 0

    def snapshot_ids(self, table: str) -> array[int]:
        return self.snapshot.base(table).ids if self.snapshot is not None else array("q")

    def snapshot_value(self, table: str, doc_id: int) -> bytes | None:
        """A row of the snapshot; ``b""`` when it is damaged."""
        try:
            return self.rows(table).stored(doc_id)
        except Damaged:
            return b""

    def since_snapshot(self, table: str) -> dict[int, bytes | None]:
        return self.rows(table).since_snapshot()

    def ids(self, table: str) -> list[int]:
        return list(self.rows(table))

    # --- rows ---------------------------------------------------------------------------------------------

    def value(self, table: str, doc_id: int) -> bytes | None:
        """A row's JSON, None when there is none. A damaged row is noted and from then on not there."""
        with self.lock:
            rows = self.rows(table)
            try:
                return rows.get(doc_id)
            except Damaged as damaged:
                self._forget(table, doc_id, (damaged.file, damaged.offset, damaged.data))
                return None

    def leave_out(self, table: str, doc_id: int) -> None:
        """Treat a row as damaged that has its checksum and is none of its table: note it, and have it not be there."""
        with self.lock:
            rows = self.rows(table)
            value = self.value(table, doc_id) if doc_id not in rows.pending else None
            if value is not None:
                self._forget(table, doc_id, (f"{table}-{doc_id}", 0, row_line(table, doc_id, value)))

    def _forget(self, table: str, doc_id: int, damage: tuple[str, int, bytes]) -> None:
        self.damage.append(damage)
        self.rows(table).put(doc_id, None)
        if table in self.watchers:
            self.watchers[table](doc_id, None, None)

    def document(self, table: str, doc_id: int) -> dict[str, Any] | None:
        """A document of a table whose rows are at hand; None also for a row that is no document."""
        value = self.value(table, doc_id)
        if value is None:
            return None
        try:
            document = to_row(value)
        except ValueError:
            self.leave_out(table, doc_id)
            return None
        return without_pointers(document) if table == ARTICLES else document

    def article_row(self, doc_id: int) -> dict[str, Any] | None:
        """An article's row as the disk has it, with the pointers to its texts."""
        try:
            value = self.rows(ARTICLES).durable(doc_id)
        except Damaged:
            return None
        try:
            row = orjson.loads(value) if value is not None else None
        except ValueError:
            return None
        return row if isinstance(row, dict) else None

    def text(self, table: str, doc_id: int) -> dict[str, Any] | None:
        """A document of one of :data:`TEXTS`.

        :raises Damaged: when it cannot be read.
        :raises FileNotFoundError: when its segment is gone.
        """
        with self.lock:
            waiting = self.rows(table).pending.get(doc_id)
            if waiting is not None:
                document: dict[str, Any] | None = orjson.loads(waiting[1]) if waiting[1] is not None else None
                return document
            row = self._shown_row(doc_id)
        if row is None:
            return None
        if table == REVISIONS:
            return self._revisions(doc_id, row)
        try:
            pointer = row.get("at", {}).get(table)
        except AttributeError:
            raise Damaged(f"texts of {ARTICLES} {doc_id}", 0, b"") from None
        return self.text_at(pointer, table, doc_id) if pointer else None

    def _shown_row(self, doc_id: int) -> dict[str, Any] | None:
        """The row on the disk of an article, unless its removal waits to be written."""
        waiting = self.rows(ARTICLES).pending.get(doc_id)
        return None if waiting is not None and waiting[1] is None else self.article_row(doc_id)

    def _revisions(self, doc_id: int, row: dict[str, Any]) -> dict[str, Any] | None:
        """An article's earlier texts, oldest first; of one that cannot be read, when it was replaced."""
        versions = []
        entries = make_inert(row.get(REVISIONS, []))
        for entry in entries if isinstance(entries, list) else [entries]:
            if not are_revisions([entry]):
                versions.append({"replaced": ""})  # there is one, which cannot be read
                continue
            when, pointer, *title = entry
            version = {"replaced": when, **({"title": title[0]} if title else {})}
            with suppress(Damaged):
                version |= self.text_at(pointer, REVISIONS, doc_id)
            versions.append(version)
        return {"versions": versions} if versions else None

    def has_text(self, table: str, doc_id: int) -> bool:
        """Whether there is such a text, damaged or not."""
        with self.lock:
            waiting = self.rows(table).pending.get(doc_id)
            if waiting is not None:
                return waiting[1] is not None
            row = self._shown_row(doc_id)
        if row is None:
            return False
        at = row.get("at", {})
        return bool(row.get(REVISIONS) if table == REVISIONS else at.get(table) if isinstance(at, dict) else at)

    def text_at(self, pointer: Pointer, table: str, doc_id: int) -> dict[str, Any]:
        """:raises Damaged: when it cannot be read, or another text lies there."""
        try:
            with self.lock:
                found_table, found_id, document = orjson.loads(self.segments.read(pointer))
        except WRONG_SHAPE:
            raise Damaged(f"texts of {ARTICLES} {doc_id}", 0, b"") from None
        # An earlier text may still lie where it was written as a body.
        known = found_table in (table, "bodies" if table == REVISIONS else table)
        if found_id != doc_id or not known or not isinstance(document, dict):
            raise Damaged(f"texts {pointer[0]}", pointer[1], b"")
        return document

    def next_id(self, table: str) -> int:
        return self._next.get(table, 1)

    def names(self) -> set[str]:
        """The tables whose rows are at hand and that have documents, the engine's own among them."""
        stored = self.snapshot.tables if self.snapshot else []
        return {name for name in {*stored, *self._rows} if name not in TEXTS and len(self.rows(name))}

    def contents(self) -> list[tuple[str, int, int]]:
        """The files that are the store at this moment: name, an own open handle, and how much of it counts."""
        with self.lock:
            parts = [(segment_name(number), size) for number, size in self._sizes().items()]
            first = self.snapshot.number if self.snapshot else min(self._read_to, default=self.number)
            if self.snapshot:
                parts.append((self.snapshot.name, self.files.size(self.folder / self.snapshot.name)))
            parts += [(journal_name(number), self._read_to.get(number, 0)) for number in range(first, self.number + 1)]
            handles: list[int] = []
            try:
                handles.extend(self.files.open_read(self.folder / name) for name, _ in parts)
            except OSError:
                for handle in handles:
                    self.files.close(handle)
                raise
            return [(name, handle, size) for (name, size), handle in zip(parts, handles, strict=True)]

    def problems(self) -> list[Problem]:
        """What was damaged or missing when met in this session, by name."""
        missing = [Problem(name, "The file is missing; what only it held is lost.") for name in self.missing]
        return missing + [
            Problem(
                name_of(data) or file, f"A damaged record in {file} at byte {offset} was set aside; the rest is intact."
            )
            for file, offset, data in self.damage
        ]

    def _sizes(self) -> dict[int, int]:
        rows = ((number, self.document(SEGMENTS, number)) for number in self.rows(SEGMENTS))
        return {number: size for number, row in rows if row and isinstance(size := row.get("size"), int)}

    def _apply(self, table: str, doc_id: int, value: bytes | None) -> None:
        """A change that the disk has."""
        self._next[table] = max(self._next.get(table, 1), doc_id + 1)
        old = self._watched(table, doc_id)
        self.rows(table).put(doc_id, value)
        self._tell(table, doc_id, old, value)

    def _watched(self, table: str, doc_id: int) -> bytes | None:
        """What a watcher of the table is told of a row as it is."""
        return self.value(table, doc_id) if table in self.watchers else None

    def _tell(self, table: str, doc_id: int, old: bytes | None, new: bytes | None) -> None:
        watcher = self.watchers.get(table)
        if watcher is not None:
            watcher(doc_id, old, new)

    @property
    def snapshot_size(self) -> int:
        return self.files.size(self.folder / self.snapshot.name) if self.snapshot else 0
