"""What the user decided about people: who is one person and who is not, and whom to follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        return [decision for found in self._decisions.records(to_decisions) for decision in found]

    def add(self, kind: DecisionKind, one: Sequence[Anchor], other: Sequence[Anchor], made: datetime) -> PeopleDecision:
        row = {"kind": kind.value, "made": made.isoformat(), "one": _rows(one), "other": _rows(other)}
        return PeopleDecision(self._decisions.insert(row), made, kind, tuple(one), tuple(other))

    def remove(self, number: int) -> None:
        self._decisions.remove(doc_ids=[number])

    def followed(self) -> list[Followed]:
        """In the order in which they were followed."""
        return self._followed.records(to_followed)

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


def to_decisions(number: int, row: Mapping[str, Any]) -> list[PeopleDecision]:
    """The decision of a row; [] for one of a kind that only a newer program knows.

    :raises WRONG_SHAPE: when the row is not of this table.
    """
    made, one, other = to_time(row["made"]), _anchors(row["one"]), _anchors(row["other"])
    known = row["kind"] in {kind.value for kind in DecisionKind}
    return [PeopleDecision(number, made, DecisionKind(row["kind"]), one, other)] if known else []


def to_followed(number: int, row: Mapping[str, Any]) -> Followed:
    """:raises WRONG_SHAPE: when the row is not of this table."""
    if not isinstance(row["name"], str):
        raise TypeError("name is no str")
    return Followed(number, row["name"], _anchors(row["anchors"]), to_time(row["since"]), to_time(row["seen"]))


def _rows(anchors: Sequence[Anchor]) -> list[list[object]]:
    return [[anchor.article_id, anchor.name] for anchor in anchors]


def _anchors(rows: Sequence[Sequence[Any]]) -> tuple[Anchor, ...]:
    found = tuple(Anchor(article_id, name) for article_id, name in rows)
    if not all(isinstance(each.article_id, int) and isinstance(each.name, str) for each in found):
        raise TypeError("it is no anchor")
    return found
