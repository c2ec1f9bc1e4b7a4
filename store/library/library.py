"""The one door to everything below the screen.

The screen and the command line talk to :class:`Library`, its services, and the records in ``store.models``. A service
is a plain object with the methods of one idea. Every method may be called from any thread: a lock serialises access to
the database, and is never held while the network or one of the user's files is read.

Services that keep something are made at once; the others, which keep nothing, are loaded when first used, so that a
command loads only what it needs.
"""

from __future__ import annotations

import threading
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from store.database import Database
from store.library.articles import Articles
from store.library.context import DerivedIndexes, LibraryContext
from store.library.ingest import Ingester
from store.library.network import NetworkAccess
from store.library.rules import Rules
from store.models import Network
from store.paths import Places

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.errors import StoreError
    from store.library.analysis import Analyser
    from store.library.corrections import Corrections
    from store.library.feeds import Feeds
    from store.library.files import SeedFiles
    from store.library.full_text import FullTexts
    from store.library.import_export import FeedLists
    from store.library.listing import Listing
    from store.library.maintenance import Maintenance
    from store.library.notifications import Notifications
    from store.library.pictures import Pictures
    from store.library.quotes import Quotes
    from store.library.refresh import FeedRefresher
    from store.people.service import People
    from store.search.article_search import ArticleSearch


class Library:
    """Articles, feeds, people and quotations of one installation."""

    def __init__(self, places: Places, database: Database, network: Network | None = None) -> None:
        self.places = places
        """The folders and files of this installation."""
        self._database = database
        self._lock = threading.RLock()
        self._derived = DerivedIndexes(database, self._lock, places.cache)
        self._context = LibraryContext(database, self._lock, self._derived)
        self._network = NetworkAccess(network or Network())
        self.articles = Articles(self._context)
        self.rules = Rules(self._context)
        self._ingester = Ingester(self._context, self.rules)

    @classmethod
    def open(cls, places: Places | None = None, *, read_only: bool = False, network: Network | None = None) -> Library:
        """Open the store, making it when it is not there. A store that another process writes opens read-only.

        :raises StoreError: when it can be neither read nor made.
        """
        places = places or Places.find()
        return cls(places, Database.open(places.database, read_only=read_only), network)

    @property
    def read_only(self) -> bool:
        return self._database.read_only

    @property
    def notice(self) -> str:
        """One sentence the user should see: why the store is read-only, what was repaired; '' when all is well."""
        return self._database.notice

    def reload(self) -> bool:
        """Load what another process wrote; True when anything changed."""
        with self._lock:
            return self._database.refresh()

    def write_in_background(self, on_refused: Callable[[StoreError], None]) -> None:
        """From now on nothing waits for the disk: changes are made in memory at once and written down by one thread.

        A change that the disk refuses is taken back, with those made after it; ``on_refused`` is told why in one
        sentence, in that thread.
        """

        def refused(error: StoreError) -> None:
            self._derived.articles_removed()
            on_refused(error)

        self._database.write_in_background(refused)

    def flush(self) -> None:
        """Wait until every change made so far is on the disk, or was refused."""
        self._database.flush()

    def close(self) -> None:
        """Stop what runs in the background, and close the store once everything is on the disk."""
        self._network.close()
        self._derived.close()
        self._database.flush()
        with self._lock:
            self._database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # --- services -------------------------------------------------------------------------------------------

    @property
    def search(self) -> ArticleSearch:
        return self._derived.search

    @property
    def people(self) -> People:
        return self._derived.people

    @cached_property
    def listing(self) -> Listing:
        from store.library.listing import Listing

        return Listing(self._context)

    @cached_property
    def quotes(self) -> Quotes:
        from store.library.quotes import Quotes

        return Quotes(self.articles, self.listing, self.search)

    @cached_property
    def corrections(self) -> Corrections:
        from store.library.corrections import Corrections

        return Corrections(self._context, self.articles)

    @cached_property
    def analysis(self) -> Analyser:
        from store.library.analysis import Analyser

        return Analyser(self._context, self._ingester, self.rules, self._network)

    @cached_property
    def full_texts(self) -> FullTexts:
        from store.library.full_text import FullTexts

        return FullTexts(self._context, self._network, self.analysis)

    @cached_property
    def pictures(self) -> Pictures:
        from store.library.pictures import Pictures

        return Pictures(self._context, self._network)

    @cached_property
    def feeds(self) -> Feeds:
        from store.library.feeds import Feeds

        return Feeds(self._context, self._network, self.refresh)

    @cached_property
    def feed_lists(self) -> FeedLists:
        from store.library.import_export import FeedLists

        return FeedLists(self._context, self.feeds)

    @cached_property
    def refresh(self) -> FeedRefresher:
        from store.library.refresh import FeedRefresher

        return FeedRefresher(self._context, self._network, self._ingester, self.full_texts)

    @cached_property
    def files(self) -> SeedFiles:
        from store.library.files import SeedFiles

        return SeedFiles(self._context, self._ingester, self.places.seeds)

    @cached_property
    def notifications(self) -> Notifications:
        from store.library.notifications import Notifications

        return Notifications(self._context, self.listing, self.rules)

    @cached_property
    def maintenance(self) -> Maintenance:
        from store.library.maintenance import Maintenance

        return Maintenance(self._context)
