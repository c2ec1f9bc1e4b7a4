"""The dialog that says what importing a list of feeds would do, before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from store.text.tags import join_tags
from tui.dialogs.base import Dialog, plain
from tui.wording.counts import plural

if TYPE_CHECKING:
    from store.models import ImportReport


class ImportPlanScreen(Dialog[bool]):
    """Shows the plan; answers with whether it is to be done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes", show=False),
        Binding("n,q", "cancel", "No", show=False),
    ]

    def __init__(self, name: str, plan: ImportReport) -> None:
        super().__init__()
        self._from, self._plan = name, plan

    def compose(self) -> ComposeResult:
        with self.box(f"Import {self._from}"):
            yield plain(summary(self._plan), "dialog--text form--about")
            with VerticalScroll(classes="facts"):
                for heading, lines in sections(self._plan):
                    yield plain(heading, "form--heading")
                    yield plain("\n".join(f"  {line}" for line in lines))
            if self._plan.added or self._plan.searches:
                yield plain("y imports it, and fetches nothing yet · n or Esc closes", "dialog--hint")
            else:
                yield plain("There is nothing to import · Esc closes", "dialog--hint")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_yes(self) -> None:
        if self._plan.added or self._plan.searches:
            self.dismiss(True)


def summary(plan: ImportReport) -> str:
    """The plan in one line."""
    parts = [f"{plural(len(plan.added), 'new feed')}"]
    parts += [f"{len(plan.known):,} followed already"] if plan.known else []
    searches = len(plan.searches)
    parts += [f"{searches:,} saved search{'es' if searches > 1 else ''}"] if searches else []
    parts += [f"{len(plan.refused):,} refused"] if plan.refused else []
    return " · ".join(parts)


def sections(plan: ImportReport) -> Iterator[tuple[str, list[str]]]:
    """What is refused, with the reason, what is new, and what is there already, each under a heading."""
    if plan.refused:
        yield "Refused", [f"{problem.name}: {problem.reason}" for problem in plan.refused]
    if plan.added:
        yield "New", [f"{feed.title}{f'  ({join_tags(feed.tags)})' if feed.tags else ''}" for feed in plan.added]
    if plan.searches:
        yield "Saved searches", [f"{search.name}: {search.query}" for search in plan.searches]
    if plan.known:
        yield "Followed already", [feed.title for feed in plan.known]
