"""Small tables whose rows are found by their name: settings and saved searches."""

from __future__ import annotations

from typing import Any

from tinydb import where
from tinydb.table import Document

from store.database import records
from store.database.tables import SEARCHES, SETTINGS
from store.database.tinydb import StoreDB
from store.database.tinydb_table import put
from store.models import SavedSearch


class Settings:
    """The table ``settings``: small JSON values by name."""

    def __init__(self, db: StoreDB) -> None:
        self._table = db.table(SETTINGS)

    def get(self, name: str, default: object = None) -> Any:
        found: Document | None = self._table.get(where("name") == name)
        return found.get("value", default) if found is not None else default

    def save(self, name: str, value: object) -> None:
        self._table.upsert({"name": name, "value": value}, where("name") == name)


class SavedSearches:
    """The table ``searches``, each of its names once."""

    def __init__(self, db: StoreDB) -> None:
        self._table = db.table(SEARCHES)

    def all(self) -> list[SavedSearch]:
        """In the order in which they were saved."""
        return self._table.records(lambda _, row: records.to_search(row))

    def save(self, search: SavedSearch, instead_of: str = "") -> None:
        """Keep a search in place of the one of its name, or of the name given."""
        found: Document | None = self._table.get(where("name") == (instead_of or search.name))
        row = records.search_row(search)
        if found is None:
            self._table.insert(row)
        else:
            put(self._table, {found.doc_id: row})

    def remove(self, name: str) -> bool:
        """False when there is none of this name."""
        return bool(self._table.remove(where("name") == name))
