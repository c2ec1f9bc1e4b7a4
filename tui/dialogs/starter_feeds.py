"""The dialog that offers well-known feeds by topic; those chosen are followed together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from store.feeds.feed_lists import read_list
from store.models import Feed
from tui.dialogs.base import Dialog, Options, plain

FILE = Path(__file__).parent / "starter_feeds.txt"


def starter_feeds() -> Sequence[Feed]:
    """The feeds on offer, topic by topic; each has its topic as its tag."""
    return read_list(FILE.read_bytes()).feeds


class StarterScreen(Dialog[tuple[Feed, ...]]):
    """Offers feeds; answers with those chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", "Choose or leave", show=False, priority=True),
        Binding("enter", "take", "Follow them", show=False, priority=True),
        Binding("j", "move('down')", show=False),
        Binding("k", "move('up')", show=False),
        Binding("q", "cancel", show=False),
    ]

    def __init__(self, feeds: Sequence[Feed]) -> None:
        super().__init__()
        self._feeds = {feed.url: feed for feed in feeds}
        self._chosen: set[str] = set()

    def compose(self) -> ComposeResult:
        with self.box("News to start with"):
            yield plain("Nothing is fetched from any of them before you choose it.", "dialog--text")
            yield Options(*self._options(), id="starter", markup=False)
            yield plain("", "dialog--hint", id="hint")

    def _options(self) -> list[Option]:
        options: list[Option] = []
        topic = ""
        for url, feed in self._feeds.items():
            if feed.tags and feed.tags[0] != topic:
                topic = feed.tags[0]
                options.append(Option(Content.assemble((topic, "bold $primary")), disabled=True))
            options.append(Option(self._row(feed), id=url))
        return options

    def _row(self, feed: Feed) -> Content:
        mark = "[x]" if feed.url in self._chosen else "[ ]"
        return Content.assemble((f"  {mark} ", "bold"), feed.title)

    def on_mount(self) -> None:
        options = self.query_one(Options)
        options.focus()
        options.highlighted = 1 if len(options.options) > 1 else None
        self._tell()

    def _tell(self) -> None:
        count = len(self._chosen)
        follow = f"Enter follows the {count} chosen" if count > 1 else "Enter follows it"
        self.query_one("#hint", plain("").__class__).update(
            Content(f"Space chooses · {follow} · Esc closes" if count else "j k move · Space chooses · Esc closes")
        )

    def action_move(self, where: str) -> None:
        getattr(self.query_one(Options), f"action_cursor_{where}")()

    def action_turn(self) -> None:
        options = self.query_one(Options)
        option = options.highlighted_option
        if option is not None and option.id:
            self._chosen ^= {option.id}
            options.replace_option_prompt(option.id, self._row(self._feeds[option.id]))
            self._tell()

    def on_option_list_option_selected(self) -> None:
        """The mouse chooses too."""
        self.action_turn()

    def action_take(self) -> None:
        if self._chosen:
            self.dismiss(tuple(feed for url, feed in self._feeds.items() if url in self._chosen))
        else:
            self.action_turn()
