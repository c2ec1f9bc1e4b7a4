"""A disk that fills up under the dashboard: one sentence, and the screen goes on."""

from __future__ import annotations

from support.troubled_disk import no_room

from store.models import Scope, View


async def test_a_full_disk_is_one_sentence_and_the_screen_goes_on(put_article, open_dashboard) -> None:
    for day in (1, 2, 3):
        put_article(f"a{day}", f"Harbour {day}", day)
    async with open_dashboard() as driver:
        first = driver.current
        with no_room():
            await driver.press("s")
            told = driver.text
            await driver.press("down")
            assert driver.current != first
        assert "The change could not be stored: the file may not grow" in told
        assert driver.library.listing.ids(View(Scope.STARRED)) == []
        await driver.press("up", "s")
        assert len(driver.library.listing.ids(View(Scope.STARRED))) == 1
