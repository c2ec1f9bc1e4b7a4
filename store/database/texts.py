"""The texts of articles, earlier ones too, and who said what in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.corrections import corrected
from store.database import records
from store.database.corrections import Corrections
from store.database.records import Row
from store.database.stored_json import WRONG_SHAPE
from store.database.tables import ARTICLES, BODIES, PAGES, PEOPLE, QUOTES, REVISIONS
from store.database.tinydb import DamagedTextError, StoreDB
from store.database.tinydb_table import put
from store.models import Analysis, Article, Block, BlockKind, Document, Revision

MOST_REVISIONS = 50
"""Earlier texts kept of one article: some feeds put counters or clocks into their texts."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of an article's web page; ``digest`` is the article's own of the time when it was fetched."""

    document: Document
    digest: str


_DAMAGED = "The stored text of this article is damaged; run newsdash doctor."


def shown_text(row: Mapping[str, Any]) -> str:
    """The table that holds the text an article's row shows, which its people and quotations are of."""
    return PAGES if row.get("full_text") else BODIES


class Texts:
    """The tables ``bodies``, ``pages``, ``revisions``, ``people`` and ``quotes``, by the ids of their articles."""

    def __init__(self, db: StoreDB, corrections: Corrections) -> None:
        self._db = db
        self._corrections = corrections
        self._articles = db.table(ARTICLES)

    # --- texts --------------------------------------------------------------------------------------------

    def document(self, article_id: int) -> Document:
        """The text that is shown; one sentence saying so when that is damaged."""
        return self._read_document(shown_text(self._articles.get(doc_id=article_id) or {}), article_id)

    def own_document(self, article_id: int) -> Document:
        """The text that its feed gave, whichever is shown; one sentence saying so when that is damaged."""
        return self._read_document(BODIES, article_id)

    def _read_document(self, table: str, article_id: int) -> Document:
        try:
            row = self._db.table(table).get(doc_id=article_id)
            return records.to_document(row) if row is not None else Document()
        except DamagedTextError as error:
            sentence = error.message
        except WRONG_SHAPE:
            sentence = _DAMAGED
        return Document(sentence, (Block(BlockKind.PARAGRAPH, 0, len(sentence)),))

    def plain_text(self, article_id: int) -> tuple[str, str] | None:
        """Title and text without the shape of the text, quickly; a text that is damaged is ''."""
        row = self._articles.get(doc_id=article_id)
        if row is None or not isinstance(title := row.get("title"), str):
            return None
        return title, self._plain_text(article_id, row)

    def _plain_text(self, article_id: int, article: Mapping[str, Any]) -> str:
        body = self._undamaged(shown_text(article), article_id)
        try:
            return records.to_text(body) if body is not None else ""
        except WRONG_SHAPE:
            return ""

    def _undamaged(self, table: str, article_id: int) -> dict[str, Any] | None:
        """A text; None when there is none or it is damaged."""
        try:
            row: dict[str, Any] | None = self._db.table(table).get(doc_id=article_id)
        except DamagedTextError:
            return None
        return row

    def _analysis(self, article_id: int, decode: Callable[[Row, Row], Analysis]) -> Analysis:
        """Who said what; nobody and nothing when that is damaged."""
        people, quotes = self._undamaged(PEOPLE, article_id), self._undamaged(QUOTES, article_id)
        try:
            return decode(people, quotes) if people is not None and quotes is not None else Analysis()
        except WRONG_SHAPE:
            return Analysis()

    def page(self, article_id: int) -> PageText | None:
        """The text of its web page, where that was fetched and can be read."""
        row = self._undamaged(PAGES, article_id)
        try:
            return PageText(records.to_document(row), row.get("digest", "")) if row is not None else None
        except WRONG_SHAPE:
            return None

    def put_page(self, article_id: int, page: PageText) -> None:
        """Store the text of its web page."""
        put(self._db.table(PAGES), {article_id: {**records.body_row(page.document), "digest": page.digest}})

    # --- earlier texts ------------------------------------------------------------------------------------

    def replace_body(self, article_id: int, document: Document, old_title: str, title: str, now: datetime) -> None:
        """Store a new text of an article's feed. When it or the title differs, the earlier ones are kept.

        The newest :data:`MOST_REVISIONS` are.
        """
        bodies, revisions = self._db.table(BODIES), self._db.table(REVISIONS)
        old, new = self._undamaged(BODIES, article_id), records.body_row(document)
        if old is not None and (old != new or old_title != title):
            known = revisions.get(doc_id=article_id) or {"versions": []}
            versions = [*known["versions"], {"replaced": now.isoformat(), "title": old_title, **old}]
            put(revisions, {article_id: {"versions": versions[-MOST_REVISIONS:]}})
        if old != new:
            put(bodies, {article_id: new})

    def revisions(self, article_id: int) -> list[Revision]:
        """Earlier titles and texts of an article, oldest first; those that cannot be read are left out."""
        row = self._db.table(REVISIONS).get(doc_id=article_id)
        if row is None:
            return []
        title = (self._articles.get(doc_id=article_id) or {}).get("title", "")
        found = (to_revision(version, title) for version in row["versions"])
        return [revision for revision in found if revision is not None]

    # --- who said what ------------------------------------------------------------------------------------

    def found(self, article_id: int) -> Analysis:
        """What the engine found in it: that is what is stored. Nobody and nothing when that is damaged."""
        return self._analysis(article_id, records.to_analysis)

    def analysis(self, article_id: int) -> Analysis:
        """Who said what in it, with the user's corrections."""
        found, corrections = self.found(article_id), self._corrections.of(article_id)
        return corrected(found, self.document(article_id).text, corrections) if corrections else found

    def searched(self, article_id: int) -> tuple[Article, str, Analysis] | None:
        """What a search looks through: the article, its text as :meth:`plain_text`, and who is named and quoted in it.

        The analysis may lack the places in the text.
        """
        found = self._articles.record(article_id, lambda key, row: (records.to_article(key, row), row))
        if found is None:
            return None
        article, row = found
        if self._corrections.of(article_id):
            analysis = self.analysis(article_id)
        else:
            analysis = self._analysis(article_id, records.to_names)
        return article, self._plain_text(article_id, row), analysis

    def put_analysis(self, article_id: int, analysis: Analysis) -> None:
        """Store an analysis: the engine's own, never a corrected one."""
        assert not analysis.corrected
        put(self._db.table(PEOPLE), {article_id: records.people_row(analysis)})
        put(self._db.table(QUOTES), {article_id: records.quotes_row(analysis)})

    def count_quoted(self, article_id: int, analysis: Analysis, text: str | None = None) -> int:
        """How many people are quoted by this analysis, corrected; ``text`` is the article's new one, if it has one."""
        corrections = self._corrections.of(article_id)
        if not corrections:
            return analysis.quoted
        text = self.document(article_id).text if text is None else text
        return corrected(analysis, text, corrections).quoted


def to_revision(version: Row, title: str) -> Revision | None:
    """An earlier text; None for one that cannot be read. Without a title it was written when only texts were kept."""
    try:
        earlier = version.get("title", title)
        if not isinstance(earlier, str):
            return None
        return Revision(records.to_time(version["replaced"]), earlier, records.to_document(version))
    except WRONG_SHAPE:
        return None
