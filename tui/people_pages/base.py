"""What the pages on people share: keys, a status line, long work, and the way back to the dashboard."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from store.errors import NewsdashError
from store.library import Library
from store.models import PersonEntry, QuoteOccurrence
from tui.closing import Closing
from tui.dialogs.help import HelpScreen
from tui.jobs import Jobs
from tui.keys.commands import Command, Owner, Page
from tui.keys.keyboard import Keyboard
from tui.undo import UndoHistory, Undone
from tui.widgets.filter_line import FilterLine
from tui.widgets.row_list import RowList
from tui.widgets.status_bars import KeyBar, StatusBar
from tui.wording.corrections import undone_words

Answer = TypeVar("Answer")

LOOK_AGAIN = 0.5
"""Seconds between looks at how far the people index is."""
RELOAD_AFTER = 4
"""Looks after which the page shows what was learnt meanwhile."""
FIRST_PICTURE = 0.04
"""Seconds that the first picture of a page waits for what the page shows."""
NARROW = 100
"""Below this many columns what stands side by side stands one above the other."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page needs of the dashboard that it lies over."""

    library: Library
    history: UndoHistory
    keyboard: Keyboard
    clock: Callable[[], datetime]
    read: Callable[[QuoteOccurrence], None]
    """Leave the pages and open an article at a quotation."""
    changed: Callable[[], None]
    """What the sidebar counts has changed."""


def toggle_follow(library: Library, entry: PersonEntry) -> bool:
    """Follow a person, or no longer; returns whether the person is followed now. For a job's thread."""
    if entry.followed:
        library.people.unfollow(entry.id)
    else:
        library.people.follow(entry.id)
    return not entry.followed


class PageScreen(Closing[None], Screen[None], inherit_bindings=False):
    """A page over the dashboard. Escape goes back one step."""

    CSS_PATH = "../app.tcss"

    PAGE: ClassVar[Page]
    HELP: ClassVar[str] = ""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.jobs = Jobs(self, self.fail)
        self.status = StatusBar(id="status")
        self.key_bar = KeyBar(id="keys")
        self.filter_line: FilterLine | None = None
        self._looks = 0
        self._is_new = True

    # --- what a page gives ----------------------------------------------------------------------------------

    @abstractmethod
    def again(self) -> Callable[[], PageScreen]:
        """Makes the same page anew, as it is now."""

    def compose_panes(self) -> ComposeResult:
        """What stands above the status line."""
        yield from self.panes().values()

    @abstractmethod
    def panes(self) -> Mapping[str, RowList]:
        """Its lists by their ids, in the order of Tab."""

    @abstractmethod
    def load(self, *, keep_place: bool) -> None:
        """Ask the library for everything that the page shows."""

    def step_back(self) -> bool:
        """Undo one step on the page, such as a filter; False when there is none."""
        return False

    # --- life -----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        self.set_class(self.app.size.width < NARROW, "narrow")
        self.load(keep_place=False)  # it is looked up while the parts of the page are made
        yield from self.compose_panes()
        if self.filter_line is not None:
            yield self.filter_line
        yield self.status
        yield self.key_bar

    def on_mount(self) -> None:
        for pane in self.panes().values():
            pane.keyboard = self.context.keyboard
        self.key_bar.show(self.PAGE, self.context.keyboard.of_pane(self.PAGE))
        self.set_interval(LOOK_AGAIN, self._look)
        self.jobs.settle(FIRST_PICTURE)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._is_new:  # so all of it has just been styled
            event.refresh_styles = False
            self._is_new = False

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "narrow")

    def on_unmount(self) -> None:
        self.jobs.cancel_all()

    def _look(self) -> None:
        """Say how far the people index is, and show more of it from time to time while it grows."""
        progress = self.context.library.people.progress()
        if progress is None:
            self.status.aside("")
            if self._looks:
                self._looks = 0
                self.load(keep_place=True)
            return
        self._looks += 1
        self.status.aside(f"{progress.label}: {progress.done:,} of {progress.total:,} articles")
        if self._looks % RELOAD_AFTER == 0:
            self.load(keep_place=True)

    def ask(self, dialog: Screen[Answer], answered: Callable[[Answer | None], None] | None = None) -> None:
        """Open a dialog or page, and take its answer when it is closed."""
        self.app.push_screen(dialog, answered)

    def say(self, sentence: str) -> None:
        self.status.say(sentence)

    def fail(self, error: NewsdashError) -> None:
        self.status.say(error.message, error=True)

    def may_write(self) -> bool:
        library = self.context.library
        if library.read_only:
            self.say(library.notice or "The library is open for reading only.")
        return not library.read_only

    # --- keys -----------------------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """Carry out what a key of the page means; keys typed into a line of text never come here."""
        if self.focused is not None and self.focused not in self.panes().values():
            return
        means_something, command = self.context.keyboard.press(self.PAGE, event.key)
        if means_something:
            event.stop()
            event.prevent_default()
            self.status.waiting(self.context.keyboard.pending)
        if command is not None:
            await self.run_command(command)

    @property
    def keyboard(self) -> Keyboard:
        return self.context.keyboard

    def offers(self, command: Command) -> bool:
        """Whether a command applies on this page."""
        return self.PAGE in command.panes

    async def run_command(self, command: Command) -> None:
        """Carry a command out as its key would."""
        if self.offers(command):
            target = self if command.owner is not Owner.PANE else self.pane
            await self.app.run_action(command.action, target)

    async def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        await self.run_command(message.command)

    @property
    def pane(self) -> RowList:
        """The list that has the keyboard."""
        panes = list(self.panes().values())
        return next((pane for pane in panes if pane.has_focus), panes[0])

    def action_next_pane(self, step: int = 1) -> None:
        panes = list(self.panes().values())
        panes[(panes.index(self.pane) + step) % len(panes)].focus()

    def action_previous_pane(self) -> None:
        self.action_next_pane(-1)

    def action_back(self) -> None:
        if not self.step_back():
            self.dismiss(None)

    def action_quit_or_back(self) -> None:
        self.action_back()

    def action_leave(self) -> None:
        self.app.call_later(self.app.action_quit)

    def action_undo(self) -> None:
        """Take back the last decision about people, or mark or correction before it."""
        if not self.may_write():
            return

        def undone(what: Undone) -> None:
            self.load(keep_place=True)
            self.context.changed()
            self.say(undone_words(what))

        self.jobs.start("undo", lambda _: self.context.history.undo(), undone)

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.PAGE, self.HELP, self.keyboard.of_pane(self.PAGE)))

    def action_commands(self) -> None:
        self.app.action_command_palette()

    def open_page(self, page: PageScreen) -> None:
        """Put another page over this one; what is changed there is shown here afterwards."""
        if not self.closed:
            self.app.push_screen(page, lambda _: self.load(keep_place=True))

    def read(self, saying: QuoteOccurrence) -> None:
        """Leave the pages, and open an article at a quotation."""
        if not self.closed:
            self.context.read(saying)

    def on_filter_line_closed(self) -> None:
        self.pane.focus()
