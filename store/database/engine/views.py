"""Tables as TinyDB reads them: mappings from id (as ``str``) to document, each document read when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from store.database.engine.reader import StoreReader
from store.database.engine.texts import ARTICLES


class HotView(Mapping[str, dict[str, Any]]):
    """A table whose rows are at hand."""

    def __init__(self, stored: StoreReader, table: str) -> None:
        self._stored = stored
        self._table = table

    def __getitem__(self, key: str) -> dict[str, Any]:
        document = self._stored.document(self._table, int(key))
        if document is None:
            raise KeyError(key)
        return document

    def __iter__(self) -> Iterator[str]:
        return (str(doc_id) for doc_id in list(self._stored.rows(self._table)) if self._has(doc_id))

    def _has(self, doc_id: int) -> bool:
        """Damage is found on reading, so that what is listed can be read."""
        return self._stored.value(self._table, doc_id) is not None

    def __len__(self) -> int:
        return len(self._stored.rows(self._table))


class TextView(Mapping[str, dict[str, Any]]):
    """``bodies``, ``people`` or ``quotes``: found through the articles' rows."""

    def __init__(self, stored: StoreReader, table: str) -> None:
        self._stored = stored
        self._table = table

    def __getitem__(self, key: str) -> dict[str, Any]:
        document = self._stored.text(self._table, int(key))
        if document is None:
            raise KeyError(key)
        return document

    def __iter__(self) -> Iterator[str]:
        for doc_id in list(self._stored.rows(ARTICLES)):
            row = self._stored.document(ARTICLES, doc_id)
            if row is not None and self._table in row.get("at", {}):
                yield str(doc_id)

    def __len__(self) -> int:
        return sum(1 for _ in self)
