"""The article that is shown: which is wanted, which is on its way, and going on to the next."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from store.errors import NewsdashError
from store.models import Correction, OpenArticle, QuoteOccurrence, Span
from tui.dashboard.context import DashboardContext
from tui.dashboard.marks import MarkController
from tui.dashboard.panes import PaneController
from tui.dashboard.places import ReadingPlaces
from tui.jobs import PATIENCE
from tui.keys.commands import Pane
from tui.widgets.speakers import SpeakerList


class ArticleController:
    """Reads articles from the library for the panes of the article and of its people."""

    def __init__(
        self, context: DashboardContext, panes: PaneController, places: ReadingPlaces, marks: MarkController
    ) -> None:
        self._context = context
        self._panes = panes
        self._places = places
        self._marks = marks
        self._wanted = 0
        """The article that should be shown; 0 for none."""
        self._loading = 0
        """The article on its way from the library; 0 for none."""
        self._passage: QuoteOccurrence | None = None
        """The quotation to show when its article is there."""

    # --- which ----------------------------------------------------------------------------------------------

    def want(self, article_id: int) -> None:
        """Show an article as soon as it is read from the store; of several asked for meanwhile the last."""
        self._wanted = article_id
        if not self._loading:
            self._load()

    def open(self, article_id: int, passage: QuoteOccurrence | None = None) -> None:
        """Show an article, at a passage of it if one is given, mark it read and put the keyboard into it."""
        self._passage = passage
        self.want(article_id)
        if self._context.settings.general.mark_read_on_open:
            self._marks.mark([article_id], read=True)
        self._panes.go_to(Pane.ARTICLE)

    def follow_cursor(self) -> None:
        """Show the article under the cursor of the list, which was read again."""
        headlines = self._context.headlines
        if headlines.current is not None:
            # A folded story can have got a newer first article while one reads another of it.
            self.want(self._wanted if self._wanted in headlines.together else headlines.current)
        elif not headlines.ids:
            self._wanted = 0
            self._context.article.clear("Nothing to read: no article is listed.")
            self._context.people.clear("Nobody: no article is listed.")

    def show_again(self, article_id: int) -> None:
        """Read an article again if it is the one that is open."""
        if self._wanted == article_id:
            self.want(article_id)

    def show_corrected(self, correction: Correction) -> None:
        """Show an article again whose correction was made or undone."""
        self._context.headlines.statuses_changed()
        self.show_again(correction.article_id)

    def being_read(self) -> Collection[int]:
        """The article on the screen, and the one on its way there. For any thread."""
        opened = self._context.article.opened
        return {self._wanted, self._loading, opened.article.id if opened is not None else 0}

    # --- reading it -----------------------------------------------------------------------------------------

    def _load(self) -> None:
        library, session = self._context.library, self._context.session
        article_id = self._loading = self._wanted

        def read(_: object) -> tuple[OpenArticle, SpeakerList, Sequence[Span]]:
            opened = library.articles.open(article_id)
            return opened, SpeakerList.of(opened.analysis), session.found_places(article_id)

        self._context.jobs.start("article", read, self._loaded, self._failed, patience=PATIENCE)

    def _loaded(self, loaded: tuple[OpenArticle, SpeakerList, Sequence[Span]]) -> None:
        opened, cast, found = loaded
        article = self._context.article
        self._loading = 0
        if self._wanted and self._wanted != opened.article.id:
            self._load()
        elif self._wanted:
            self._places.leave()
            another = article.opened is None or article.opened.article.id != opened.article.id
            article.show(opened, cast)
            article.mark_found(found)
            self._context.people.show(opened, cast)
            if another:
                self._places.return_to(opened)
            self._show_passage(opened)

    def _failed(self, error: NewsdashError) -> None:
        failed, self._loading = self._loading, 0
        if self._wanted and self._wanted != failed:
            self._load()
        else:
            self._context.article.clear(error.message)
            self._context.people.clear("")

    def _show_passage(self, opened: OpenArticle) -> None:
        """Go to the quotation that was asked for, if it stands in this article."""
        passage, quotes = self._passage, opened.analysis.quotes
        if passage is None or opened.article.id != passage.article_id:
            return
        self._passage = None
        same = next((place for place, quote in enumerate(quotes) if quote.start == passage.start), None)
        if same is not None:
            self.point_to(same)
        else:
            # Corrected or analysed again since: the words are there all the same.
            self._context.article.highlight([Span(passage.start, passage.end)])

    # --- on to the next -------------------------------------------------------------------------------------

    def advance(self) -> None:
        """Scroll the article by a page; at its end, go on to the next unread one."""
        context = self._context
        current = context.headlines.current
        if current is None:
            return
        if not self._panes.sees(Pane.ARTICLE):
            self.open(current)
            return
        headline = context.headlines.headline(current)
        if headline is not None and not headline.status.read:
            self._marks.mark([current], read=True)
        if context.article.at_end:
            self.next_unread()
        else:
            context.article.action_page_down()

    def next_unread(self, step: int = 1) -> None:
        headlines = self._context.headlines
        found = self._context.session.next_unread(headlines.ids, headlines.beyond(step), step)
        if found is None:
            none = "No more unread articles in this list." if step > 0 else "No unread articles before this one."
            self._context.say(none)
            return
        headlines.select(found)
        self.want(found)
        # In a terminal that shows only the headlines the article has not been seen yet.
        if self._panes.sees(Pane.ARTICLE):
            self._marks.mark([found], read=True)

    def previous_unread(self) -> None:
        self.next_unread(-1)

    # --- who said what --------------------------------------------------------------------------------------

    def next_quotation(self, step: int = 1) -> None:
        opened = self._context.article.opened
        if opened is None:
            return
        quotes, at = opened.analysis.quotes, self._context.people.quote
        if not quotes:
            self._context.say("Nobody is quoted in this article.")
            return
        order = sorted(range(len(quotes)), key=lambda index: quotes[index].start)
        before_first = -1 if step > 0 else len(order)
        place = (order.index(at) if at >= 0 else before_first) + step
        if 0 <= place < len(order):
            self.point_to(order[place])
        else:
            self._context.say("This is the last quotation." if step > 0 else "This is the first quotation.")

    def previous_quotation(self) -> None:
        self.next_quotation(-1)

    def point_to(self, quote: int) -> None:
        """Show a quotation of the open article, in the text and in the list."""
        opened = self._context.article.opened
        if opened is not None:
            self._context.people.select_quote(quote)
            self._context.article.highlight(opened.analysis.quotes[quote].spans)
