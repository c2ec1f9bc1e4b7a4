"""Records to JSON values and back.

A field that has its default value is not written; a field that is not known is not read. So an older file
opens in a newer program, and the other way round. Times are ISO 8601 with the zone they came with. Long runs
of numbers (blocks, marks, mentions, spans) are arrays without names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from orjson import Fragment, dumps

from store.models import (
    EPOCH,
    Analysis,
    Article,
    Block,
    BlockKind,
    Document,
    Enclosure,
    Feed,
    FeedState,
    Mark,
    MarkKind,
    Mention,
    MentionKind,
    Person,
    Quote,
    QuoteKind,
    SavedSearch,
    Span,
    SpeakerKind,
    Status,
)

Row = dict[str, Any]
"""A JSON object."""
Record = TypeVar("Record")
Kind = TypeVar("Kind", bound=StrEnum)
Convert = Callable[[Any], Any]


class NewRows(NamedTuple):
    """A new article as it is stored: its row and its texts, which may be JSON already."""

    article: Row
    body: Row | Fragment
    people: Row | Fragment
    quotes: Row | Fragment


def to_time(value: str) -> datetime:
    """An ISO 8601 time; without a zone it is UTC."""
    time = datetime.fromisoformat(value)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def microseconds(time: datetime) -> int:
    """Since 1970, UTC: what articles are ordered by."""
    since = (time if time.tzinfo else time.replace(tzinfo=UTC)) - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def to_kind(kind: type[Kind], default: Kind) -> Callable[[str], Kind]:
    """The enum's value; a value from a newer program becomes the default."""
    known = {member.value: member for member in kind}
    return lambda value: known.get(value, default)


def to_fragment(row: Row | Fragment) -> Fragment:
    """A row as JSON."""
    return row if isinstance(row, Fragment) else Fragment(dumps(row))


class Codec:
    """One flat record class: how each field is written and read. Fields not named here are plain JSON values."""

    def __init__(
        self, record: type[Any], *, without: tuple[str, ...] = (), **converters: tuple[Convert, Convert]
    ) -> None:
        self._record = record
        self._known = fields(record)
        self._write = [
            (item.name, item.default, converters.get(item.name, (None, None))[0])
            for item in self._known
            if item.name not in without
        ]
        self._read: dict[str, tuple[Convert | None, Sequence[type]]] = {
            item.name: (converters.get(item.name, (None, None))[1], _types(item.type)) for item in self._known
        }

    def row(self, record: object) -> Row:
        row: Row = {}
        for name, default, convert in self._write:
            value = getattr(record, name)
            if value != default or default is MISSING:
                row[name] = convert(value) if convert and value is not None else value
        return row

    def record(self, row: Mapping[str, Any], **given: object) -> Any:
        """:raises WRONG_SHAPE: when the row is not of this record."""
        read = self._read
        for name, value in row.items():
            if name in read and name not in given:
                convert, types = read[name]
                if convert and value is not None:
                    given[name] = convert(value)
                elif type(value) in types:
                    given[name] = value
                else:
                    raise TypeError(f"{name} is {type(value).__name__}")
        return self._record(**given)


def _types(annotation: Any) -> Sequence[type]:
    """What a field's value may be in JSON, if it needs no conversion; None where the annotation says so."""
    plain, _, none = str(annotation).partition(" | ")
    known: tuple[type, ...] = {"str": (str,), "int": (int,), "bool": (bool,), "float": (float, int)}.get(plain, ())
    return (*known, type(None)) if none == "None" else known


def kind_codec(kind: type[Kind], default: Kind) -> tuple[Convert, Convert]:
    return str, to_kind(kind, default)


_TIME = (datetime.isoformat, to_time)


def _to_words(value: list[str]) -> tuple[str, ...]:
    if type(value) is not list:
        raise TypeError("it is no list")
    "".join(value)  # raises TypeError where one of them is none; quicker than to look at each
    return tuple(value)


_WORDS: tuple[Convert, Convert] = (list, _to_words)


def each(write: Convert, read: Convert) -> tuple[Convert, Convert]:
    return (lambda values: [write(value) for value in values]), (lambda values: tuple(read(value) for value in values))


def _span(write: Span) -> list[int]:
    return [write.start, write.end]


def _to_span(value: list[int]) -> Span:
    if not 0 <= value[0] <= value[1]:
        raise ValueError("it ends before it begins")
    return Span(value[0], value[1])


def _to_enclosure(value: list[Any]) -> Enclosure:
    url, kind, length, *_ = value
    if not (isinstance(url, str) and isinstance(kind, str) and isinstance(length, int)):
        raise TypeError("it is no enclosure")
    return Enclosure(url, kind, length)


_ARTICLE = Codec(
    Article,
    without=("id",),
    published=_TIME,
    arrived=_TIME,
    updated=_TIME,
    authors=_WORDS,
    categories=_WORDS,
    notes=_WORDS,
    paths=_WORDS,
    enclosures=each(lambda item: [item.url, item.type, item.length], _to_enclosure),
)
_STATUS = Codec(Status, without=("article_id",), tags=_WORDS, changed=_TIME)
_FEED = Codec(Feed, without=("id",), added=_TIME, tags=_WORDS)
_FEED_STATE = Codec(
    FeedState,
    without=("feed_id",),
    checked=_TIME,
    succeeded=_TIME,
    changed=_TIME,
    next_check=_TIME,
    item_hashes=_WORDS,
)
_SEARCH = Codec(SavedSearch, tags=_WORDS)
_MENTION = to_kind(MentionKind, MentionKind.NAME)


