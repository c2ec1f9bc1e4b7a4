"""The half of the dashboard that finds words in the open article and remembers how far each was read."""

from __future__ import annotations

from store.models import OpenArticle, Span
from tui.dashboard.parts import Parts
from tui.keys.commands import Pane
from tui.widgets.find import FindBar

PLACES = "places"
"""The setting that remembers how far articles were read: pairs of article and text offset, oldest first."""
KEPT_PLACES = 300


class Finding(Parts, inherit_bindings=False):
    """Places in the text."""

    _found: tuple[Span, ...] = ()
    _at = 0
    _places: dict[int, int]

    # --- words ----------------------------------------------------------------------------------------------

    def action_find(self) -> None:
        if self.article.opened is None:
            self.say("Open an article first.")
        else:
            self.go_to(Pane.ARTICLE)
            self.find_bar.open()

    def on_find_bar_changed(self, message: FindBar.Changed) -> None:
        self._found = self.article.find(message.words)
        here = self.article.first_offset
        self._at = next((place for place, span in enumerate(self._found) if span.start >= here), 0)
        self._show_found()

    def on_find_bar_step(self, message: FindBar.Step) -> None:
        if self._found:
            self._at = (self._at + message.step) % len(self._found)
            self._show_found()

    def _show_found(self) -> None:
        self.article.highlight(self._found[self._at : self._at + 1])
        self.find_bar.tell(self._at, len(self._found))

    def on_find_bar_closed(self) -> None:
        self.find_bar.display = False
        self.article.find("")
        self.go_to(Pane.ARTICLE)

    # --- how far one has read -------------------------------------------------------------------------------

    def recall_places(self) -> None:
        """Read how far articles were read in earlier sessions."""
        stored = self.session.library.maintenance.setting(PLACES, []) if self.session is not None else []
        try:
            self._places = {int(article): int(offset) for article, offset in stored}
        except (TypeError, ValueError):
            self._places = {}

    def leave_article(self) -> None:
        """Remember the place in the article that is open."""
        opened = self.article.opened
        if opened is not None:
            self._places.pop(opened.article.id, None)
            if offset := self.article.first_offset:
                self._places[opened.article.id] = offset

    def return_to_place(self, opened: OpenArticle) -> None:
        """Scroll to where one left the article."""
        if offset := self._places.get(opened.article.id, 0):
            self.article.return_to(offset)

    def keep_places(self) -> None:
        """Store the places; when the program ends."""
        if self.session is not None:
            self.leave_article()
            self.session.library.maintenance.save_setting(PLACES, list(self._places.items())[-KEPT_PLACES:])
