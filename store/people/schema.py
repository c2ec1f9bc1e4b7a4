"""The tables of the people index, an SQLite file that is built from the store. Nothing in it was entered by the user.

Times are whole seconds since 1970, UTC. Rows that a person's page reads are near each other on the disk: appearances
are in the order of their identities. ``office`` is the role that an appearance is counted under: the one printed, or
the last one known then. ``body`` is the organisation that the person speaks for, or is. ``fields`` are the fields of
life of a profile's roles, and ``tells_role`` says whether it has any role: every namesake is compared by both.
``voices`` are the counts of who gets quoted (``sort`` says by what) over all time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store.derived.sqlite_file import Schema
from store.models import EPOCH

FILE = "people.db"

SCHEMA = Schema(
    6,
    """
CREATE TABLE entries (article INTEGER PRIMARY KEY, stamp TEXT NOT NULL, story INTEGER NOT NULL);
CREATE INDEX entries_of ON entries (story);
CREATE TABLE subjects (word TEXT NOT NULL, published INTEGER NOT NULL, article INTEGER NOT NULL,
    PRIMARY KEY (word, published, article)) WITHOUT ROWID;
CREATE INDEX subjects_of ON subjects (article);
CREATE TABLE identities (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
    articles INTEGER NOT NULL, mentions INTEGER NOT NULL, quotes INTEGER NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, evidence REAL NOT NULL DEFAULT 0,
    weighed INTEGER NOT NULL DEFAULT 0, parted INTEGER NOT NULL DEFAULT 0);
CREATE INDEX by_quotes ON identities (quotes DESC, mentions DESC, name) WHERE kind = 'person' AND articles > 0;
CREATE TABLE profiles (identity INTEGER PRIMARY KEY, features TEXT NOT NULL, fields TEXT NOT NULL,
    tells_role INTEGER NOT NULL);
CREATE TABLE forms (identity INTEGER NOT NULL, form TEXT NOT NULL, folded TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (identity, form)) WITHOUT ROWID;
CREATE INDEX forms_folded ON forms (folded);
CREATE TABLE keys (key TEXT NOT NULL, given TEXT NOT NULL, identity INTEGER NOT NULL,
    PRIMARY KEY (key, given, identity)) WITHOUT ROWID;
CREATE INDEX keys_of ON keys (identity);
CREATE TABLE appearances (identity INTEGER NOT NULL, published INTEGER NOT NULL, article INTEGER NOT NULL,
    person INTEGER NOT NULL, feed INTEGER NOT NULL, name TEXT NOT NULL, mentions INTEGER NOT NULL,
    quotes INTEGER NOT NULL, role TEXT NOT NULL, affiliation TEXT NOT NULL, office TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (identity, published, article, person)) WITHOUT ROWID;
CREATE INDEX appearances_in ON appearances (article);
CREATE INDEX appearances_by_time ON appearances (published);
CREATE TABLE voices (sort TEXT NOT NULL, name TEXT NOT NULL, quotes INTEGER NOT NULL, mentions INTEGER NOT NULL,
    PRIMARY KEY (sort, name)) WITHOUT ROWID;
CREATE TABLE sayings (id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL, position INTEGER NOT NULL,
    identity INTEGER, published INTEGER NOT NULL, feed INTEGER NOT NULL, kind TEXT NOT NULL, verb TEXT NOT NULL,
    verb_class TEXT NOT NULL, confidence REAL NOT NULL, speaker TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, "group" INTEGER NOT NULL);
CREATE INDEX sayings_alike ON sayings ("group", feed, identity);
CREATE TABLE runs (run INTEGER NOT NULL, identity INTEGER NOT NULL, saying INTEGER NOT NULL,
    PRIMARY KEY (run, identity, saying)) WITHOUT ROWID;
CREATE INDEX runs_of ON runs (saying);
CREATE INDEX sayings_of ON sayings (identity, published, "group");
CREATE INDEX sayings_by_time ON sayings (published);
CREATE INDEX sayings_in ON sayings (article);
CREATE VIRTUAL TABLE saying_words USING fts5(text, content='sayings', content_rowid='id', columnsize=0,
    tokenize='unicode61 remove_diacritics 2');
CREATE TABLE features (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
""",
)


def seconds(time: datetime) -> int:
    """A time as the tables have it."""
    return int((time - EPOCH).total_seconds())


def to_time(value: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=value)
