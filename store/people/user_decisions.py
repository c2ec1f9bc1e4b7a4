"""Carries out what the user decided about people, in a memory that knows nothing of it yet.

A decision holds on to appearances (an article and the name printed there), since identities get other numbers when
the memory is made anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from store.derived.sqlite_file import SqliteFile
from store.models import Anchor, DecisionKind, PeopleDecision
from store.people import queries as pages
from store.people.writer import Register

MOST_ANCHORS = 2_000
"""Appearances kept of each side of a decision."""
_NOTE = "decided "
"""Before the number of a decision that was carried out, in the table of notes."""


def carry_out_new(tables: SqliteFile, decisions: Sequence[PeopleDecision]) -> bool:
    """Carry out the decisions that this memory does not know of; False when it knows of some that were taken back."""
    done = {int(name.removeprefix(_NOTE)) for (name,) in tables.rows("SELECT name FROM notes") if _NOTE in name}
    if done.difference(decision.number for decision in decisions):
        return False
    for decision in decisions:
        if decision.number not in done:
            carry_out(tables, decision)
    return True


def carry_out(tables: SqliteFile, decision: PeopleDecision) -> None:
    register = Register(tables)
    if decision.kind is DecisionKind.JOINED:
        join(tables, register, [*decision.one, *decision.other])
    else:
        part(tables, register, decision.other)
        register.keep_apart({*identities(tables, decision.one), *identities(tables, decision.other)})
    with tables.transaction() as writer:
        writer.execute("INSERT OR REPLACE INTO notes VALUES (?, 1)", (f"{_NOTE}{decision.number}",))


def undo(tables: SqliteFile, decision: PeopleDecision) -> None:
    """Take a decision back that this memory carried out."""
    register = Register(tables)
    if decision.kind is DecisionKind.JOINED:
        part(tables, register, decision.other)
        register.keep_apart({*identities(tables, decision.one), *identities(tables, decision.other)})
    else:
        join(tables, register, [*decision.one, *decision.other])
    with tables.transaction() as writer:
        writer.execute("DELETE FROM notes WHERE name = ?", (f"{_NOTE}{decision.number}",))


def join(tables: SqliteFile, register: Register, anchors: Sequence[Anchor]) -> None:
    found = identities(tables, anchors)
    for other in found[1:]:
        register.merge(found[0], other)


def part(tables: SqliteFile, register: Register, anchors: Sequence[Anchor]) -> None:
    """Make one person of their own of these appearances, whomever they are taken for."""
    parted = []
    for identity in identities(tables, anchors):
        own = {anchor.article_id for anchor in anchors}
        articles = pages.articles_of(tables, identity)
        apart = [article for article in articles if article in own]
        parted.append(identity if len(apart) == len(articles) else register.split(identity, apart))
    for other in parted[1:]:
        register.merge(parted[0], other)


def identities(tables: SqliteFile, anchors: Iterable[Anchor]) -> list[int]:
    """Whom these appearances are taken for, most often first; articles that are gone say nothing."""
    found: Counter[int] = Counter()
    for anchor in anchors:
        identity = pages.person_in(tables, anchor.article_id, anchor.name)
        if identity is not None:
            found[identity] += 1
    return [identity for identity, _ in found.most_common()]


def anchors_of(tables: SqliteFile, person: int, articles: Sequence[int] | None = None) -> tuple[Anchor, ...]:
    """The newest appearances of somebody, in these articles or in all."""
    rows = tables.rows(
        "SELECT article, name FROM appearances WHERE identity = ? ORDER BY published DESC, article DESC", person
    )
    wanted = set(articles) if articles is not None else None
    found = [Anchor(article, name) for article, name in rows if wanted is None or article in wanted]
    return tuple(found[:MOST_ANCHORS])
