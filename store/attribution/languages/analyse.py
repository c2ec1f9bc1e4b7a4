"""Who said what in a text that is not English: marks, people, speakers, and the records of them."""

from __future__ import annotations

from collections.abc import Sequence

from store.attribution.languages.dashes import dialogue
from store.attribution.languages.grammar import grammar_of
from store.attribution.languages.marks import Marks
from store.attribution.languages.names import NameReader
from store.attribution.languages.people import Human, People
from store.attribution.languages.records import CONFIDENCE, analysis_of, unknown
from store.attribution.languages.speakers import LABEL, SAME, TAG, Speakers, Told
from store.attribution.languages.subjects import Subjects
from store.attribution.languages.tokens import Tokens, tokenize
from store.attribution.tokens.segment import paragraph_spans
from store.models import Analysis, Quote, QuoteKind, Span

UNSPACED = frozenset({"ar", "ja", "ko", "zh"})
"""Languages that :mod:`~store.attribution.languages.unspaced` reads, which is loaded for them only."""


def analyse_in(code: str, text: str, title: str, version: int) -> Analysis:
    """Analyse ``text``, which is in the language ``code``; ``title`` is its headline, read for names only.

    Any text is accepted; every offset lies inside it. Takes time linear in its length.
    """
    paragraphs = [Span(*span) for span in paragraph_spans(text)]
    quotations = Marks(text, code).find(paragraphs)
    if code in UNSPACED:
        from store.attribution.languages.unspaced import quotes_of

        return analysis_of(version, *quotes_of(code, text, quotations))
    grammar = grammar_of(code)
    tokens = tokenize(text, paragraphs, code)
    people = People(tokens, grammar, _names_of(title, code))
    subjects = Subjects(tokens, grammar, people)
    subjects.set_roles()
    speakers = Speakers(tokens, grammar, people, subjects, quotations)
    statements = [*speakers.statements(), *dialogue(tokens, grammar, speakers, paragraphs, quotations)]
    statements.sort(key=lambda told: told.spans[0].start)
    return analysis_of(version, people.humans, [_quote(tokens, people.humans, told) for told in statements])


def _names_of(title: str, code: str) -> list[tuple[str, ...]]:
    """The full names in a headline, each with its words from the given name on."""
    if not title:
        return []
    reader = NameReader(tokenize(title, [Span(0, len(title))], code), grammar_of(code))
    return [name.words for name in reader.candidates()]


def _quote(tokens: Tokens, humans: Sequence[Human], told: Told) -> Quote:
    """The record of a statement."""
    cue, verb, verb_class = None, "", ""
    if told.verb is not None:
        cue = Span(tokens.starts[told.verb.first], tokens.ends[told.verb.end - 1])
        verb, verb_class = " ".join(told.verb.form.words).replace("' ", "'"), told.verb.form.verb_class
    if told.person is None:
        return unknown(told.spans, cue, verb, verb_class)
    how = SAME if told.pronoun else told.how
    name = humans[told.person].name
    span = _speaker_span(tokens, told)
    return Quote(
        QuoteKind.DIRECT, tuple(told.spans), name, told.person, span, cue, verb, verb_class, CONFIDENCE[how],
        f"direct-{how}", _reason(tokens, told, how, name),
    )  # fmt: skip


def _speaker_span(tokens: Tokens, told: Told) -> Span | None:
    if told.subject is None:
        return None
    return Span(tokens.starts[told.subject.first], tokens.ends[told.subject.last])


def _reason(tokens: Tokens, told: Told, how: str, name: str) -> str:
    cue = tokens.text[tokens.starts[told.verb.first] : tokens.ends[told.verb.end - 1]] if told.verb is not None else ""
    if how == SAME:
        return f"“{cue}” beside the quotation goes on with {name}, the only person it can mean."
    if how == LABEL:
        return f"{name} is named right before the colon."
    place = "follows" if how == TAG else "introduces"
    return f"“{cue}” {place} the quotation; its subject is {name}."
