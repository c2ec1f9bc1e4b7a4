"""Saved searches: searches with a name, which the sidebar shows beside the feeds."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import NotFoundError, QueryError, StoreError

if TYPE_CHECKING:
    from store.database import Database
    from store.models import SavedSearch

LONGEST_NAME = 100
"""Characters of a name."""


class SavedSearches:
    """The saved searches of one database. Its lock is taken for short moments."""

    def __init__(self, database: Database, lock: threading.RLock) -> None:
        self._database = database
        self._lock = lock

    def all(self) -> list[SavedSearch]:
        """By name."""
        with self._lock:
            searches = self._database.searches.all()
        return sorted(searches, key=lambda search: search.name.casefold())

    def find(self, name: str) -> SavedSearch:
        """The search of this name; letter case is ignored when that leaves no doubt.

        :raises NotFoundError: when there is none.
        """
        searches = self.all()
        found = [search for search in searches if search.name == name]
        found = found or [search for search in searches if search.name.casefold() == name.casefold()]
        if len(found) != 1:
            raise NotFoundError(f"{'Several searches are' if found else 'No search is'} saved as “{name}”.")
        return found[0]

    def save(self, search: SavedSearch, instead_of: str = "") -> SavedSearch:
        """Save a search, in place of the one of its name; ``instead_of`` names one to change or rename.

        :raises QueryError: when its query cannot be understood or asks for nothing.
        :raises StoreError: when it has no name, or would get the name of another.
        """
        from store.search.query import parse
        from store.text.clean import clean_line

        search = replace(search, name=clean_line(search.name), query=clean_line(search.query))
        if not search.name:
            raise StoreError("A saved search needs a name.")
        if len(search.name) > LONGEST_NAME:
            raise StoreError(f"The name of a saved search can have {LONGEST_NAME} characters.")
        if parse(search.query).root is None:
            raise QueryError("There is nothing to search for.", 0)
        with self._lock:
            if instead_of:
                self.find(instead_of)
                if search.name != instead_of and any(search.name == other.name for other in self.all()):
                    raise StoreError(f"Another search is saved as “{search.name}”.")
            self._database.searches.save(search, instead_of)
        return search

    def remove(self, name: str) -> None:
        """Remove the search of exactly this name.

        :raises NotFoundError: when there is none.
        """
        with self._lock:
            if not self._database.searches.remove(name):
                raise NotFoundError(f"No search is saved as “{name}”.")
