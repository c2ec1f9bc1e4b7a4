"""The half of the dashboard that puts the full text of an article in place of the feed's own, and back."""

from __future__ import annotations

from store.errors import NewsdashError
from store.models import IsCancelled
from tui.dashboard.parts import Parts

FULL_TEXT = "full text"


class FullText(Parts, inherit_bindings=False):
    """Full texts."""

    def action_full_text(self) -> None:
        session, article_id = self.session, self.current
        if session is None or article_id is None or not self.may_write():
            return
        library = session.library
        full = library.articles.get(article_id).article.full_text

        def shown(_: object) -> None:
            self.status.progress("")
            self.headlines.statuses_changed()
            self.reload()
            self.say("The text of the feed." if full else self.keyboard.hint("The full text. {full-text} goes back."))

        def failed(error: NewsdashError) -> None:
            self.status.progress("")
            self.status.say(f"There is no full text: {error.message}", error=True)

        def show(stop: IsCancelled) -> None:
            if full:
                library.full_texts.show_own(article_id)
            else:
                library.full_texts.show_page(article_id, stop)

        self.status.progress("" if full else "Fetching the full text …")
        self.jobs.start(FULL_TEXT, show, shown, failed)
