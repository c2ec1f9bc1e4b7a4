"""Your corrections of who said what: made, listed, removed, exported as gold data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.errors import NotFoundError, StoreError
from store.models import AnotherPerson, CorrectionRecord, NameIs, SamePerson, SpeakerIs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.library.articles import Articles
    from store.library.context import LibraryContext
    from store.models import Amendment, Correction

LONGEST_NAME = 200
"""Characters of a name."""


class Corrections:
    """Corrections. They win over every analysis, and are applied whenever one is read."""

    def __init__(self, context: LibraryContext, articles: Articles) -> None:
        self._context = context
        self._database = context.database
        self._lock = context.lock
        self._articles = articles

    def add(self, article_id: int, what: Amendment) -> Correction:
        """Store a correction of an article.

        :raises NotFoundError: when there is no such article.
        :raises StoreError: when a name that it needs is missing or too long.
        """
        what = _cleaned(what)
        with self._lock:
            self._context.article(article_id)
            correction = self._database.correct(article_id, what)
        self._context.derived.article_corrected(article_id)
        return correction

    def remove(self, number: int) -> Correction:
        """Remove a correction.

        :raises NotFoundError: when there is none of this number.
        """
        with self._lock:
            self._database.require_writable()
            correction = self._database.remove_correction(number)
        if correction is None:
            raise NotFoundError(f"There is no correction {number}.")
        self._context.derived.article_corrected(correction.article_id)
        return correction

    def all(self) -> list[CorrectionRecord]:
        """All corrections, the latest first, each with its article and whether it is in force."""
        from store.corrections import in_force

        found = []
        for article_id, corrections in self._by_article():
            with self._lock:
                headline, text = self._articles.get(article_id), self._database.texts.document(article_id).text
                analysis = self._database.texts.found(article_id)
            force = in_force(analysis, text, corrections)
            found += [
                CorrectionRecord(each, headline.article, headline.source, each.number in force) for each in corrections
            ]
        return sorted(found, key=lambda record: record.correction.number, reverse=True)

    def gold(self) -> Iterator[dict[str, Any]]:
        """Each corrected article as JSON to measure extraction by; see :mod:`store.corrections.gold`."""
        from store.corrections.gold import gold_record

        for article_id, _ in self._by_article():
            yield gold_record(self._articles.open(article_id))

    def _by_article(self) -> list[tuple[int, Sequence[Correction]]]:
        by_article: dict[int, list[Correction]] = {}
        with self._lock:
            for correction in self._database.corrections.all():
                by_article.setdefault(correction.article_id, []).append(correction)
        return sorted(by_article.items())


def _cleaned(what: Amendment) -> Amendment:
    """The correction with its names cleaned.

    :raises StoreError: when one is missing or too long.
    """
    from store.text.clean import clean_line

    match what:
        case SpeakerIs():
            what = replace(what, name=clean_line(what.name))
            names = [what.name or "unknown"]
        case SamePerson():
            names = [what.person, what.other]
        case AnotherPerson():
            what = replace(what, name=clean_line(what.name))
            names = [what.person]
        case NameIs():
            what = replace(what, name=clean_line(what.name))
            names = [what.person, what.name]
        case _:
            names = []
    if not all(names):
        raise StoreError("A name is missing.")
    if any(len(name) > LONGEST_NAME for name in names):
        raise StoreError(f"A name can have {LONGEST_NAME} characters.")
    return what
