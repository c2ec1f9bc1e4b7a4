"""The page of one person: who it is, and everything he or she is quoted with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container

from store.errors import NewsdashError
from store.models import By, Companion, Outlet, PersonPage, QuoteKind, QuoteOccurrence, QuoteQuery, Reprint, Tally
from tui.dialogs.ask import ChooseScreen
from tui.dialogs.explain import ExplainScreen
from tui.keys.commands import Page
from tui.people_pages.base import PageContext, PageScreen, toggle_follow
from tui.people_pages.merge_people import join_person, split_person
from tui.people_pages.side_by_side import compare_outlets, compare_people
from tui.widgets.filter_line import FilterLine
from tui.widgets.person_facts import PersonFacts
from tui.widgets.quote_list import QuoteList
from tui.widgets.row_list import RowList
from tui.wording.facts import Fact
from tui.wording.quotation import quotation

FIRST = 40
"""Quotations listed at first; more are read when the cursor comes near their end."""
PERIODS = ((0, "at any time"), (7, "in the last 7 days"), (30, "in the last 30 days"), (365, "in the last year"))
"""Days back, and the words for it."""
KINDS = {
    None: "quoted or reported",
    QuoteKind.DIRECT: "in his or her own words",
    QuoteKind.MIXED: "partly in his or her own words",
    QuoteKind.INDIRECT: "in the article's words",
}


class PersonScreen(PageScreen):
    """Facts at the left or above, quotations beside or below."""

    PAGE = Page.PERSON
    AUTO_FOCUS = "#sayings"
    HELP = (
        "One person over all articles. Enter on a quotation opens the article there; on somebody in the same articles, "
        "that person's page; on a topic or outlet it lists only those quotations."
    )

    def __init__(
        self, context: PageContext, person: int, asked: QuoteQuery | None = None, days: int = 0, cursor: int = 0
    ) -> None:
        super().__init__(context)
        self.person = person
        self.asked = asked or QuoteQuery(person=person, once=True)
        self._days = days
        """How far back quotations are listed; 0 for all."""
        self._cursor = cursor
        self._page: PersonPage | None = None
        self._wanted: str | None = None
        self.facts = PersonFacts(id="facts")
        self.sayings = QuoteList(id="sayings", clock=context.clock)
        self.filter_line = FilterLine("words of a quotation")

    def compose_panes(self) -> ComposeResult:
        with Container(id="person"):
            yield self.facts
            yield self.sayings

    def panes(self) -> Mapping[str, RowList]:
        return {"sayings": self.sayings, "facts": self.facts}

    def again(self) -> Callable[[], PageScreen]:
        return partial(
            PersonScreen,
            self.context,
            self.person,
            replace(self.asked, offset=0),
            self._days,
            max(0, self.sayings.cursor),
        )

    @property
    def saying(self) -> QuoteOccurrence | None:
        return self.sayings.current

    # --- the person -----------------------------------------------------------------------------------------

    def load(self, *, keep_place: bool) -> None:
        library = self.context.library

        def found(page: PersonPage) -> None:
            again = keep_place and self._page is not None
            self._page = page
            self.facts.load(page, keep_place=again)
            self.call_after_refresh(self._ask_for_topics)

        def gone(error: NewsdashError) -> None:
            self.facts.say(error.message)
            self.fail(error)

        self.jobs.start("page", lambda _: library.people.page(self.person), found, gone)
        self._list(cursor=max(0, self.sayings.cursor) if keep_place else self._cursor)

    def _ask_for_topics(self) -> None:
        """They take longer than all else, and come when all else is painted."""
        library = self.context.library
        self.jobs.start("topics", lambda _: library.people.topics(self.person), self.facts.add_topics)

    def _list(self, cursor: int = 0) -> None:
        """List the quotations that are asked for."""
        library, asked = self.context.library, self._asked()
        enough = replace(asked, limit=max(FIRST, cursor + 1))

        def found(result: tuple[int, Sequence[QuoteOccurrence]]) -> None:
            total, sayings = result
            self._cursor = 0
            self.sayings.load(sayings, total, cursor, by_month=asked.oldest_first)
            self.sayings.title(self._heading(), f"{total:,}" if total else "")
            self.sayings.say(self._none())
            self._filter_on()

        self.jobs.start("sayings", lambda _: (library.people.count_quotes(asked), library.people.quotes(enough)), found)

    def _asked(self) -> QuoteQuery:
        since = self.context.clock() - timedelta(days=self._days) if self._days else None
        return replace(self.asked, since=since)

    def _heading(self) -> str:
        asked = self.asked
        words = [f"“{asked.words}”"] if asked.words else []
        words += [dict(PERIODS)[self._days]] if self._days else []
        words += [self._source(asked.feed_id)] if asked.feed_id is not None else []
        words += [KINDS[asked.kind]] if asked.kind else []
        words += [asked.verb_class] if asked.verb_class else []
        words += ["oldest first"] if asked.oldest_first else []
        return " · ".join(["Quotations", *words])

    def _source(self, feed_id: int) -> str:
        outlets = self._page.outlets if self._page else ()
        return next((outlet.source for outlet in outlets if outlet.feed_id == feed_id), "one source")

    @property
    def _narrowed(self) -> bool:
        return bool(self._days) or self.asked != self._everything

    @property
    def _everything(self) -> QuoteQuery:
        """All quotations, in the order they are in now."""
        return QuoteQuery(person=self.person, oldest_first=self.asked.oldest_first, once=True)

    def _none(self) -> str:
        if self._narrowed:
            return "No quotation fits.\n\nEsc lists them all again."
        return "Named in the articles, but never quoted."

    def on_quote_list_needed(self, message: QuoteList.Needed) -> None:
        library, asked = self.context.library, replace(self._asked(), offset=message.loaded)
        if not self.jobs.busy("sayings"):
            self.jobs.start("sayings", lambda _: library.people.quotes(asked), self.sayings.add)

    def on_quote_list_chosen(self, message: QuoteList.Chosen) -> None:
        self.read(message.saying)

    def on_person_facts_chosen(self, message: PersonFacts.Chosen) -> None:
        match message.what:
            case Companion(id=person):
                self.open_page(PersonScreen(self.context, person))
            case Outlet(feed_id=feed_id):
                self._narrow(replace(self.asked, feed_id=feed_id))
            case str(topic):
                self._narrow(replace(self.asked, words=topic))

    # --- filters --------------------------------------------------------------------------------------------

    def _narrow(self, asked: QuoteQuery) -> None:
        self.asked = asked
        self._list()
        self.sayings.focus()

    def step_back(self) -> bool:
        if not self._narrowed:
            return False
        self._days = 0
        self._narrow(self._everything)
        return True

    def action_search(self) -> None:
        assert self.filter_line is not None
        self.filter_line.open(self.asked.words)

    def on_filter_line_changed(self, message: FilterLine.Changed) -> None:
        self._wanted = message.words
        if not self.jobs.busy("sayings"):
            self._filter_on()

    def _filter_on(self) -> None:
        """List what was typed last; one at a time, for a question to the index cannot be stopped."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted != self.asked.words:
            self.asked = replace(self.asked, words=wanted)
            self._list()

    def action_timeline(self) -> None:
        """Oldest first under the months, or newest first again."""
        self._narrow(replace(self.asked, oldest_first=not self.asked.oldest_first))
        self.say("Oldest first, by month." if self.asked.oldest_first else "Newest first.")

    def action_filter(self) -> None:
        """Choose by what quotations are narrowed, then to what."""
        ways = {
            "By time …": self._choose_time,
            "By source …": self._choose_source,
            "By kind …": self._choose_kind,
            "By verb …": self.action_verb_class,
            "By words …": self.action_search,
            "List them all": self.step_back,
        }

        def chosen(place: int | None) -> None:
            if place is not None:
                list(ways.values())[place]()

        self.app.push_screen(ChooseScreen("Narrow the quotations", list(ways)), chosen)

    def _choose_time(self) -> None:
        def chosen(place: int | None) -> None:
            if place is not None:
                self._days = PERIODS[place][0]
                self._narrow(self.asked)

        at = [days for days, _ in PERIODS].index(self._days)
        self.app.push_screen(ChooseScreen("Said …", [words for _, words in PERIODS], at=at), chosen)

    def _choose_source(self) -> None:
        outlets = self._page.outlets if self._page else ()

        def chosen(place: int | None) -> None:
            if place is not None:
                self._narrow(replace(self.asked, feed_id=outlets[place - 1].feed_id if place else None))

        sources = [f"{outlet.source} ({outlet.quotes:,})" for outlet in outlets]
        self.app.push_screen(ChooseScreen("Quoted by …", ["any source", *sources]), chosen)

    def _choose_kind(self) -> None:
        kinds = list(KINDS)

        def chosen(place: int | None) -> None:
            if place is not None:
                self._narrow(replace(self.asked, kind=kinds[place]))

        self.app.push_screen(ChooseScreen("Quoted …", list(KINDS.values()), at=kinds.index(self.asked.kind)), chosen)

    def action_verb_class(self) -> None:
        """Choose what kind of verb the quotations have."""
        library, person = self.context.library, self.person

        def counted(classes: Sequence[Tally]) -> None:
            known = [tally for tally in classes if tally.name]

            def chosen(place: int | None) -> None:
                if place is not None:
                    self._narrow(replace(self.asked, verb_class=known[place - 1].name if place else ""))

            offered = ["any verb", *(f"{tally.name} ({tally.quotes:,})" for tally in known)]
            self.app.push_screen(ChooseScreen("List what was …", offered), chosen)

        self.jobs.start("classes", lambda _: library.people.tallies(By.VERB_CLASS, QuoteQuery(person=person)), counted)

    # --- printings ------------------------------------------------------------------------------------------

    def action_printings(self) -> None:
        """Show where the quotation under the cursor is printed, and how each printing differs."""
        saying, library = self.saying, self.context.library
        if saying is None:
            self.say("Go to a quotation first.")
            return

        def found(printings: Sequence[Reprint]) -> None:
            facts = [fact for printing in printings for fact in _printed(printing)]
            self.app.push_screen(ExplainScreen("Printed where?", facts, ()))

        self.jobs.start("printings", lambda _: library.people.reprints(saying), found)

    # --- side by side ---------------------------------------------------------------------------------------

    def action_side_by_side(self) -> None:
        """Set what somebody else says, narrowed in the same way, beside this person's quotations."""
        if self._page is not None:
            compare_people(self, self._page.entry, self._asked())

    def action_compare_outlets(self) -> None:
        compare_outlets(self, self.context, self._asked())

    # --- one person or two ----------------------------------------------------------------------------------

    def action_same_person(self) -> None:
        """Look for somebody who is the same person."""
        if self._page is not None and self.may_write():
            join_person(self, self._page.entry)

    def action_split_person(self) -> None:
        """Choose the articles in which this is somebody else."""
        if self._page is not None and self.may_write():
            split_person(self, self._page, self.saying)

    # --- following ------------------------------------------------------------------------------------------

    def action_follow(self) -> None:
        if self._page is None or not self.may_write():
            return
        page = self._page

        def done(followed: bool) -> None:
            self._page = replace(page, entry=replace(page.entry, followed=followed))
            self.facts.load(self._page, keep_place=True)
            name = page.entry.name
            self.say(f"You follow {name} now." if followed else f"You no longer follow {name}.")
            self.context.changed()

        self.jobs.start("follow", lambda _: toggle_follow(self.context.library, page.entry), done)


def _printed(printing: Reprint) -> list[Fact]:
    """A printing's day, source and article, what was done to the words, and the words."""
    saying = printing.saying
    day = f"{saying.published.day} {saying.published:%b %Y}"
    where = " · ".join(filter(None, (saying.source, saying.title, *map(str, printing.changes))))
    return [Fact(day, where), Fact("", quotation(" ".join(saying.text.split()), saying.kind))]
