"""The dialog that adds a feed: an address is looked up, and where it offers several feeds one is chosen."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from store.errors import FollowedError, NewsdashError
from store.models import Candidate, Feed
from tui.dialogs.base import Dialog, Options, plain
from tui.jobs import Jobs

Discover = Callable[[str], list[Candidate]]
Add = Callable[[str, str, str], Feed]


class AddFeedScreen(Dialog[Feed | FollowedError]):
    """Asks for an address; answers with the feed that was added, or the error of one that is followed already."""

    def __init__(self, discover: Discover, add: Add) -> None:
        super().__init__()
        self._discover = discover
        self._add = add
        self._candidates: list[Candidate] = []
        self._typed = ""
        self.jobs = Jobs(self, self._failed)

    def compose(self) -> ComposeResult:
        with self.box("Add a feed"):
            yield plain("The address of a feed, or of a web page that has one:", "dialog--text")
            yield Input(placeholder="example.org or https://example.org/feed.xml", id="address")
            yield Options(id="candidates", markup=False)
            yield plain("", id="answer")
            yield plain("Enter looks it up · Esc closes", "dialog--hint", id="hint")

    def on_mount(self) -> None:
        self.query_one("#candidates").display = False
        self.set_focus(self.query_one("#address"))

    def on_input_changed(self) -> None:
        self.jobs.cancel_all()
        self.query_one("#candidates").display = False
        self._say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        address = event.value.strip()
        if not address:
            self._say("Type an address first.", error=True)
            return
        self._typed = address
        self._say("Looking it up …")
        self.jobs.start("look up", lambda _: self._discover(address), self._offer)

    def _offer(self, candidates: list[Candidate]) -> None:
        """Add the only feed found, or let the user choose."""
        if not candidates:
            self._say("No feed was found there.", error=True)
        elif len(candidates) == 1:
            self._follow(candidates[0])
        else:
            self._candidates = candidates
            options = self.query_one("#candidates", Options)
            options.clear_options()
            options.add_options([Option(_shown(candidate)) for candidate in candidates])
            options.display = True
            options.highlighted = 0
            options.focus()
            self._say(f"{len(candidates)} feeds were found. Choose one.")

    def on_option_list_option_selected(self, event: Options.OptionSelected) -> None:
        self._follow(self._candidates[event.option_index])

    def _follow(self, candidate: Candidate) -> None:
        self._say(f"Adding {candidate.title or candidate.url} …")
        self.jobs.start("add", lambda _: self._add(candidate.url, "", self._typed), self.dismiss)

    def _failed(self, error: NewsdashError) -> None:
        if isinstance(error, FollowedError):
            self.dismiss(error)
            return
        self._say(error.message, error=True)
        self.query_one("#address").focus()

    def _say(self, text: str, *, error: bool = False) -> None:
        answer = self.query_one("#answer", Static)
        answer.set_class(error, "-error")
        answer.update(Content(text))

    def on_unmount(self) -> None:
        self.jobs.cancel_all()


def _shown(candidate: Candidate) -> Content:
    return Content(f"{candidate.title or 'Untitled feed'}\n{candidate.url}")
