"""How far each article was read."""

from __future__ import annotations

from store.models import OpenArticle
from tui.dashboard.context import DashboardContext

PLACES = "places"
"""The setting that remembers how far articles were read: pairs of article and text offset, oldest first."""
KEPT_PLACES = 300


class ReadingPlaces:
    """Remembers the place in each article, and goes back to it."""

    def __init__(self, context: DashboardContext) -> None:
        self._context = context
        self._places = self._recalled()

    def _recalled(self) -> dict[int, int]:
        """The places of earlier sessions."""
        try:
            return {int(article): int(offset) for article, offset in self._context.recall(PLACES, [])}
        except (TypeError, ValueError):
            return {}

    def leave(self) -> None:
        """Remember the place in the article that is open."""
        article = self._context.article
        if article.opened is not None:
            self._places.pop(article.opened.article.id, None)
            if offset := article.first_offset:
                self._places[article.opened.article.id] = offset

    def return_to(self, opened: OpenArticle) -> None:
        """Scroll to where one left the article."""
        if offset := self._places.get(opened.article.id, 0):
            self._context.article.return_to(offset)

    def store(self) -> None:
        """Keep the places for the next start; when the program ends."""
        self.leave()
        self._context.remember(PLACES, list(self._places.items())[-KEPT_PLACES:])
