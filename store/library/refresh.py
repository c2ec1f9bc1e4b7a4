"""What arrives in the library: entries of feeds, seed files, and who said what in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import NotFoundError
from store.library.parts import Parts
from store.models import SEEDS_URL, IngestReport

if TYPE_CHECKING:
    from store.models import IsCancelled, OnFetching, OnProgress, OpenArticle, Picture, Pixels, RefreshReport


class Arriving(Parts):
    """Refreshing feeds and taking in files."""

    def refresh(
        self,
        feed_ids: Sequence[int] | None = None,
        on_progress: OnProgress | None = None,
        cancelled: IsCancelled | None = None,
        on_fetching: OnFetching | None = None,
    ) -> RefreshReport:
        """Fetch these feeds (or all) and store what is new. A feed that fails keeps its articles and says why.

        Who said what is told with it, but for the articles of a long feed: see :meth:`analyse_waiting`.
        """
        self._database.require_writable()
        return self._following.refresh(feed_ids, on_progress, cancelled, on_fetching)

    def show_full_text(self, article_id: int, cancelled: IsCancelled | None = None) -> None:
        """Show the article's text as its web page has it, fetched when it is not stored; who said what is told of it.

        :raises NotFoundError: when there is no such article.
        :raises FeedError: when there is no page, it cannot be fetched or has no article; what is shown stays.
        """
        self._following.full_texts.show_page(article_id, cancelled)

    def show_own_text(self, article_id: int) -> None:
        """Show the text that the feed gave again; that of the page stays stored.

        :raises NotFoundError: when there is no such article.
        """
        self._following.full_texts.show_own(article_id)

    def pictures(self, opened: OpenArticle) -> list[Picture]:
        """The pictures that an article shows, in the order of its text. Nothing is fetched."""
        from store.library.images import pictures_of

        return pictures_of(opened.article, opened.document)

    def picture(self, article_id: int, url: str, most: tuple[int, int], cancelled: IsCancelled | None = None) -> Pixels:
        """Fetch a picture of an article and decode it, no larger than ``most`` (width and height in pixels).

        :raises NotFoundError: when there is no such article, or the picture has no web address.
        :raises FeedError: when it cannot be fetched, is none, is too large or cannot be read.
        """
        from store.library.images import get_picture

        with self._lock:
            article = self._database.article(article_id)
            feed = self._database.feed(article.feed_id) if article is not None else None
        if article is None:
            raise NotFoundError(f"There is no article {article_id}.")
        return get_picture(url, article, feed, self._following, most, cancelled)

    def due_feeds(self) -> list[int]:
        """The ids of the feeds whose time to be read has come: each has its own interval."""
        from store.feeds.schedule import is_due

        now = datetime.now(UTC)
        with self._lock:
            feeds = [feed.id for feed in self._database.feeds() if feed.url != SEEDS_URL]
            return [feed_id for feed_id in feeds if is_due(self._database.feed_state(feed_id), now)]

    def analyse_waiting(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> int:
        """Analyse articles that wait for it (of long feeds, of an older engine); returns how many were."""
        from store.library.analysis import analyse_waiting

        if self.read_only:
            return 0
        return analyse_waiting(self._intake, self._following.pool, on_progress, cancelled)

    def ingest(
        self, paths: Sequence[Path], on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None
    ) -> IngestReport:
        """Take in seed files and folders of them. Files that cannot be read are named in the report."""
        from store.library.files import ingest_files

        self._database.require_writable()
        return ingest_files(self._intake, paths, on_progress, cancelled)

    def take_in_seeds(
        self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None
    ) -> IngestReport:
        """Take in the shipped seeds (on the first start only) and whatever is new in the user's seeds folder."""
        from store.library.files import take_in_seeds

        if self.read_only:
            return IngestReport()
        return take_in_seeds(self._intake, self.places.seeds, on_progress, cancelled)
