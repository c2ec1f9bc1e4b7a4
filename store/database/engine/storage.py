"""A TinyDB storage made of a snapshot, a journal and segments: a change costs its own size, a crash nothing."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
from tinydb.storages import Storage

from store.database.engine.checksummed_lines import item_at
from store.database.engine.columns import Columns
from store.database.engine.files import Files
from store.database.engine.journal import Journal, journal_name
from store.database.engine.quarantine import Quarantine
from store.database.engine.reader import SEGMENTS, StoreReader
from store.database.engine.rows import Rows
from store.database.engine.segments import Pointer
from store.database.engine.snapshot import Snapshot, snapshot_name, write_snapshot
from store.database.engine.texts import ARTICLES, TEXTS, Append, Change, Packed, pack, repoint
from store.database.engine.views import HotView, TextView

_TABLE = re.compile(r"[a-z_]+")


def _no_columns() -> Columns:
    return ()


class JournalStorage(StoreReader, Storage):
    """The storage of one folder. Its own lock lets a compaction run beside changes."""

    def __init__(self, folder: Path, files: Files, *, writable: bool) -> None:
        self.writable = writable
        self.aside = Quarantine(files, folder)
        self.freeze_columns: Callable[[], Columns] = _no_columns
        """Gives the index columns of the moment it is called at, to be made while they are written."""
        self._journal: Journal | None = None
        self._compacting = threading.Lock()
        super().__init__(folder, files)
        if writable:
            try:
                self._take_over()
            except BaseException:
                self.close()
                raise

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
            self._read_to[self.number] = self._journal.length
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
            super().close()

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
                self._read_to[self.number] = self._journal.length
        except BaseException:
            if added:
                self.segments.undo()
            raise
        if added:
            self.segments.confirm(added[1])
        for table, doc_id, value in packed:
            self._apply(table, doc_id, value)

    # --- compaction ---------------------------------------------------------------------------------------

    @property
    def journal_size(self) -> int:
        return self._journal.length if self._journal else 0

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
                self._journal.close()
                self._journal = fresh
                self.number += 1
                self._read_to[self.number] = fresh.length
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
