"""The stages in order: cut up, pair marks, find people, find frames, decide statements, say why."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from store.attribution.cues.clauses import lay_out
from store.attribution.languages.detect import ENGLISH, language_of
from store.attribution.mentions.entities import find_cast, listed, named_in_full, resolve_first_person
from store.attribution.quotations.marks import find_quotations
from store.attribution.speakers.records import Narrator
from store.attribution.speakers.statements import decide
from store.attribution.tokens.segment import segment
from store.models import Analysis


def run(text: str, title: str, version: int) -> Analysis:
    """Analyse ``text``; see :func:`store.attribution.analyse`."""
    with _uncollected():
        return _analysed(text, title, version)


def _analysed(text: str, title: str, version: int) -> Analysis:
    language = language_of(text)
    if language != ENGLISH:
        from store.attribution.languages.analyse import analyse_in

        return analyse_in(language, text, title, version)
    segments = segment(text)
    quotations = find_quotations(text, segments.paragraphs)
    cast = find_cast(text, segments, title=title, quotations=quotations)
    scene, statements = decide(lay_out(text, segments, quotations, cast))
    quotes = Narrator(scene, cast).quotes(statements)
    cast = named_in_full(resolve_first_person(cast, quotes), quotes)
    return Analysis(version, listed(cast), tuple(quotes))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles away: an analysis makes many small objects and no cycles among them.

    Looking through them again and again takes time that grows with a text: little for an article, some for a book.
    It comes back when all of them are gone, so that it finds only the outcome to look through.
    Who finds the collector off leaves it off; of two threads at once the first to end switches it on, which costs the
    other time and nothing else.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
