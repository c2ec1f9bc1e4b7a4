"""Shows why an article was found: a passage of its text with the searched words marked."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice, pairwise, takewhile

from store.models import Snippet, Span
from store.search.query_ast import And, Field, Node, Or, Text
from store.text.words import fold, is_cjk, words

WIDTH = 160
"""Characters of a passage."""
LEAD = 40
"""Characters before the first marked word, when there is room."""
MOST_TEXT = 100_000
"""Characters of an article that are searched."""
MOST_MARKS = 500
_LETTER = r"[^\W_]"
_WHITE = re.compile(r"\s")

Marks = Sequence[re.Pattern[str]]
"""An expression for each term, for folded text."""
Found = tuple[int, int, int]
"""Start, end and number of the term of a mark."""


def marker(node: Node | None) -> Marks:
    """Expressions for the terms to mark."""
    terms = dict.fromkeys(term for text in positive_texts(node) for term in terms_of(text))
    return [re.compile(term) for term in terms]


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
    """An expression for these words with any punctuation between them. :func:`find` checks that no letter is before."""
    end = "" if prefix or is_cjk(found[-1]) else f"(?!{_LETTER})"
    rest = f"{_LETTER}*" if prefix and not is_cjk(found[-1]) else ""
    joined = re.escape(found[0])
    for before, word in pairwise(found):
        joined += r"[\W_]{0,20}" if is_cjk(before) or is_cjk(word) else r"[\W_]{1,20}"
        joined += re.escape(word)
    return joined + rest + end


def snippet(article_id: int, title: str, text: str, marks: Marks) -> Snippet:
    """The passage of ``text`` with most different terms, on one line."""
    start, end, found = passage(text, find(text, marks), len(marks))
    line = _WHITE.sub(" ", text[start:end])
    before, after = "…" * (start > 0), "…" * (end < len(text))
    shift = len(before) - start
    spans = tuple(Span(at + shift, to + shift) for at, to, _ in found if start <= at and to <= end)
    in_title = islice(find(title, marks), MOST_MARKS)
    return Snippet(article_id, f"{before}{line}{after}", spans, tuple(Span(at, to) for at, to, _ in in_title))


def find(text: str, marks: Marks) -> Iterator[Found]:
    """The marks of a text in order without those inside others, found as they are iterated over."""
    folded = fold(text[:MOST_TEXT])
    free = 0
    for found in merge(*(_of_term(folded, term, number) for number, term in enumerate(marks))):
        if found[0] >= free:
            free = found[1]
            yield found


def _of_term(folded: str, term: re.Pattern[str], number: int) -> Iterator[Found]:
    match = term.search(folded)
    while match:
        start, end = match.span()
        # The look-behind is done here: an expression that begins with a letter is searched many times faster.
        whole = not start or not folded[start - 1].isalnum() or is_cjk(folded[start])
        if whole:
            yield start, end, number
        match = term.search(folded, end if whole else start + 1)


def places(text: str, root: Node | None) -> list[Span]:
    """Where a text has what a query looks for, the first :data:`MOST_MARKS` places."""
    return [Span(start, end) for start, end, _ in islice(find(text, marker(root)), MOST_MARKS)]


def passage(text: str, marks: Iterator[Found], terms: int) -> tuple[int, int, list[Found]]:
    """Where to cut, and the marks from there on: around the earliest place with most different terms, on spaces."""
    best: list[Found] = []
    near: deque[Found] = deque()
    most = 0
    for mark in islice(marks, MOST_MARKS):
        near.append(mark)
        while near[0][0] < mark[1] - WIDTH + LEAD and len(near) > 1:
            near.popleft()
        different = len({term for _, _, term in near})
        if different > most:
            most, best = different, list(near)
        if most == terms:
            break
    first = best[0][0] if best else 0
    start = max(0, first - LEAD)
    end = min(len(text), start + WIDTH)
    if start > 0:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", end - LEAD, end)
        end = space if space >= 0 else end
    return start, end, [*best, *takewhile(lambda mark: mark[0] < end, marks)]
