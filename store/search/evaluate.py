"""Finds the articles that match a query: words in the index, everything else in what the database has in memory.

A node is evaluated among some ids (None: among all). Parts that cost more are evaluated later, among
fewer; regular expressions, which read the text itself, last.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence, Set
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from store.database.index.flags import ENCLOSED, READ, TAGGED
from store.database.records import microseconds
from store.search.query_ast import Aged, And, Dated, Field, Has, InFeed, Is, Node, Not, Or, Part, Regex, State, Text
from store.search.regex_guard import compile_pattern, factors_of, may_match, pieces
from store.text.words import fold, spaced, words

if TYPE_CHECKING:
    from store.database.database import Database
    from store.models import Feed
    from store.search.fts_index import FtsIndex

PATIENCE = 2.0
"""Seconds that the regular expressions of one search may take together."""
LONGEST_TEXT = 200_000
"""Characters of an article that a regular expression is tried on."""
COLUMNS = {
    Field.TITLE: "title",
    Field.AUTHOR: "author",
    Field.TAG: "tag",
    Field.SAID: "speakers",
    Field.ABOUT: "people",
}
FEW = 200
"""Up to this many texts are read sooner than the vocabulary is searched."""
NAMES = (Field.SAID, Field.ABOUT)

Ids = Set[int]


class Matcher:
    """One search. ``untested`` are articles for which patience ended before it was known whether they match.

    ``whole``: the index has every article, so that it can say which texts a regular expression need not be tried on.
    """

    def __init__(self, database: Database, lock: threading.RLock, index: FtsIndex, *, whole: bool) -> None:
        self._database = database
        self._lock = lock
        self._index = index
        self._whole = whole
        self._patience = PATIENCE
        self.untested: set[int] = set()

    def matching(self, node: Node, among: Ids | None = None) -> Ids:
        expression = to_fts(node)
        if expression is not None:
            return within(self._index.hits(expression), among)
        match node:
            case And(items):
                return self._all(items, among)
            case Or(items):
                return self._any(items, among)
            case Not(item):
                everything = self._all_ids() if among is None else among
                return everything - self.matching(item, everything)
            case Regex(pattern):
                return self._matching_regex(pattern, among)
            case Has(Part.QUOTES):
                return within(self._index.with_quotes(), among)
            case Text():
                return within(self._index.hits(text_to_fts(node)) | self._tagged(node.text, node.prefix), among)
            case _:
                with self._lock:
                    return self._in_memory(node, among)

    def _all(self, items: Sequence[Node], among: Ids | None) -> Ids:
        texts, others = split(items)
        if texts is not None:
            among = within(self._index.hits(texts), among)
        for item in sorted(others, key=cost):
            if among is not None and not among:
                break
            among = self.matching(item, among)
        return frozenset() if among is None else among

    def _any(self, items: Sequence[Node], among: Ids | None) -> Ids:
        texts = [expression for item in items if (expression := to_fts(item)) is not None]
        found = set(within(self._index.hits(" OR ".join(texts)), among)) if texts else set()
        for item in sorted((item for item in items if to_fts(item) is None), key=cost):
            left = among - found if among is not None else None
            if isinstance(item, Regex) and left is None:
                left = self._all_ids() - found
            found |= self.matching(item, left)
        return found

    def _with_media(self, part: Part, among: Ids) -> Ids:
        """Those of the articles that come with a file of this kind."""
        from store.search.evaluate_one import has_media

        articles = ((article_id, self._database.articles.get(article_id)) for article_id in among)
        return {article_id for article_id, article in articles if article and has_media(article, part)}

    def _all_ids(self) -> Ids:
        with self._lock:
            return set(self._database.articles.ids())

    # --- what the database has in memory ------------------------------------------------------------------

    def _in_memory(self, node: Node, among: Ids | None) -> Ids:
        match node:
            case Is(State.UNREAD):
                return within(self._database.articles.unread(), among)
            case Is(State.STARRED):
                return within(self._database.articles.starred(), among)
            case Is(State.MUTED):
                return within(self._database.index.muted(), among)
            case Is():
                return within(self._database.index.with_flags(READ, READ), among)
            case InFeed(name):
                return within(self._in_feeds(name), among)
            case Has(part):
                enclosed = within(self._database.index.with_flags(ENCLOSED, ENCLOSED), among)
                return enclosed if part is Part.ENCLOSURE else self._with_media(part, enclosed)
            case Dated(_, before):
                return within(self._published(node.moment(), before), among)
            case Aged(_, _, newer):
                return within(self._published(datetime.now(UTC) - node.age(), not newer), among)
        raise AssertionError(node)

    def _in_feeds(self, name: str) -> set[int]:
        return self._of_feeds(lambda feed: in_feed(name, feed))

    def _of_feeds(self, wanted: Callable[[Feed], bool]) -> set[int]:
        feeds = [feed.id for feed in self._database.feeds.all() if wanted(feed)]
        return {article_id for feed in feeds for article_id in self._database.articles.ids_of_feed(feed)}

    def _published(self, moment: datetime, before: bool) -> set[int]:
        at = microseconds(moment)
        return self._database.index.between(None, at) if before else self._database.index.between(at, None)

    def _tagged(self, text: str, prefix: bool) -> set[int]:
        """Articles with a tag of the user's, and those of feeds with one. The index has only what they came with."""
        wanted = words(text)

        def matches(tags: Sequence[str]) -> bool:
            return any(contains(words(tag), wanted, prefix) for tag in tags)

        with self._lock:
            tagged = self._database.index.with_flags(TAGGED, TAGGED)
            own = {article_id for article_id in tagged if matches(self._database.articles.status(article_id).tags)}
            return own | self._of_feeds(lambda feed: matches(feed.tags))

    # --- regular expressions ------------------------------------------------------------------------------

    def _matching_regex(self, pattern: str, among: Ids | None) -> Ids:
        """Searches the newest articles first, until patience ends."""
        expression, factors = compile_pattern(pattern), factors_of(pattern)
        with self._lock:
            ids = self._database.articles.ids()
        if among is not None:
            ids = list(filter(among.__contains__, ids))
        if self._whole and len(ids) > FEW and (candidates := self._index.containing(factors)) is not None:
            ids = list(filter(candidates.__contains__, ids))
        factor = factors[0] if factors else ""
        found: set[int] = set()
        start = monotonic()
        end = start + self._patience
        for place, article_id in enumerate(ids):
            text = self._text(article_id)
            if may_match(factor, text) and _is_in(text, expression, end):
                found.add(article_id)
            if monotonic() > end:
                self.untested.update(ids[place:])
                break
        self._patience -= monotonic() - start
        return found - self.untested

    def _text(self, article_id: int) -> str:
        with self._lock:
            title, text = self._database.texts.plain_text(article_id) or ("", "")
        return f"{title}\n{text[:LONGEST_TEXT]}"


