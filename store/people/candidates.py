"""Looks up the known people whom a name in a new article may mean: those whose names agree with it.

What it reads does not grow with the number of articles: a name has keys (its surname with its first given name), and
only the best known of the people with these keys are compared.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection

import orjson

from store.people import name_matching as names
from store.people.entity_linking import Candidate, best_likeness
from store.people.features import Profile
from store.people.name_matching import Likeness, Name

MOST_CANDIDATES = 40
"""People compared; of more, those with the most articles."""
FORMS = 12
"""Forms of a name that new ones are compared with, the most frequent."""


def candidates(writer: sqlite3.Connection, name: Name, taken: Collection[int]) -> list[Candidate]:
    """The people whose names agree, except ``taken``, who are other people of the same article."""
    forms = _forms_of(writer, _looked_up(writer, name).difference(taken))
    agreeing: dict[int, Likeness] = {}
    for identity, known in forms.items():
        likeness = best_likeness(name, [form for form in known if form.given] or known)
        if likeness is not Likeness.NONE:
            agreeing[identity] = likeness
    rows = writer.execute(
        "SELECT id, features, fields, tells_role, articles, evidence, weighed"  # noqa: S608
        f" FROM identities JOIN profiles ON identity = id WHERE id IN ({_marks(agreeing)})",
        list(agreeing),
    )
    return [
        Candidate(
            identity,
            agreeing[identity],
            Profile(orjson.loads(features), frozenset(fields.split()), bool(tells_role)),
            articles,
            evidence / weighed if weighed else None,
            forms[identity],
        )
        for identity, features, fields, tells_role, articles, evidence, weighed in rows
    ]


def _forms_of(writer: sqlite3.Connection, identities: Collection[int]) -> dict[int, list[Name]]:
    rows = writer.execute(
        f"SELECT identity, form, count FROM forms WHERE identity IN ({_marks(identities)})",  # noqa: S608
        list(identities),
    )
    printed: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for identity, form, count in rows:
        printed[identity].append((-count, form))
    return {
        identity: [name for _, form in sorted(forms)[:FORMS] if (name := names.read(form))]
        for identity, forms in printed.items()
    }


def _looked_up(writer: sqlite3.Connection, name: Name) -> set[int]:
    """The identities with a key of this name, of many the best known."""
    last = names.skeleton(name.last)
    if not name.given:
        return _best_known(writer, "key = ?", last)
    first, unordered = name.given[0], names.unordered_key(name)
    if names.is_initial(first):
        begins = "key = ? AND given >= ? AND given < ?"
        others = _best_known(writer, "key IN (?, ?) AND given = ''", last, unordered)
        return others | _best_known(writer, begins, last, first[0], chr(ord(first[0]) + 1))
    given = ["", *{first[0], *map(names.given_key, (first, *names.short_forms(name)))}]
    return _best_known(writer, f"key IN (?, ?) AND given IN ({_marks(given)})", last, unordered, *given)


def _best_known(writer: sqlite3.Connection, condition: str, *values: str) -> set[int]:
    rows = writer.execute(
        f"SELECT DISTINCT identity FROM keys JOIN identities ON id = identity WHERE {condition}"  # noqa: S608
        " ORDER BY articles DESC, id LIMIT ?",
        (*values, MOST_CANDIDATES),
    )
    return {identity for (identity,) in rows}


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
