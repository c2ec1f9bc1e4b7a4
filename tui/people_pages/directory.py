"""The page of everybody who is named in any article."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from store.models import PersonEntry, QuoteQuery
from tui.keys.commands import Page
from tui.people_pages.base import PageContext, PageScreen, toggle_follow
from tui.people_pages.person import PersonScreen
from tui.people_pages.side_by_side import ask_topic, compare_people
from tui.widgets.filter_line import FilterLine
from tui.widgets.person_list import PIECE, PersonList
from tui.widgets.row_list import RowList


class DirectoryScreen(PageScreen):
    """The directory of people. Typing after ``/`` narrows it by words of names and roles."""

    PAGE = Page.DIRECTORY
    HELP = PersonList.HELP

    def __init__(self, context: PageContext, words: str = "", cursor: int = 0) -> None:
        super().__init__(context)
        self._words = words
        self._cursor = cursor
        """Where the cursor shall be when the list comes."""
        self._wanted: str | None = None
        """What was typed last, while what was typed before is looked up."""
        self.list = PersonList(id="directory")
        self.filter_line = FilterLine("a name or a role")

    def panes(self) -> Mapping[str, RowList]:
        return {"directory": self.list}

    def again(self) -> Callable[[], PageScreen]:
        return partial(DirectoryScreen, self.context, self._words, max(0, self.list.cursor))

    # --- the list -------------------------------------------------------------------------------------------

    def load(self, *, keep_place: bool) -> None:
        library, words = self.context.library, self._words
        cursor = max(0, self.list.cursor) if keep_place else self._cursor
        first = cursor - cursor % PIECE

        def found(result: tuple[int, Sequence[PersonEntry]]) -> None:
            count, entries = result
            self.list.load(count, first, entries, cursor)
            self._cursor = 0
            title = f"People in all articles · “{words}”" if words else "People in all articles"
            self.list.title(title, f"{count:,} · quoted ❝ · named" if count else "")
            self.list.say(self._nobody())
            self._filter_on()

        if not keep_place:
            self.list.say("Looking up who is in the articles …")
        self.list.title("People in all articles")
        self.jobs.start(
            "people", lambda _: (library.people.count(words), library.people.directory(words, PIECE, first)), found
        )

    def _nobody(self) -> str:
        if self.context.library.people.notice:
            return self.context.library.people.notice
        if self._words:
            return f"Nobody has “{self._words}” in a name or role.\n\nEsc lists everybody again."
        if self.context.library.people.progress() is not None:
            return "The articles are being read for who is in them; people come as they are found."
        return "Nobody is named in the articles."

    def on_person_list_needed(self, message: PersonList.Needed) -> None:
        library, words, offset = self.context.library, self._words, message.offset
        self.jobs.start(
            f"people from {offset}",
            lambda _: library.people.directory(words, PIECE, offset),
            lambda entries: self.list.give(offset, entries) if words == self._words else None,
        )

    # --- the filter -----------------------------------------------------------------------------------------

    def action_search(self) -> None:
        assert self.filter_line is not None
        self.filter_line.open(self._words)

    def on_filter_line_changed(self, message: FilterLine.Changed) -> None:
        self._wanted = message.words
        if not self.jobs.busy("people"):
            self._filter_on()

    def _filter_on(self) -> None:
        """Look up what was typed last; one at a time, for a question to the index cannot be stopped."""
        if self._wanted is not None and self._wanted != self._words:
            self._words, self._wanted = self._wanted, None
            self.load(keep_place=False)

    def step_back(self) -> bool:
        if not self._words:
            return False
        self._wanted = ""
        self._filter_on()
        return True

    # --- people ---------------------------------------------------------------------------------------------

    def on_person_list_chosen(self, message: PersonList.Chosen) -> None:
        self.open_page(PersonScreen(self.context, message.entry.id))

    def action_side_by_side(self) -> None:
        if self.list.current is not None:
            compare_people(self, self.list.current, QuoteQuery())

    def action_compare_outlets(self) -> None:
        ask_topic(self, self.context)

    def action_follow(self) -> None:
        entry, row = self.list.current, self.list.cursor
        if entry is None or not self.may_write():
            return

        def done(followed: bool) -> None:
            self.list.replace(row, replace(entry, followed=followed))
            self.say(f"You follow {entry.name} now." if followed else f"You no longer follow {entry.name}.")
            self.context.changed()

        self.jobs.start("follow", lambda _: toggle_follow(self.context.library, entry), done)
