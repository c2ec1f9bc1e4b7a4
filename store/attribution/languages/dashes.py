"""Dialogue after a dash: ``– Vi är glada, säger X.``, ``— Мы рады, — сказал X. — Очень.``

A dash also begins the points of a list, so that only a paragraph with a speech verb in its place is read so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.attribution.languages.grammar import Grammar
from store.attribution.languages.marks import Quotation
from store.attribution.languages.speakers import TAG, Speakers, Told
from store.attribution.languages.subjects import Subject, Verb
from store.attribution.languages.tokens import Tokens
from store.models import Span

DASHES = frozenset("–—―")
COMMA_BEFORE_VERB = frozenset({"sv", "nb", "da", "fi"})
"""Languages that set only a comma before the verb."""
DASH_BEFORE_VERB = frozenset({"ru", "uk", "pl", "es", "pt", "ca", "ro", "tr"})
"""Languages that set a second dash there, and a third where the words go on."""
TAG_WORDS = 14
"""Words between the second dash and the third."""


def dialogue(
    tokens: Tokens, grammar: Grammar, speakers: Speakers, paragraphs: Sequence[Span], quotations: Sequence[Quotation]
) -> Iterator[Told]:
    """The statements of paragraphs that begin with a dash and have no quotation marks."""
    if grammar.code not in COMMA_BEFORE_VERB | DASH_BEFORE_VERB:
        return
    marked = {quotation.paragraph for quotation in quotations}
    for index, paragraph in enumerate(paragraphs):
        dash = tokens.at(paragraph.start)
        if index in marked or not _is_dash(tokens, dash):
            continue
        told = _read(tokens, grammar, speakers, dash, tokens.at(paragraph.end), index)
        if told is not None:
            yield told


def _read(tokens: Tokens, grammar: Grammar, speakers: Speakers, dash: int, end: int, index: int) -> Told | None:
    """The statement of the paragraph over the tokens ``dash`` to ``end``, None when no verb reports it."""
    for at in range(dash + 2, end):
        mark = tokens.texts[at]
        if grammar.code in COMMA_BEFORE_VERB:
            tag = speakers.tag_at(at + 1, end) if mark in ",?!…" else None
        else:
            tag = speakers.tag_at(at + 1, end) if _is_dash(tokens, at) else None
        if tag is None:
            continue
        verb, subject = tag
        last = at - 1 if mark == "," or _is_dash(tokens, at) else at
        spans = [
            span
            for span in (_span(tokens, dash + 1, last), *_rest(tokens, speakers, verb, subject, end))
            if span is not None
        ]
        if not spans:
            return None
        quotation = Quotation(spans[0].start, spans[-1].end, tokens.starts[dash], spans[-1].end, index)
        told = Told(spans, TAG, verb, subject, quotations=[quotation])
        if subject is not None:
            told.person = subject.person
            if subject.person is None:
                told.pronoun = True
                told.person = speakers.antecedent(quotation, subject, None)
        return told
    return None


def _rest(tokens: Tokens, speakers: Speakers, verb: Verb, subject: Subject | None, end: int) -> Iterator[Span | None]:
    """The words behind the dash that ends the tag, up to another one."""
    begin = max(verb.end, subject.last + 1 if subject is not None else 0)
    for at in range(begin, min(begin + TAG_WORDS, end - 1)):
        if _is_dash(tokens, at):
            begins = at + 1 if tokens.texts[at - 1] in ",.!?" else at + 2 if tokens.texts[at + 1] in ".,;:" else end
            if begins < end and tokens.is_word(begins):
                yield _span(tokens, begins, _next_tag(tokens, speakers, begins, end) - 1)
            return


def _next_tag(tokens: Tokens, speakers: Speakers, first: int, end: int) -> int:
    """The dash before another speech verb, or the end."""
    dashes = (at for at in range(first, end) if _is_dash(tokens, at))
    return next((at for at in dashes if speakers.tag_at(at + 1, end) is not None), end)


def _is_dash(tokens: Tokens, at: int) -> bool:
    """Whether the token is a dash, or a hyphen with blanks around it that stands for one."""
    if at >= len(tokens.texts) or tokens.texts[at] != "-":
        return at < len(tokens.texts) and tokens.texts[at] in DASHES
    before = not tokens.joined[at] or tokens.ends[at - 1] < tokens.starts[at]
    return before and at + 1 < len(tokens.texts) and tokens.starts[at + 1] > tokens.ends[at]


def _span(tokens: Tokens, first: int, last: int) -> Span | None:
    """From token to token, without a comma at the end."""
    while last > first and tokens.texts[last] in ",–—-":
        last -= 1
    words = any(tokens.is_word(at) for at in range(first, last + 1))
    return Span(tokens.starts[first], tokens.ends[last]) if words else None
