"""The library's articles one by one: reading them, their earlier texts, the marks on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.errors import NotFoundError
from store.library.parts import Parts

if TYPE_CHECKING:
    from store.models import Change, Headline, OpenArticle, Revision, Status


class Articles(Parts):
    """Articles and their marks."""

    def headline(self, article_id: int) -> Headline:
        from store.models import Headline

        with self._lock:
            article = self._database.article(article_id)
            if article is None:
                raise NotFoundError(f"There is no article {article_id}.")
            return Headline(article, self._database.status(article_id), self._source(article.feed_id))

    def first_unread(self, article_ids: Iterable[int]) -> int | None:
        """The first of these articles that counts as unread where several feeds are listed; None when none does."""
        with self._lock:
            unread, hidden = self._database.unread(), self._database.index.of_hidden_feeds()
            return next((each for each in article_ids if each in unread and each not in hidden), None)

    def open_article(self, article_id: int) -> OpenArticle:
        """Everything of one article. Opening does not mark it read.

        :raises NotFoundError: when there is no such article.
        """
        from store.models import OpenArticle

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
        from store.text.diff import changes_of

        with self._lock:
            revisions, title = self.revisions(article_id), self.headline(article_id).article.title
            document = self._database.own_document(article_id)
        return changes_of(revisions, title, document)

    def _source(self, feed_id: int) -> str:
        feed = self._database.feed(feed_id)
        return feed.title if feed else ""

    def mark(
        self,
        article_ids: Iterable[int],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        muted: bool | None = None,
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
                    muted=old.muted if muted is None else muted,
                )
                if new != old:
                    before.append(old)
                    after.append(replace(new, changed=now))
            if after:
                self._database.save_statuses(after)
        return before

    def tag(self, article_id: int, tags: Iterable[str]) -> list[Status]:
        """Give an article these tags of the user's in place of those it has. Returns the status as it was."""
        from store.text.tags import clean_tags

        with self._lock:
            old = self._database.status(article_id)
            new = replace(old, tags=clean_tags(tags, self.article_tags()))
            if new == old:
                return []
            self._database.save_statuses([replace(new, changed=datetime.now(UTC))])
            return [old]

    def article_tags(self) -> list[str]:
        """The tags that the user gave articles, those of most articles first."""
        with self._lock:
            return self._database.article_tags()

    def restore(self, statuses: Sequence[Status]) -> None:
        """Put statuses back as :meth:`mark` returned them."""
        with self._lock:
            self._database.save_statuses(statuses)
