"""A TinyDB storage made of a snapshot, a journal and segments: a change costs its own size, a crash nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
from tinydb.storages import Storage

from store.database.columns import Columns
from store.database.engine.checksummed_lines import item_at
from store.database.engine.files import Files
from store.database.engine.journal import Journal, journal_name
from store.database.engine.quarantine import Quarantine
from store.database.engine.reader import INTERNAL, PERSISTED, SEGMENTS, StoreReader
from store.database.engine.rows import Rows
from store.database.engine.segments import Pointer
from store.database.engine.snapshot import Snapshot, snapshot_name, write_snapshot
from store.database.engine.texts import TEXTS, Append, Change, Packed, pack, repoint, to_json
from store.database.engine.views import HotView, TextView
from store.database.engine.writer import Commit, CommitQueue
from store.database.tables import ARTICLES


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
        self.queue = CommitQueue(self._write_commits, self._take_back)
        self._made = self._written = 0
        """Numbers of the last commit made in memory and of the last one on the disk."""
        self.on_written: Callable[[], None] | None = None
        """Told after each write, with no lock of this object held but the queue's."""
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
        """Write down what waits, and close the files."""
        self.queue.end()
        with self._compacting, self.queue.lock, self.lock:
            if self._journal:
                self._journal.close()
                self._journal = None
            super().close()

    # --- changing -----------------------------------------------------------------------------------------

    def commit(self, changes: Sequence[Change]) -> None:
        """Make all of the changes, or none when it raises: in memory at once, and on the disk when this returns.

        While the queue writes in the background (:meth:`CommitQueue.begin`) it does not wait for the disk.

        :raises OSError: when the disk refuses.
        :raises (TypeError, ValueError): when a document is not JSON or a text has no article.
        """
        if self._journal is None:
            raise OSError("the store is closed or open for reading only")
        packed = to_json(changes)
        with self.lock:
            self._require_articles(packed)
            commit = self._show(packed)
            self.queue.add(commit)
        self.queue.finish(commit)

    def _require_articles(self, changes: Sequence[Packed]) -> None:
        """:raises ValueError: for a text of no article."""
        coming = {doc_id for table, doc_id, value in changes if table == ARTICLES and value is not None}
        for table, doc_id, value in changes:
            if table in TEXTS and value is not None and doc_id not in coming and doc_id not in self.rows(ARTICLES):
                raise ValueError(f"There is no article {doc_id} for a text in {table}.")

    def _show(self, changes: Sequence[Packed]) -> Commit:
        """Make changes in memory."""
        self._made += 1
        commit = Commit(self._made, changes)
        for table, doc_id, value in changes:
            old = self._watched(table, doc_id)
            self._next[table] = max(self._next.get(table, 1), doc_id + 1)
            commit.before.append(self.rows(table).show(doc_id, commit.number, value))
            commit.size += len(value or b"")
            self._tell(table, doc_id, old, value)
        return commit

    def _take_back(self, commits: Sequence[Commit]) -> None:
        """Undo changes in memory that the disk refused."""
        with self.lock:
            for commit in reversed(commits):
                for (table, doc_id, value), before in reversed(list(zip(commit.changes, commit.before, strict=True))):
                    still_waits = before is not None and before[0] > self._written
                    self.rows(table).take_back(doc_id, before if still_waits else None)
                    self._tell(table, doc_id, value, self._watched(table, doc_id))

    def _write_commits(self, commits: Sequence[Commit]) -> None:
        """Write commits down as one."""
        changes = [change for commit in commits for change in commit.changes]
        self._write(lambda append: pack(changes, self._locked_article_row, append), commits)

    def _locked_article_row(self, doc_id: int) -> dict[str, Any] | None:
        with self.lock:
            return self.article_row(doc_id)

    def move_texts(self, article_ids: Sequence[int], away_from: Container[int]) -> None:
        """Write the texts of these articles that lie in these segments once more, durably.

        :raises OSError: when the disk refuses.
        """
        with self.queue.lock:
            self.queue.flush()
            rows = {doc_id: row for doc_id in article_ids if (row := self._locked_article_row(doc_id))}
            self._write(lambda append: repoint(rows, away_from, self.segments.read, append))

    def _write(self, pack_up: Callable[[Append], list[Packed]], commits: Sequence[Commit] = ()) -> None:
        """Texts to a segment, then the rows to the journal, then memory; the first to fail undoes those before.

        Called with the queue's lock held. Readers need only :attr:`lock`, which is not held while the disk works.
        """
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
        with self.lock:
            self._read_to[self.number] = self._journal.length
            if added:
                self.segments.confirm(added[1])
            for table, doc_id, value in packed:
                self._next[table] = max(self._next.get(table, 1), doc_id + 1)
                self.rows(table).put(doc_id, value)
            for commit in commits:
                for table, doc_id, _ in commit.changes:
                    self.rows(table).settle(doc_id, commit.number)
                self._written = commit.number
        if self.on_written is not None:
            self.on_written()

    def forget_damage(self) -> None:
        """Damage was seen to: report it no longer. What was set aside stays there.

        :raises OSError: when the disk refuses.
        """
        there = set(self.segments.numbers())
        found = {number: self.segments.size(number) if number in there else 0 for number in self._sizes()}
        lost = {number: size for number, size in found.items() if size < self._sizes()[number]}
        if lost:
            self.segments.start_new()
            self.commit([(SEGMENTS, number, {"size": size} if size else None) for number, size in lost.items()])
            self.queue.flush()
        self.damage.clear()
        self.missing.clear()
        self.aside.mark_seen()

    # --- compaction ---------------------------------------------------------------------------------------

    @property
    def journal_size(self) -> int:
        return self._journal.length if self._journal else 0

    def compact(self) -> None:
        """Write a new snapshot and begin a new journal; changes may go on meanwhile.

        A crash at any point leaves the old snapshot with all journals, or the new one with its own.

        :raises OSError: when the disk refuses.
        """
        with self._compacting:
            number, tables, columns, next_ids = self._begin_snapshot()
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

    def _begin_snapshot(self) -> tuple[int, dict[str, Rows], Columns, dict[str, int]]:
        """Begin a new journal, and freeze the rows and columns of that moment."""
        with self.queue.lock:
            if self._journal is None:
                raise OSError("the store is closed or open for reading only")
            self._journal.settle()
            for file, offset, data in self.damage:
                self.aside.damaged(file, offset, data)
            fresh = Journal.create(self.files, self.folder, self.number + 1)
            while True:
                self.queue.flush()
                with self.lock:
                    if not self.queue.empty():
                        continue  # a commit came between the two
                    self._journal.close()
                    self._journal = fresh
                    self.number += 1
                    self._read_to[self.number] = fresh.length
                    tables = {name: self.rows(name) for name in sorted(self.names())}
                    columns = self.freeze_columns()
                    for rows in self._rows.values():
                        rows.freeze()
                    return self.number, tables, columns, dict(self._next)

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
        with self.lock:
            rows = (self.document(PERSISTED, doc_id) for doc_id in self.rows(PERSISTED))
            empty = {row["name"] for row in rows if row and isinstance(row.get("name"), str)}
            names = (self.names() | empty) - set(INTERNAL)
            names |= {name for name in TEXTS if any(True for _ in TextView(self, name))}
        return {name: self.view(name) for name in names}

    def view(self, table: str) -> HotView | TextView:
        """A table as TinyDB reads it.

        :raises ValueError: for a table of the engine's own.
        """
        if table in INTERNAL:
            raise ValueError(f"The table {table!r} is the storage's own.")
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
            changes += self._persistence(table, there=table in data)
        if changes:
            self.commit(changes)
        for table in set(self._next) - set(data) - set(INTERNAL):
            self.forget_ids(table)

    def _persistence(self, table: str, *, there: bool) -> list[Change]:
        """What makes a table be there, or not, while it has no documents."""
        known = [doc_id for doc_id in self.rows(PERSISTED) if self.document(PERSISTED, doc_id) == {"name": table}]
        if there:
            return [] if known else [(PERSISTED, self.next_id(PERSISTED), {"name": table})]
        return [(PERSISTED, doc_id, None) for doc_id in known]

    def persist(self, table: str) -> None:
        """Have a table be there while it has no documents."""
        changes = self._persistence(table, there=True)
        if changes:
            self.commit(changes)

    def forget_ids(self, table: str) -> None:
        """Let the next document of an emptied table be number 1 again, in this process."""
        with self.lock:
            if not len(self.rows(table)):
                self._next.pop(table, None)
