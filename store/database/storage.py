"""A TinyDB storage made of a snapshot, a journal and segments: a change costs its own size, a crash nothing.

Files of a store with number N: ``snapshot-N`` (all rows when it was made; none for N = 1), ``journal-N``
(changes since), while a compaction runs also ``journal-(N+1)``, and the segments. Opening takes the newest
snapshot and replays the journals from its number on, in order; what is older is left over and removed.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
from tinydb.storages import Storage

from store.database.aside import SetAside
from store.database.files import Files
from store.database.frames import item_at, name_of
from store.database.journal import VERSION, Journal, Replay, journal_name, replay
from store.database.rows import Rows
from store.database.segments import Pointer, Segments, segment_name
from store.database.snapshot import Columns, Damaged, Snapshot, snapshot_name, write_snapshot
from store.database.texts import ARTICLES, TEXTS, Append, Change, Packed, pack, repoint
from store.database.views import HotView, TextView
from store.errors import StoreError
from store.models import Problem

SEGMENTS = "segments"
"""The hot table of segment files: number to ``{"size": confirmed bytes}``."""
_ATTEMPTS = 5
_TABLE = re.compile(r"[a-z_]+")
_SNAPSHOT = re.compile(r"snapshot-(\d{6,})\.jsonl")
_JOURNAL = re.compile(r"journal-(\d{6,})\.jsonl")

Watcher = Callable[[int, bytes | None, bytes | None], None]
"""Told of each change of a row: id, old and new value."""


def _no_columns() -> Columns:
    return ()


def _require(version: int) -> None:
    if version > VERSION:
        raise StoreError(f"This store was written by a newer newsdash (format {version}, here {VERSION}).")


class JournalStorage(Storage):
    """The storage of one folder. Its own lock lets a compaction run beside changes."""

    def __init__(self, folder: Path, files: Files, *, writable: bool) -> None:
        self.folder = folder
        self.files = files
        self.writable = writable
        self.lock = threading.RLock()
        self.aside = SetAside(files, folder)
        self.freeze_columns: Callable[[], Columns] = _no_columns
        """Gives the index columns of the moment it is called at, to be made while they are written."""
        self.damage: list[tuple[str, int, bytes]] = []
        """Damaged pieces met since opening: file, offset, bytes."""
        self.snapshot: Snapshot | None = None
        self.segments = Segments(files, folder)
        self._journal: Journal | None = None
        self._compacting = threading.Lock()
        self.reloaded = False
        """True when a refresh read everything anew: what was made from the rows must be made anew too."""
        self._read_to: dict[int, int] = {}
        try:
            self._load()
            if writable:
                self._take_over()
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

    def _take_over(self) -> None:
        """Become the writer: set aside what cannot be read, cut what was not finished, clear what is left over."""
        for name, offset, data in self._unfinished:
            self.aside.unfinished(name, offset, data)
        for name in self.files.names(self.folder):
            if name.endswith(".tmp"):
                self.files.remove(self.folder / name)
        if self.number in self._read_to:
            path = self.folder / journal_name(self.number)
            end = self._read_to[self.number]
            if self.files.size(path) > end:
                self._cut(path, end)
            self._journal = Journal(self.files, path, end, self._commit)
        else:
            self._journal = Journal.create(self.files, self.folder, self.number)
        if self.snapshot:
            self._remove_before(self.snapshot.number)

    def _cut(self, path: Path, length: int) -> None:
        handle = self.files.open_append(path)
        try:
            self.files.truncate(handle, length)
            self.files.sync(handle)
        finally:
            self.files.close(handle)

    def _remove_before(self, number: int) -> None:
        snapshots, journals = self._numbers()
        for old in snapshots:
            if old < number:
                self.files.remove(self.folder / snapshot_name(old))
        for old in journals:
            if old < number:
                self.files.remove(self.folder / journal_name(old))

    def close(self) -> None:
        with self._compacting, self.lock:
            if self._journal:
                self._journal.close()
                self._journal = None
            if self.snapshot:
                self.snapshot.close()
                self.snapshot = None
            self.segments.close()

    def refresh(self) -> bool:
        """Read what the writer did since; True when the store changed under a reader."""
        with self.lock:
            snapshots, journals = self._numbers()
            newest = snapshots[-1] if snapshots else 0
            if newest > (self.snapshot.number if self.snapshot else 0):
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

    def value(self, table: str, doc_id: int) -> bytes | None:
        """A row's JSON, None when there is none. A damaged row is noted and from then on not there."""
        with self.lock:
            rows = self.rows(table)
            try:
                return rows.get(doc_id)
            except Damaged as damaged:
                self.damage.append((damaged.file, damaged.offset, damaged.data))
                rows.put(doc_id, None)
                if table in self.watchers:
                    self.watchers[table](doc_id, None, None)
                return None

    def document(self, table: str, doc_id: int) -> dict[str, Any] | None:
        """A hot table's document."""
        value = self.value(table, doc_id)
        document: dict[str, Any] | None = orjson.loads(value) if value is not None else None
        return document

    def text(self, table: str, doc_id: int) -> dict[str, Any] | None:
        """A document of ``bodies``, ``people`` or ``quotes``.

        :raises Damaged: when it cannot be read.
        """
        article = self.document(ARTICLES, doc_id)
        pointer = article.get("at", {}).get(table) if article else None
        return self.text_at(pointer, table, doc_id) if pointer else None

    def text_at(self, pointer: Pointer, table: str, doc_id: int) -> dict[str, Any]:
        """:raises Damaged: when it cannot be read, or another text lies there."""
        with self.lock:
            found_table, found_id, document = orjson.loads(self.segments.read(pointer))
        if (found_table, found_id) != (table, doc_id):
            raise Damaged(f"texts {pointer[0]}", pointer[1], b"")
        found: dict[str, Any] = document
        return found

    def next_id(self, table: str) -> int:
        return self._next.get(table, 1)

    def names(self) -> set[str]:
        """The tables that have documents."""
        stored = self.snapshot.tables if self.snapshot else []
        return {name for name in {*stored, *self._rows} if len(self.rows(name))}

    def contents(self) -> list[tuple[str, int, int]]:
        """The files that are the store at this moment: name, an own open handle, and how much of it counts."""
        with self.lock:
            parts = [(segment_name(number), size) for number, size in self._sizes().items()]
            first = self.snapshot.number if self.snapshot else min(self._read_to, default=self.number)
            if self.snapshot:
                parts.append((self.snapshot.name, self.files.size(self.folder / self.snapshot.name)))
            for number in range(first, self.number + 1):
                live = self._journal is not None and number == self.number
                parts.append((journal_name(number), self.journal_size if live else self._read_to.get(number, 0)))
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

    # --- changing -----------------------------------------------------------------------------------------

    def commit(self, changes: Sequence[Change]) -> None:
        """All of the changes, durable when this returns; none of them when it raises.

        :raises OSError: when the disk refuses.
        :raises (TypeError, ValueError): when a document is not JSON or a table's name is not ``[a-z_]+``.
        """
        for table in {change[0] for change in changes}:
            if not _TABLE.fullmatch(table):
                raise ValueError(f"A table cannot be called {table!r}.")
        with self.lock:
            self._write(lambda append: pack(changes, lambda doc_id: self.document(ARTICLES, doc_id), append))

    def move_texts(self, article_ids: Sequence[int], away_from: Container[int]) -> None:
        """Write the texts of these articles that lie in these segments once more; one commit, as :meth:`commit`."""
        with self.lock:
            rows = {doc_id: row for doc_id in article_ids if (row := self.document(ARTICLES, doc_id))}
            self._write(lambda append: repoint(rows, away_from, self.segments.read, append))

    def _write(self, pack_up: Callable[[Append], list[Packed]]) -> None:
        """Texts to a segment, then the rows to the journal, then memory; the first to fail undoes those before."""
        if self._journal is None:
            raise OSError("the store is closed or open for reading only")
        added: tuple[int, int] | None = None

        def append(lines: list[bytes]) -> list[Pointer]:
            nonlocal added
            places, added = self.segments.append(lines, self._sizes())
            return places

        try:
            packed = pack_up(append)
            if added:
                packed.append((SEGMENTS, added[0], orjson.dumps({"size": added[1]})))
            if packed:
                self._journal.append(packed)
        except BaseException:
            if added:
                self.segments.undo()
            raise
        if added:
            self.segments.confirm(added[1])
        for table, doc_id, value in packed:
            self._apply(table, doc_id, value)

    def _sizes(self) -> dict[int, int]:
        return {number: row["size"] for number in self.rows(SEGMENTS) if (row := self.document(SEGMENTS, number))}

    def _apply(self, table: str, doc_id: int, value: bytes | None) -> None:
        self._next[table] = max(self._next.get(table, 1), doc_id + 1)
        watcher = self.watchers.get(table)
        old = self.value(table, doc_id) if watcher else None
        self.rows(table).put(doc_id, value)
        if watcher:
            watcher(doc_id, old, value)

    # --- compaction ---------------------------------------------------------------------------------------

    @property
    def journal_size(self) -> int:
        return self._journal.length if self._journal else 0

    @property
    def snapshot_size(self) -> int:
        return self.files.size(self.folder / self.snapshot.name) if self.snapshot else 0

    def compact(self) -> None:
        """Write a new snapshot and begin a new journal; changes may go on meanwhile.

        A crash at any point leaves the old snapshot with all journals, or the new one with its own.
        """
        with self._compacting:
            with self.lock:
                if self._journal is None:
                    raise OSError("the store is closed or open for reading only")
                self._journal.settle()
                for file, offset, data in self.damage:
                    self.aside.damaged(file, offset, data)
                fresh = Journal.create(self.files, self.folder, self.number + 1)
                self._read_to[self.number] = self._journal.length
                self._journal.close()
                self._journal = fresh
                self.number += 1
                number, columns, next_ids = self.number, self.freeze_columns(), dict(self._next)
                tables = {name: self.rows(name) for name in sorted(self.names())}
                for rows in self._rows.values():
                    rows.freeze()
            lines = {name: self._whole_lines(rows) for name, rows in tables.items()}
            write_snapshot(self.files, self.folder, number, lines, columns, next_ids)
            with self.lock:
                old = self.snapshot
                self.snapshot = Snapshot(self.files, self.folder / snapshot_name(number), number)
                for rows in self._rows.values():
                    rows.rebase(self.snapshot)
                if old:
                    old.close()
            with suppress(OSError):  # they are cleared at the next start
                self._remove_before(number)

    def _whole_lines(self, rows: Rows) -> Iterator[tuple[int, bytes]]:
        """A table's lines for the snapshot, without the damaged ones, which are set aside first."""
        for doc_id, whole in rows.frozen_lines():
            if item_at(whole, 0) is None:
                piece = (f"{rows.name}-{doc_id}", 0, whole)
                self.aside.damaged(*piece)
                self.damage.append(piece)
            else:
                yield doc_id, whole

    # --- TinyDB's storage interface ------------------------------------------------------------------------

    def read(self) -> dict[str, Any]:
        """Table name to a live view of its documents, read one by one when asked for."""
        tables: dict[str, Any] = {name: self.view(name) for name in self.names()}
        if ARTICLES in tables:
            tables |= {name: view for name in TEXTS if len(view := self.view(name))}
        return tables

    def view(self, table: str) -> HotView | TextView:
        return TextView(self, table) if table in TEXTS else HotView(self, table)

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Make the tables hold exactly this; what is the same already is not written."""
        changes: list[Change] = []
        for table in {*self.read(), *data}:
            new = data.get(table, {})
            if isinstance(new, HotView | TextView):
                continue
            view = self.view(table)
            changes += [(table, int(key), None) for key in view if key not in new]
            changes += [(table, int(key), dict(row)) for key, row in new.items() if view.get(key) != row]
        if changes:
            self.commit(changes)
