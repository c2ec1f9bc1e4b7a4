"""How the dialogs look that tests by keys read as text only, held by pictures; and the letters of jump mode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support import shelf
from support.shelf import FEEDS, NOW, Shelf
from textual.pilot import Pilot
from textual.widgets import Input

from store.models import (
    Counts,
    FeedPage,
    FeedState,
    FeedSummary,
    ImportReport,
    Problem,
    Rule,
    RuleAction,
    SavedSearch,
    Scope,
)
from tui.app import NewsdashApp
from tui.dialogs.rules import PAUSE
from tui.widgets.status_bars import Notice

RULES = [
    Rule("No horoscopes", "title:horoscope", RuleAction.MUTE, configured=True),
    Rule("Everything on ferries", "ferry OR harbour", RuleAction.TAG, "boats"),
]
PLAN = ImportReport(
    added=(replace(FEEDS[1], tags=("Coast", "Boats")), replace(FEEDS[2], title="Harbour [/] Post")),
    known=(FEEDS[0],),
    searches=(SavedSearch("Ferries", "title:ferry"),),
    refused=(Problem("exec:~/bin/feed", "Commands are never run."),),
)


class Desk(Shelf):
    """A shelf whose feeds have folders and pages, with rules and a list to import."""

    def __init__(self) -> None:
        super().__init__()
        self.articles = DeskArticles()
        self.listing = DeskListing(self.articles)
        self.feeds = DeskFeeds(self.listing)
        self.feed_lists = FeedLists()
        self.rules = DeskRules()


class DeskArticles(shelf.Articles):
    def tags(self) -> list[str]:
        return ["later", "work"]


class DeskListing(shelf.Listing):
    def matching(self, query: str) -> Sequence[int]:
        return [1, 7] if query else []


class DeskFeeds(shelf.Feeds):
    def all(self) -> list[FeedSummary]:
        rows = super().all()
        state = FeedState(2, checked=NOW, succeeded=NOW, changed=NOW, next_check=NOW + timedelta(hours=1))
        coast = replace(rows[1].feed, tags=("Coast",), added=NOW - timedelta(days=30))
        return [rows[0], replace(rows[1], feed=coast, state=state), rows[2]]

    def counts(self) -> Counts:
        found = super().counts()
        return replace(found, scopes={**found.scopes, Scope.ALL: 40})

    def page(self, feed_id: int) -> FeedPage:
        return FeedPage(self.all()[feed_id - 1], 2, 1, NOW - timedelta(days=5), NOW, 60, configured=False)

    def tags(self) -> list[str]:
        return ["Boats", "Coast"]


class DeskRules(shelf.Rules):
    def all(self) -> list[Rule]:
        return RULES


class FeedLists:
    def import_file(self, path: Path, *, dry_run: bool = False) -> ImportReport:
        return PLAN


def told(app: NewsdashApp) -> None:
    """Two notices of known times in the log."""
    notices = app.dashboard.context.status.notices
    notices.clear()
    notices.append(Notice(NOW - timedelta(minutes=5), "3 new articles.", False))
    notices.append(Notice(NOW, "The server of [/] answered 404: there is no such page.", True))


def imported(app: NewsdashApp) -> None:
    app.dashboard.controllers.import_export.import_from(Path("feeds.opml"))


def nothing(app: NewsdashApp) -> None:
    pass


PICTURES: dict[str, tuple[Callable[[NewsdashApp], None], str]] = {
    "jump": (nothing, "apostrophe"),
    "feed-page": (nothing, "h G i"),
    "edit-feed": (nothing, "h G e"),
    "feed-tags": (nothing, "h G t"),
    "folder": (nothing, "h G k e"),
    "import-asked": (nothing, "h I"),
    "import-plan": (imported, ""),
    "rules": (nothing, "comma"),
    "rule": (nothing, "comma j e"),
    "starter": (nothing, "N"),
    "log": (told, "L"),
    "save-search": (nothing, "slash f e r enter W"),
}


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", PICTURES)
def test_picture(snap_compare, pressing, name: str, size: tuple[int, int]) -> None:
    prepare, keys = PICTURES[name]

    async def run(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, NewsdashApp)
        await pressing()(pilot)
        prepare(app)
        await pressing(*keys.split())(pilot)
        await pilot.pause(PAUSE + 0.1)  # a rule is tried when no letter was typed for a moment
        await pressing()(pilot)
        for line in app.screen.query(Input):
            line.cursor_blink = False
        await pilot.pause()

    desk = Desk()
    app = NewsdashApp(lambda: desk, clock=lambda: NOW)  # type: ignore[arg-type, return-value]
    assert snap_compare(app, terminal_size=size, run_before=run)
