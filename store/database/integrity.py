"""Checking every checksum and every reference, and repairing what can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from store.database import records
from store.database.correction_records import CORRECTIONS, to_corrections
from store.database.engine.checksummed_lines import name_of
from store.database.engine.reader import SEGMENTS
from store.database.engine.segments import segment_name
from store.database.engine.snapshot import Damaged
from store.database.engine.storage import JournalStorage
from store.database.engine.texts import ARTICLES, Change, shown_text
from store.database.index.flags import STATUS
from store.models import Analysis, Problem

_LOST_TEXT = "Its text was damaged on disk and could not be read."
_DECODERS: dict[str, Callable[[int, Any], object]] = {
    "feeds": records.to_feed,
    "feed_states": records.to_feed_state,
    ARTICLES: records.to_article,
    STATUS: records.to_status,
    CORRECTIONS: to_corrections,
    "searches": lambda _, row: records.to_search(row),
}
_OWNERS = {STATUS: ARTICLES, CORRECTIONS: ARTICLES, "feed_states": "feeds"}


def check(storage: JournalStorage, *, repair: bool) -> list[Problem]:
    """One problem a damaged record, text or reference."""
    problems = storage.aside.problems()
    if storage.snapshot is not None:
        known = {(file, offset) for file, offset, _ in storage.damage}
        for offset, data in storage.snapshot.check():
            if (storage.snapshot.name, offset) not in known:
                problems.append(_damaged(data, storage.snapshot.name))
                storage.damage.append((storage.snapshot.name, offset, data))
    changes: list[Change] = []
    _check_rows(storage, problems, changes)
    _check_texts(storage, problems, changes)
    _check_segments(storage, problems)
    named = {problem.name for problem in problems}
    problems += [problem for problem in storage.problems() if problem.name not in named]
    if repair:
        if changes:
            storage.commit(changes)
        if problems:
            storage.compact()
        storage.damage.clear()
        storage.missing.clear()
        storage.aside.mark_seen()
    return problems


def _damaged(data: bytes, file: str) -> Problem:
    return Problem(name_of(data) or file, f"A record in {file} is damaged; the rest is intact.")


def _check_rows(storage: JournalStorage, problems: list[Problem], changes: list[Change]) -> None:
    """Every row can be decoded, and what it belongs to is there."""
    for table, decode in _DECODERS.items():
        for doc_id in list(storage.rows(table)):
            value = storage.document(table, doc_id)
            if value is None:
                continue  # its checksum is wrong: named already
            try:
                decode(doc_id, value)
            except (TypeError, ValueError, KeyError) as error:
                problems.append(Problem(f"{table} {doc_id}", f"The record is not as it should be: {error}."))
                changes.append((table, doc_id, None))
                continue
            owner = _OWNERS.get(table)
            if owner and doc_id not in storage.rows(owner):
                problems.append(
                    Problem(f"{table} {doc_id}", f"It belongs to nothing: there is no such row in {owner}.")
                )
                changes.append((table, doc_id, None))
            if table == ARTICLES and value["feed_id"] not in storage.rows("feeds"):
                problems.append(Problem(f"{table} {doc_id}", f"Its feed {value['feed_id']} is not there."))
                changes += _stand_in(value["feed_id"], changes)


def _stand_in(feed_id: int, changes: list[Change]) -> list[Change]:
    """A stand-in for a lost feed, so that its articles stay readable."""
    if any(change[:2] == ("feeds", feed_id) for change in changes):
        return []
    return [("feeds", feed_id, {"url": "", "title": f"Feed {feed_id}", "removed": True})]


def _check_texts(storage: JournalStorage, problems: list[Problem], changes: list[Change]) -> None:
    """Every text can be read and decoded, and quotations lie inside it."""
    for article_id in list(storage.rows(ARTICLES)):
        row = storage.document(ARTICLES, article_id)
        if row is None:
            continue
        lost = []
        for table, pointer in row.get("at", {}).items():
            try:
                storage.text_at(pointer, table, article_id)
            except (Damaged, OSError, ValueError):
                lost.append(table)
                problems.append(Problem(f"{table} {article_id}", f"The text in {segment_name(pointer[0])} is damaged."))
        earlier = [entry for entry in row.get("revisions", ()) if _readable(storage, entry[1], article_id)]
        if len(earlier) < len(row.get("revisions", ())):
            problems.append(Problem(f"revisions {article_id}", "An earlier text is damaged."))
        elif not lost:
            if _offsets_fit(storage, article_id, problems):
                continue
            lost = ["people", "quotes"]  # to be found again from the text
        full_text = bool(row.get("full_text")) and "pages" not in lost
        if shown_text(row) in lost:
            lost += ["people", "quotes"]  # their offsets say nothing without the text
        at = {table: pointer for table, pointer in row.get("at", {}).items() if table not in lost}
        notes = [*row.get("notes", ()), *([_LOST_TEXT] if "bodies" in lost else [])]
        repaired = {**row, "at": at, "revisions": earlier, "notes": notes, "full_text": full_text}
        changes.append((ARTICLES, article_id, {**repaired, "engine": 0} if lost else repaired))


def _readable(storage: JournalStorage, pointer: list[int], article_id: int) -> bool:
    try:
        storage.text_at(pointer, "bodies", article_id)
    except (Damaged, OSError, ValueError):
        return False
    return True


def _offsets_fit(storage: JournalStorage, article_id: int, problems: list[Problem]) -> bool:
    """Of an article whose texts can all be read."""
    tables = (shown_text(storage.document(ARTICLES, article_id) or {}), "people", "quotes")
    body, people, quotes = (storage.text(table, article_id) for table in tables)
    try:
        length = len(records.to_document(body).text) if body is not None else 0
        analysis = records.to_analysis(people, quotes) if people is not None and quotes is not None else Analysis()
    except (TypeError, ValueError, KeyError, IndexError) as error:
        problems.append(Problem(f"bodies {article_id}", f"The record is not as it should be: {error}."))
        return False
    inside = all(0 <= span.start <= span.end <= length for quote in analysis.quotes for span in quote.spans)
    if not inside or any(
        quote.person is not None and quote.person >= len(analysis.people) for quote in analysis.quotes
    ):
        problems.append(Problem(f"quotes {article_id}", "A quotation lies outside the article's text."))
        return False
    return True


def _check_segments(storage: JournalStorage, problems: list[Problem]) -> None:
    there = set(storage.segments.numbers())
    for number in storage.rows(SEGMENTS):
        row = storage.document(SEGMENTS, number)
        if row is None:
            continue
        if number not in there:
            problems.append(Problem(segment_name(number), "The file is missing; the texts in it are lost."))
        elif storage.segments.size(number) < row["size"]:
            problems.append(Problem(segment_name(number), "The file is shorter than what was stored in it."))
