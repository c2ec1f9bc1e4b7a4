"""The page that counts who gets quoted: people, roles, organisations, outlets and verbs, over a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from store.models import By, QuoteQuery, Tally
from tui.dialogs.ask import ChooseScreen
from tui.keys.commands import Page
from tui.people_pages.base import PageContext, PageScreen
from tui.people_pages.person import PERIODS, PersonScreen
from tui.widgets.row_list import RowList
from tui.widgets.tally_table import TallyTable

TABLES = (By.PERSON, By.ROLE, By.ORGANISATION, By.OUTLET, By.VERB_CLASS, By.VERB)
MOST = 500


class QuoteCountsScreen(PageScreen):
    """One table at a time; Tab goes on to the next."""

    PAGE = Page.QUOTED
    HELP = (
        "How often people, roles, organisations and outlets quote or are quoted, and by which verbs. The columns: "
        "quoted, named, and how many quotations there are for a hundred mentions. Tab shows the next table."
    )

    def __init__(self, context: PageContext, by: By = By.PERSON, days: int = 0) -> None:
        super().__init__(context)
        self._by = by
        self._days = days
        """How far back is counted; 0 for all."""
        self.table = TallyTable(id="tallies")

    def panes(self) -> Mapping[str, RowList]:
        return {"tallies": self.table}

    def again(self) -> Callable[[], PageScreen]:
        return partial(QuoteCountsScreen, self.context, self._by, self._days)

    def load(self, *, keep_place: bool) -> None:
        library, by = self.context.library, self._by
        since = self.context.clock() - timedelta(days=self._days) if self._days else None
        cursor = max(0, self.table.cursor) if keep_place else 0

        tables = " · ".join(f"[{each}]" if each is by else str(each) for each in TABLES)
        title, period = f"Who gets quoted by {tables}", dict(PERIODS)[self._days]

        def counted(tallies: Sequence[Tally]) -> None:
            columns = "quoted ❝ · named · share quoted" if any(each.mentions for each in tallies) else "quoted ❝"
            self.table.title(title, f"{columns} · {period}" if tallies else period)
            self.table.load([tally for tally in tallies if tally.quotes], cursor)
            self.table.say("Nobody is quoted in this time.")

        if not keep_place:
            self.table.title(title, period)
            self.table.say("Counting …")
        self.jobs.start("tallies", lambda _: library.people.tallies(by, QuoteQuery(since=since), MOST), counted)

    def on_tally_table_chosen(self, message: TallyTable.Chosen) -> None:
        if self._by is By.PERSON:
            self.open_page(PersonScreen(self.context, message.tally.number))

    def action_next_pane(self, step: int = 1) -> None:
        """Show the next table."""
        self._by = TABLES[(TABLES.index(self._by) + step) % len(TABLES)]
        self.load(keep_place=False)

    def action_filter(self) -> None:
        """Choose the time that is counted."""

        def chosen(place: int | None) -> None:
            if place is not None:
                self._days = PERIODS[place][0]
                self.load(keep_place=False)

        at = [days for days, _ in PERIODS].index(self._days)
        self.app.push_screen(ChooseScreen("Quoted …", [words for _, words in PERIODS], at=at), chosen)
