"""Old articles go by themselves when config.toml says so, and the screen says that they went."""

from __future__ import annotations

import pytest
from support.small_store import item

from store.database import Database
from store.models import Feed, Status

SENTENCE = "3 old articles removed, as config.toml says."


@pytest.fixture
def filled(places):
    """A feed with 14 articles, of which the oldest is starred."""
    with Database.open(places.database) as database:
        database.feeds.add(Feed(0, "https://a.example/", "A"))
        database.articles.add([item(place) for place in range(14)])
        database.articles.save_statuses([Status(1, starred=True)])
    return places


async def test_old_articles_go_at_the_start_and_a_sentence_says_so(filled, open_dashboard) -> None:
    filled.config.mkdir(parents=True, exist_ok=True)
    filled.config_file.write_text("[retention]\nkeep_newest = 10\n", encoding="utf-8")
    async with open_dashboard() as driver:
        assert SENTENCE in driver.text
        assert [title for title in driver.titles if title.startswith("Title")] == [
            *(f"Title {number}" for number in range(13, 3, -1)),
            "Title 0",
        ]
        assert driver.library.articles.get(1).status.starred


async def test_everything_stays_without_a_rule(filled, open_dashboard) -> None:
    async with open_dashboard() as driver:
        assert "removed" not in driver.text
        assert "Title 1" in driver.titles


async def test_the_article_that_is_open_stays_until_another_is(filled, open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("end", "up", "up", "enter")
        assert driver.current == "Title 1"
        filled.config.mkdir(parents=True, exist_ok=True)
        filled.config_file.write_text("[retention]\nkeep_newest = 10\n", encoding="utf-8")
        driver.controllers.settings.reload_config()
        await driver.settle()
        driver.controllers.refresh.expire()
        await driver.settle()
        assert "2 old articles removed" in driver.text
        assert driver.current == "Title 1"
        assert "We said it 1 times" in driver.text
        await driver.press("escape", "g")
        driver.controllers.refresh.expire()
        await driver.settle()
        assert "Title 1" not in driver.titles
