"""What the reader knows better about who said what: corrections made, listed, taken back, given for measuring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.errors import NotFoundError, StoreError
from store.library.articles import Articles
from store.models import AnotherPerson, CorrectionRecord, NameIs, SamePerson, SpeakerIs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.models import Amendment, Correction

LONGEST_NAME = 200
"""Characters of a name."""


class Correcting(Articles):
    """Corrections. They win over every analysis, and are put in wherever one is read."""

    def correct(self, article_id: int, what: Amendment) -> Correction:
        """Keep a correction of an article.

        :raises NotFoundError: when there is no such article.
        :raises StoreError: when a name that it needs is missing or too long.
        """
        what = _cleaned(what)
        with self._lock:
            self.headline(article_id)
            correction = self._database.correct(article_id, what)
        self._told_otherwise(article_id)
        return correction

    def remove_correction(self, number: int) -> Correction:
        """Take a correction back.

        :raises NotFoundError: when there is none of this number.
        """
        with self._lock:
            self._database.require_writable()
            correction = self._database.remove_correction(number)
        if correction is None:
            raise NotFoundError(f"There is no correction {number}.")
        self._told_otherwise(correction.article_id)
        return correction

    def _told_otherwise(self, article_id: int) -> None:
        """What is derived from who said what in an article follows."""
        self._finding.update_now([article_id])
        if self._remembered is not None:
            self._remembered.update([article_id])

    def corrections(self) -> list[CorrectionRecord]:
        """All of them, the latest first."""
        from store.corrections import in_force

        found = []
        for article_id, corrections in self._corrected_articles():
            with self._lock:
                row, text = self.headline(article_id), self._database.document(article_id).text
                analysis = self._database.found(article_id)
            force = in_force(analysis, text, corrections)
            found += [CorrectionRecord(each, row.article, row.source, each.number in force) for each in corrections]
        return sorted(found, key=lambda record: record.correction.number, reverse=True)

    def gold(self) -> Iterator[dict[str, Any]]:
        """Each corrected article as JSON to measure extraction by; see :mod:`store.corrections.gold`."""
        from store.corrections.gold import gold_record

        for article_id, _ in self._corrected_articles():
            yield gold_record(self.open_article(article_id))

    def _corrected_articles(self) -> list[tuple[int, Sequence[Correction]]]:
        by_article: dict[int, list[Correction]] = {}
        with self._lock:
            for correction in self._database.all_corrections():
                by_article.setdefault(correction.article_id, []).append(correction)
        return sorted(by_article.items())


def _cleaned(what: Amendment) -> Amendment:
    """A correction whose names are lines of clean text.

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
