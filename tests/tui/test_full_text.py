"""The full text of an article by key, from a server on this machine."""

from __future__ import annotations

from support.small_site import Page, Site, rss

PAGE = """<html><body><article><h1>Harbour</h1>
<p>The harbour of Norvik opens in spring, and the boats have waited for it through a long winter of storms.</p>
<p>“We are glad,” said Ann Bell, who owns one of them and has spent the winter mending nets in her kitchen.</p>
<p>Nobody knows yet what the berths are to cost, but nobody believes that it will be less than before.</p>
</article></body></html>"""


async def test_x_shows_the_full_text_and_goes_back(open_dashboard, places) -> None:
    from store.library import Library

    with Site() as site:
        site.pages["/feed"] = Page(rss("Coast", ("Harbour", "<p>Short.</p>"), link=f"{site.url}/page/"))
        site.pages["/page/0"] = Page(PAGE, "text/html")
        with Library.open(places) as library:
            library.feeds.add(f"{site.url}/feed")
        async with open_dashboard((160, 40)) as driver:
            await driver.press("slash", *"title:harbour", "enter")
            await driver.press("enter", "x")
            assert "through a long winter" in driver.text
            assert "Ann Bell" in driver.text
            assert "Full text · x shows the feed’s own" in driver.text
            await driver.press("x")
            assert "through a long winter" not in driver.text
            assert "Short." in driver.text
        async with open_dashboard((160, 40)) as driver:
            await driver.press("slash", *"title:harbour", "enter", "enter", "x")
            assert "through a long winter" in driver.text
            assert [path for path, _ in site.asked].count("/page/0") == 1


async def test_a_page_that_cannot_be_had_is_one_sentence(open_dashboard, places) -> None:
    from store.library import Library

    with Site() as site:
        site.pages["/feed"] = Page(rss("Coast", ("Harbour", "<p>Short.</p>"), link=f"{site.url}/page/"))
        with Library.open(places) as library:
            library.feeds.add(f"{site.url}/feed")
        async with open_dashboard() as driver:
            await driver.press("slash", *"title:harbour", "enter", "enter", "x")
            assert driver.context.status.text.startswith("There is no full text: ")
            assert "404" in driver.context.status.text
            assert "Short." in driver.text


async def test_an_article_from_a_file_has_no_page(open_dashboard, put_article) -> None:
    put_article("one", "Harbour")
    async with open_dashboard() as driver:
        await driver.press("slash", *"title:harbour", "enter", "enter", "x")
        assert "has no web page" in driver.context.status.text
