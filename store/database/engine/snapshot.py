"""The snapshot: all rows at one moment, with an index that finds any of them without reading the rest.

Lines in this order: a header; each table's rows by id; columns (JSON arrays of numbers, among them each
table's ids and line places); an end that says where tables and columns are. The file appears under its name
in one rename, so it is whole or absent; damage that comes later costs the line it hits. A damaged column or
end is made again from the rows.

A column is one long line, which takes time to check. But a row says itself whose it is, so the first rows are looked
for in a few unchecked numbers: a whole line that names the row asked for is the answer, and anything else is asked of
the checked columns.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from store.database.columns import Column, Columns, Numbers, in_memory, pack, unpack
from store.database.engine.checksummed_lines import HEAD, TAIL, Row, item_at, item_view, line, row_item, scan, to_row
from store.database.engine.files import Files
from store.database.engine.journal import VERSION

_CHUNK = 1 << 20
_END_SEARCH = 1 << 16
_FEW = 200
"""So many rows are found sooner without reading all places."""
_HEADER = 200
"""The header is shorter than so many bytes."""


def snapshot_name(number: int) -> str:
    return f"snapshot-{number:06}.jsonl"


def version_of_snapshot(files: Files, path: Path) -> int:
    """The format that its header names; the newest when the header is damaged."""
    handle = files.open_read(path)
    try:
        item = item_at(files.read(handle, 0, _HEADER), 0)
    finally:
        files.close(handle)
    version: int = orjson.loads(item)["version"] if item is not None and item.startswith(b"{") else VERSION
    return version


class Damaged(Exception):  # noqa: N818 - caught inside the database, where the record is set aside
    """A stored record whose checksum does not fit; ``data`` is what is there."""

    def __init__(self, file: str, offset: int, data: bytes) -> None:
        super().__init__(f"{file} is damaged at byte {offset}")
        self.file = file
        self.offset = offset
        self.data = data


class Base:
    """Where one table's rows are: ids ascending, and their lines' places, ``starts[i]`` to ``ends[i]``.

    The first rows are found in the columns as they stand in the file, and all of them are read for more.
    """

    def __init__(self, ids: Numbers, starts: Numbers, ends: Numbers | None = None) -> None:
        """Without ``ends`` a line ends where the next one starts; ``starts`` then has one more."""
        self._ids = ids
        self._starts = starts
        self._ends = ends
        self.lookups = 0

    @property
    def ids(self) -> array[int]:
        self._ids = in_memory(self._ids)
        return self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, doc_id: int) -> bool:
        return self._find(doc_id) is not None

    def place(self, doc_id: int) -> tuple[int, int] | None:
        at = self._find(doc_id)
        if at is None:
            return None
        return self._starts[at], self._starts[at + 1] if self._ends is None else self._ends[at]

    def _find(self, doc_id: int) -> int | None:
        self.lookups += 1
        if self.lookups == _FEW + 1:
            self._ids, self._starts = in_memory(self._ids), in_memory(self._starts)
        at = bisect_left(self._ids, doc_id)
        return at if at < len(self._ids) and self._ids[at] == doc_id else None


def _to_row(data: bytes) -> Row | None:
    """The row of a line, None when it is damaged."""
    item = item_at(data, 0)
    row = to_row(item) if item is not None and item.startswith(b"[") else None
    return row if row is not None and row.value is not None else None


class Snapshot:
    """An open snapshot file. Reads are by place, so it stays readable when its name is gone."""

    def __init__(self, files: Files, path: Path, number: int) -> None:
        self.number = number
        self.name = path.name
        self._files = files
        self._handle = files.open_read(path)
        self._bases: dict[str, Base] = {}
        self._guesses: dict[str, Base] = {}
        """From unchecked columns, until a table's base is needed."""
        self._end: dict[str, Any] = {}
        self._last: Row | None = None
        """The row read last: an article's is asked for again for each of its texts."""
        self.version = VERSION
        self.scanned = False
        """True when the index was damaged and the whole file had to be read."""
        self.damage: list[tuple[int, bytes]] = []
        """What that found, with offsets."""
        self._read_end()

    def close(self) -> None:
        self._files.close(self._handle)

    def _read_end(self) -> None:
        self._size = self._files.handle_size(self._handle)
        start = max(0, self._size - _END_SEARCH)
        tail = self._files.read(self._handle, start, self._size - start)
        item = item_at(tail, tail.rfind(b"\n", 0, len(tail) - 1) + 1)
        end = orjson.loads(item) if item is not None and item.startswith(b"{") else {}
        if "tables" in end:
            self._end = end
            self.version = end["version"]
        else:
            self._scan()

    @property
    def next_ids(self) -> dict[str, int]:
        """Table to the lowest id never used in it."""
        return dict(self._end.get("next", {}))

    @property
    def tables(self) -> list[str]:
        return list(self._bases) if self.scanned else list(self._end["tables"])

    def base(self, table: str) -> Base:
        """The places of a table's rows, loaded and checked when first asked for."""
        if table not in self._bases and not self.scanned:
            if table not in self._end["tables"]:
                self._bases[table] = Base(array("q"), array("q"))
            else:
                ids, places = self.column(f"{table}.ids"), self.column(f"{table}.places")
                if ids is None or places is None or len(ids) + 1 != len(places):
                    self._scan()
                else:
                    self._bases[table] = Base(ids, places)
            self._guesses.pop(table, None)
        return self._bases[table] if table in self._bases else Base(array("q"), array("q"))

    def column(self, name: str) -> Column | None:
        """An index column; None when there is none or it is damaged."""
        where = self._end.get("columns", {}).get(name)
        if where is None:
            return None
        item = item_view(self._files.read(self._handle, where[0], where[1]))
        return unpack(lambda start, end: item[start:end], len(item)) if item is not None else None

    def count(self, table: str) -> int:
        """How many rows a table has; when its columns have not been checked, by their length."""
        guess = self._guess(table)
        return len(self.base(table) if guess is None else guess)

    def has(self, table: str, doc_id: int) -> bool:
        """Whether there is such a row, damaged or not."""
        try:
            base = self._bases.get(table)
            return doc_id in base if base is not None else self.row(table, doc_id) is not None
        except Damaged:
            return True

    def row(self, table: str, doc_id: int) -> bytes | None:
        """A row's JSON; None when there is none.

        :raises Damaged: when it does not fit its checksum.
        """
        row = self._last
        if row is None or (row.table, row.id) != (table, doc_id):
            row = self._last = self._guessed(table, doc_id) or self._found(table, doc_id)
        return row.value if row is not None else None

    def _found(self, table: str, doc_id: int) -> Row | None:
        place = self.base(table).place(doc_id)
        if place is None:
            return None
        data = self._line(place)
        row = _to_row(data)
        if row is None:
            raise Damaged(self.name, place[0], data)
        return row

    def _guessed(self, table: str, doc_id: int) -> Row | None:
        """The row, found by unchecked columns; None says nothing."""
        guess = self._guess(table)
        if guess is None:
            return None
        try:
            place = guess.place(doc_id)
        except (ValueError, LookupError):  # damaged digits
            return None
        if place is None or not 0 <= place[0] < place[1] <= self._size:
            return None
        row = _to_row(self._line(place))
        return row if row is not None and (row.table, row.id) == (table, doc_id) else None

    def _guess(self, table: str) -> Base | None:
        """The base of a table by unchecked columns; None when there is a checked one or it is time for it."""
        if table in self._bases or table not in self._end.get("tables", ()):
            return None
        guess = self._guesses.get(table)
        if guess is None:
            ids, places = self._unchecked(f"{table}.ids"), self._unchecked(f"{table}.places")
            if ids is None or places is None:
                return None
            guess = self._guesses[table] = Base(ids, places)
        return guess if guess.lookups < _FEW else None

    def _unchecked(self, name: str) -> Column | None:
        offset, length = self._end["columns"][name]
        begin = offset + HEAD
        return unpack(
            lambda start, end: self._files.read(self._handle, begin + start, end - start), length - HEAD - TAIL
        )

    def _line(self, place: tuple[int, int]) -> bytes:
        return self._files.read(self._handle, place[0], place[1] - place[0])

    def lines(self, table: str) -> Iterator[tuple[int, bytes]]:
        """Ids and whole lines of a table in order of id, unchecked, read in large pieces."""
        base = self.base(table)
        buffer, at = b"", 0
        for doc_id in base.ids:
            start, end = base.place(doc_id) or (0, 0)
            if not at <= start <= end <= at + len(buffer):
                at, buffer = start, self._files.read(self._handle, start, max(_CHUNK, end - start))
            yield doc_id, buffer[start - at : end - at]

    def check(self) -> list[tuple[int, bytes]]:
        """Read every line; what is damaged, with its offset."""
        data = self._files.read(self._handle, 0, self._files.handle_size(self._handle))
        return [(piece.start, data[piece.start : piece.end]) for piece in scan(data) if piece.item is None]

    def _scan(self) -> None:
        """Find the rows without the index."""
        data = self._files.read(self._handle, 0, self._files.handle_size(self._handle))
        found: dict[str, dict[int, tuple[int, int]]] = {}
        self.scanned = True
        self.damage = []
        for piece in scan(data):
            if piece.item is None:
                self.damage.append((piece.start, data[piece.start : piece.end]))
            elif piece.item.startswith(b"["):
                row = to_row(piece.item)
                found.setdefault(row.table, {})[row.id] = (piece.start, piece.end)
        self._bases = {}
        for table, places in found.items():
            ids = array("q", sorted(places))
            self._bases[table] = Base(
                ids, array("q", (places[key][0] for key in ids)), array("q", (places[key][1] for key in ids))
            )
        self._end = {"next": {table: max(places) + 1 for table, places in found.items()}}


