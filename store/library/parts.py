"""What the parts of the library share: the database under its lock, and the modules that know."""

from __future__ import annotations

import threading

from store.database import Database
from store.finding import Finding
from store.following import Following
from store.ingest import Intake
from store.models import Network
from store.places import Places
from store.saved import SavedSearches


class Parts:
    """The open store. A method holds the lock while it uses the database, and never for anything slow."""

    def __init__(self, places: Places, database: Database, network: Network | None = None) -> None:
        self.places = places
        self._database = database
        self._lock = threading.RLock()
        self._saved = SavedSearches(database, self._lock)
        self._finding = Finding(database, self._lock, places.cache, self._saved)
        self._intake = Intake(database, self._lock, on_stored=self._finding.update)
        self._following = Following(self._intake, network or Network())

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
        with self._lock:
            self._database.close()
