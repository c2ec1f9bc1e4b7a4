"""Queries for something smaller than an article: a quotation, or a person in it.

The query language is the same. Its words and names ask for the quotation or person itself, everything
else (dates, feeds, marks, titles) for the article that it is in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from store.models import OpenArticle, Person, Quote
from store.search.evaluate import contains
from store.search.query import And, Field, Node, Not, Or, Query, Text, all_of, any_of
from store.text.words import words

IdsOf = Callable[[Query], Set[int]]
"""Gives the articles that match a query."""
Own = Callable[[Text], bool]


class QuoteFilter:
    """A query in two parts: one for the articles, and one for each thing (quotation or person) in them.

    ``own`` are the fields that ask for the thing itself; None stands for words without a field.
    """

    def __init__(self, query: Query, own: Sequence[Field | None], ids_of: IdsOf) -> None:
        self._root = query.root
        self._own = own
        self._ids_of = ids_of
        self._known: dict[Node, Set[int]] = {}
        self.articles = Query(self._of_articles(query.root) if query.root else None)
        """A query that every article with a match matches."""

    def _of_articles(self, node: Node) -> Node | None:
        match node:
            case And(items):
                kept = [part for item in items if (part := self._of_articles(item)) is not None]
                return all_of(kept) if kept else None
            case Or(items):
                parts = [part for item in items if (part := self._of_articles(item)) is not None]
                return any_of(parts) if len(parts) == len(items) else None
            case Not(item):
                # "not said by her" is of a quotation: the article may quote her as well.
                return None if self._asks_of_the_thing(item) else node
            case _:
                return node

    def _asks_of_the_thing(self, node: Node) -> bool:
        match node:
            case And(items) | Or(items):
                return any(map(self._asks_of_the_thing, items))
            case Not(item):
                return self._asks_of_the_thing(item)
            case Text():
                return node.field in self._own
            case _:
                return False

    def matches(self, article_id: int, own: Own) -> bool:
        """Whether a thing in this article matches; ``own`` evaluates one term on the thing itself."""
        return self._root is None or self._matches(self._root, article_id, own)

    def _matches(self, node: Node, article_id: int, own: Own) -> bool:
        match node:
            case And(items):
                return all(self._matches(item, article_id, own) for item in items)
            case Or(items):
                return any(self._matches(item, article_id, own) for item in items)
            case Not(item):
                return not self._matches(item, article_id, own)
            case Text() if node.field in self._own:
                return own(node)
            case _:
                if node not in self._known:
                    self._known[node] = self._ids_of(Query(node))
                return article_id in self._known[node]


QUOTE_FIELDS = (None, Field.SAID)
PERSON_FIELDS = (None, Field.SAID, Field.ABOUT)


def of_quote(opened: OpenArticle, quote: Quote) -> Own:
    """Words are in what was said or in who said it; ``said:`` asks for who said it."""
    person = opened.analysis.people[quote.person] if quote.person is not None else None
    speaker = names_of(person) if person is not None else words(quote.speaker)
    said = [words(opened.document.text[span.start : span.end]) for span in quote.spans]

    def own(term: Text) -> bool:
        if is_named(speaker, term):
            return True
        return term.field is None and any(contains(part, words(term.text), term.prefix) for part in said)

    return own


def of_person(opened: OpenArticle, index: int) -> Own:
    """Words are in the name or role; ``said:`` asks that the person is quoted as well."""
    named = names_of(opened.analysis.people[index])
    quoted = any(quote.person == index for quote in opened.analysis.quotes)
    return lambda term: is_named(named, term) and (quoted or term.field is not Field.SAID)


def names_of(person: Person) -> list[str]:
    parts = (person.title, person.name, *person.aliases, person.role, person.affiliation)
    return [word for part in parts for word in words(part)]


def is_named(named: Sequence[str], term: Text) -> bool:
    """Whether these names have all words of a term; with ``prefix`` the last may be the start of a word."""
    wanted = words(term.text)
    whole = wanted[:-1] if term.prefix else wanted
    return all(word in named for word in whole) and (
        not term.prefix or any(word.startswith(wanted[-1]) for word in named)
    )
