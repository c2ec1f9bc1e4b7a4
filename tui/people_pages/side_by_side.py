"""Quotations side by side: those of two people, or those that two outlets print on a topic or of a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from store.models import Outlet, PersonEntry, QuoteOccurrence, QuoteQuery
from tui.dialogs.ask import AskScreen
from tui.dialogs.pick import Choice, PickScreen, numbered
from tui.jobs import Jobs
from tui.keys.commands import Page
from tui.people_pages.base import Answer, PageContext, PageScreen
from tui.people_pages.choose_person import choose_person
from tui.widgets.filter_line import FilterLine
from tui.widgets.quote_list import QuoteList
from tui.widgets.row_list import RowList
from tui.wording.counts import plural

GONE = "a source that is gone"


class Host(Protocol):
    """Where a comparison is asked for: the dashboard, or a page."""

    jobs: Jobs

    def say(self, sentence: str) -> None: ...
    def ask(self, dialog: Screen[Answer], answered: Callable[[Answer | None], None] | None = None) -> None: ...


@dataclass(frozen=True, slots=True)
class Column:
    """What one of the two columns shows: whose quotations, under which name."""

    name: str
    asked: QuoteQuery

    @classmethod
    def of_person(cls, entry: PersonEntry, asked: QuoteQuery) -> Column:
        return cls(entry.name, replace(asked, person=entry.id, feed_id=None, offset=0))

    @classmethod
    def of_outlet(cls, outlet: Outlet, asked: QuoteQuery) -> Column:
        return cls(outlet.source or GONE, replace(asked, feed_id=outlet.feed_id, offset=0))


class SideBySideScreen(PageScreen):
    """Two lists of quotations. Each scrolls by itself; what is typed after ``/`` narrows both."""

    PAGE = Page.COMPARED
    HELP = (
        "Two people's quotations, or two outlets', side by side. The words after the search key narrow "
        "both columns. Enter on a quotation opens the article there."
    )

    def __init__(
        self,
        context: PageContext,
        columns: tuple[Column, Column],
        words: str = "",
        cursors: tuple[int, int] = (0, 0),
        column: int = 0,
    ) -> None:
        super().__init__(context)
        self._columns = columns
        self._words = words
        self._wanted: str | None = None
        """What was typed last, while what was typed before is looked up."""
        self._cursors = cursors
        self.of_outlets = columns[0].asked.feed_id is not None
        speakers = columns[0].asked.person is None
        self.lists = tuple(QuoteList(id=place, clock=context.clock, speakers=speakers) for place in ("first", "second"))
        self.filter_line = FilterLine("words of a quotation")
        self._column = column

    def compose_panes(self) -> ComposeResult:
        with Container(id="compared"):
            yield from self.lists

    def on_mount(self) -> None:
        self.lists[self._column].focus()

    def panes(self) -> Mapping[str, RowList]:
        return {"first": self.lists[0], "second": self.lists[1]}

    @property
    def at(self) -> int:
        """The column that has the keyboard."""
        return list(self.panes().values()).index(self.pane)

    @property
    def _places(self) -> tuple[int, int]:
        """The rows of the cursors."""
        first, second = (max(0, sayings.cursor) for sayings in self.lists)
        return first, second

    def again(self) -> Callable[[], PageScreen]:
        return partial(SideBySideScreen, self.context, self._columns, self._words, self._places, self.at)

    # --- the quotations -------------------------------------------------------------------------------------

    def load(self, *, keep_place: bool) -> None:
        library = self.context.library
        cursors = self._places if keep_place else self._cursors
        asked = [self._asked(column) for column in self._columns]

        def read(_: object) -> list[tuple[int, Sequence[QuoteOccurrence]]]:
            return [
                (
                    library.people.count_quotes(each),
                    library.people.quotes(replace(each, limit=max(each.limit, cursor + 1))),
                )
                for each, cursor in zip(asked, cursors, strict=True)
            ]

        def found(results: list[tuple[int, Sequence[QuoteOccurrence]]]) -> None:
            self._cursors = (0, 0)
            for place, (total, sayings) in enumerate(results):
                by_month = self._columns[place].asked.oldest_first
                self.lists[place].load(sayings, total, cursors[place], by_month=by_month)
                self.lists[place].title(self._heading(place), f"{total:,}" if total else "")
                self.lists[place].say(self._none(place))
            self._filter_on()

        self.jobs.start("sayings", read, found)

    def _asked(self, column: Column) -> QuoteQuery:
        return replace(column.asked, words=" ".join(filter(None, (column.asked.words, self._words))))

    def _heading(self, place: int) -> str:
        column = self._columns[place]
        words = [f"“{each}”" for each in (column.asked.words, self._words) if each]
        return " · ".join([column.name, *words])

    def _none(self, place: int) -> str:
        name = self._columns[place].name
        if self._words:
            return f"No quotation here has “{self._words}”.\n\nEsc takes the filter away."
        return f"{name} quotes nobody so." if self.of_outlets else f"{name} is not quoted so."

    def on_quote_list_needed(self, message: QuoteList.Needed) -> None:
        library, place = self.context.library, self.lists.index(message.sayings)
        asked, group = replace(self._asked(self._columns[place]), offset=message.loaded), f"more of {place}"
        if not self.jobs.busy("sayings") and not self.jobs.busy(group):
            self.jobs.start(group, lambda _: library.people.quotes(asked), message.sayings.add)

    def on_quote_list_chosen(self, message: QuoteList.Chosen) -> None:
        self.read(message.saying)

    # --- the filter -----------------------------------------------------------------------------------------

    def action_search(self) -> None:
        assert self.filter_line is not None
        self.filter_line.open(self._words)

    def on_filter_line_changed(self, message: FilterLine.Changed) -> None:
        self._wanted = message.words
        if not self.jobs.busy("sayings"):
            self._filter_on()

    def _filter_on(self) -> None:
        """List what was typed last; one at a time, for a question to the index cannot be stopped."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted != self._words:
            self._words = wanted
            self._load_anew()

    def _load_anew(self) -> None:
        # What was to come for the lists as they were must not be added to them.
        for place in range(len(self.lists)):
            self.jobs.cancel(f"more of {place}")
        self.load(keep_place=False)

    def step_back(self) -> bool:
        if not self._words:
            return False
        self._words = ""
        self._load_anew()
        return True

    # --- the columns ----------------------------------------------------------------------------------------

    def action_right(self) -> None:
        self.lists[1].focus()

    def action_left(self) -> None:
        self.lists[0].focus()

    def action_side_by_side(self) -> None:
        """Put something else into the column one is in."""
        at = self.at
        asked, other = self._columns[at].asked, self._columns[1 - at]

        def put(column: Column) -> None:
            self._columns = (column, other) if at == 0 else (other, column)
            self._load_anew()

        if self.of_outlets:
            choose_outlet(self, asked, lambda outlet: put(Column.of_outlet(outlet, asked)))
        else:
            choose_person(
                self,
                "Beside each other …",
                f"{other.name} beside:",
                lambda entry: put(Column.of_person(entry, asked)),
                but=other.asked.person or 0,
            )


