"""The half of the dashboard that shows and marks articles: views, search, the article and its quotations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from store.errors import NewsdashError
from store.models import ArticleList, Correction, OpenArticle, PeopleDecision, Scope, Snippet, Span, View
from tui.dashboard.parts import Parts
from tui.jobs import PATIENCE, SOON
from tui.keys.commands import Pane
from tui.session import NARROWED, Narrowing, Undone
from tui.widgets.article import ArticleView
from tui.widgets.feeds import Feeds
from tui.widgets.headlines import Headlines
from tui.widgets.people import People
from tui.widgets.speakers import Cast
from tui.wording.corrections import decided, in_words
from tui.wording.counts import plural

EMPTY = {
    Scope.ALL: (
        "There are no articles yet.\n\nPress {add-feed} to add a feed, or put text files into\n{seeds}\n"
        "and press {refresh-feed}."
    ),
    Scope.UNREAD: "Everything is read.\n\nPress {refresh-all} to fetch what is new.",
    Scope.TODAY: "Nothing was published today.\n\nPress {refresh-all} to fetch what is new.",
    Scope.STARRED: "Nothing is starred.\n\nPress {toggle-star} on an article to keep it here.",
    Scope.FOLLOWED: "No article names anybody you follow.\n\n{directory} lists everybody, {follow} follows a person.",
    Scope.PERSON: "No article names this person any more.\n\n{directory} lists everybody.",
    Scope.SAVED: "This search finds nothing.\n\n{save-search} changes it.",
    Scope.TAG: "The feeds of this folder have no articles yet.\n\nPress {refresh-feed} to fetch what is new.",
    Scope.FEED: "This feed has no articles yet.\n\nPress {refresh-feed} to fetch what is new.",
}

PASSAGES = "passages"


class Reading(Parts, inherit_bindings=False):
    """Articles: which are listed, which is open, and what was done with them."""

    _wanted = 0
    """The article that should be shown; 0 for none."""
    _loading = 0
    """The article on its way from the library; 0 for none."""

    # --- views ----------------------------------------------------------------------------------------------

    def show_view(self, view: View, title: str) -> None:
        """List a view's articles from its top."""
        if self.session is None:
            return
        self.session.enter(view, title)
        self.feeds.select(replace(view, query=""))
        self.load_view(keep_place=False)
        self.count_soon()

    def reload(self) -> None:
        """List the same view again, after articles came or went; the cursor stays where it is."""
        self.load_view(keep_place=True)
        self.update_feeds()

    def load_view(self, *, keep_place: bool) -> None:
        session = self.session
        if session is None:
            return
        view, shown = session.view, self.headlines.ids

        def listed(found: ArticleList) -> None:
            stay = keep_place and len(shown) > 0
            self.jobs.cancel(PASSAGES)
            searched = bool(session.query)
            self.headlines.load(found, session.library.articles.get, keep_place=stay, with_passages=searched)
            self._describe_list()
            self.watch_index()
            if notice := session.notice:
                self.status.say(notice)
            if self.search_bar.display:
                # The next letter may come sooner than the article could be read.
                self.jobs.soon("follow", SOON, self._follow_cursor)
            else:
                self._follow_cursor()

        # What is typed into the search line is painted first.
        patience = 0 if view.query else PATIENCE
        self.jobs.start("view", lambda _: session.listed(view, shown), listed, patience=patience)

    def on_headlines_passages_wanted(self) -> None:
        """Read why a search found what is in sight; the list is painted meanwhile."""
        session, ids = self.session, self.headlines.lacking()
        if session is None or not ids or self.jobs.busy(PASSAGES):
            return
        query = session.query

        def read(_: object) -> dict[int, Snippet | None]:
            return {article_id: session.passage(article_id) for article_id in ids}

        def found(passages: dict[int, Snippet | None]) -> None:
            if session.query == query:
                self.headlines.show_passages(passages)
                # One may have scrolled on meanwhile.
                self.on_headlines_passages_wanted()

        self.jobs.start(PASSAGES, read, found)

    def _describe_list(self) -> None:
        session = self.session
        if session is None:
            return
        count = len(self.headlines.ids)
        query = session.view.query
        title = f"{session.title} · “{query}”" if query else session.title
        title = " · ".join(filter(None, (title, session.listing)))
        self.headlines.title(title, f"{count:,}" if count else "")
        if query:
            self.headlines.say(self.nothing_found())
        elif session.narrowing is not Narrowing.ALL:
            nothing = "Nothing to list here: {what}.\n\n{filter} chooses what is listed."
            self.headlines.say(self.keyboard.hint(nothing, what=NARROWED[session.narrowing]))
        else:
            self.headlines.say(self.keyboard.hint(EMPTY[session.view.scope], seeds=session.library.places.seeds))

    def _follow_cursor(self) -> None:
        current = self.headlines.current
        if current is not None:
            # A folded story can have got a newer first article while one reads another of it.
            self._want(self._wanted if self._wanted in self.headlines.together else current)
        elif not self.headlines.ids:
            self._wanted = 0
            self.article.clear("Nothing to read: no article is listed.")
            self.people.clear("Nobody: no article is listed.")

    # --- the open article -----------------------------------------------------------------------------------

    def on_headlines_moved(self, message: Headlines.Moved) -> None:
        self._want(message.article_id)

    def on_headlines_opened(self, message: Headlines.Opened) -> None:
        self.open_article(message.article_id)

    def open_article(self, article_id: int) -> None:
        """Show an article, mark it read and put the keyboard into it."""
        self._want(article_id)
        if self.settings.general.mark_read_on_open:
            self._mark([article_id], read=True)
        self.go_to(Pane.ARTICLE)

    def _want(self, article_id: int) -> None:
        """Show an article as soon as it is read from the store; of several asked for meanwhile the last."""
        self._wanted = article_id
        if not self._loading:
            self._load_article()

    def read_again(self, article_id: int) -> None:
        """Show an article anew if it is the one that is open."""
        if self._wanted == article_id:
            self._want(article_id)

    def _load_article(self) -> None:
        session = self.session
        if session is None:
            return
        article_id = self._loading = self._wanted

        def read(_: object) -> tuple[OpenArticle, Cast, Sequence[Span]]:
            opened = session.library.articles.open(article_id)
            return opened, Cast.of(opened.analysis), session.found_places(article_id)

        self.jobs.start("article", read, self._article_loaded, self._article_failed, patience=PATIENCE)

    def _article_loaded(self, loaded: tuple[OpenArticle, Cast, Sequence[Span]]) -> None:
        opened, cast, found = loaded
        self._loading = 0
        if self._wanted and self._wanted != opened.article.id:
            self._load_article()
        elif self._wanted:
            self.leave_article()
            another = self.article.opened is None or self.article.opened.article.id != opened.article.id
            self.article.show(opened, cast)
            self.article.mark_found(found)
            self.people.show(opened, cast)
            if another:
                self.return_to_place(opened)
            self.show_passage()

    def _article_failed(self, error: NewsdashError) -> None:
        failed, self._loading = self._loading, 0
        if self._wanted and self._wanted != failed:
            self._load_article()
        else:
            self.article.clear(error.message)
            self.people.clear("")

    @property
    def current(self) -> int | None:
        """The article that commands act on."""
        if self.pane in (Pane.ARTICLE, Pane.PEOPLE) and self.article.opened is not None:
            return self.article.opened.article.id
        return self.headlines.current

    def being_read(self) -> Collection[int]:
        opened = self.article.opened
        return {self._wanted, self._loading, opened.article.id if opened is not None else 0}

    def action_advance(self) -> None:
        current = self.headlines.current
        if current is None:
            return
        if not self.sees(Pane.ARTICLE):
            self.open_article(current)
            return
        headline = self.headlines.headline(current)
        if headline is not None and not headline.status.read:
            self._mark([current], read=True)
        if self.article.at_end:
            self.action_next_unread()
        else:
            self.article.action_page_down()

    def action_next_unread(self, step: int = 1) -> None:
        if self.session is None:
            return
        found = self.session.next_unread(self.headlines.ids, self.headlines.beyond(step), step)
        if found is None:
            self.say("No more unread articles in this list." if step > 0 else "No unread articles before this one.")
            return
        self.headlines.select(found)
        self._want(found)
        # In a terminal that shows only the headlines the article has not been seen yet.
        if self.sees(Pane.ARTICLE):
            self._mark([found], read=True)

    def action_previous_unread(self) -> None:
        self.action_next_unread(-1)

    # --- who said what --------------------------------------------------------------------------------------

    def on_people_pointed(self, message: People.Pointed) -> None:
        self.article.highlight(message.spans)

    def on_people_chosen(self) -> None:
        self.go_to(Pane.ARTICLE)

    def on_article_view_passage_chosen(self, message: ArticleView.PassageChosen) -> None:
        self._point_to(message.quote)

    def action_next_quotation(self, step: int = 1) -> None:
        opened = self.article.opened
        if opened is None:
            return
        if not opened.analysis.quotes:
            self.say("Nobody is quoted in this article.")
            return
        quotes = opened.analysis.quotes
        order = sorted(range(len(quotes)), key=lambda index: quotes[index].start)
        before_first = -1 if step > 0 else len(order)
        place = (order.index(self.people.quote) if self.people.quote >= 0 else before_first) + step
        if 0 <= place < len(order):
            self._point_to(order[place])
        else:
            self.say("This is the last quotation." if step > 0 else "This is the first quotation.")

    def action_previous_quotation(self) -> None:
        self.action_next_quotation(-1)

    def _point_to(self, quote: int) -> None:
        opened = self.article.opened
        if opened is not None:
            self.people.select_quote(quote)
            self.article.highlight(opened.analysis.quotes[quote].spans)

    # --- marks ----------------------------------------------------------------------------------------------

    def _mark(
        self,
        ids: Sequence[int],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        muted: bool | None = None,
    ) -> int:
        """Mark articles and show it; a failure is told. Returns how many changed."""
        if self.session is None:
            return 0
        if self.session.library.read_only:
            # Reading goes on without marks; the status line says all the time why there are none.
            return 0
        try:
            changed = self.session.mark(ids, read=read, starred=starred, muted=muted)
        except NewsdashError as error:
            self.fail(error)
            return 0
        if changed:
            self.headlines.statuses_changed(ids)
            self.count_soon()
        return changed

    def _writable(self) -> bool:
        if self.session is not None and self.session.library.read_only:
            self.say(self.session.library.notice or "The library is open for reading only.")
            return False
        return self.session is not None

    def action_toggle_star(self) -> None:
        headline = self.headlines.headline(self.current) if self.current is not None else None
        if headline is not None and self._writable():
            starred = not headline.status.starred
            if self._mark([headline.article.id], starred=starred):
                self.say("Starred." if starred else "No longer starred.")

    def action_toggle_read(self) -> None:
        """Mark the article, or all those of the folded group that the cursor is on."""
        if self.pane is Pane.HEADLINES and self.headlines.on_folded_group:
            self._mark_group()
            return
        headline = self.headlines.headline(self.current) if self.current is not None else None
        if headline is not None and self._writable():
            read = not headline.status.read
            if self._mark([headline.article.id], read=read):
                self.say("Marked as read." if read else "Marked as unread.")

    def action_open_and_mark(self) -> None:
        """Open the article's page and mark it read, without leaving the list."""
        current = self.current
        if current is not None:
            self.action_open_link()
            self._mark([current], read=True)

    def action_mute(self) -> None:
        headline = self.headlines.headline(self.current) if self.current is not None else None
        if headline is not None and self._writable():
            muted = not headline.status.muted
            self._mark([headline.article.id], muted=muted)
            undo = self.keyboard.hint("Muted; it leaves the lists with your next step to another. {undo} undoes it.")
            self.say(undo if muted else "No longer muted.")

    def action_mark_all_read(self) -> None:
        session = self.session
        if session is None or not self._writable():
            return
        shown, view = self.headlines.ids, self.view_here if self.pane is Pane.FEEDS else None
        self._mark_many(lambda: session.library.listing.ids(view) if view is not None else shown)

    def _mark_group(self) -> None:
        """Mark all articles of a folded group as read, or all as unread when they are read."""
        session, members = self.session, self.headlines.together
        if session is not None and self._writable():
            read = not session.all_read(members)
            self._mark_many(lambda: members, read=read)

    def _mark_many(self, which: Callable[[], Sequence[int]], *, read: bool = True) -> None:
        """Mark articles as read or unread, in a job's thread."""
        session = self.session
        if session is None:
            return

        def marked(count: int) -> None:
            self.headlines.statuses_changed()
            self.update_counts()
            undo = self.keyboard.key_of("undo")
            done = f"{plural(count, 'article')} marked as {'read' if read else 'unread'}. {undo} undoes it."
            self.say(done if count else "All were read already.")

        self.jobs.start("mark", lambda _: session.mark(which(), read=read), marked)

    def action_undo(self) -> None:
        session = self.session
        if session is None or not self._writable():
            return

        def undone(what: Undone) -> None:
            if isinstance(what, Correction):
                self.show_corrected(what)
                self.say(f"Taken back: {in_words(what.what)}")
                return
            if isinstance(what, PeopleDecision):
                self.update_followed()
                self.say(f"Taken back: {decided(what)}")
                return
            self.headlines.statuses_changed()
            self.update_counts()
            self.say(f"Undone for {plural(len(what), 'article')}." if what else "There is nothing to undo.")

        self.jobs.start("mark", lambda _: session.undo(), undone)

    # --- views by key ---------------------------------------------------------------------------------------

    def on_feeds_chosen(self, message: Feeds.Chosen) -> None:
        self.show_view(message.view, message.title)
        self.go_to(Pane.HEADLINES)

    def action_next_feed(self, step: int = 1) -> None:
        if self.session is None:
            return
        view = replace(self.session.view, query="")
        if neighbour := self.feeds.neighbour(view, step):
            self.show_view(*neighbour)

    def action_previous_feed(self) -> None:
        self.action_next_feed(-1)
