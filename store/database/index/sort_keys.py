"""What lists are sorted by that is in no column: titles and numbers of people quoted, in memory once asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

KEPT = 48
"""Characters of a title that are compared."""


class SortKeys:
    """Number of people quoted and comparable title of each article. Empty until :meth:`begin` is called."""

    def __init__(self) -> None:
        self._keys: dict[int, tuple[int, str]] | None = None

    def begin(self, ids: Iterable[int]) -> list[int]:
        """From now on keys are kept; returns those of ``ids`` that have none yet."""
        if self._keys is None:
            self._keys = {}
        keys = self._keys
        return [article_id for article_id in ids if article_id not in keys]

    def follow(self, article_id: int, row: Mapping[str, Any] | None) -> None:
        """An article came, changed or (None) went."""
        if self._keys is None:
            return
        if row is None:
            self._keys.pop(article_id, None)
        else:
            self._keys[article_id] = (row.get("quoted", 0), comparable(row.get("title", "")))

    def quoted(self, article_id: int) -> int:
        return self._key(article_id)[0]

    def title(self, article_id: int) -> str:
        return self._key(article_id)[1]

    def _key(self, article_id: int) -> tuple[int, str]:
        return (self._keys or {}).get(article_id, (0, ""))


def comparable(title: str) -> str:
    """A title as it is compared: without case, diacritics and what stands before the first letter or digit."""
    letters = unicodedata.normalize("NFKD", title[:KEPT]).casefold()
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    first = next((place for place, letter in enumerate(letters) if letter.isalnum()), 0)
    return letters[first:]
