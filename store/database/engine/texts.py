"""The tables whose documents are long: ``bodies``, ``people``, ``quotes``, and ``pages``, the full texts.

Their documents lie compressed in segments. Where one lies is kept in the article's row of the same id, under
``at``: ``{"bodies": [1, 0, 812, 0], …}``; earlier bodies are under ``revisions``, each with the time it was
replaced at and the title of then. So a text belongs to an article and goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import orjson

from store.database.engine.segments import Pointer
from store.database.engine.snapshot import Damaged

ARTICLES = "articles"
TEXTS = ("bodies", "people", "quotes", "pages")

Change = tuple[str, int, Mapping[str, Any] | orjson.Fragment | None]
"""A table, the id in it, and the new document (that of a text may be JSON already), or None when it is removed."""
Packed = tuple[str, int, bytes | None]
Append = Callable[[list[bytes]], list[Pointer]]
"""Writes lines to a segment and says where they are."""


def text_line(table: str, doc_id: int, document: Mapping[str, Any] | orjson.Fragment) -> bytes:
    return orjson.dumps([table, doc_id, document])


def shown_text(row: Mapping[str, Any]) -> str:
    """The table that holds the text an article's row shows, which its people and quotations are of."""
    return "pages" if row.get("full_text") else "bodies"


def pointers(row: Mapping[str, Any]) -> Iterator[tuple[str, Pointer]]:
    """Every text that an article's row points to, earlier bodies as well."""
    yield from row.get("at", {}).items()
    for _, pointer, *_ in row.get("revisions", ()):
        yield "bodies", pointer


def pack(
    changes: Sequence[Change],
    article: Callable[[int], dict[str, Any] | None],
    append: Append,
) -> list[Packed]:
    """Put the texts among the changes into segments (``append``) and the pointers to them into the articles' rows.

    An article's new row keeps the pointers of the old one, unless it brings its own.

    :raises ValueError: for a text without an article.
    """
    packed: list[Packed] = []
    rows: dict[int, dict[str, Any] | None] = {}
    texts: dict[tuple[int, str], bytes | None] = {}
    for table, doc_id, document in changes:
        if table in TEXTS:
            texts[doc_id, table] = None if document is None else text_line(table, doc_id, document)
        elif table == ARTICLES:
            assert not isinstance(document, orjson.Fragment), "pointers are put into an article's row"
            rows[doc_id] = None if document is None else {**_pointers_of(article(doc_id)), **document}
        else:
            packed.append((table, doc_id, None if document is None else orjson.dumps(document)))
    for (doc_id, table), text in texts.items():
        if doc_id not in rows:
            rows[doc_id] = article(doc_id)
        row = rows[doc_id]
        if row is None and text is not None:
            raise ValueError(f"There is no article {doc_id} for a text in {table}.")
        if row is not None and text is None:
            row["at"] = {name: pointer for name, pointer in row.get("at", {}).items() if name != table}
    orjson.dumps(
        [row for row in rows.values() if row is not None]
    )  # refuses what is not JSON before anything is written
    new = [(key, text) for key, text in texts.items() if text is not None]
    if new:
        places = append([text for _, text in new])
        for ((doc_id, table), _), pointer in zip(new, places, strict=True):
            row = rows[doc_id]
            assert row is not None
            row["at"] = {**row.get("at", {}), table: pointer}
    return [
        *((ARTICLES, doc_id, None if row is None else orjson.dumps(row)) for doc_id, row in rows.items()),
        *packed,
    ]


def repoint(
    rows: Mapping[int, dict[str, Any]],
    away_from: Container[int],
    read: Callable[[Pointer], bytes],
    append: Append,
) -> list[Packed]:
    """Write the texts of these articles' rows that lie in some segments anew. What is damaged stays where it is."""
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


def _pointers_of(row: dict[str, Any] | None) -> dict[str, Any]:
    return {name: row[name] for name in ("at", "revisions") if name in row} if row is not None else {}
