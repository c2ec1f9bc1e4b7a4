"""The corrections that the user made, by article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from store.database.correction_records import correction_row, to_corrections
from store.database.records import Row
from store.database.tables import CORRECTIONS
from store.database.tinydb import StoreDB
from store.database.tinydb_table import put
from store.models import Amendment, Correction


class Corrections:
    """The table ``corrections``: one row an article, with its corrections in the order in which they were made."""

    def __init__(self, db: StoreDB) -> None:
        self._table = db.table(CORRECTIONS)

    def of(self, article_id: int) -> tuple[Correction, ...]:
        """The corrections of an article, in their order."""
        return self._table.record(article_id, to_corrections) or ()

    def article_ids(self) -> list[int]:
        """The articles that have corrections, or had some."""
        return self._table.ids

    def all(self) -> list[Correction]:
        """In the order in which they were made."""
        found = (correction for corrections in self._table.records(to_corrections) for correction in corrections)
        return sorted(found, key=lambda correction: correction.number)

    def add(self, article_id: int, what: Amendment) -> Correction:
        """Keep a correction. It comes after those of the article that there are, whatever the clock says."""
        made = max([datetime.now(UTC), *(known.made for known in self.of(article_id))])
        number = 1 + max((item["number"] for item in self._items()), default=0)
        items = [*self._items_of(article_id), correction_row(number, made, what)]
        put(self._table, {article_id: {CORRECTIONS: items}})
        return Correction(number, article_id, made, what)

    def remove(self, number: int) -> Correction | None:
        """Take a correction back; None when there is none of this number."""
        found = next((each for each in self.all() if each.number == number), None)
        if found is not None:
            items = [item for item in self._items_of(found.article_id) if item["number"] != number]
            put(self._table, {found.article_id: {CORRECTIONS: items}})
        return found

    def _items(self) -> Iterator[Row]:
        """Those of kinds that only a newer program knows are among them."""
        for row in self._table.records(_whole):
            yield from row[CORRECTIONS]

    def _items_of(self, article_id: int) -> list[Row]:
        row = self._table.record(article_id, _whole)
        return row[CORRECTIONS] if row is not None else []


def _whole(article_id: int, row: Row) -> Row:
    """The row itself.

    :raises WRONG_SHAPE: when it is not of this table.
    """
    to_corrections(article_id, row)
    return row