def _to_mention(value: list[Any]) -> Mention:
    if not 0 <= value[0] <= value[1]:
        raise ValueError("it ends before it begins")
    return Mention(value[0], value[1], _MENTION(value[2]))


_PERSON = Codec(
    Person,
    kind=kind_codec(SpeakerKind, SpeakerKind.PERSON),
    aliases=_WORDS,
    mentions=each(
        lambda item: [item.start, item.end, str(item.kind)],
        _to_mention,
    ),
)
_SPAN: tuple[Convert, Convert] = (_span, _to_span)
_QUOTE = Codec(
    Quote,
    kind=kind_codec(QuoteKind, QuoteKind.INDIRECT),
    spans=each(_span, _to_span),
    speaker_span=_SPAN,
    cue=_SPAN,
)
_BLOCK = to_kind(BlockKind, BlockKind.PARAGRAPH)
_MARKS = {member.value: member for member in MarkKind}


def article_row(article: Article) -> Row:
    return _ARTICLE.row(article)


def to_article(article_id: int, row: Mapping[str, Any]) -> Article:
    article: Article = _ARTICLE.record(row, id=article_id)
    return article


def status_row(status: Status) -> Row:
    return _STATUS.row(status)


def to_status(article_id: int, row: Mapping[str, Any]) -> Status:
    status: Status = _STATUS.record(row, article_id=article_id)
    return status


def feed_row(feed: Feed) -> Row:
    return _FEED.row(feed)


def to_feed(feed_id: int, row: Mapping[str, Any]) -> Feed:
    feed: Feed = _FEED.record(row, id=feed_id)
    return feed


def feed_state_row(state: FeedState) -> Row:
    return _FEED_STATE.row(state)


def to_feed_state(feed_id: int, row: Mapping[str, Any]) -> FeedState:
    state: FeedState = _FEED_STATE.record(row, feed_id=feed_id)
    return state


def search_row(search: SavedSearch) -> Row:
    return _SEARCH.row(search)


def to_search(row: Mapping[str, Any]) -> SavedSearch:
    search: SavedSearch = _SEARCH.record(row)
    return search


def body_row(document: Document) -> Row:
    return {
        "text": document.text,
        "blocks": [[str(item.kind), item.start, item.end, item.level, item.label] for item in document.blocks],
        "marks": [[item.start, item.end, str(item.kind), item.href] for item in document.marks],
    }


def to_text(row: Mapping[str, Any]) -> str:
    """The text of a body without its shape.

    :raises WRONG_SHAPE: when it is none.
    """
    text = row["text"]
    if type(text) is not str:
        raise TypeError("the text is none")
    return text


def to_document(row: Mapping[str, Any]) -> Document:
    """:raises WRONG_SHAPE: when the row is no text."""
    text = to_text(row)
    blocks = tuple(Block(_BLOCK(value[0]), *value[1:5]) for value in row["blocks"])
    marks = tuple(Mark(value[0], value[1], _MARKS[value[2]], value[3]) for value in row["marks"] if value[2] in _MARKS)
    for block in blocks:
        if not 0 <= block.start <= block.end or not block.level >= 0 or type(block.label) is not str:
            raise ValueError("it has a block that is none")
    for mark in marks:
        if not 0 <= mark.start <= mark.end or type(mark.href) is not str:
            raise ValueError("it has a mark that is none")
    return Document(text, blocks, marks)


def people_row(analysis: Analysis) -> Row:
    return {"engine": analysis.engine, "people": [_PERSON.row(person) for person in analysis.people]}


def quotes_row(analysis: Analysis) -> Row:
    return {"quotes": [_QUOTE.row(quote) for quote in analysis.quotes]}


def to_analysis(people: Mapping[str, Any], quotes: Mapping[str, Any]) -> Analysis:
    """:raises WRONG_SHAPE: when these rows are no analysis."""
    return _checked(
        Analysis(
            people["engine"],
            tuple(_PERSON.record(row) for row in people["people"]),
            tuple(_QUOTE.record(row) for row in quotes["quotes"]),
        )
    )


def _checked(analysis: Analysis) -> Analysis:
    people = len(analysis.people)
    if type(analysis.engine) is not int:
        raise TypeError("engine is no int")
    if not all(quote.person is None or 0 <= quote.person < people for quote in analysis.quotes):
        raise ValueError("it quotes a person who is not there")
    return analysis


def new_rows(article: Article, document: Document, analysis: Analysis) -> NewRows:
    """What is stored of a new article."""
    return NewRows(article_row(article), body_row(document), people_row(analysis), quotes_row(analysis))


def to_names(people: Mapping[str, Any], quotes: Mapping[str, Any]) -> Analysis:
    """The analysis without the places in the text, which are most of it: for who is named and who is quoted."""
    return _checked(
        Analysis(
            people["engine"],
            tuple(_PERSON.record(row, mentions=()) for row in people["people"]),
            tuple(_QUOTE.record(row, spans=(), speaker_span=None, cue=None) for row in quotes["quotes"]),
        )
    )
