"""The one door to everything below the screen.

The screen and the command line talk to :class:`Library` and to the records in ``store.models`` only. It is
thin: each method delegates to the module that knows. Every method may be called from any thread; a lock
serialises access to the database, and is never held while the network or a file of the user's is read.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from store.database import Database
from store.errors import FeedError, NotFoundError
from store.finding import Finding
from store.following import Following
from store.ingest import Intake
from store.models import (
    SEEDS_URL,
    Candidate,
    Change,
    Feed,
    FeedSummary,
    Headline,
    IngestReport,
    IsCancelled,
    Keep,
    Network,
    OnProgress,
    OpenArticle,
    PersonSummary,
    Problem,
    Progress,
    QuoteRecord,
    RefreshReport,
    Revision,
    SavedSearch,
    SearchSummary,
    Snippet,
    Span,
    Status,
    View,
)
from store.places import Places
from store.saved import SavedSearches

if TYPE_CHECKING:
    from store.database.query import Field, Query
    from store.moving import Moved
    from store.narrowing import Narrowing


class Library:
    """Articles, feeds, people and quotations of one installation."""

    def __init__(self, places: Places, database: Database, network: Network | None = None) -> None:
        self.places = places
        self._database = database
        self._lock = threading.RLock()
        self._saved = SavedSearches(database, self._lock)
        self._finding = Finding(database, self._lock, places.cache, self._saved)
        self._intake = Intake(database, self._lock, on_stored=self._finding.update)
        self._following = Following(self._intake, network or Network())

    @classmethod
    def open(cls, places: Places | None = None, *, read_only: bool = False, network: Network | None = None) -> Library:
        """Open the store, making it when it is not there. A store that another process writes opens read-only.

        :raises StoreError: when it can be neither read nor made.
        """
        places = places or Places.find()
        return cls(places, Database.open(places.database, read_only=read_only), network)

    def close(self) -> None:
        self._following.close()
        self._finding.close()
        with self._lock:
            self._database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

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

    # --- feeds --------------------------------------------------------------------------------------------

    def feeds(self) -> list[FeedSummary]:
        """All feeds with their counts: articles from files first, then by title."""
        with self._lock:
            counts = self._database.counts()
            summaries = [
                FeedSummary(feed, self._database.feed_state(feed.id), *counts.get(feed.id, (0, 0)))
                for feed in self._database.feeds()
            ]
        return sorted(summaries, key=lambda row: (row.feed.url != SEEDS_URL, row.feed.title.casefold(), row.feed.id))

    def find_feed(self, name: str) -> Feed:
        """The feed with this number, address or title.

        :raises NotFoundError: when there is none, or several have that title.
        """
        from store.text.urls import same_feed

        with self._lock:
            feeds = self._database.feeds()
        address = same_feed(name)
        found = [feed for feed in feeds if str(feed.id) == name or same_feed(feed.url) == address]
        found = found or [feed for feed in feeds if feed.title.casefold() == name.casefold()]
        if len(found) != 1:
            raise NotFoundError(f"{'Several feeds are' if found else 'No feed is'} called “{name}”.")
        return found[0]

    def discover(self, url: str) -> list[Candidate]:
        """The feeds that an address offers: itself when it is a feed, else what its page links to.

        :raises FeedError: when the address cannot be fetched or offers no feed.
        """
        return self._following.discover(url)

    def add_feed(self, url: str, title: str = "") -> Feed:
        """Follow the (first) feed at an address and take in its entries.

        :raises FeedError: when there is no feed, or it is followed already.
        """
        self._database.require_writable()
        return self._following.add(url, title)

    def import_list(self, path: Path, *, dry_run: bool = False) -> Moved:
        """Follow the feeds of a list from another program and keep its searches; nothing is fetched.

        :raises FeedError: when the file cannot be read or is no list of feeds.
        """
        from store.moving import take_in_list

        if not dry_run:
            self._database.require_writable()
        return take_in_list(self._database, self._lock, path, self.save_search, dry_run=dry_run)

    def export_list(self, kind: str = "opml") -> bytes:
        """The followed feeds and saved searches as ``opml`` or newsboat's ``urls``, without passwords."""
        from store.moving import write_list

        with self._lock:
            feeds = self._database.feeds()
        return write_list(feeds, self.saved_searches(), kind)

    def remove_feed(self, feed_id: int) -> int:
        """Stop following a feed; its articles go, the starred ones stay. Returns how many articles went."""
        with self._lock:
            feed = self._database.feed(feed_id)
            if feed is None:
                raise NotFoundError(f"There is no feed {feed_id}.")
            if feed.url == SEEDS_URL:
                raise FeedError("Articles from files are not a feed and cannot be removed.")
            return self._database.remove_feed(feed_id)

    def refresh(
        self,
        feed_ids: Sequence[int] | None = None,
        on_progress: OnProgress | None = None,
        cancelled: IsCancelled | None = None,
    ) -> RefreshReport:
        """Fetch these feeds (or all) and store what is new. A feed that fails keeps its articles and says why.

        Who said what is told with it, but for the articles of a long feed: see :meth:`analyse_waiting`.
        """
        self._database.require_writable()
        return self._following.refresh(feed_ids, on_progress, cancelled)

    def due_feeds(self) -> list[int]:
        """The ids of the feeds whose time to be read has come: each has its own interval."""
        from store.sources.decide import is_due

        now = datetime.now(UTC)
        with self._lock:
            feeds = [feed.id for feed in self._database.feeds() if feed.url != SEEDS_URL]
            return [feed_id for feed_id in feeds if is_due(self._database.feed_state(feed_id), now)]

    def analyse_waiting(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> int:
        """Analyse articles that wait for it (of long feeds, of an older engine); returns how many were."""
        from store.analysing import analyse_waiting

        if self.read_only:
            return 0
        return analyse_waiting(self._intake, self._following.pool, on_progress, cancelled)

    # --- files --------------------------------------------------------------------------------------------

    def ingest(
        self, paths: Sequence[Path], on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None
    ) -> IngestReport:
        """Take in seed files and folders of them. Files that cannot be read are named in the report."""
        from store.seeding import ingest_files

        self._database.require_writable()
        return ingest_files(self._intake, paths, on_progress, cancelled)

    def take_in_seeds(
        self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None
    ) -> IngestReport:
        """Take in the shipped seeds (on the first start only) and whatever is new in the user's seeds folder."""
        from store.seeding import take_in_seeds

        if self.read_only:
            return IngestReport()
        return take_in_seeds(self._intake, self.places.seeds, on_progress, cancelled)

    # --- articles -----------------------------------------------------------------------------------------

    def view(self, view: View) -> Sequence[int]:
        """The ids of a view's articles, newest first.

        :raises QueryError: when its query cannot be understood.
        """
        return self._finding.ids(view)

    def snippets(self, article_ids: Sequence[int], query: str) -> list[Snippet]:
        """Why a search found these articles: a passage of each with what fits marked.

        :raises QueryError: when the query cannot be understood.
        """
        return self._finding.snippets(article_ids, query)

    def check_query(self, query: str) -> None:
        """Quick enough for each key.

        :raises QueryError: when the query cannot be understood.
        """
        from store.database.query import parse

        parse(query)

    def found_places(self, article_id: int, query: str) -> list[Span]:
        """Where an article's text has what a query looks for, to be marked.

        :raises QueryError: when the query cannot be understood.
        """
        return self._finding.places(article_id, query)

    @property
    def search_notice(self) -> str:
        """'' or one sentence on what the last search could not do."""
        return self._finding.notice

    def prepare_search(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> None:
        """Make all articles ready for searching, which a first search else does in the background."""
        self._finding.prepare(on_progress, cancelled)

    def search_progress(self) -> Progress | None:
        """How far the articles are made ready for searching; None when all are, or nobody has searched yet."""
        return self._finding.progress()

    # --- saved searches -----------------------------------------------------------------------------------

    def saved_searches(self) -> list[SavedSearch]:
        """By name."""
        return self._saved.all()

    def find_search(self, name: str) -> SavedSearch:
        """The saved search of this name, letter case aside.

        :raises NotFoundError: when there is none.
        """
        return self._saved.find(name)

    def save_search(self, search: SavedSearch, instead_of: str = "") -> SavedSearch:
        """Keep a search in place of the one of its name; ``instead_of`` names one that it changes or renames.

        :raises QueryError: when its query cannot be understood or asks for nothing.
        :raises StoreError: when it has no name, or is to get the name of another.
        """
        return self._saved.save(search, instead_of)

    def remove_search(self, name: str) -> None:
        """:raises NotFoundError: when no search has this name."""
        self._saved.remove(name)

    def search_summaries(self, cancelled: IsCancelled | None = None) -> list[SearchSummary]:
        """The saved searches with what they find. Runs them all: not for the keyboard's thread."""
        return self._saved.summaries(self.view, cancelled)

    # --- one article --------------------------------------------------------------------------------------

    def headline(self, article_id: int) -> Headline:
        with self._lock:
            article = self._database.article(article_id)
            if article is None:
                raise NotFoundError(f"There is no article {article_id}.")
            return Headline(article, self._database.status(article_id), self._source(article.feed_id))

    def open_article(self, article_id: int) -> OpenArticle:
        """Everything of one article. Opening does not mark it read.

        :raises NotFoundError: when there is no such article.
        """
        with self._lock:
            row = self.headline(article_id)
            return OpenArticle(
                row.article,
                row.status,
                row.source,
                self._database.document(article_id),
                self._database.analysis(article_id),
            )

    def revisions(self, article_id: int) -> list[Revision]:
        """Earlier titles and texts of an article, oldest first.

        :raises NotFoundError: when there is no such article.
        """
        with self._lock:
            self.headline(article_id)
            return self._database.revisions(article_id)

    def changes(self, article_id: int) -> list[Change]:
        """What each change of an article did, the latest first.

        :raises NotFoundError: when there is no such article.
        """
        from store.text.compare import changes_of

        with self._lock:
            article, revisions = self.open_article(article_id), self.revisions(article_id)
        return changes_of(revisions, article.article.title, article.document)

    def _source(self, feed_id: int) -> str:
        feed = self._database.feed(feed_id)
        return feed.title if feed else ""

    def mark(
        self, article_ids: Iterable[int], *, read: bool | None = None, starred: bool | None = None
    ) -> list[Status]:
        """Mark articles; None leaves that mark as it is. Returns the statuses as they were, for :meth:`restore`."""
        now = datetime.now(UTC)
        before, after = [], []
        with self._lock:
            for article_id in article_ids:
                old = self._database.status(article_id)
                new = replace(
                    old,
                    read=old.read if read is None else read,
                    starred=old.starred if starred is None else starred,
                )
                if new != old:
                    before.append(old)
                    after.append(replace(new, changed=now))
            if after:
                self._database.save_statuses(after)
        return before

    def restore(self, statuses: Sequence[Status]) -> None:
        """Put statuses back as :meth:`mark` returned them."""
        with self._lock:
            self._database.save_statuses(statuses)

    # --- people and quotations ----------------------------------------------------------------------------

    def people(self, query: str = "", view: View | None = None) -> list[PersonSummary]:
        """Everybody named in a view's articles, most quoted first; words and names of ``query`` ask for the person.

        :raises QueryError: when the query cannot be understood.
        """
        from store.narrowing import PERSON_FIELDS
        from store.voices import people

        narrowing = self._narrowing(query, PERSON_FIELDS)
        return people(self._articles(view or View(), narrowing.articles), narrowing)

    def quotes(self, query: str = "", view: View | None = None) -> Iterator[QuoteRecord]:
        """The quotations of a view's articles, newest article first; words of ``query`` ask for what was said or who
        said it, ``said:`` for who said it, everything else for the article.

        :raises QueryError: when the query cannot be understood.
        """
        from store.narrowing import QUOTE_FIELDS
        from store.voices import quotes

        narrowing = self._narrowing(query, QUOTE_FIELDS)
        return quotes(self._articles(view or View(), narrowing.articles), narrowing)

    def _narrowing(self, query: str, own: Sequence[Field | None]) -> Narrowing:
        from store.database.query import parse
        from store.narrowing import Narrowing

        return Narrowing(parse(query), own, self._finding.matching)

    def _articles(self, view: View, query: Query) -> Iterator[OpenArticle]:
        """A view's articles one by one; the lock is free between them, and one deleted meanwhile is passed over."""
        fitting = self._finding.matching(query) if query.root is not None else None
        for article_id in self.view(view):
            if fitting is not None and article_id not in fitting:
                continue
            try:
                yield self.open_article(article_id)
            except NotFoundError:
                continue

    # --- upkeep -------------------------------------------------------------------------------------------

    def setting(self, name: str, default: object = None) -> Any:
        """A small remembered value, such as the theme."""
        with self._lock:
            return self._database.setting(name, default)

    def save_setting(self, name: str, value: object) -> None:
        """Remember a small JSON value. Read-only stores forget it without a word: it is a convenience."""
        with self._lock:
            if not self.read_only:
                self._database.save_setting(name, value)

    def doctor(self, *, repair: bool = False) -> list[Problem]:
        """Check every stored record and reference; one problem for each that is damaged or refers to nothing.

        With ``repair`` what is damaged is set aside and what refers to nothing removed, so that the next check is good.

        :raises ReadOnlyError: when a repair is asked of a store that is open for reading only.
        """
        with self._lock:
            return self._database.check(repair)

    def compact(self) -> None:
        """Write the store down anew without what is no longer used; a crash meanwhile loses nothing."""
        with self._lock:
            self._database.compact()

    def backup(self, file: Path) -> None:
        """Write everything into one zip file; reading and changing may go on meanwhile.

        :raises StoreError: when it cannot be written; a file of that name is then as it was.
        """
        self._database.backup(file)

    @staticmethod
    def restore_backup(file: Path, places: Places | None = None) -> Path:
        """Put a backup in place of the store, which must not be open. Returns where the old one is kept.

        :raises StoreError: when the file is no whole backup or the store is in use; then nothing has changed.
        """
        from store.database.search import FILE

        places = places or Places.find()
        kept = Database.restore(places.database, file)
        for index in places.cache.glob(f"{FILE}*"):
            index.unlink(missing_ok=True)  # it is of the other articles, and made again when first needed
        return kept

    def expire(self, overall: Keep, by_feed: Mapping[int, Keep] | None = None) -> int:
        """Remove articles that these rules let go; returns how many went, and none returns as unread.

        A feed's own rule goes before the overall one. Starred articles and those from files always stay.
        """
        own = by_feed or {}
        gone = 0
        with self._lock:
            self._database.require_writable()
            for feed in self._database.feeds():
                rule = own.get(feed.id, Keep()).over(overall)
                if feed.url != SEEDS_URL and rule != Keep():
                    gone += self._database.expire(feed.id, older_than=rule.newer_than, keep=rule.newest)
        return gone
