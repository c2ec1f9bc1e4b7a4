"""Checking every record and reference, and repairing what can be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from store.database import records
from store.database.correction_records import to_corrections
from store.database.index.source import is_listed
from store.database.people import to_decisions, to_followed
from store.database.stored_json import WRONG_SHAPE
from store.database.tables import (
    ARTICLES,
    BODIES,
    CORRECTIONS,
    DECISIONS,
    DELETED,
    FEED_STATES,
    FEEDS,
    FOLLOWED,
    PAGES,
    PEOPLE,
    QUOTES,
    REVISIONS,
    SEARCHES,
    SETTINGS,
    STATUS,
)
from store.database.texts import shown_text, to_revision
from store.database.tinydb import DamagedTextError, StoreDB
from store.database.tinydb_table import put
from store.models import Article, Problem
from store.text.clean import clean_line

Row = dict[str, Any]

_LOST_TEXT = "Its text was damaged on disk and could not be read."


def _to_listed_article(article_id: int, row: Row) -> Article:
    if not is_listed(row):
        raise ValueError("it lacks what lists are made of")
    return records.to_article(article_id, row)


_DECODERS: dict[str, Callable[[int, Any], object]] = {
    FEEDS: records.to_feed,
    FEED_STATES: records.to_feed_state,
    ARTICLES: _to_listed_article,
    STATUS: records.to_status,
    CORRECTIONS: to_corrections,
    SEARCHES: lambda _, row: records.to_search(row),
    DELETED: lambda _, row: (row["feed_id"], row["guid"]),
    SETTINGS: lambda _, row: (row["name"], row["value"]),
    DECISIONS: to_decisions,
    FOLLOWED: to_followed,
}
_OWNERS = {STATUS: ARTICLES, CORRECTIONS: ARTICLES, FEED_STATES: FEEDS}


def check(db: StoreDB, *, repair: bool) -> list[Problem]:
    """One problem for each damaged record, text or reference."""
    problems = db.damage()
    with db.transaction() if repair else nullcontext():
        _check_records(db, problems, repair)
        for article_id in db.table(ARTICLES).ids:
            article = db.table(ARTICLES).get(doc_id=article_id)
            if article is not None:
                problems += _check_texts(db, article_id, article, repair)
    if repair and problems:
        db.set_damage_aside()
    return problems


def _check_records(db: StoreDB, problems: list[Problem], repair: bool) -> None:
    """Every row can be decoded, and what it belongs to is there."""
    for name in _DECODERS:
        table = db.table(name)
        for doc_id in table.ids:
            row = table.get(doc_id=doc_id)
            if row is None:
                continue  # its checksum is wrong: named already
            if wrong := _why_misshapen(name, doc_id, row):
                problems.append(Problem(f"{name} {doc_id}", wrong))
                table.leave_out(doc_id)
            elif orphan := _why_orphaned(db, name, doc_id):
                problems.append(Problem(f"{name} {doc_id}", orphan))
                if repair:
                    table.remove(doc_ids=[doc_id])
            elif name == ARTICLES and not db.table(FEEDS).contains(doc_id=row["feed_id"]):
                problems.append(Problem(f"{name} {doc_id}", f"Its feed {row['feed_id']} is not there."))
                if repair:
                    # A stand-in, so that the article stays readable.
                    stand_in = {"url": "", "title": f"Feed {row['feed_id']}", "removed": True}
                    put(db.table(FEEDS), {row["feed_id"]: stand_in})


def _why_misshapen(table: str, doc_id: int, row: Row) -> str:
    """Why a row is none of its table; '' when it is one."""
    try:
        _DECODERS[table](doc_id, row)
    except WRONG_SHAPE as error:
        return _misshapen(error)
    return ""


def _why_orphaned(db: StoreDB, table: str, doc_id: int) -> str:
    """Why a row belongs to nothing; '' when it does."""
    owner = _OWNERS.get(table)
    if owner and not db.table(owner).contains(doc_id=doc_id):
        return f"It belongs to nothing: there is no such row in {owner}."
    return ""


def _check_texts(db: StoreDB, article_id: int, article: Row, repair: bool) -> list[Problem]:
    """Every text of an article can be read and decoded, and quotations lie inside it."""
    texts, lost = _read_texts(db, article_id)
    shown = shown_text(article)
    if shown == PAGES and PAGES not in {*texts, *lost}:
        lost[PAGES] = "The text of its web page is not there."
    if not {shown, PEOPLE, QUOTES} & set(lost) and (misfit := _misfit(texts, shown)):
        lost[QUOTES] = misfit
    if repair and lost:
        _remove_texts(db, article_id, article, set(lost))
    problems = [Problem(f"{name} {article_id}", reason) for name, reason in lost.items()]
    versions = texts.get(REVISIONS, {}).get("versions", [])
    readable = [version for version in versions if to_revision(version, "") is not None]
    if len(readable) < len(versions):
        problems.append(Problem(f"{REVISIONS} {article_id}", "An earlier text is damaged."))
        if repair:
            put(db.table(REVISIONS), {article_id: {"versions": readable}})
    return problems


def _read_texts(db: StoreDB, article_id: int) -> tuple[dict[str, Row], dict[str, str]]:
    """The texts of an article by their tables, and why others cannot be read."""
    texts: dict[str, Row] = {}
    lost: dict[str, str] = {}
    for name in (BODIES, PEOPLE, QUOTES, PAGES, REVISIONS):
        try:
            row = db.table(name).get(doc_id=article_id)
            if row is not None:
                if name in (BODIES, PAGES):
                    records.to_document(row)
                texts[name] = row
        except DamagedTextError as error:
            lost[name] = error.message
        except WRONG_SHAPE as error:
            lost[name] = _misshapen(error)
    return texts, lost


def _misfit(texts: dict[str, Row], shown: str) -> str:
    """What is wrong with who said what; '' when nothing is."""
    if PEOPLE not in texts or QUOTES not in texts:
        return ""
    length = len(records.to_text(texts[shown])) if shown in texts else 0
    try:
        analysis = records.to_analysis(texts[PEOPLE], texts[QUOTES])
    except WRONG_SHAPE as error:
        return _misshapen(error)
    spans = [span for quote in analysis.quotes for span in (*quote.spans, quote.speaker_span, quote.cue) if span]
    mentions = [mention for person in analysis.people for mention in person.mentions]
    ends = [*(span.end for span in spans), *(mention.end for mention in mentions)]
    if max(ends, default=0) > length:
        return "A quotation or a name lies outside the article's text."
    return ""


def _misshapen(error: Exception) -> str:
    return f"The record is not as it should be: {clean_line(str(error)) or type(error).__name__}."


def _remove_texts(db: StoreDB, article_id: int, article: Row, lost: set[str]) -> None:
    """Take out texts that are lost; who said what is found again, and a lost body is named in the article's notes."""
    full_text = bool(article.get("full_text")) and PAGES not in lost
    if lost & {shown_text(article), PEOPLE, QUOTES}:
        lost = lost | {PEOPLE, QUOTES}  # neither says anything without the other, nor without the text
    for name in lost:
        db.table(name).remove(doc_ids=[article_id])
    notes = [*article.get("notes", ()), *([_LOST_TEXT] if BODIES in lost else [])]
    db.table(ARTICLES).update({"notes": notes, "full_text": full_text, "engine": 0}, doc_ids=[article_id])
