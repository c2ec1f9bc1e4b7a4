"""What the user decided about people: who is one person and who is not, and whom to follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from store.database.access import Access, reading
from store.database.records import to_time
from store.models import Anchor, DecisionKind, Followed, PeopleDecision

DECISIONS, FOLLOWED = "decisions", "followed"


class PeopleRows(Access):
    """The tables ``decisions`` and ``followed``."""

    def decisions(self) -> list[PeopleDecision]:
        """In the order they were made; kinds that a newer program wrote are passed over, and kept."""
        kinds = {kind.value for kind in DecisionKind}
        return [
            PeopleDecision(
                number, to_time(row["made"]), DecisionKind(row["kind"]), _anchors(row["one"]), _anchors(row["other"])
            )
            for number, row in self._numbered(DECISIONS)
            if row["kind"] in kinds
        ]

    def add_decision(
        self, kind: DecisionKind, one: Sequence[Anchor], other: Sequence[Anchor], made: datetime
    ) -> PeopleDecision:
        number = self._storage.next_id(DECISIONS)
        row = {"kind": kind.value, "made": made.isoformat(), "one": _rows(one), "other": _rows(other)}
        self._commit([(DECISIONS, number, row)])
        return PeopleDecision(number, made, kind, tuple(one), tuple(other))

    def remove_decision(self, number: int) -> None:
        self._commit([(DECISIONS, number, None)])

    def followed(self) -> list[Followed]:
        """In the order in which they were followed."""
        return [
            Followed(number, row["name"], _anchors(row["anchors"]), to_time(row["since"]), to_time(row["seen"]))
            for number, row in self._numbered(FOLLOWED)
        ]

    def save_followed(self, person: Followed) -> Followed:
        """Follow somebody (``number`` 0), or change what is kept of somebody followed."""
        number = person.number or self._storage.next_id(FOLLOWED)
        row = {
            "name": person.name,
            "anchors": _rows(person.anchors),
            "since": person.since.isoformat(),
            "seen": person.seen.isoformat(),
        }
        self._commit([(FOLLOWED, number, row)])
        return Followed(number, person.name, person.anchors, person.since, person.seen)

    def unfollow(self, number: int) -> None:
        self._commit([(FOLLOWED, number, None)])

    def _numbered(self, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
        with reading():
            for number in sorted(self._storage.rows(table)):
                row = self._storage.document(table, number)
                if row is not None:
                    yield number, row


def _rows(anchors: Sequence[Anchor]) -> list[list[object]]:
    return [[anchor.article_id, anchor.name] for anchor in anchors]


def _anchors(rows: Sequence[Sequence[Any]]) -> tuple[Anchor, ...]:
    return tuple(Anchor(article_id, name) for article_id, name in rows)
