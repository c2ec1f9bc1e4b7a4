"""The one door to everything below the screen.

The screen and the command line talk to :class:`Library` and to the records in ``store.models`` only. It is thin:
each of its parts groups methods of one idea, and each method delegates to the module that knows. Every method may be
called from any thread; a lock serialises access to the database, and is never held while the network or a file of the
user's is read.
"""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from store.database import Database
from store.library.corrections import Correcting
from store.library.feeds import Feeds
from store.library.maintenance import Upkeep
from store.library.notifications import Awaited
from store.library.quotes import Voices
from store.library.refresh import Arriving
from store.paths import Places

if TYPE_CHECKING:
    from store.models import Network


class Library(Feeds, Arriving, Voices, Awaited, Correcting, Upkeep):
    """Articles, feeds, people and quotations of one installation."""

    @classmethod
    def open(cls, places: Places | None = None, *, read_only: bool = False, network: Network | None = None) -> Library:
        """Open the store, making it when it is not there. A store that another process writes opens read-only.

        :raises StoreError: when it can be neither read nor made.
        """
        places = places or Places.find()
        return cls(places, Database.open(places.database, read_only=read_only), network)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
