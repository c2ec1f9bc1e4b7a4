"""What the user decided about people: who is one person and who is not, and whom to follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from store.database.records import to_time
from store.database.tables import DECISIONS, FOLLOWED
from store.database.tinydb import StoreDB
from store.database.tinydb_table import put
from store.models import Anchor, DecisionKind, Followed, PeopleDecision


class PeopleDecisions:
    """The tables ``decisions`` and ``followed``."""

    def __init__(self, db: StoreDB) -> None:
        self._decisions = db.table(DECISIONS)
        self._followed = db.table(FOLLOWED)

    def all(self) -> list[PeopleDecision]:
        """Decisions in the order they were made; kinds that a newer program wrote are skipped, and kept."""
        kinds = {kind.value for kind in DecisionKind}
        return [
            PeopleDecision(
                row.doc_id,
                to_time(row["made"]),
                DecisionKind(row["kind"]),
                _anchors(row["one"]),
                _anchors(row["other"]),
            )
            for row in self._decisions
            if row["kind"] in kinds
        ]

    def add(self, kind: DecisionKind, one: Sequence[Anchor], other: Sequence[Anchor], made: datetime) -> PeopleDecision:
        row = {"kind": kind.value, "made": made.isoformat(), "one": _rows(one), "other": _rows(other)}
        return PeopleDecision(self._decisions.insert(row), made, kind, tuple(one), tuple(other))

    def remove(self, number: int) -> None:
        self._decisions.remove(doc_ids=[number])

    def followed(self) -> list[Followed]:
        """In the order in which they were followed."""
        return [
            Followed(row.doc_id, row["name"], _anchors(row["anchors"]), to_time(row["since"]), to_time(row["seen"]))
            for row in self._followed
        ]

    def save_followed(self, person: Followed) -> Followed:
        """Follow somebody (``number`` 0), or change what is kept of somebody followed."""
        row = {
            "name": person.name,
            "anchors": _rows(person.anchors),
            "since": person.since.isoformat(),
            "seen": person.seen.isoformat(),
        }
        if not person.number:
            number = self._followed.insert(row)
            return Followed(number, person.name, person.anchors, person.since, person.seen)
        put(self._followed, {person.number: row})
        return person

    def unfollow(self, number: int) -> None:
        self._followed.remove(doc_ids=[number])


def _rows(anchors: Sequence[Anchor]) -> list[list[object]]:
    return [[anchor.article_id, anchor.name] for anchor in anchors]


def _anchors(rows: Sequence[Sequence[Any]]) -> tuple[Anchor, ...]:
    return tuple(Anchor(article_id, name) for article_id, name in rows)
