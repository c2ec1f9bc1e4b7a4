"""Lists of feeds in and out of the dashboard: shown before anything is done, refusals by name."""

from __future__ import annotations

from store.models import View
from tui.dialogs.import_plan import ImportPlanScreen

URLS = """\
https://one.example/feed News "~The [/] One"
https://one.example/feed/ again
https://two.example/feed Sea "Deep sea"
exec:/bin/rm
"query:Unread News:unread = \\"yes\\""
"""


async def open_list(driver, path) -> None:
    await driver.press("h", "I")
    driver.app.screen.query_one("#value").value = str(path)
    await driver.press("enter")


async def test_a_list_is_shown_before_it_is_imported(open_dashboard, tmp_path) -> None:
    path = tmp_path / "urls"
    path.write_text(URLS, encoding="utf-8")
    async with open_dashboard() as driver:
        await open_list(driver, path)
        assert isinstance(driver.app.screen, ImportPlanScreen)
        assert "2 new feeds" in driver.text
        assert "exec:/bin/rm: Commands (exec:) are never run." in driver.text
        assert "The [/] One  (News" in driver.text
        await driver.press("n")
        assert len(driver.library.feeds.all()) == 1
        await open_list(driver, path)
        await driver.press("y")
        assert {row.feed.title for row in driver.library.feeds.all()} >= {"The [/] One"}
        assert "Imported: 2 new feeds" in driver.context.status.text
        assert "Deep sea" in driver.text
        await open_list(driver, path)
        assert "followed already" in driver.text
        assert driver.library.listing.ids(View())


async def test_a_file_that_is_no_list_is_one_sentence(open_dashboard, tmp_path) -> None:
    async with open_dashboard() as driver:
        await open_list(driver, tmp_path / "nowhere")
        assert "nowhere cannot be read" in driver.context.status.text
        assert driver.app.screen is driver.dashboard


async def test_the_feeds_are_written_for_other_programs_and_read_back(open_dashboard, tmp_path) -> None:
    path = tmp_path / "urls"
    path.write_text(URLS, encoding="utf-8")
    async with open_dashboard() as driver:
        driver.library.feed_lists.import_file(path)
        for name, word in (("out.opml", "<opml"), ("out.urls", "https://two.example/feed")):
            await driver.press("h", "O")
            driver.app.screen.query_one("#value").value = str(tmp_path / name)
            await driver.press("enter")
            assert word in (tmp_path / name).read_text(encoding="utf-8")
            moved = driver.library.feed_lists.import_file(tmp_path / name, dry_run=True)
            assert (len(moved.added), len(moved.known)) == (0, 2)
        await driver.press("O")
        driver.app.screen.query_one("#value").value = str(tmp_path / "out.opml")
        await driver.press("enter")
        assert "is there already" in driver.context.status.text
