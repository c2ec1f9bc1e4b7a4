"""What the services of the library share: the database under its lock, and what is derived from its articles."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import NotFoundError
from store.search.article_search import ArticleSearch

if TYPE_CHECKING:
    from store.database import Database
    from store.models import Article
    from store.people.service import People


@dataclass(frozen=True, slots=True)
class LibraryContext:
    """The open database of one library. A service holds ``lock`` while it uses ``database``, but never during anything
    slow, such as reading from the network or analysing a text.
    """

    database: Database
    lock: threading.RLock
    derived: DerivedIndexes

    def article(self, article_id: int) -> Article:
        """:raises NotFoundError: when there is no such article."""
        with self.lock:
            article = self.database.articles.get(article_id)
        if article is None:
            raise NotFoundError(f"There is no article {article_id}.")
        return article

    def source(self, feed_id: int) -> str:
        """The title of a feed; '' when it is not followed any more."""
        with self.lock:
            feed = self.database.feeds.get(feed_id)
        return feed.title if feed else ""


class DerivedIndexes:
    """The full-text index and the index of people, which follow every change of the articles.

    Neither is opened before it is first used; one that is not open catches up when it is opened. No method
    may be called while the library's lock is held.
    """

    def __init__(self, database: Database, lock: threading.RLock, cache: Path) -> None:
        self._database = database
        self._lock = lock
        self._cache = cache
        self.search = ArticleSearch(database, lock, cache)
        self._people: People | None = None

    @property
    def people(self) -> People:
        """Loaded when first used, because a list of headlines does not need SQLite."""
        with self._lock:
            if self._people is None:
                from store.people.service import People

                self._people = People(self._database, self._lock, self._cache)
            return self._people

    def articles_changed(self, ids: Iterable[int]) -> None:
        """Articles were added, or have another text, title or analysis."""
        ids = list(ids)
        self.search.update(ids)
        if self._people is not None:
            self._people.update(ids)

    def article_corrected(self, article_id: int) -> None:
        """The corrections of an article changed, which an index could not find out for itself later."""
        self.search.update_now([article_id])
        if self._people is not None:
            self._people.update([article_id])

    def articles_removed(self) -> None:
        """Articles were removed. A search leaves them out by itself."""
        if self._people is not None:
            self._people.forget_gone()

    def close(self) -> None:
        self.search.close()
        if self._people is not None:
            self._people.close()
