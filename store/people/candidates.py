"""Looks up who a name in a new article may mean: known people whose names agree with it.

What it reads does not grow with the number of articles: a name has keys (its surname and initial), and of those whom a
key leads to only the best known are looked at.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection

import orjson

from store.people import names
from store.people.linking import Candidate, best_likeness
from store.people.names import Likeness, Name

MOST_CANDIDATES = 40
"""People looked at for one key; of more, those with the most articles."""
FORMS = 12
"""Forms of a name that new ones are compared with, the most frequent."""


def candidates(writer: sqlite3.Connection, name: Name, taken: Collection[int]) -> list[Candidate]:
    """Those whose name agrees, but ``taken``, who are somebody else in the article."""
    forms = _forms_of(writer, _looked_up(writer, name).difference(taken))
    agreeing: dict[int, Likeness] = {}
    for identity, known in forms.items():
        likeness = best_likeness(name, [form for form in known if form.given] or known)
        if likeness is not Likeness.NONE:
            agreeing[identity] = likeness
    rows = writer.execute(
        "SELECT id, features, articles, evidence, weighed FROM identities JOIN profiles ON identity = id"  # noqa: S608
        f" WHERE id IN ({_marks(agreeing)})",
        list(agreeing),
    )
    return [
        Candidate(
            identity,
            agreeing[identity],
            orjson.loads(features),
            articles,
            evidence / weighed if weighed else None,
            any(form.given for form in forms[identity]),
        )
        for identity, features, articles, evidence, weighed in rows
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
    """The identities that the keys of a name lead to, at most :data:`MOST_CANDIDATES` a key."""
    last, initial = names.skeleton(name.last), name.given[0][0] if name.given else ""
    keys: list[tuple[str, str]] = [(last, "")]
    if initial:
        # Short forms begin with another letter: "Bill" is "William".
        keys += [(last, letter) for letter in {initial, *(short[0] for short in names.short_forms(name))}]
        keys.append((names.turned_key(name), ""))
    found: set[int] = set()
    for key, letter in keys:
        narrow, values = ("AND initial = ?", (key, letter)) if initial else ("", (key,))
        found.update(
            identity
            for (identity,) in writer.execute(
                f"SELECT identity FROM keys JOIN identities ON id = identity WHERE key = ? {narrow}"  # noqa: S608
                " ORDER BY articles DESC, id LIMIT ?",
                (*values, MOST_CANDIDATES),
            )
        )
    return found


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
