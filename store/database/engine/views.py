"""Tables as TinyDB reads them: mappings from id (as ``str``) to document, each document read when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from store.database.engine.reader import StoreReader
from store.database.tables import ARTICLES


class HotView(Mapping[str, dict[str, Any]]):
    """A table whose rows are at hand."""

    def __init__(self, stored: StoreReader, table: str) -> None:
        self._stored = stored
        self._table = table

    def __getitem__(self, key: str) -> dict[str, Any]:
        doc_id = to_id(key)
        document = self._stored.document(self._table, doc_id) if doc_id is not None else None
        if document is None:
            raise KeyError(key)
        return document

    def __contains__(self, key: object) -> bool:
        doc_id = to_id(key)
        return doc_id is not None and self._has(doc_id)

    def __iter__(self) -> Iterator[str]:
        return (str(doc_id) for doc_id in list(self._stored.rows(self._table)) if self._has(doc_id))

    def _has(self, doc_id: int) -> bool:
        """Damage is found on reading, so that what is listed can be read."""
        return self._stored.value(self._table, doc_id) is not None

    def __len__(self) -> int:
        return len(self._stored.rows(self._table))


class TextView(Mapping[str, dict[str, Any]]):
    """A table of texts, found through the articles' rows."""

    def __init__(self, stored: StoreReader, table: str) -> None:
        self._stored = stored
        self._table = table

    def __getitem__(self, key: str) -> dict[str, Any]:
        doc_id = to_id(key)
        document = self._stored.text(self._table, doc_id) if doc_id is not None else None
        if document is None:
            raise KeyError(key)
        return document

    def __contains__(self, key: object) -> bool:
        doc_id = to_id(key)
        return doc_id is not None and self._stored.has_text(self._table, doc_id)

    def __iter__(self) -> Iterator[str]:
        ids = list(self._stored.rows(ARTICLES))
        return (str(doc_id) for doc_id in ids if self._stored.has_text(self._table, doc_id))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def to_id(key: object) -> int | None:
    """A document's id from what TinyDB looks it up by; None when no document can have it."""
    try:
        return int(key)  # type: ignore[call-overload, no-any-return]
    except (TypeError, ValueError):
        return None
