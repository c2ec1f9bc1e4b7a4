"""The vocabulary of the search index: which words contain some letters.

FTS5 finds whole words and their beginnings. A regular expression asks for letters anywhere in a word, and the
vocabulary says which words have them. It is built in steps, and again when many articles were added since.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from store.derived.sqlite_file import SqliteFile

TABLES = """
CREATE VIRTUAL TABLE terms USING fts5vocab(texts, row);
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE unlisted (row INTEGER PRIMARY KEY);
"""
"""``unlisted`` are the rows of the index whose words the vocabulary may lack."""
MOST_WORDS = 250
"""A part that more words contain is too common to look for."""
_STEP = 2_000
"""Words listed at once, which takes some milliseconds."""


class Vocabulary:
    """The vocabulary of one index, in its file."""

    def __init__(self, tables: SqliteFile) -> None:
        self._tables = tables

    def words_with(self, part: str) -> list[str] | None:
        """The listed words that a regular expression could find this in; None when they are too many.

        ``part`` is of ASCII letters and digits, in lower case.
        """
        # FTS5 cuts off the end of a word of 32 kB, which may have had anything in it.
        rows = self._tables.rows(
            "SELECT word FROM vocabulary WHERE instr(replace(word, '\u0131', 'i'), ?) OR length(word) > 8000 LIMIT ?",
            part,
            MOST_WORDS + 1,
        )
        return [word for (word,) in rows] if len(rows) <= MOST_WORDS else None

    def unlisted(self) -> int:
        """How many articles were added since the vocabulary was built."""
        count: int = self._tables.value("SELECT count(*) FROM unlisted")
        return count

    def unlisted_rows(self) -> list[int]:
        rows: list[int] = orjson.loads(self._tables.value("SELECT json_group_array(row) FROM unlisted"))
        return rows

    def list_words(self) -> Iterator[None]:
        """Add the words of all articles added so far; one step for each value it yields."""
        rows = self.unlisted_rows()
        last = [""]
        while last:
            with self._tables.transaction() as writer:
                found = writer.execute("SELECT term FROM terms WHERE term > ? ORDER BY term LIMIT ?", (last[0], _STEP))
                words = found.fetchall()
                writer.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", words)
                if not words:
                    writer.executemany("DELETE FROM unlisted WHERE row = ?", [(row,) for row in rows])
            last = list(words[-1]) if words else []
            yield
