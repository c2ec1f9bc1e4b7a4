"""Shows why an article was found: a passage of its text with the searched words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from store.database.query_tree import And, Field, Node, Or, Text
from store.database.tokens import fold, is_cjk, words
from store.models import Snippet, Span

WIDTH = 160
"""Characters of a passage."""
LEAD = 40
"""Characters before the first marked word, when there is room."""
MOST_TEXT = 100_000
"""Characters of an article that are looked through."""
MOST_MARKS = 500
_LETTER = r"[^\W_]"


def marker(node: Node | None) -> re.Pattern[str] | None:
    """An expression for what to mark in folded text, a group for each term; None when there is nothing to mark."""
    terms = dict.fromkeys(term for text in positive_texts(node) for term in terms_of(text))
    return re.compile("|".join(f"({term})" for term in terms)) if terms else None


def positive_texts(node: Node | None) -> Iterator[Text]:
    match node:
        case Text():
            yield node
        case And(items) | Or(items):
            for item in items:
                yield from positive_texts(item)
        case _:
            return


def terms_of(text: Text) -> Iterator[str]:
    """A phrase is one term; of a name every part is."""
    if text.field in (Field.AUTHOR, Field.TAG):
        return
    found = words(text.text)
    if text.field in (Field.SAID, Field.ABOUT):
        for place, word in enumerate(found):
            yield expression_of([word], prefix=text.prefix and place == len(found) - 1)
    else:
        yield expression_of(found, prefix=text.prefix)


def expression_of(found: list[str], *, prefix: bool) -> str:
    """These words side by side, whatever punctuation is between them."""
    start = "" if is_cjk(found[0]) else f"(?<!{_LETTER})"
    end = "" if prefix or is_cjk(found[-1]) else f"(?!{_LETTER})"
    rest = f"{_LETTER}*" if prefix and not is_cjk(found[-1]) else ""
    joined = re.escape(found[0])
    for before, word in pairwise(found):
        joined += r"[\W_]{0,20}" if is_cjk(before) or is_cjk(word) else r"[\W_]{1,20}"
        joined += re.escape(word)
    return start + joined + rest + end


def snippet(article_id: int, title: str, text: str, marks: re.Pattern[str] | None) -> Snippet:
    """The passage of ``text`` with most different terms, on one line."""
    found = list(find(text[:MOST_TEXT], marks))
    start, end = passage(text, found)
    line = "".join(" " if letter.isspace() else letter for letter in text[start:end])
    before, after = "…" * (start > 0), "…" * (end < len(text))
    shift = len(before) - start
    spans = tuple(Span(at + shift, to + shift) for at, to, _ in found if start <= at and to <= end)
    return Snippet(article_id, f"{before}{line}{after}", spans, tuple(Span(at, to) for at, to, _ in find(title, marks)))


def find(text: str, marks: re.Pattern[str] | None) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of the term of each mark."""
    if marks is None:
        return
    for count, match in enumerate(marks.finditer(fold(text))):
        if count == MOST_MARKS:
            return
        yield match.start(), match.end(), match.lastindex or 0


def passage(text: str, found: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Where to cut: around the earliest place with most different terms, on the spaces near it."""
    best, first = 0, 0
    for place, (at, _, _) in enumerate(found):
        terms = {term for _, end, term in found[place : place + 50] if end <= at + WIDTH - LEAD}
        if len(terms) > best:
            best, first = len(terms), at
    start = max(0, first - LEAD)
    end = min(len(text), start + WIDTH)
    if start > 0:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", end - LEAD, end)
        end = space if space >= 0 else end
    return start, end
