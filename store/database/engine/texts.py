"""The tables whose documents are long, and where their texts lie.

``bodies``, ``people``, ``quotes`` and ``pages`` (the texts of web pages) have at most one document for each article,
under the article's id; ``revisions`` has one with a list of the article's earlier titles and texts. These documents
lie compressed in segments. Where each lies is kept in the article's row, out of sight of TinyDB::

    "at": {"bodies": [1, 0, 812, 0], …}, "revisions": [["2012-12-05T09:00:00+00:00", [1, 812, 700, 0], "Old title"], …]

So a text belongs to an article and goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import orjson

from store.database.engine.segments import Pointer
from store.database.engine.snapshot import Damaged
from store.database.stored_json import inert_json
from store.database.tables import ARTICLES, BODIES, PAGES, PEOPLE, QUOTES, REVISIONS

ATTACHED = (BODIES, PEOPLE, QUOTES, PAGES)
"""Tables with one text for each article."""
TEXTS = (*ATTACHED, REVISIONS)
_POINTERS = ("at", REVISIONS)

Change = tuple[str, int, Mapping[str, Any] | orjson.Fragment | None]
"""A table, the id in it, and the new document (or the JSON of one), None when it is removed."""
Packed = tuple[str, int, bytes | None]
"""The same as JSON."""
Append = Callable[[list[bytes]], list[Pointer]]
"""Writes lines to a segment and says where they are."""


def to_json(changes: Sequence[Change]) -> list[Packed]:
    """:raises TypeError: when a document is not JSON."""
    return [(table, doc_id, None if row is None else orjson.dumps(row)) for table, doc_id, row in changes]


def without_pointers(row: dict[str, Any]) -> dict[str, Any]:
    """An article's row as TinyDB shows it."""
    for name in _POINTERS:
        row.pop(name, None)
    return row


def tidy_pointers(row: dict[str, Any]) -> dict[str, Any]:
    """An article's row, without whatever stands in it for a pointer and is none."""
    at, earlier = row.get("at", {}), row.get(REVISIONS, [])
    if isinstance(at, dict) and all(map(_is_pointer, at.values())) and are_revisions(earlier):
        return row
    known = at if isinstance(at, dict) else {}
    return {
        **row,
        "at": {name: pointer for name, pointer in known.items() if _is_pointer(pointer)},
        REVISIONS: [entry for entry in earlier if are_revisions([entry])] if isinstance(earlier, list) else [],
    }


def _is_pointer(value: object) -> bool:
    return isinstance(value, list) and len(value) == 4 and all(type(part) is int and part >= 0 for part in value)


def are_revisions(entries: object) -> bool:
    """Whether this is a list of earlier texts as an article's row has it."""
    return isinstance(entries, list) and all(
        isinstance(entry, list)
        and len(entry) in (2, 3)
        and _is_pointer(entry[1])
        and all(isinstance(part, str) for part in (entry[0], *entry[2:]))
        for entry in entries
    )


def pointers(row: dict[str, Any]) -> Iterator[tuple[str, Pointer]]:
    """Every text that an article's row points to, earlier ones as well."""
    row = tidy_pointers(row)
    yield from row.get("at", {}).items()
    for _, pointer, *_ in row.get(REVISIONS, ()):
        yield REVISIONS, pointer


