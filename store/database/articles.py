"""The articles of the database: their rows, texts, earlier texts and marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import repeat
from typing import Any

from store.corrections import corrected
from store.database import records
from store.database.access import Access, DamagedTextError
from store.database.correction_records import CORRECTIONS, to_corrections
from store.database.engine.segments import Pointer
from store.database.engine.texts import ARTICLES, Change, shown_text
from store.database.index.articles import DELETED, ArticleIndex
from store.database.index.flags import STATUS, TAGGED
from store.database.records import NewRows
from store.database.retention import expired
from store.errors import StoreError
from store.models import Analysis, Article, Block, BlockKind, Correction, Document, Revision, Status

Item = tuple[Article, Document, Analysis]
MOST_REVISIONS = 50
"""Earlier texts kept of one article: some feeds put counters or clocks into their texts."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of an article's web page; ``digest`` is the article's own of the time when it was fetched."""

    document: Document
    digest: str


class ArticleRows(Access):
    """Articles. What is listed is newest first."""

    def article_ids(self) -> Sequence[int]:
        """Newest first."""
        return self._index.newest_first()

    def article(self, article_id: int) -> Article | None:
        row = self._document(ARTICLES, article_id)
        return records.to_article(article_id, row) if row is not None else None

    def read_sort_keys(self, article_ids: Iterable[int]) -> None:
        """Read from the rows of these articles what lists are sorted by."""
        for article_id in article_ids:
            self._index.sort_keys.follow(article_id, self._document(ARTICLES, article_id))

    def find(self, feed_id: int, guid: str) -> Article | None:
        """The article of this entry of the feed."""
        return next(
            (
                article
                for article_id in self._index.by_guid(feed_id, guid)
                if (article := self.article(article_id)) and (article.feed_id, article.guid) == (feed_id, guid)
            ),
            None,
        )

    def was_deleted(self, feed_id: int, guid: str) -> bool:
        """True for an entry that was here and was removed: it must not come back as unread."""
        rows = (self._document(DELETED, doc_id) for doc_id in self._index.deleted(feed_id, guid))
        return any(row is not None and (row["feed_id"], row["guid"]) == (feed_id, guid) for row in rows)

    def find_digest(self, digest: str, feed_id: int | None = None) -> Article | None:
        """An article of this content, from anywhere or of one feed."""
        found = (self.article(article_id) for article_id in self._index.by_digest(digest))
        return next(
            (
                article
                for article in found
                if article and article.digest == digest and feed_id in (None, article.feed_id)
            ),
            None,
        )

    def document(self, article_id: int) -> Document:
        """The text that is shown; one sentence saying so when that is damaged."""
        return self._read_document(shown_text(self._document(ARTICLES, article_id) or {}), article_id)

    def own_document(self, article_id: int) -> Document:
        """The text that its feed gave, whichever is shown; one sentence saying so when that is damaged."""
        return self._read_document("bodies", article_id)

    def page(self, article_id: int) -> PageText | None:
        """The text of its web page, where that was fetched and can be read."""
        try:
            row = self._text("pages", article_id)
        except DamagedTextError:
            return None
        return PageText(records.to_document(row), row.get("digest", "")) if row is not None else None

    def show_page(self, article_id: int, page: PageText, analysis: Analysis) -> None:
        """Store the text of its web page, and show that one from now on; ``analysis`` is of it."""
        body = {**records.body_row(page.document), "digest": page.digest}
        self._show(article_id, page.document, analysis, full_text=True, changes=[("pages", article_id, body)])

    def show_own(self, article_id: int, analysis: Analysis) -> None:
        """Show the text that its feed gave again; ``analysis`` is of it. That of the page stays stored."""
        self._show(article_id, self.own_document(article_id), analysis, full_text=False, changes=[])

    def _show(
        self, article_id: int, document: Document, analysis: Analysis, *, full_text: bool, changes: list[Change]
    ) -> None:
        article = self.article(article_id)
        if article is None:
            raise StoreError(f"There is no article {article_id}.")
        article = replace(
            article,
            full_text=full_text,
            words=len(document.text.split()),
            quoted=self._quoted(article_id, analysis, document.text),
            engine=analysis.engine,
        )
        row: Change = (ARTICLES, article_id, records.article_row(article))
        self._commit([row, *changes, *_analysis_changes(article_id, analysis)])

    def _read_document(self, table: str, article_id: int) -> Document:
        try:
            row = self._text(table, article_id)
        except DamagedTextError as error:
            return Document(error.message, (Block(BlockKind.PARAGRAPH, 0, len(error.message)),))
        return records.to_document(row) if row is not None else Document()

    def plain_text(self, article_id: int) -> tuple[str, str] | None:
        """Title and text without the shape of the text, quickly; a text that is damaged is ''."""
        row = self._document(ARTICLES, article_id)
        return (row["title"], self._plain_text(article_id, row)) if row is not None else None

    def searched(self, article_id: int) -> tuple[Article, str, Analysis] | None:
        """What a search looks through: the article, its text as :meth:`plain_text`, and who is named and quoted in it.

        The analysis may lack the places in the text.
        """
        row = self._document(ARTICLES, article_id)
        if row is None:
            return None
        if self.corrections(article_id):
            analysis = self.analysis(article_id)
        else:
            people, quotes = self._part(article_id, row, "people"), self._part(article_id, row, "quotes")
            analysis = records.to_names(people, quotes) if people is not None and quotes is not None else Analysis()
        return records.to_article(article_id, row), self._plain_text(article_id, row), analysis

    def _plain_text(self, article_id: int, row: Mapping[str, Any]) -> str:
        body = self._part(article_id, row, shown_text(row))
        return body["text"] if body is not None else ""

    def _part(self, article_id: int, row: Mapping[str, Any], table: str) -> dict[str, Any] | None:
        """A text that an article's row points to; None when there is none or it is damaged."""
        pointer = row.get("at", {}).get(table)
        try:
            return self._text(table, article_id, pointer) if pointer is not None else None
        except DamagedTextError:
            return None

    def analysis(self, article_id: int) -> Analysis:
        """Who said what in it, with the reader's corrections; nobody and nothing when that is damaged."""
        found, corrections = self.found(article_id), self.corrections(article_id)
        return corrected(found, self.document(article_id).text, corrections) if corrections else found

    def corrections(self, article_id: int) -> tuple[Correction, ...]:
        """In the order in which they were made."""
        row = self._document(CORRECTIONS, article_id)
        return to_corrections(article_id, row) if row is not None else ()

    def found(self, article_id: int) -> Analysis:
        """What the engine found in it: that is what is stored."""
        try:
            people, quotes = self._text("people", article_id), self._text("quotes", article_id)
        except DamagedTextError:
            return Analysis()
        return records.to_analysis(people, quotes) if people is not None and quotes is not None else Analysis()

    def revisions(self, article_id: int) -> list[Revision]:
        """Earlier titles and texts of an article, oldest first."""
        row = self._document(ARTICLES, article_id) or {}
        found = []
        for when, pointer, *title in row.get("revisions", ()):
            with suppress(DamagedTextError):
                text = self._text("bodies", article_id, pointer)
                assert text is not None
                # Without a title it was written when only texts were kept.
                earlier = title[0] if title else row["title"]
                found.append(Revision(records.to_time(when), earlier, records.to_document(text)))
        return found

    def status(self, article_id: int) -> Status:
        row = self._document(STATUS, article_id)
        return records.to_status(article_id, row) if row is not None else Status(article_id)

    def counts(self) -> Mapping[int, tuple[int, int]]:
        """Feed id to how many articles it has and how many are unread."""
        return self._index.counts()

    def unread(self) -> Set[int]:
        return self._index.unread()

    def starred(self) -> Set[int]:
        return self._index.starred()

    def article_tags(self) -> list[str]:
        """The tags that the user gave articles, those of most articles first."""
        tagged = self._index.with_flags(TAGGED, TAGGED)
        return [tag for tag, _ in Counter(tag for key in tagged for tag in self.status(key).tags).most_common()]

    def ids_of_feed(self, feed_id: int) -> Sequence[int]:
        """Newest first."""
        return self._index.of_feed(feed_id)

    @property
    def index(self) -> ArticleIndex:
        """The sets that searching combines."""
        return self._index

    def add_articles(self, items: Sequence[Item], statuses: Sequence[Status | None] = ()) -> list[int]:
        """Store new articles, and the marks of each, in one commit (ids in them are ignored); returns the ids given."""
        return self.add_rows([records.new_rows(*item) for item in items], statuses)

    def add_rows(self, items: Sequence[NewRows], statuses: Sequence[Status | None] = ()) -> list[int]:
        """The same of articles that were made rows before."""
        first = self._storage.next_id(ARTICLES)
        ids = list(range(first, first + len(items)))
        changes: list[Change] = []
        for article_id, rows in zip(ids, items, strict=True):
            changes += zip((ARTICLES, "bodies", "people", "quotes"), repeat(article_id), rows, strict=False)
        for article_id, status in zip(ids, statuses, strict=False):
            if status is not None:
                changes.append((STATUS, article_id, records.status_row(status)))
        self._commit(changes)
        return ids

    def update_articles(self, items: Sequence[Item]) -> None:
        """Store new versions of known articles; the status stays, and the analysis of one that shows its page's text.

        An earlier title or text that differs stays as a revision, of which the newest ``MOST_REVISIONS`` are kept.
        """
        changes: list[Change] = []
        now = datetime.now(UTC).isoformat()
        for article, document, analysis in items:
            stored = self._document(ARTICLES, article.id)
            if stored is None:
                raise StoreError(f"There is no article {article.id} to update.")
            row = records.article_row(article)
            body = records.body_row(document)
            pointer = stored.get("at", {}).get("bodies")
            new_text = pointer is None or not self._is_stored(body, article.id, pointer)
            if pointer is not None and (new_text or stored["title"] != article.title):
                earlier = [*stored.get("revisions", ()), [now, pointer, stored["title"]]]
                row["revisions"] = earlier[-MOST_REVISIONS:]
            if new_text:
                changes.append(("bodies", article.id, body))
            if not article.full_text:
                row["quoted"] = self._quoted(article.id, analysis, document.text)
                changes += _analysis_changes(article.id, analysis)
            changes.append((ARTICLES, article.id, row))
        self._commit(changes)

    def _is_stored(self, body: dict[str, Any], article_id: int, pointer: Pointer) -> bool:
        try:
            return self._text("bodies", article_id, pointer) == body
        except DamagedTextError:
            return False

    def remove_articles(self, ids: Iterable[int]) -> int:
        """Remove articles for good; their entries are remembered and do not come back. Returns how many went."""
        changes: list[Change] = []
        gone = 0
        for article_id in ids:
            row = self._document(ARTICLES, article_id)
            if row is not None:
                changes += self._removal(article_id)
                changes.append((DELETED, article_id, {"feed_id": row["feed_id"], "guid": row["guid"]}))
                gone += 1
        self._commit(changes)
        return gone

    def _removal(self, article_id: int) -> list[Change]:
        gone: list[Change] = [(ARTICLES, article_id, None)]
        gone += [
            (table, article_id, None) for table in (STATUS, CORRECTIONS) if article_id in self._storage.rows(table)
        ]
        return gone

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
        return self.remove_articles(gone) if gone else 0

    def save_statuses(self, statuses: Iterable[Status]) -> None:
        """Statuses of articles that are gone are passed over."""
        articles = self._storage.rows(ARTICLES)
        self._commit(
            [
                (STATUS, status.article_id, records.status_row(status))
                for status in statuses
                if status.article_id in articles
            ]
        )

    def save_analyses(self, items: Iterable[tuple[int, Analysis]], statuses: Iterable[Status] = ()) -> None:
        """Analyses, and marks that come of them, in one commit; those of articles that are gone are passed over."""
        changes: list[Change] = []
        for article_id, analysis in items:
            row = self._document(ARTICLES, article_id)
            if row is not None:
                quoted = self._quoted(article_id, analysis)
                changes.append((ARTICLES, article_id, {**row, "quoted": quoted, "engine": analysis.engine}))
                changes += _analysis_changes(article_id, analysis)
        changes += [
            (STATUS, status.article_id, records.status_row(status))
            for status in statuses
            if status.article_id in self._storage.rows(ARTICLES)
        ]
        self._commit(changes)

    def _quoted(self, article_id: int, analysis: Analysis, text: str | None = None) -> int:
        """How many people are quoted in an article by this analysis, corrected; ``text`` is its new one, if it has."""
        corrections = self.corrections(article_id)
        if not corrections:
            return analysis.quoted
        text = self.document(article_id).text if text is None else text
        return corrected(analysis, text, corrections).quoted


def _analysis_changes(article_id: int, analysis: Analysis) -> list[Change]:
    """What is stored of an analysis: the engine's own, never a corrected one."""
    assert not analysis.corrected
    return [
        ("people", article_id, records.people_row(analysis)),
        ("quotes", article_id, records.quotes_row(analysis)),
    ]
