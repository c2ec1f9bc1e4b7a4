"""Corrections to JSON values and back: the corrections of one article are one row, in the order they were made.

A row is ``{"corrections": [{"number", "made", "kind", …}]}``. A kind of correction that a newer program wrote is
skipped, and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.database.records import Codec, Row, each, kind_codec, to_time
from store.database.tables import CORRECTIONS
from store.models import (
    Amendment,
    AnotherPerson,
    Correction,
    NameIs,
    NoStatement,
    Passage,
    QuoteKind,
    SamePerson,
    SpeakerIs,
)


def _passage(passage: Passage) -> list[int | str]:
    return [passage.start, passage.text, passage.before, passage.after]


def _to_passage(value: list[Any]) -> Passage:
    start, text, before, after, *_ = value
    if type(start) is not int or not all(isinstance(part, str) for part in (text, before, after)):
        raise TypeError("it is no passage")
    return Passage(start, text, before, after)


_PASSAGES = each(_passage, _to_passage)
_STATEMENT_KIND = kind_codec(QuoteKind, QuoteKind.INDIRECT)
_CODECS: dict[str, Codec] = {
    SpeakerIs.kind: Codec(SpeakerIs, statement=_PASSAGES, quote_kind=_STATEMENT_KIND),
    NoStatement.kind: Codec(NoStatement, statement=_PASSAGES, quote_kind=_STATEMENT_KIND),
    SamePerson.kind: Codec(SamePerson),
    AnotherPerson.kind: Codec(AnotherPerson, mention=(_passage, _to_passage)),
    NameIs.kind: Codec(NameIs),
}


def correction_row(number: int, made: datetime, what: Amendment) -> Row:
    return {"number": number, "made": made.isoformat(), "kind": what.kind, **_CODECS[what.kind].row(what)}


def to_corrections(article_id: int, row: Mapping[str, Any]) -> tuple[Correction, ...]:
    """:raises WRONG_SHAPE: when the row is not of this table."""
    found = []
    for item in row[CORRECTIONS]:
        if type(item["number"]) is not int:
            raise TypeError("number is no int")
        if item["kind"] in _CODECS:
            what = _CODECS[item["kind"]].record(item)
            found.append(Correction(item["number"], article_id, to_time(item["made"]), what))
    return tuple(found)