def _is_in(text: str, expression: re.Pattern[str], end: float) -> bool:
    """Whether a text has a match; looked for until the clock is at ``end``."""
    for piece in pieces(text):
        if expression.search(piece):
            return True
        if monotonic() > end:
            break
    return False


def within(found: Ids, among: Ids | None) -> Ids:
    """The common ids, in a new set: the database changes the sets that it returns."""
    return set(found) if among is None else found & among


def in_feed(name: str, feed: Feed) -> bool:
    """Whether ``feed:name`` is this feed."""
    wanted = fold(name)
    return wanted in fold(feed.title) or wanted in fold(feed.url) or wanted == str(feed.id)


def contains(tag: Sequence[str], wanted: Sequence[str], prefix: bool) -> bool:
    """Whether a tag contains these words, one after the other; with ``prefix`` the last may be the start of a word."""
    whole = len(wanted) - prefix
    for place in range(len(tag) - len(wanted) + 1):
        part = tag[place : place + len(wanted)]
        if part[:whole] == wanted[:whole] and (not prefix or part[-1].startswith(wanted[-1])):
            return True
    return False


def cost(node: Node) -> int:
    """How late a part of a query is evaluated."""
    match node:
        case Regex():
            return 3
        case Not(item):
            return max(cost(item), 1)
        case And(items) | Or(items):
            return max(map(cost, items))
        case Has() | Text():
            return 1
        case _:
            return 0


# --- what the index can answer --------------------------------------------------------------------------------


def to_fts(node: Node) -> str | None:
    """The node as an FTS5 expression, None when the index alone cannot answer it."""
    match node:
        case Text():
            return text_to_fts(node) if node.field is not Field.TAG else None
        case Or(items):
            parts = [to_fts(item) for item in items]
            return None if None in parts else f"({' OR '.join(filter(None, parts))})"
        case And(items):
            expression, others = split(items)
            return None if others else expression
        case _:
            return None


def split(items: Sequence[Node]) -> tuple[str | None, list[Node]]:
    """The part of these that the index can answer together, and the rest. FTS5 has NOT only beside something wanted."""
    texts: list[str] = []
    without: list[tuple[Node, str]] = []
    others: list[Node] = []
    for item in items:
        if (expression := to_fts(item)) is not None:
            texts.append(expression)
        elif isinstance(item, Not) and (expression := to_fts(item.item)) is not None:
            without.append((item, expression))
        else:
            others.append(item)
    if not texts:
        return None, list(items)
    expression = " AND ".join(texts)
    if without:
        expression = f"({expression}) NOT ({' OR '.join(text for _, text in without)})"
    return f"({expression})", others


def text_to_fts(node: Text) -> str:
    """Names match with a few words between their parts, "Hillary Rodham Clinton"; other words must be adjacent."""
    column = f"{COLUMNS[node.field]} : " if node.field is not None else ""
    star = " *" if node.prefix else ""
    parts = [part for part in node.text.split() if words(part)]
    if node.field in NAMES and 1 < len(parts) <= 6:
        near = " ".join(f'"{spaced(part)}"' for part in parts)
        return f"{column}NEAR({near}{star}, {len(parts) + 1})"
    return f'{column}"{spaced(node.text)}"{star}'
