"""Identities in the people index: the forms of their names, their profiles, merging and splitting them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import orjson

from store.people import name_matching as names
from store.people.features import Profile, company_features, remember, role_features
from store.people.name_matching import Name
from store.people.quote_groups import regroup
from store.text.words import fold

APPEARANCES = 50
"""The newest appearances that a profile is built from again after a split."""


VAGUE = "of "
"""A role that begins so names no office, only whom somebody belongs to: "of the Harbour Bank"."""


def shown_role(before: str, role: str, *, newer: bool) -> str:
    """The role to show of an identity that is given another: the newest, but an office before a vague one."""
    if not (before and role):
        return before or role
    if before.startswith(VAGUE) != role.startswith(VAGUE):
        return role if before.startswith(VAGUE) else before
    return role if newer else before


def learn(
    writer: sqlite3.Connection, identity: int, features: Iterable[str], profile: Mapping[str, int] | None = None
) -> None:
    """Add the features of one more appearance to the profile of an identity; ``profile`` when it was read before."""
    known = _profile(writer, identity) if profile is None else profile
    _save_profile(writer, identity, remember(known, features))


def _profile(writer: sqlite3.Connection, identity: int) -> dict[str, int]:
    row = writer.execute("SELECT features FROM profiles WHERE identity = ?", (identity,)).fetchone()
    return orjson.loads(row[0]) if row else {}


def _save_profile(writer: sqlite3.Connection, identity: int, profile: Mapping[str, int]) -> None:
    made = Profile.of(profile)
    writer.execute(
        "INSERT OR REPLACE INTO profiles VALUES (?, ?, ?, ?)",
        (identity, orjson.dumps(profile).decode(), " ".join(sorted(made.fields)), made.tells_role),
    )


def add_form(writer: sqlite3.Connection, identity: int, form: str) -> None:
    """Count a form of the name, store its keys for looking the identity up, and show the best form."""
    ((count,),) = writer.execute(
        "INSERT INTO forms VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count",
        (identity, form, fold(form)),
    ).fetchall()
    if count > 1 and writer.execute("SELECT name = ? FROM identities WHERE id = ?", (form, identity)).fetchone()[0]:
        return  # the best form became more frequent
    name = names.read(form)
    if name is None:
        return
    _add_keys(writer, identity, name)
    _show_best_form(writer, identity)


def _add_keys(writer: sqlite3.Connection, identity: int, name: Name) -> None:
    """Store the keys of a name. An initial is a key only while no given name is known that it may abbreviate: all names
    that agree with that one lead to it."""
    last, given = names.skeleton(name.last), names.given_key(name.given[0]) if name.given else ""
    letter = given[:1]
    keys = [(last, given), (names.unordered_key(name), "")]
    if given != letter:
        writer.execute("DELETE FROM keys WHERE key = ? AND given = ? AND identity = ?", (last, letter, identity))
    elif letter:
        written_out = "SELECT 1 FROM keys WHERE identity = ? AND key = ? AND given > ? AND given < ?"
        if writer.execute(written_out, (identity, last, letter, chr(ord(letter) + 1))).fetchone():
            del keys[0]
    writer.executemany(
        "INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", [(key, given, identity) for key, given in keys if key]
    )


def _show_best_form(writer: sqlite3.Connection, identity: int) -> None:
    """Show the most frequent form with a given name written out; without one the most frequent form."""
    forms = writer.execute("SELECT form, count FROM forms WHERE identity = ?", (identity,)).fetchall()
    if forms:
        best = max(forms, key=lambda row: (_is_written_out(row[0]), row[1], -len(row[0]), row[0]))
        writer.execute("UPDATE identities SET name = ? WHERE id = ? AND name != ?", (best[0], identity, best[0]))


def _is_written_out(form: str) -> bool:
    name = names.read(form)
    return name is not None and any(len(word) > 1 for word in name.given)


def merge(writer: sqlite3.Connection, kept: int, other: int) -> None:
    """Merge two identities; the first keeps its number."""
    said = _said_by(writer, other)
    for table in ("appearances", "sayings"):
        writer.execute(f"UPDATE {table} SET identity = ? WHERE identity = ?", (kept, other))  # noqa: S608
    writer.execute(
        "INSERT INTO forms SELECT ?, form, folded, count FROM forms WHERE identity = ?"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
        (kept, other),
    )
    writer.execute("INSERT OR IGNORE INTO keys SELECT key, given, ? FROM keys WHERE identity = ?", (kept, other))
    learn(writer, kept, _profile(writer, other))
    for table in ("forms", "keys", "profiles"):
        writer.execute(f"DELETE FROM {table} WHERE identity = ?", (other,))  # noqa: S608
    writer.execute("DELETE FROM identities WHERE id = ?", (other,))
    _recount(writer, kept)
    _show_best_form(writer, kept)
    regroup(writer, said)


def split(writer: sqlite3.Connection, identity: int, articles: Sequence[int]) -> int:
    """Make a new identity of the appearances of one in these articles; returns its number."""
    row = writer.execute("SELECT kind, name, first, last FROM identities WHERE id = ?", (identity,)).fetchone()
    apart = writer.execute(
        "INSERT INTO identities (kind, name, role, articles, mentions, quotes, first, last)"
        " VALUES (?, ?, '', 0, 0, 0, ?, ?)",
        row,
    ).lastrowid
    assert apart is not None
    for table in ("appearances", "sayings"):
        writer.executemany(
            f"UPDATE {table} SET identity = ? WHERE identity = ? AND article = ?",  # noqa: S608
            [(apart, identity, article) for article in articles],
        )
    for each in (identity, apart):
        writer.execute("DELETE FROM forms WHERE identity = ?", (each,))
        for (name,) in writer.execute("SELECT name FROM appearances WHERE identity = ?", (each,)).fetchall():
            add_form(writer, each, name)
        _recount(writer, each)
        _rebuild_profile(writer, each)
    regroup(writer, _said_by(writer, apart))
    return apart


def _said_by(writer: sqlite3.Connection, identity: int) -> list[int]:
    rows = writer.execute("SELECT id FROM sayings WHERE identity = ? ORDER BY id", (identity,))
    return [saying for (saying,) in rows]


def _recount(writer: sqlite3.Connection, identity: int) -> None:
    writer.execute(
        "UPDATE identities SET (articles, mentions, quotes, first, last) ="
        " (SELECT count(*), coalesce(sum(mentions), 0),"
        " coalesce(sum(quotes), 0), coalesce(min(published), 0), coalesce(max(published), 0)"
        " FROM appearances WHERE identity = ?1),"
        " role = coalesce((SELECT role FROM appearances WHERE identity = ?1 AND role != ''"
        " ORDER BY role LIKE 'of %', published DESC LIMIT 1), '') WHERE id = ?1",
        (identity,),
    )


def _rebuild_profile(writer: sqlite3.Connection, identity: int) -> None:
    """Build the profile of an identity again from its newest appearances, after some went to another one."""
    profile: dict[str, int] = {}
    rows = writer.execute(
        "SELECT article, role || ' ' || affiliation FROM appearances WHERE identity = ?"
        " ORDER BY published DESC LIMIT ?",
        (identity, APPEARANCES),
    )
    for article, role in reversed(rows.fetchall()):
        others = writer.execute("SELECT name FROM appearances WHERE article = ? AND identity != ?", (article, identity))
        profile = remember(profile, [*role_features(role), *company_features(name for (name,) in others)])
    _save_profile(writer, identity, profile)
