"""The page of a feed: all there is to say of it, so that a mark in the sidebar explains itself."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll

from store.models import FeedPage
from tui.dialogs.base import Dialog, plain
from tui.wording.feeds import facts

EDIT, REFRESH = "edit", "refresh"


class FeedPageScreen(Dialog[str]):
    """Shows the page; answers with what to do next, if anything."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", show=False),
        Binding("r", "refresh", "Refresh", show=False),
        Binding("q,i,enter", "cancel", "Close", show=False),
    ]

    def __init__(self, page: FeedPage, now: datetime, hint: str) -> None:
        super().__init__()
        self._page, self._now, self._hint = page, now, hint

    def compose(self) -> ComposeResult:
        state = self._page.summary.state
        with self.box(self._page.summary.feed.title):
            with VerticalScroll(classes="facts"):
                for name, text in facts(self._page, self._now):
                    failing = name == "State" and bool(state.error)
                    with Horizontal(classes="fact"):
                        yield plain(name, "form--label")
                        yield plain(text, "fact--text -error" if failing else "fact--text")
            yield plain(self._hint, "dialog--hint")

    def action_edit(self) -> None:
        self.dismiss(EDIT)

    def action_refresh(self) -> None:
        self.dismiss(REFRESH)