class _Packing:
    """Commits on their way to the journal: texts are cut off into lines for a segment, rows get pointers to them."""

    def __init__(self, article: Callable[[int], dict[str, Any] | None]) -> None:
        self._article = article
        self.others: list[Packed] = []
        self.rows: dict[int, dict[str, Any] | None] = {}
        self.texts: dict[tuple[int, str], bytes] = {}
        self._earlier: list[tuple[list[Any], bytes]] = []
        """Earlier texts to be written: the entry of the row that is to get the pointer, and the line."""

    def add(self, table: str, doc_id: int, value: bytes | None) -> None:
        if table == ARTICLES:
            self._add_article(doc_id, value)
        elif table not in TEXTS:
            self.others.append((table, doc_id, value))
        elif (row := self._row(doc_id)) is None:
            return  # the article was removed meanwhile
        elif table == REVISIONS:
            row[REVISIONS] = self._revisions(doc_id, row, value)
        elif value is not None:
            self.texts[doc_id, table] = b'["%b",%d,%b]' % (table.encode(), doc_id, inert_json(value))
        else:
            self.texts.pop((doc_id, table), None)
            row["at"] = {name: pointer for name, pointer in row.get("at", {}).items() if name != table}

    def _row(self, doc_id: int) -> dict[str, Any] | None:
        if doc_id not in self.rows:
            row = self._article(doc_id)
            self.rows[doc_id] = tidy_pointers(row) if row is not None else None
        return self.rows[doc_id]

    def _add_article(self, doc_id: int, value: bytes | None) -> None:
        if value is None:
            self.rows[doc_id] = None
            for table in ATTACHED:
                self.texts.pop((doc_id, table), None)
            return
        before = self._row(doc_id) or {}
        self.rows[doc_id] = {**orjson.loads(value), **{name: before[name] for name in _POINTERS if name in before}}

    def _revisions(self, doc_id: int, row: dict[str, Any], value: bytes | None) -> list[list[Any]]:
        """The list of earlier texts for an article's row. Those that are in a segment already stay where they are."""
        known = {(when, *title): pointer for when, pointer, *title in row.get(REVISIONS, ())}
        entries: list[list[Any]] = []
        for version in orjson.loads(value)["versions"] if value is not None else ():
            when, *title = key = _key(version)
            entry = [when, known.get(tuple(key)), *title]
            entries.append(entry)
            if entry[1] is None:
                line = inert_json(orjson.dumps([REVISIONS, doc_id, version]))
                self._earlier.append((entry, line))
        return entries

    def finish(self, append: Append) -> list[Packed]:
        """Write the texts (``append``) and give every row as JSON, articles first."""
        earlier = [item for item in self._earlier if any(item[0] is entry for entry in self._entries())]
        lines = [*self.texts.values(), *(line for _, line in earlier)]
        places = append(lines) if lines else []
        for (doc_id, table), pointer in zip(self.texts, places, strict=False):
            row = self.rows[doc_id]
            assert row is not None
            row["at"] = {**row.get("at", {}), table: pointer}
        for (entry, _), pointer in zip(earlier, places[len(self.texts) :], strict=True):
            entry[1] = pointer
        articles = ((ARTICLES, doc_id, None if row is None else orjson.dumps(row)) for doc_id, row in self.rows.items())
        return [*articles, *self.others]

    def _entries(self) -> Iterator[list[Any]]:
        for row in self.rows.values():
            yield from row.get(REVISIONS, ()) if row is not None else ()


def _key(version: Mapping[str, Any]) -> list[str]:
    """What tells an earlier text of an article from its others: when it was replaced, and its title if it has one."""
    return [version["replaced"], *([version["title"]] if "title" in version else [])]


def pack(changes: Sequence[Packed], article: Callable[[int], dict[str, Any] | None], append: Append) -> list[Packed]:
    """The rows for the journal: texts among the changes are put into segments (``append``), pointers into the rows.

    ``article`` gives the row of an article as the disk has it, with its pointers.
    """
    packing = _Packing(article)
    for table, doc_id, value in changes:
        packing.add(table, doc_id, value)
    return packing.finish(append)


def repoint(
    rows: Mapping[int, dict[str, Any]],
    away_from: Container[int],
    read: Callable[[Pointer], bytes],
    append: Append,
) -> list[Packed]:
    """Write the texts of these articles' rows that lie in some segments once more. Damaged ones stay where they are."""
    found: list[tuple[Pointer, bytes]] = []
    changed: set[int] = set()
    for doc_id, row in rows.items():
        for _, pointer in pointers(row):
            if pointer[0] in away_from:
                with suppress(Damaged):
                    found.append((pointer, read(pointer)))
                    changed.add(doc_id)
    if found:
        for (pointer, _), place in zip(found, append([text for _, text in found]), strict=True):
            pointer[:] = place
    return [(ARTICLES, doc_id, orjson.dumps(rows[doc_id])) for doc_id in changed]
