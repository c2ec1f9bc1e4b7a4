"""Evaluates a query on one article without the index: for articles that are not in it yet.

The answer is that of a search once the article is stored (:mod:`store.search.evaluate`); a property test compares both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import product

from store.models import Analysis, Article, Document, Feed, Status
from store.search.evaluate import LONGEST_TEXT, NAMES, contains, in_feed
from store.search.fts_index import APART, FIELDS, indexed
from store.search.query_ast import Aged, And, Dated, Field, Has, InFeed, Is, Node, Not, Or, Part, Regex, State, Text
from store.search.regex_guard import compile_pattern, pieces
from store.text.words import words

COLUMNS = {
    Field.TITLE: ("title",),
    Field.AUTHOR: ("author",),
    Field.TAG: ("tag",),
    Field.SAID: ("speakers",),
    Field.ABOUT: ("people",),
    None: FIELDS,
}
MOST_PLACES = 20
"""Places of one part of a name that are tried; names are short."""

Run = list[str]
"""Consecutive words."""


@dataclass
class Candidate:
    """An article that a query is evaluated on. ``status`` may be replaced between queries."""

    article: Article
    document: Document
    analysis: Analysis
    feed: Feed | None
    status: Status

    @cached_property
    def runs(self) -> dict[str, list[Run]]:
        """The words of each field of the index."""
        texts = indexed(self.article, self.document.text, self.analysis).texts
        return {name: [words(run) for run in text.split(APART)] for name, text in zip(FIELDS, texts, strict=True)}


def matches(node: Node, candidate: Candidate) -> bool:
    """Whether the article matches."""
    match node:
        case And(items):
            return all(matches(item, candidate) for item in items)
        case Or(items):
            return any(matches(item, candidate) for item in items)
        case Not(item):
            return not matches(item, candidate)
        case Text():
            return _has_words(node, candidate)
        case InFeed(name):
            return candidate.feed is not None and in_feed(name, candidate.feed)
        case Is(state):
            return _is(state, candidate.status)
        case Has(Part.QUOTES):
            return bool(candidate.analysis.quotes)
        case Has(part):
            return has_media(candidate.article, part)
        case Dated(_, before):
            return (candidate.article.published < node.moment()) is before
        case Aged(_, _, newer):
            return (candidate.article.published >= datetime.now(UTC) - node.age()) is newer
        case Regex(pattern):
            text = f"{candidate.article.title}\n{candidate.document.text[:LONGEST_TEXT]}"
            expression = compile_pattern(pattern)
            return any(expression.search(piece) for piece in pieces(text))


def has_media(article: Article, part: Part) -> bool:
    """Whether an article comes with a file of this kind; any will do for ``has:enclosure``."""
    if part is Part.ENCLOSURE:
        return bool(article.enclosures)
    return any(enclosure.type.startswith(f"{part}/") for enclosure in article.enclosures)


def asks_who_said_what(node: Node) -> bool:
    """Whether a query cannot be answered before the article is analysed."""
    match node:
        case And(items) | Or(items):
            return any(map(asks_who_said_what, items))
        case Not(item):
            return asks_who_said_what(item)
        case Text(_, field):
            return field in NAMES
        case _:
            return node == Has(Part.QUOTES)


def _is(state: State, status: Status) -> bool:
    return {
        State.UNREAD: not (status.read or status.muted),
        State.READ: status.read,
        State.STARRED: status.starred,
        State.MUTED: status.muted,
    }[state]


def _has_words(node: Text, candidate: Candidate) -> bool:
    parts = [part for part in map(words, node.text.split()) if part]
    runs = [run for column in COLUMNS[node.field] for run in candidate.runs[column]]
    if node.field in NAMES and 1 < len(parts) <= 6:
        return any(near(run, parts, prefix=node.prefix) for run in runs)
    wanted = words(node.text)
    if node.field is Field.TAG:
        feed_tags = candidate.feed.tags if candidate.feed is not None else ()
        runs += [words(tag) for tag in (*candidate.status.tags, *feed_tags)]
    return any(contains(run, wanted, node.prefix) for run in runs)


def near(run: Sequence[str], parts: Sequence[Run], *, prefix: bool) -> bool:
    """Whether all parts of a name are in a run of words, in any order, with few words between them."""
    places = []
    for number, part in enumerate(parts):
        open_end = prefix and number == len(parts) - 1
        found = [(at, at + len(part)) for at in range(len(run)) if contains(run[at : at + len(part)], part, open_end)]
        places.append(found[:MOST_PLACES])
    return any(
        max(start for start, _ in choice) - min(end for _, end in choice) <= len(parts) + 1
        for choice in product(*places)
    )
