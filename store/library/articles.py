"""The library's articles one by one: reading them, their earlier texts, the marks on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.library.context import LibraryContext

if TYPE_CHECKING:
    from store.models import Change, Headline, OpenArticle, Revision, Status


class Articles:
    """Articles and their marks."""

    def __init__(self, context: LibraryContext) -> None:
        self._context = context
        self._database = context.database
        self._lock = context.lock

    def get(self, article_id: int) -> Headline:
        """An article with its marks and the title of its feed, without its text.

        :raises NotFoundError: when there is no such article.
        """
        from store.models import Headline

        with self._lock:
            article = self._context.article(article_id)
            return Headline(article, self._database.articles.status(article_id), self._context.source(article.feed_id))

    def open(self, article_id: int) -> OpenArticle:
        """Everything of one article: its text too, and who said what in it, with your corrections. Opening does not
        mark it read.

        :raises NotFoundError: when there is no such article.
        """
        from store.corrections import corrected
        from store.models import OpenArticle

        with self._lock:
            headline = self.get(article_id)
            document = self._database.texts.document(article_id)
            analysis, corrections = self._database.texts.found(article_id), self._database.corrections.of(article_id)
        if corrections:
            analysis = corrected(analysis, document.text, corrections)
        return OpenArticle(headline.article, headline.status, headline.source, document, analysis)

    def first_unread(self, article_ids: Iterable[int]) -> int | None:
        """The first of these articles that counts as unread where several feeds are listed; None when none does."""
        with self._lock:
            unread, hidden = self._database.articles.unread(), self._database.index.of_hidden_feeds()
            return next((each for each in article_ids if each in unread and each not in hidden), None)

    def revisions(self, article_id: int) -> list[Revision]:
        """Earlier titles and texts of an article, oldest first.

        :raises NotFoundError: when there is no such article.
        """
        with self._lock:
            self._context.article(article_id)
            return self._database.texts.revisions(article_id)

    def changes(self, article_id: int) -> list[Change]:
        """What each revision of an article changed, the latest first.

        :raises NotFoundError: when there is no such article.
        """
        from store.text.diff import changes_of

        with self._lock:
            title = self._context.article(article_id).title
            revisions, document = (
                self._database.texts.revisions(article_id),
                self._database.texts.own_document(article_id),
            )
        return changes_of(revisions, title, document)

    # --- marks ----------------------------------------------------------------------------------------------

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
                old = self._database.articles.status(article_id)
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
                self._database.articles.save_statuses(after)
        return before

    def tag(self, article_id: int, tags: Iterable[str]) -> list[Status]:
        """Replace your tags on an article. Returns the status as it was, for :meth:`restore`; nothing when the tags
        stay the same."""
        from store.text.tags import clean_tags

        with self._lock:
            old = self._database.articles.status(article_id)
            new = replace(old, tags=clean_tags(tags, self._database.articles.tags()))
            if new == old:
                return []
            self._database.articles.save_statuses([replace(new, changed=datetime.now(UTC))])
            return [old]

    def tags(self) -> list[str]:
        """Your tags on articles, those on most articles first."""
        with self._lock:
            return self._database.articles.tags()

    def restore(self, statuses: Sequence[Status]) -> None:
        """Put statuses back as :meth:`mark` or :meth:`tag` returned them."""
        with self._lock:
            self._database.articles.save_statuses(statuses)
