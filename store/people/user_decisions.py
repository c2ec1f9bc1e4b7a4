"""Applies the user's decisions on who is who to the people index.

A decision refers to appearances (an article and the name printed there), since identities get other numbers when the
index is rebuilt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from store.derived.sqlite_file import SqliteFile
from store.models import Anchor, DecisionKind, PeopleDecision
from store.people import queries
from store.people.writer import PeopleWriter

MOST_ANCHORS = 2_000
"""Appearances stored of each side of a decision."""
_NOTE = "decided "
"""The prefix of the number of a decision that was applied, in the table of notes."""


def apply_new(tables: SqliteFile, decisions: Sequence[PeopleDecision]) -> bool:
    """Apply the decisions that were not applied yet; False when some were applied that were undone meanwhile."""
    done = {int(name.removeprefix(_NOTE)) for (name,) in tables.rows("SELECT name FROM notes") if _NOTE in name}
    if done.difference(decision.number for decision in decisions):
        return False
    for decision in decisions:
        if decision.number not in done:
            apply(tables, decision)
    return True


def apply(tables: SqliteFile, decision: PeopleDecision) -> None:
    """Apply one decision, and note that it was."""
    writer = PeopleWriter(tables)
    if decision.kind is DecisionKind.JOINED:
        merge(tables, writer, [*decision.one, *decision.other])
    else:
        split(tables, writer, decision.other)
        writer.keep_apart({*identities(tables, decision.one), *identities(tables, decision.other)})
    with tables.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO notes VALUES (?, 1)", (f"{_NOTE}{decision.number}",))


def undo(tables: SqliteFile, decision: PeopleDecision) -> None:
    """Undo a decision that was applied."""
    writer = PeopleWriter(tables)
    if decision.kind is DecisionKind.JOINED:
        split(tables, writer, decision.other)
        writer.keep_apart({*identities(tables, decision.one), *identities(tables, decision.other)})
    else:
        merge(tables, writer, [*decision.one, *decision.other])
    with tables.transaction() as connection:
        connection.execute("DELETE FROM notes WHERE name = ?", (f"{_NOTE}{decision.number}",))


def merge(tables: SqliteFile, writer: PeopleWriter, anchors: Sequence[Anchor]) -> None:
    """Merge the identities of these appearances."""
    found = identities(tables, anchors)
    for other in found[1:]:
        writer.merge(found[0], other)


def split(tables: SqliteFile, writer: PeopleWriter, anchors: Sequence[Anchor]) -> None:
    """Make one identity of these appearances, which holds no others."""
    separate = []
    for identity in identities(tables, anchors):
        own = {anchor.article_id for anchor in anchors}
        articles = queries.articles_of(tables, identity)
        apart = [article for article in articles if article in own]
        separate.append(identity if len(apart) == len(articles) else writer.split(identity, apart))
    for other in separate[1:]:
        writer.merge(separate[0], other)


def identities(tables: SqliteFile, anchors: Iterable[Anchor]) -> list[int]:
    """The identities of these appearances, the most frequent first; articles that are gone are ignored."""
    found: Counter[int] = Counter()
    for anchor in anchors:
        identity = queries.person_in(tables, anchor.article_id, anchor.name)
        if identity is not None:
            found[identity] += 1
    return [identity for identity, _ in found.most_common()]


def anchors_of(tables: SqliteFile, person: int, articles: Sequence[int] | None = None) -> tuple[Anchor, ...]:
    """The newest appearances of a person, in these articles or in all."""
    rows = tables.rows(
        "SELECT article, name FROM appearances WHERE identity = ? ORDER BY published DESC, article DESC", person
    )
    wanted = set(articles) if articles is not None else None
    found = [Anchor(article, name) for article, name in rows if wanted is None or article in wanted]
    return tuple(found[:MOST_ANCHORS])