def choose_outlet(page: PageScreen, asked: QuoteQuery, then: Callable[[Outlet], object]) -> None:
    """Ask for one of the outlets that print such quotations."""
    library = page.context.library

    def found(outlets: Sequence[Outlet]) -> None:
        def chosen(place: int | None) -> None:
            if place is not None:
                then(outlets[place])

        choices = [Choice(each.source or GONE, plural(each.quotes, "quotation")) for each in outlets]
        page.app.push_screen(PickScreen("Which outlet?", numbered(choices)), chosen)

    page.jobs.start("look up", lambda _: library.people.outlets_of(replace(asked, feed_id=None)), found)


def compare_people(page: PageScreen, entry: PersonEntry, asked: QuoteQuery) -> None:
    """Ask for somebody, and show what both say."""

    def chosen(other: PersonEntry) -> None:
        columns = (Column.of_person(entry, asked), Column.of_person(other, asked))
        page.open_page(SideBySideScreen(page.context, columns))

    choose_person(page, "Side by side …", f"{entry.name} beside:", chosen, but=entry.id)


def compare_outlets(host: Host, context: PageContext, asked: QuoteQuery) -> None:
    """Show such quotations as the two outlets have them that print most of them."""

    def found(outlets: Sequence[Outlet]) -> None:
        if len(outlets) < 2:
            words = f" with “{asked.words}”" if asked.words else ""
            host.say(f"Only {outlets[0].source or GONE} prints such quotations{words}." if outlets
                       else f"No outlet prints a quotation{words}.")  # fmt: skip
            return
        first, second = (Column.of_outlet(outlet, asked) for outlet in outlets[:2])
        host.ask(SideBySideScreen(context, (first, second)))

    host.jobs.start("outlets", lambda _: context.library.people.outlets_of(replace(asked, feed_id=None)), found)


def ask_topic(host: Host, context: PageContext) -> None:
    """Ask for the words of a topic, and show what two outlets quote on it."""

    def asked(words: str | None) -> None:
        if words:
            compare_outlets(host, context, QuoteQuery(words=words))

    question = "Words that the quotations have:"
    host.ask(AskScreen("One topic in two outlets", question, hint="Enter looks it up · Esc closes"), asked)
