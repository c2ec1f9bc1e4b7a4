"""Each action is told once, and everything that shows it agrees."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tui.dialogs.help import help_rows
from tui.keys.commands import ALWAYS, COMMANDS, Group, Owner, Page, Pane, Place, of_pane
from tui.keys.key_names import read_sequence, shown_sequence
from tui.keys.keyboard import Keyboard
from tui.people_pages.directory import DirectoryScreen
from tui.people_pages.person import PersonScreen
from tui.people_pages.quote_counts import QuoteCountsScreen
from tui.people_pages.side_by_side import SideBySideScreen
from tui.widgets.article import ArticleView
from tui.widgets.feeds import Feeds
from tui.widgets.headlines import Headlines
from tui.widgets.people import People
from tui.widgets.person_list import PersonList
from tui.widgets.quote_list import QuoteList
from tui.widgets.tally_table import TallyTable

WIDGETS = {
    Pane.FEEDS: Feeds,
    Pane.HEADLINES: Headlines,
    Pane.ARTICLE: ArticleView,
    Pane.PEOPLE: People,
    Page.DIRECTORY: PersonList,
    Page.PERSON: QuoteList,
    Page.QUOTED: TallyTable,
    Page.COMPARED: QuoteList,
}
PAGE_SCREENS = {
    Page.DIRECTORY: DirectoryScreen,
    Page.PERSON: PersonScreen,
    Page.QUOTED: QuoteCountsScreen,
    Page.COMPARED: SideBySideScreen,
}


async def test_every_command_is_carried_out_by_its_owner(open_dashboard) -> None:
    async with open_dashboard() as driver:
        for command in COMMANDS:
            for place in command.panes:
                if command.owner is Owner.PANE:
                    method = getattr(WIDGETS[place], f"action_{command.action}", None)
                elif isinstance(place, Page):
                    method = getattr(PAGE_SCREENS[place], f"action_{command.action}", None)
                else:
                    method = getattr(getattr(driver.controllers, command.owner), command.action, None)
                assert callable(method), (command.id, place)


def test_names_are_unique_and_help_is_a_sentence() -> None:
    assert max(Counter(command.id for command in COMMANDS).values()) == 1
    assert all(command.help.endswith(".") and command.title for command in COMMANDS)


@pytest.mark.parametrize("pane", ALWAYS)
def test_no_key_means_two_things_in_a_pane(pane: Place) -> None:
    keys = Counter(key for command in of_pane(pane) for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("pane", ALWAYS)
@pytest.mark.parametrize("width", [60, 100])
def test_help_names_every_key_of_the_pane(pane: Place, width: int) -> None:
    keyboard = Keyboard()
    rows = [row.plain for group in Group for row in help_rows(keyboard.of_pane(pane), group, width)]
    for command in keyboard.of_pane(pane):
        keys = command.keys_text
        assert any(row.startswith(keys) for row in rows), command.id
    assert max(len(row.rstrip()) for row in rows) <= width


def test_keys_that_terminals_cannot_tell_from_others_are_not_used() -> None:
    used = {key for command in COMMANDS for key in command.keys}
    assert not used & {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"}


def test_keys_are_shown_as_they_can_be_written_in_the_file() -> None:
    for command in Keyboard().commands:
        for key in command.keys:
            if not set(key) & set("↑↓←→"):
                read_sequence(key)


def test_the_readme_tells_every_key_and_no_other() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    section = readme.partition("\n## Keys\n")[2].partition("\n## ")[0].replace("\\|", "¦")
    cells = " ".join(line.split("|")[1] for line in section.splitlines() if line.startswith("| `"))
    in_table, told = ({key.replace("¦", "|") for key in re.findall(r"`([^`\n]+)`", part)} for part in (cells, section))
    keys = {command.id: {shown_sequence(read_sequence(key)) for key in command.keys} for command in COMMANDS}
    assert in_table - set().union(*keys.values()) == set()
    assert {name for name, shown in keys.items() if shown and not shown & told} == set()
