"""Saved searches: searches kept under a name, which the sidebar shows beside the feeds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import NewsdashError, NotFoundError, QueryError, StoreError
from store.models import Scope, SearchSummary, View

if TYPE_CHECKING:
    from store.database import Database
    from store.models import IsCancelled, SavedSearch

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
            searches = self._database.saved_searches()
        return sorted(searches, key=lambda search: search.name.casefold())

    def find(self, name: str) -> SavedSearch:
        """The search of this name; letter case is passed over when that leaves no doubt.

        :raises NotFoundError: when there is none.
        """
        searches = self.all()
        found = [search for search in searches if search.name == name]
        found = found or [search for search in searches if search.name.casefold() == name.casefold()]
        if len(found) != 1:
            raise NotFoundError(f"{'Several searches are' if found else 'No search is'} saved as “{name}”.")
        return found[0]

    def save(self, search: SavedSearch, instead_of: str = "") -> SavedSearch:
        """Keep a search, in place of the one of its name; ``instead_of`` names one that it changes or renames.

        :raises QueryError: when its query cannot be understood.
        :raises StoreError: when it has no name, or is to be renamed to the name of another.
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
            self._database.save_search(search, instead_of)
        return search

    def remove(self, name: str) -> None:
        """:raises NotFoundError: when no search has this name."""
        with self._lock:
            if not self._database.remove_search(name):
                raise NotFoundError(f"No search is saved as “{name}”.")

    def summaries(
        self, ids_of: Callable[[View], Sequence[int]], cancelled: IsCancelled | None = None
    ) -> list[SearchSummary]:
        """Each with how many articles it finds; one that cannot be run says why."""
        found = []
        for search in self.all():
            if cancelled is not None and cancelled():
                break
            try:
                ids = ids_of(View(Scope.SAVED, saved=search.name))
            except NewsdashError as error:
                found.append(SearchSummary(search, error=error.message))
                continue
            with self._lock:
                unread = len(self._database.unread() & set(ids))
            found.append(SearchSummary(search, len(ids), unread))
        return found
