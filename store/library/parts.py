"""What the parts of the library share: the database under its lock, and the modules that know."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.library.feed_refresher import FeedRefresher
from store.library.ingest import Intake
from store.library.rule_engine import Rules
from store.library.saved_searches import SavedSearches
from store.models import Network
from store.search.article_search import ArticleSearch

if TYPE_CHECKING:
    from store.database import Database
    from store.library.listing import Ordering
    from store.paths import Places
    from store.people.service import People


class Parts:
    """The open store. A method holds the lock while it uses the database, and never for anything slow."""

    def __init__(self, places: Places, database: Database, network: Network | None = None) -> None:
        self.places = places
        self._database = database
        self._lock = threading.RLock()
        self._saved = SavedSearches(database, self._lock)
        self._remembered: People | None = None
        self._finding = ArticleSearch(database, self._lock, places.cache, self._saved, lambda: self._people)
        self._rules = Rules(database, self._lock)
        self._intake = Intake(database, self._lock, on_stored=self._changed, rules=self._rules)
        self._following = FeedRefresher(self._intake, network or Network())

    @cached_property
    def _ordering(self) -> Ordering:
        from store.library.listing import Ordering

        return Ordering(self._database, self._lock, self._stories)

    def _changed(self, ids: Iterable[int]) -> None:
        """Articles came, changed or went: what is derived from them follows."""
        ids = list(ids)
        self._finding.update(ids)
        if self._remembered is not None:
            self._remembered.update(ids)

    @property
    def _people(self) -> People:
        """People across articles; nothing else waits for what that needs."""
        with self._lock:
            if self._remembered is None:
                from store.people.service import People

                self._remembered = People(self._database, self._lock, self.places.cache)
            return self._remembered

    def _stories(self) -> dict[int, int]:
        """Lists go on without stories where these cannot be read; ``people_notice`` says why."""
        try:
            return self._people.stories()
        except StoreError:
            return {}

    def _forget_gone(self) -> None:
        """Articles were removed."""
        if self._remembered is not None:
            self._remembered.forget_gone()

    @property
    def read_only(self) -> bool:
        return self._database.read_only

    @property
    def notice(self) -> str:
        """One sentence the user should see: why the store is read-only, what was repaired; '' when all is well."""
        return self._database.notice

    def reload(self) -> bool:
        """See what another process wrote; True when anything changed."""
        with self._lock:
            return self._database.refresh()

    def close(self) -> None:
        self._following.close()
        self._finding.close()
        if self._remembered is not None:
            self._remembered.close()
        with self._lock:
            self._database.close()
