"""Whatever the text is: no exception, spans inside it, the same answer twice.

``NEWSDASH_TEXTS=10000 pytest tests/speech/test_statements_any_text.py`` analyses that many texts instead of a few.
"""

from __future__ import annotations

import os
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.analysis_checks import check, mutated
from support.invented_articles import ARTICLES

from store.attribution import analyse
from store.attribution.quotations.marks import find_quotations
from store.attribution.tokens.segment import segment
from store.models import Span

TEXTS = int(os.environ.get("NEWSDASH_TEXTS", "700"))
"""Texts that are analysed in all: two fifths made of the words of news, two fifths mutated articles, one fifth any."""
PIECES = st.sampled_from(
    [
        *(
            "“",
            "”",
            '"',
            "'",
            "‘",
            "’",
            "«",
            "»",
            "„",
            "``",
            "''",
            "(",
            ")",
            "—",
            "-",
            ",",
            ".",
            "?",
            "!",
            ":",
            ";",
            "…",
        ),
        *("said", "says", "told", "according to", "asked", "claims", "was quoted as saying", "declined to say"),
        *("he", "she", "they", "who", "that", "and", "but", "the", "a", "of", "in", "not", "to", "Monday", "U.S."),
        *("Ilse Brandvold", "Mr. Eklund", "Brandvold", "Sen.", "O'Hara", "al-Haddad", "mayor", "officials", "NATO"),
        *("\n", "\n\n", " ", "\t", "\u00a0", "\u202e", "\x00", "\ud800", "é", "漢字", "🙂", "1,000.5", "BRANDVOLD:"),
    ]
)
EDITS = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 40), st.none() | PIECES), min_size=1, max_size=8)
MIXED = st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=40).map("".join)


@settings(max_examples=2 * TEXTS // 5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(ARTICLES.values())), EDITS)
def test_mutated_articles(article: str, edits: list[tuple[int, int, str | None]]) -> None:
    text = mutated(article, edits)
    analysis = analyse(text)
    check(text, analysis)
    assert analyse(text) == analysis


@settings(max_examples=2 * TEXTS // 5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MIXED)
def test_anything_made_of_the_words_and_marks_of_news(text: str) -> None:
    analysis = analyse(text)
    check(text, analysis)
    assert analyse(text) == analysis


@settings(max_examples=TEXTS // 5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_at_all(text: str, title: str) -> None:
    check(text, analyse(text, title))


@settings(max_examples=300, deadline=None)
@given(MIXED)
def test_segments_cover_the_text_in_order(text: str) -> None:
    segments = segment(text)
    tokens = [*map(Span, segments.starts, segments.ends)]
    for spans in (segments.paragraphs, segments.sentences, tokens):
        for before, after in pairwise(spans):
            assert before.end <= after.start
    for token, word in zip(tokens, segments.texts, strict=True):
        assert text[token.start : token.end] == word
    assert "".join(segments.texts) == "".join(text.split())
    for sentence in segments.sentences:
        paragraph = segments.paragraphs[sentence.paragraph]
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end


@settings(max_examples=300, deadline=None)
@given(MIXED)
def test_quotations_stay_inside_their_paragraph_and_apart(text: str) -> None:
    paragraphs = segment(text).paragraphs
    found = find_quotations(text, paragraphs)
    for quotation in found:
        paragraph = paragraphs[quotation.paragraph]
        assert paragraph.start <= quotation.outer_start <= quotation.start < quotation.end
        assert quotation.end <= quotation.outer_end <= paragraph.end
    for before, after in pairwise(found):
        assert before.outer_end <= after.outer_start
