"""The corrections of the database: made, listed, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from store.corrections import corrected
from store.database.articles import ArticleRows
from store.database.correction_records import CORRECTIONS, correction_row, to_corrections
from store.database.engine.texts import ARTICLES, Change
from store.database.records import Row
from store.errors import StoreError
from store.models import Amendment, Correction


class CorrectionRows(ArticleRows):
    """Corrections: each call that writes one counts the article's speakers anew in the same commit."""

    def corrected_ids(self) -> list[int]:
        """The articles that have corrections, or had some."""
        return list(self._storage.rows(CORRECTIONS))

    def all_corrections(self) -> list[Correction]:
        """In the order in which they were made."""
        found: list[Correction] = []
        for article_id in self._storage.rows(CORRECTIONS):
            found += self.corrections(article_id)
        return sorted(found, key=lambda correction: correction.number)

    def correct(self, article_id: int, what: Amendment) -> Correction:
        """Keep a correction of an article. It comes after those of the article that there are, whatever the clock."""
        if self._document(ARTICLES, article_id) is None:
            raise StoreError(f"There is no article {article_id} to correct.")
        items = self._items(article_id)
        made = max([datetime.now(UTC), *(known.made for known in self.corrections(article_id))])
        number = 1 + max(
            (item["number"] for row in self._storage.rows(CORRECTIONS) for item in self._items(row)), default=0
        )
        self._store(article_id, [*items, correction_row(number, made, what)])
        return Correction(number, article_id, made, what)

    def remove_correction(self, number: int) -> Correction | None:
        """Take a correction back; None when there is none of this number."""
        found = next((each for each in self.all_corrections() if each.number == number), None)
        if found is not None:
            items = self._items(found.article_id)
            self._store(found.article_id, [item for item in items if item["number"] != number])
        return found

    def _items(self, article_id: int) -> list[Row]:
        row = self._document(CORRECTIONS, article_id)
        return row[CORRECTIONS] if row is not None else []

    def _store(self, article_id: int, items: Sequence[Row]) -> None:
        row = {CORRECTIONS: list(items)}
        changes: list[Change] = [(CORRECTIONS, article_id, row)]
        article = self._document(ARTICLES, article_id)
        if article is not None:
            text = self.document(article_id).text
            quoted = corrected(self.found(article_id), text, to_corrections(article_id, row)).quoted
            changes.append((ARTICLES, article_id, {**article, "quoted": quoted}))
        self._commit(changes)
