"""The half of the dashboard that puts the full text of an article in place of the feed's own, and back."""

from __future__ import annotations

from store.errors import NewsdashError
from store.models import IsCancelled
from tui.dashboard.context import DashboardContext
from tui.dashboard.headline_list import HeadlineListController
from tui.dashboard.panes import PaneController

FULL_TEXT = "full text"


class FullTextController:
    """Shows the text of an article's web page, or its feed's again."""

    def __init__(self, context: DashboardContext, panes: PaneController, headline_list: HeadlineListController) -> None:
        self._context = context
        self._panes = panes
        self._list = headline_list

    def full_text(self) -> None:
        article_id = self._panes.article_here
        if article_id is None or not self._context.may_write():
            return
        library = self._context.library
        full = library.articles.get(article_id).article.full_text

        def shown(_: object) -> None:
            self._context.status.progress("")
            self._context.headlines.statuses_changed()
            self._list.reload()
            self._context.say(
                "The text of the feed."
                if full
                else self._context.keyboard.hint("The full text. {full-text} goes back.")
            )

        def failed(error: NewsdashError) -> None:
            self._context.status.progress("")
            self._context.status.say(f"There is no full text: {error.message}", error=True)

        def show(stop: IsCancelled) -> None:
            if full:
                library.full_texts.show_own(article_id)
            else:
                library.full_texts.show_page(article_id, stop)

        self._context.status.progress("" if full else "Fetching the full text …")
        self._context.jobs.start(FULL_TEXT, show, shown, failed)
