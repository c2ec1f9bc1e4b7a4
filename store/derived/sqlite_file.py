"""Files that are made from the store and may be deleted at any time: SQLite databases in the cache folder.

One connection writes, one reads; WAL allows reading while articles are added.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from store.paths import FILE_MODE, make_private

_PATIENCE = 60.0
"""Seconds that a change waits for that of another process."""
_SETTINGS = ("temp_store = memory", "synchronous = off", "secure_delete = off", f"journal_size_limit = {16 << 20}")
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR}


@dataclass(frozen=True, slots=True)
class Schema:
    """The statements that make a file's tables. Raise ``version`` when they or what is put into them changes: files of
    another number are made again."""

    version: int
    tables: str


class DamagedError(Exception):
    """The file cannot be read; it has to be made again."""


class SqliteFile:
    """The open file. May be used from several threads: one writes, one reads, at the same time."""

    def __init__(self, reader: sqlite3.Connection, writer: sqlite3.Connection | None) -> None:
        self._reader = reader
        self._writer = writer
        self._reading = threading.Lock()
        self._writing = self._reading if writer is reader else threading.Lock()

    @classmethod
    def on_disk(cls, path: Path, schema: Schema) -> SqliteFile:
        """Open a file for reading and writing, made when missing.

        :raises DamagedError: when it is damaged or of another schema.
        :raises (OSError, sqlite3.Error): when it cannot be opened.
        """
        make_private(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE))
        with _damage_named():
            writer = _connect(f"file:{quote(str(path))}", cache=24)
            try:
                _make(writer, schema)
                return cls(_connect(f"file:{quote(str(path))}?mode=ro", cache=16), writer)
            except BaseException:
                writer.close()
                raise

    @classmethod
    def reading(cls, path: Path, schema: Schema) -> SqliteFile:
        """Open a file that another process may write.

        :raises DamagedError: when it is damaged or of another schema.
        :raises sqlite3.Error: when there is none.
        """
        with _damage_named():
            reader = _connect(f"file:{quote(str(path))}?mode=ro", cache=16)
            try:
                if _version_of(reader) != schema.version:
                    raise DamagedError
                return cls(reader, None)
            except BaseException:
                reader.close()
                raise

    @classmethod
    def in_memory(cls, schema: Schema) -> SqliteFile:
        """For tests, and where the cache folder cannot be written."""
        connection = _connect("file::memory:", cache=8)
        _make(connection, schema)
        return cls(connection, connection)

    @staticmethod
    def remove(path: Path) -> None:
        """Remove a database with what SQLite keeps beside it."""
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + suffix).unlink()

    def close(self) -> None:
        with self._reading, suppress(sqlite3.Error):
            self._reader.close()
        if self._writer is not None and self._writer is not self._reader:
            with self._writing, suppress(sqlite3.Error):
                self._writer.close()

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What a question finds.

        :raises DamagedError: when the file cannot be read.
        """
        with self._reading, _damage_named():
            return self._reader.execute(statement, values).fetchall()

    def value(self, statement: str, *values: object, default: Any = None) -> Any:
        """The first column of the first row."""
        rows = self.rows(statement, *values)
        return rows[0][0] if rows else default

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the changes made in it, or none.

        :raises DamagedError: when the file cannot be read.
        """
        writer = self._writer
        assert writer is not None
        with self._writing, _damage_named():
            writer.execute("BEGIN IMMEDIATE")
            try:
                yield writer
                writer.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    writer.execute("ROLLBACK")
                raise


def _connect(address: str, *, cache: int) -> sqlite3.Connection:
    """``cache`` in MB. The file is derived: a crash may cost it, so nothing waits for the disk."""
    connection = sqlite3.connect(address, _PATIENCE, isolation_level=None, check_same_thread=False, uri=True)
    try:
        for setting in (f"cache_size = -{cache * 1000}", *_SETTINGS):
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(writer: sqlite3.Connection, schema: Schema) -> None:
    writer.execute("PRAGMA journal_mode = wal")
    version = _version_of(writer)
    if version not in (0, schema.version):
        raise DamagedError
    if version == 0:
        writer.executescript(f"BEGIN;{schema.tables}PRAGMA user_version = {schema.version};COMMIT;")


def _version_of(connection: sqlite3.Connection) -> int:
    """The schema's number; 0 for a file without tables."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return version if bool(version) == bool(tables) else -1


@contextmanager
def _damage_named() -> Iterator[None]:
    """:raises DamagedError: for what SQLite says of a damaged file."""
    try:
        yield
    except sqlite3.ProgrammingError as error:  # closed in another thread, which puts a new one in its place
        raise DamagedError(str(error)) from error
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            raise DamagedError(str(error)) from error
        raise
