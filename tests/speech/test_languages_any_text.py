"""Whatever a text in another language is: no exception, offsets inside it, the same answer twice, in linear time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.analysis_checks import check, mutated
from support.foreign_articles import FOREIGN, Article

from store.attribution import ENGINE_VERSION
from store.attribution.languages.analyse import analyse_in
from store.attribution.languages.detect import language_of
from store.attribution.languages.marks import Marks
from store.attribution.languages.word_files import codes
from store.attribution.tokens.segment import paragraph_spans
from store.models import Span

CODES = [*codes(), "zh", "ja", "ko", "und"]
PIECES = st.sampled_from(
    [
        *(
            "„",
            "“",
            "”",
            "«",
            "»",
            "‹",
            "›",
            "「",
            "」",
            '"',
            "'",
            "‘",
            "’",
            "–",
            "—",
            "-",
            ",",
            ".",
            ":",
            "(",
            ")",
            "…",
            "?",
        ),
        *(
            "sagte",
            "a déclaré",
            "dijo",
            "ha detto",
            "disse",
            "сказал",
            "powiedział",
            "säger",
            "zei",
            "说",
            "と述べた",
            "고 말했다",
        ),
        *(
            "Anna Weber",
            "Jean Dupont",
            "Frau Müller",
            "M. Doua",
            "Анна Петрова",
            "Ursula von der Leyen",
            "王建国",
            "田中氏は",
        ),
        *("der Minister", "le président de la République", "el alcalde", "министр", "발언", "dit-il", "er", "elle"),
        *("die", "et", "que", "и", "не", "ist", "nicht", "\n", "\n\n", " ", "\u00a0", "\ud800", "🙂", "1.000,5", "L'"),
    ]
)
MIXED = st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=40).map("".join)
EDITS = st.lists(st.tuples(st.integers(0, 800), st.integers(0, 40), st.none() | PIECES), min_size=1, max_size=8)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CODES), MIXED | st.text(max_size=300), st.text(max_size=40))
def test_anything_in_any_language(code: str, text: str, title: str) -> None:
    analysis = analyse_in(code, text, title, ENGINE_VERSION)
    check(text, analysis)
    assert analyse_in(code, text, title, ENGINE_VERSION) == analysis


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FOREIGN), EDITS)
def test_mutated_articles(article: Article, edits: list[tuple[int, int, str | None]]) -> None:
    text = mutated(article.text, edits)
    check(text, analyse_in(article.code, text, "", ENGINE_VERSION))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=500) | MIXED)
def test_every_text_has_one_language(text: str) -> None:
    assert language_of(text) in {*CODES, "en"}
    assert language_of(text) == language_of(text)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CODES), MIXED)
def test_quotations_stay_inside_their_paragraph_and_apart(code: str, text: str) -> None:
    paragraphs = [Span(*span) for span in paragraph_spans(text)]
    found = Marks(text, code).find(paragraphs)
    for quotation in found:
        paragraph = paragraphs[quotation.paragraph]
        assert paragraph.start <= quotation.outer_start < quotation.start < quotation.end
        assert quotation.end <= quotation.outer_end <= paragraph.end
    for before, after in pairwise(found):
        assert before.outer_end <= after.outer_start


@pytest.mark.parametrize("code", ["de", "fr", "ru", "sv", "zh"])
def test_hostile_repetition_takes_linear_time(code: str) -> None:
    for piece in (
        *("„", "« ", "“", "» «", '" ', "‘", "「", "– ", ": «", ", sagte ", "», a déclaré ", "dijo: «", "«a», dit-il. "),
        *(
            "Anna Weber ",
            "Frau Müller ",
            "der Minister ",
            "le président de la ",
            "министр ",
            "von der ",
            "J. ",
            "Jean-Paul-",
        ),
        *("说：“", "氏は「", "는 “", "وقال محمد: «", "«a» ", "a, ", "L'", "Anna Weber, Minister, ", "\n– a, säger "),
    ):
        text = piece * (30_000 // len(piece))
        began = time.process_time()
        language_of(text)
        analyse_in(code, text, "", ENGINE_VERSION)
        assert time.process_time() - began < 2, piece
