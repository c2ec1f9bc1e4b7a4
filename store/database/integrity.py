"""Checking every record and reference, and repairing what can be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from store.database import records
from store.database.correction_records import to_corrections
from store.database.tables import (
    ARTICLES,
    BODIES,
    CORRECTIONS,
    FEED_STATES,
    FEEDS,
    PAGES,
    PEOPLE,
    QUOTES,
    REVISIONS,
    SEARCHES,
    STATUS,
)
from store.database.texts import shown_text
from store.database.tinydb import DamagedTextError, StoreDB
from store.database.tinydb_table import put
from store.models import Analysis, Problem

Row = dict[str, Any]

_LOST_TEXT = "Its text was damaged on disk and could not be read."
_DECODERS: dict[str, Callable[[int, Any], object]] = {
    FEEDS: records.to_feed,
    FEED_STATES: records.to_feed_state,
    ARTICLES: records.to_article,
    STATUS: records.to_status,
    CORRECTIONS: to_corrections,
    SEARCHES: lambda _, row: records.to_search(row),
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
            if wrong := _wrong(db, name, doc_id, row):
                problems.append(Problem(f"{name} {doc_id}", wrong))
                if repair:
                    table.remove(doc_ids=[doc_id])
            elif name == ARTICLES and not db.table(FEEDS).contains(doc_id=row["feed_id"]):
                problems.append(Problem(f"{name} {doc_id}", f"Its feed {row['feed_id']} is not there."))
                if repair:
                    # A stand-in, so that the article stays readable.
                    stand_in = {"url": "", "title": f"Feed {row['feed_id']}", "removed": True}
                    put(db.table(FEEDS), {row["feed_id"]: stand_in})


def _wrong(db: StoreDB, table: str, doc_id: int, row: Row) -> str:
    """Why a row cannot stay; '' when it can."""
    try:
        _DECODERS[table](doc_id, row)
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        return f"The record is not as it should be: {error}."
    owner = _OWNERS.get(table)
    if owner and not db.table(owner).contains(doc_id=doc_id):
        return f"It belongs to nothing: there is no such row in {owner}."
    return ""


def _check_texts(db: StoreDB, article_id: int, article: Row, repair: bool) -> list[Problem]:
    """Every text of an article can be read and decoded, and quotations lie inside it."""
    texts, problems = _read_texts(db, article_id)
    lost = {problem.name.split()[0] for problem in problems}
    versions = texts.get(REVISIONS, {}).get("versions", [])
    readable = [version for version in versions if "text" in version]
    if len(readable) < len(versions):
        problems.append(Problem(f"{REVISIONS} {article_id}", "An earlier text is damaged."))
        if repair:
            put(db.table(REVISIONS), {article_id: {"versions": readable}})
    if not lost and (misfit := _misfit(article_id, article, texts)):
        problems.append(misfit)
        lost = {PEOPLE, QUOTES}  # to be found again from the text
    if lost and repair:
        _remove_texts(db, article_id, article, lost)
    return problems


def _read_texts(db: StoreDB, article_id: int) -> tuple[dict[str, Row], list[Problem]]:
    """The texts of an article, and a problem for each that cannot be read."""
    texts: dict[str, Row] = {}
    problems: list[Problem] = []
    for name in (BODIES, PEOPLE, QUOTES, PAGES, REVISIONS):
        try:
            row = db.table(name).get(doc_id=article_id)
        except DamagedTextError as error:
            problems.append(Problem(f"{name} {article_id}", error.message))
        else:
            if row is not None:
                texts[name] = row
    return texts, problems


def _misfit(article_id: int, article: Row, texts: dict[str, Row]) -> Problem | None:
    """What is wrong with texts that can all be read."""
    try:
        shown = texts.get(shown_text(article))
        length = len(records.to_document(shown).text) if shown is not None else 0
        both = PEOPLE in texts and QUOTES in texts
        analysis = records.to_analysis(texts[PEOPLE], texts[QUOTES]) if both else Analysis()
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        return Problem(f"{BODIES} {article_id}", f"The record is not as it should be: {error}.")
    outside = any(not 0 <= span.start <= span.end <= length for quote in analysis.quotes for span in quote.spans)
    people = len(analysis.people)
    if outside or any(quote.person is not None and quote.person >= people for quote in analysis.quotes):
        return Problem(f"{QUOTES} {article_id}", "A quotation lies outside the article's text.")
    return None


def _remove_texts(db: StoreDB, article_id: int, article: Row, lost: set[str]) -> None:
    """Take out texts that are lost; who said what is found again, and a lost body is named in the article's notes."""
    full_text = bool(article.get("full_text")) and PAGES not in lost
    if shown_text(article) in lost:
        lost = lost | {PEOPLE, QUOTES}  # their offsets say nothing without the text
    for name in lost:
        db.table(name).remove(doc_ids=[article_id])
    notes = [*article.get("notes", ()), *([_LOST_TEXT] if BODIES in lost else [])]
    db.table(ARTICLES).update({"notes": notes, "full_text": full_text, "engine": 0}, doc_ids=[article_id])
