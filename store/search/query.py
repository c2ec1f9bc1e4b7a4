"""The query language: what one types into the search box, on the command line and into a saved view.

    words "a phrase" prefix*        all of them, anywhere in the article
    title:word author:word tag:word in that part of it
    said:NAME about:NAME            quotes this person; names this person
    feed:NAME                       in feeds with this in their title or address, or with this number
    is:unread is:read is:starred    as you marked it
    is:muted                        kept out of the lists, by a rule or by you
    has:quotes has:enclosure        as it came
    has:audio has:video             with a file to hear or to watch
    before:2012-12-05 after:2012-12 published before the start of that day, month or year; or from then on
    newer:7d older:3h               published in the last 7 days; longer than 3 hours ago (h, d, w, y)
    -word  one OR other  (a b)      without; either; together
    /regex/                         a regular expression on title and text

:func:`parse` returns a tree of the records in :mod:`store.search.query_ast`.
"""

from __future__ import annotations

from store.search.query_ast import (
    Aged,
    And,
    Dated,
    Field,
    Has,
    InFeed,
    Is,
    Node,
    Not,
    Or,
    Part,
    Query,
    Regex,
    State,
    Text,
    all_of,
    any_of,
    asks_for_muted,
    none_of,
)
from store.search.query_parser import Parser

__all__ = [
    "Aged",
    "And",
    "Dated",
    "Field",
    "Has",
    "InFeed",
    "Is",
    "Node",
    "Not",
    "Or",
    "Part",
    "Query",
    "Regex",
    "State",
    "Text",
    "all_of",
    "any_of",
    "asks_for_muted",
    "none_of",
    "parse",
]


def parse(text: str) -> Query:
    """Read a query.

    :raises QueryError: when it cannot be understood; ``position`` is where in ``text``.
    """
    return Query(Parser(text).parse())