def write_snapshot(
    files: Files,
    folder: Path,
    number: int,
    tables: Mapping[str, Iterable[tuple[int, bytes]]],
    columns: Columns,
    next_ids: Mapping[str, int],
) -> None:
    """Write and sync a snapshot and give it its name. ``tables`` yield ids ascending and whole lines."""
    path = folder / snapshot_name(number)
    temporary = path.with_name(path.name + ".tmp")
    handle = files.open_write(temporary)
    try:
        _Writer(files, handle).write(number, tables, columns, next_ids)
        files.sync(handle)
    finally:
        files.close(handle)
    files.rename(temporary, path)
    files.sync_folder(folder)


class _Writer:
    def __init__(self, files: Files, handle: int) -> None:
        self._files = files
        self._handle = handle
        self._written = 0
        self._parts: list[bytes] = []
        self._waiting = 0

    @property
    def _at(self) -> int:
        return self._written + self._waiting

    def _put(self, data: bytes) -> None:
        self._parts.append(data)
        self._waiting += len(data)
        if self._waiting >= _CHUNK:
            self._flush()

    def _flush(self) -> None:
        self._files.write(self._handle, self._written, b"".join(self._parts))
        self._written += self._waiting
        self._parts.clear()
        self._waiting = 0

    def write(
        self,
        number: int,
        tables: Mapping[str, Iterable[tuple[int, bytes]]],
        columns: Columns,
        next_ids: Mapping[str, int],
    ) -> None:
        self._put(line(orjson.dumps({"newsdash": "snapshot", "version": VERSION, "number": number})))
        starts: dict[str, int] = {}
        own: list[tuple[str, array[int]]] = []
        for table, rows in tables.items():
            starts[table] = self._at
            ids, line_places = array("q"), array("q")
            for doc_id, whole in rows:
                ids.append(doc_id)
                line_places.append(self._at)
                self._put(whole)
            line_places.append(self._at)
            own += [(f"{table}.ids", ids), (f"{table}.places", line_places)]
        places: dict[str, tuple[int, int]] = {}
        for name, values in chain(own, columns):
            data = line(pack(name, values))
            places[name] = (self._at, len(data))
            self._put(data)
        end = {"version": VERSION, "number": number, "tables": starts, "columns": places, "next": dict(next_ids)}
        self._put(line(orjson.dumps(end)))
        self._flush()


def row_line(table: str, doc_id: int, value: bytes) -> bytes:
    """A row as it stands in a snapshot."""
    return line(row_item(table, doc_id, value))
