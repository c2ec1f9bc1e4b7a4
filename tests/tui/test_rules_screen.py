"""Rules in the dashboard: listed, tried while they are typed, kept, changed and forgotten; articles muted by key."""

from __future__ import annotations

import time

from store.models import Rule, RuleAction, View
from tui.dialogs.confirm import ConfirmScreen
from tui.dialogs.rules import RuleScreen, RulesScreen


async def tried(driver, words: str) -> None:
    """Wait until the form says this."""
    end = time.monotonic() + 20
    while words not in driver.text:
        assert time.monotonic() < end, driver.text
        await driver.pilot.pause(0.05)


async def test_a_rule_is_tried_while_it_is_typed_and_then_kept(open_dashboard, put_article) -> None:
    put_article("one", "Harbour [/] opens")
    async with open_dashboard() as driver:
        await driver.press("comma")
        assert isinstance(driver.app.screen, RulesScreen)
        assert "There are no rules yet." in driver.text
        await driver.press("a")
        assert isinstance(driver.app.screen, RuleScreen)
        await driver.press("tab", *"title:harbour")
        await tried(driver, "It would have fitted 1 stored article, which stay as they are:")
        assert "Harbour [/] opens" in driver.text
        await driver.press(*" is:odd")
        await tried(driver, "“odd” is not known")
        await driver.press(*["backspace"] * 7, "tab", "left", "enter")
        assert "Type the tag that it gives." in driver.text
        await driver.press(*"sea", "enter")
        assert driver.library.rules.all() == [Rule("title:harbour", "title:harbour", RuleAction.TAG, "sea")]
        assert isinstance(driver.app.screen, RulesScreen)
        assert "tags “sea”" in driver.text
        await driver.press("escape")

        put_article("two", "Harbour closes", day=2, text="It closes again, and nobody said why.\n")
        await driver.press("r")
        assert driver.titles[0] == "Harbour closes"
        await driver.press("g")
        assert "Tags: sea" in driver.text
        assert len(driver.library.listing.ids(View(query="tag:sea"))) == 1


async def test_rules_are_changed_and_forgotten(open_dashboard) -> None:
    async with open_dashboard() as driver:
        driver.library.rules.save(Rule("one", "a1", RuleAction.MUTE))
        driver.library.rules.save(Rule("two", "b2", RuleAction.STAR))
        await driver.press("comma", "j", "enter")
        assert isinstance(driver.app.screen, RuleScreen)
        await driver.press("ctrl+u", *"c3", "enter")
        assert [(rule.name, rule.query) for rule in driver.library.rules.all()] == [("one", "a1"), ("two", "c3")]
        await driver.press("k", "d")
        assert isinstance(driver.app.screen, ConfirmScreen)
        await driver.press("n")
        assert len(driver.library.rules.all()) == 2
        await driver.press("d", "y")
        assert [rule.name for rule in driver.library.rules.all()] == ["two"]
        await driver.press("escape")
        assert driver.app.screen is driver.dashboard


async def test_rules_of_the_configuration_are_listed_and_changed_there(open_dashboard, places) -> None:
    places.config_file.parent.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text('[[rules]]\nname = "quiet"\nquery = "stalemate"\naction = "mute"\n', encoding="utf-8")
    async with open_dashboard() as driver:
        assert driver.titles == []
        await driver.press("comma")
        assert "quiet · mutes · in config.toml" in driver.text
        await driver.press("d")
        assert "is written in config.toml" in driver.context.status.text
        await driver.press("slash", *"is:muted", "enter")
        assert len(driver.titles) == 1
        await driver.press("enter")
        assert "Muted: it is in no list but this." in driver.text


async def test_an_article_is_muted_by_command_and_that_is_undone(open_dashboard, put_article) -> None:
    put_article("one", "Harbour opens")
    async with open_dashboard() as driver:
        count = len(driver.titles)
        await driver.press("colon", *"mute or", "enter")
        await driver.press("enter") if driver.app.screen is not driver.dashboard else None
        assert len(driver.library.listing.ids(View())) == count - 1
        assert len(driver.titles) == count
        await driver.press("U")
        assert len(driver.library.listing.ids(View())) == count
