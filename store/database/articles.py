"""Articles and their marks: what is there, which is which, and who may go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import UTC, datetime, timedelta
from typing import Any

from tinydb.table import Document as Row

from store.database import records
from store.database.index.articles import ArticleIndex
from store.database.index.flags import TAGGED
from store.database.records import NewRows
from store.database.retention import expired
from store.database.tables import ARTICLES, BODIES, CORRECTIONS, DELETED, PEOPLE, QUOTES, STATUS
from store.database.texts import PageText, Texts
from store.database.tinydb import StoreDB
from store.database.tinydb_table import put
from store.errors import StoreError
from store.models import Analysis, Article, Document, Status

Item = tuple[Article, Document, Analysis]


class Articles:
    """The tables ``articles``, ``status`` and ``deleted``. What is listed is newest first."""

    def __init__(self, db: StoreDB, index: ArticleIndex, texts: Texts) -> None:
        self._db = db
        self._index = index
        self._texts = texts
        self._articles = db.table(ARTICLES)
        self._statuses = db.table(STATUS)
        self._deleted = db.table(DELETED)

    # --- which there are ----------------------------------------------------------------------------------

    def ids(self) -> Sequence[int]:
        """All of them, newest first."""
        return self._index.newest_first()

    def ids_of_feed(self, feed_id: int) -> Sequence[int]:
        """Newest first."""
        return self._index.of_feed(feed_id)

    def get(self, article_id: int) -> Article | None:
        return self._articles.record(article_id, records.to_article)

    def find(self, feed_id: int, guid: str) -> Article | None:
        """The article of this entry of the feed."""
        found = map(self.get, self._index.by_guid(feed_id, guid))
        return next((each for each in found if each and (each.feed_id, each.guid) == (feed_id, guid)), None)

    def find_digest(self, digest: str, feed_id: int | None = None) -> Article | None:
        """An article of this content, from anywhere or of one feed."""
        found = map(self.get, self._index.by_digest(digest))
        return next(
            (each for each in found if each and each.digest == digest and feed_id in (None, each.feed_id)), None
        )

    def was_deleted(self, feed_id: int, guid: str) -> bool:
        """True for an entry that was here and was removed: it must not come back as unread."""
        rows = (self._deleted.get(doc_id=doc_id) for doc_id in self._index.deleted(feed_id, guid))
        return any(row is not None and (row.get("feed_id"), row.get("guid")) == (feed_id, guid) for row in rows)

    def read_sort_keys(self, article_ids: Iterable[int]) -> None:
        """Read from the rows of these articles what lists are sorted by."""
        for article_id in article_ids:
            self._index.sort_keys.follow(article_id, self._articles.get(doc_id=article_id))

    def counts(self) -> Mapping[int, tuple[int, int]]:
        """Feed id to how many articles it has and how many are unread."""
        return self._index.counts()

    # --- marks --------------------------------------------------------------------------------------------

    def status(self, article_id: int) -> Status:
        return self._statuses.record(article_id, records.to_status) or Status(article_id)

    def save_statuses(self, statuses: Iterable[Status]) -> None:
        """Statuses of articles that are gone are skipped."""
        put(
            self._statuses,
            {
                status.article_id: records.status_row(status)
                for status in statuses
                if self._articles.contains(doc_id=status.article_id)
            },
        )

    def unread(self) -> Set[int]:
        return self._index.unread()

    def starred(self) -> Set[int]:
        return self._index.starred()

    def tags(self) -> list[str]:
        """The tags that the user gave articles, those of most articles first."""
        tagged = self._index.with_flags(TAGGED, TAGGED)
        return [tag for tag, _ in Counter(tag for key in tagged for tag in self.status(key).tags).most_common()]

    # --- changing -----------------------------------------------------------------------------------------

    def add(self, items: Sequence[Item], statuses: Sequence[Status | None] = ()) -> list[int]:
        """Store new articles, and the marks of each, in one commit (ids in them are ignored); returns the ids given."""
        return self.add_rows([records.new_rows(*item) for item in items], statuses)

    def add_rows(self, items: Sequence[NewRows], statuses: Sequence[Status | None] = ()) -> list[int]:
        """The same of articles that were made rows before."""
        with self._db.transaction():
            ids = self._articles.insert_multiple(rows.article for rows in items)
            for table in (BODIES, PEOPLE, QUOTES):
                texts = [getattr(rows, "body" if table == BODIES else table) for rows in items]
                self._db.insert_json(table, dict(zip(ids, map(records.to_fragment, texts), strict=True)))
            marked = zip(ids, statuses, strict=False)
            self._statuses.insert_multiple(
                Row(records.status_row(status), article_id) for article_id, status in marked if status is not None
            )
        return ids

    def update(self, items: Sequence[Item]) -> None:
        """Store new versions of known articles; the status stays, and the analysis of one that shows its page's text.

        An earlier title or text that differs is kept: see :meth:`Texts.replace_body`.
        """
        now = datetime.now(UTC)
        with self._db.transaction():
            for article, document, analysis in items:
                stored = self.get(article.id)
                if stored is None:
                    raise StoreError(f"There is no article {article.id} to update.")
                row = records.article_row(article)
                self._texts.replace_body(article.id, document, stored.title, article.title, now)
                if not article.full_text:
                    row["quoted"] = self._texts.count_quoted(article.id, analysis, document.text)
                    self._texts.put_analysis(article.id, analysis)
                put(self._articles, {article.id: row})

    def remove(self, ids: Iterable[int]) -> int:
        """Remove articles for good; their entries are remembered and do not come back. Returns how many went."""
        found = [article for key in ids if (article := self.get(key)) is not None]
        with self._db.transaction():
            put(self._deleted, {each.id: {"feed_id": each.feed_id, "guid": each.guid} for each in found})
            self.drop([each.id for each in found])
        return len(found)

    def drop(self, ids: Sequence[int]) -> None:
        """Remove articles and all that belongs to them. Whoever calls it sees to their not coming back."""
        with self._db.transaction():
            for table in (ARTICLES, STATUS, CORRECTIONS):
                self._db.table(table).remove(doc_ids=ids)

    def expire(
        self,
        feed_id: int | None = None,
        *,
        older_than: timedelta | None = None,
        keep: int | None = None,
        protected: Callable[[int], bool] | None = None,
    ) -> int:
        """Remove old articles of a feed (None: of each feed); see :mod:`store.database.retention`."""
        feed_ids = [feed_id] if feed_id is not None else list(self._index.counts())
        gone = expired(self._index, feed_ids, older_than, keep, protected)
        return self.remove(gone) if gone else 0

    def save_analyses(self, items: Iterable[tuple[int, Analysis]], statuses: Iterable[Status] = ()) -> None:
        """Analyses, and marks that come of them, in one commit; those of articles that are gone are skipped."""
        with self._db.transaction():
            for article_id, analysis in items:
                if self._articles.contains(doc_id=article_id):
                    self._texts.put_analysis(article_id, analysis)
                    quoted = self._texts.count_quoted(article_id, analysis)
                    self._set(article_id, quoted=quoted, engine=analysis.engine)
            self.save_statuses(statuses)

    def show_page(self, article_id: int, page: PageText, analysis: Analysis) -> None:
        """Store the text of its web page, and show that one from now on; ``analysis`` is of it.

        :raises StoreError: when there is no such article.
        """
        with self._db.transaction():
            self._show(article_id, page.document, analysis, full_text=True)
            self._texts.put_page(article_id, page)

    def show_own(self, article_id: int, analysis: Analysis) -> None:
        """Show the text that its feed gave again; ``analysis`` is of it. That of the page stays stored.

        :raises StoreError: when there is no such article.
        """
        with self._db.transaction():
            self._show(article_id, self._texts.own_document(article_id), analysis, full_text=False)

    def _show(self, article_id: int, document: Document, analysis: Analysis, *, full_text: bool) -> None:
        if not self._articles.contains(doc_id=article_id):
            raise StoreError(f"There is no article {article_id}.")
        self._texts.put_analysis(article_id, analysis)
        self._set(
            article_id,
            full_text=full_text,
            words=len(document.text.split()),
            quoted=self._texts.count_quoted(article_id, analysis, document.text),
            engine=analysis.engine,
        )

    def count_quoted(self, article_id: int) -> None:
        """Count again how many people are quoted: the corrections of the article changed."""
        if self._articles.contains(doc_id=article_id):
            self._set(article_id, quoted=self._texts.count_quoted(article_id, self._texts.found(article_id)))

    def _set(self, article_id: int, **fields: Any) -> None:
        self._articles.update(fields, doc_ids=[article_id])
