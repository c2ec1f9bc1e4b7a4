"""The journal: every change since the snapshot, appended and on the disk before it counts.

A commit is one line a changed row, written at once with one ``fdatasync``; its last line carries the commit's
number. A commit without its last line was never confirmed to anyone and is cut at the next start.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from store.database.engine.checksummed_lines import Piece, Row, line, row_item, scan, to_row
from store.database.engine.files import Files

VERSION = 3
"""Of the format. See ``migrate.py`` for the earlier ones."""


def journal_name(number: int) -> str:
    return f"journal-{number:06}.jsonl"


def encode(changes: list[tuple[str, int, bytes | None]], commit: int) -> bytes:
    """The lines of one commit (at least one change)."""
    last = len(changes) - 1
    return b"".join(
        line(row_item(table, doc_id, value, commit if place == last else 0))
        for place, (table, doc_id, value) in enumerate(changes)
    )


@dataclass(slots=True)
class Replay:
    """What a stretch of journal says. ``end`` is where the next commit goes; all offsets are into the file."""

    rows: list[Row] = field(default_factory=list)
    end: int = 0
    commit: int = 0
    version: int = VERSION
    damage: list[tuple[int, bytes]] = field(default_factory=list)
    unfinished: bytes = b""


def replay(data: bytes, offset: int = 0) -> Replay:
    """The changes of the finished commits in ``data``, which stands at ``offset`` of the file.

    Damage between whole lines is set aside and costs its own lines only. Damage at the very end is an
    unfinished write, unless its line is complete: then it was confirmed and something changed it since.
    """
    result = Replay(end=offset)
    waiting: list[Row] = []
    for piece in scan(data):
        if piece.item is None:
            if piece.end == len(data) and not _complete(data, piece):
                break
            result.damage.append((offset + piece.start, data[piece.start : piece.end]))
            if piece.end == len(data):
                result.rows += waiting
                waiting.clear()
                result.end = offset + piece.end
            continue
        if piece.item.startswith(b"{"):  # the header
            result.version = orjson.loads(piece.item)["version"]
            result.end = offset + piece.end
            continue
        try:
            row = to_row(piece.item)
        except ValueError:
            result.damage.append((offset + piece.start, data[piece.start : piece.end]))
            continue
        waiting.append(row)
        if row.commit:
            result.rows += waiting
            waiting.clear()
            result.end = offset + piece.end
            result.commit = row.commit
    result.unfinished = data[result.end - offset :]
    return result


def _complete(data: bytes, piece: Piece) -> bool:
    return data.endswith(b"\n") and b"\0" not in data[piece.start : piece.end]


class Journal:
    """One journal file, open for appending."""

    def __init__(self, files: Files, path: Path, length: int, commit: int) -> None:
        self._files = files
        self._handle = files.open_append(path)
        self._commit = commit
        self._clean = True
        self.length = length
        """Bytes that are durable."""

    @classmethod
    def create(cls, files: Files, folder: Path, number: int) -> Journal:
        header = line(orjson.dumps({"newsdash": "journal", "version": VERSION, "number": number}))
        files.replace(folder / journal_name(number), header)
        return cls(files, folder / journal_name(number), len(header), 0)

    def append(self, changes: list[tuple[str, int, bytes | None]]) -> None:
        """One commit; durable when this returns, undone when it raises :class:`OSError`."""
        data = encode(changes, self._commit + 1)
        try:
            self.settle()
            self._files.write(self._handle, self.length, data)
            self._files.sync(self._handle)
        except BaseException:
            self._clean = False
            try:
                self._cut()
            except OSError:
                pass  # tried again before the next commit
            raise
        self.length += len(data)
        self._commit += 1

    def settle(self) -> None:
        """Remove what a failed commit left behind, if anything.

        :raises OSError: when the disk still refuses.
        """
        if not self._clean:
            self._cut()

    def _cut(self) -> None:
        """Remove what a failed commit may have left behind the last good one."""
        self._files.truncate(self._handle, self.length)
        self._files.sync(self._handle)
        self._clean = True

    def close(self) -> None:
        with suppress(OSError):  # what was refused may then be there at the next start: whole, never in part
            self.settle()
        self._files.close(self._handle)
