"""Full texts: fetched from the article's page, shown in place of the feed's own text, which is never lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.small_site import Page, Site, rss

from store.errors import FeedError, NotFoundError
from store.library import Library
from store.models import FeedEdit, Scope, View
from store.paths import Places

SHORT = "The harbour of the town opens."
PAGE = """<html><head><title>Harbour</title></head><body><nav><a href="/">Home</a> <a href="/more">More</a></nav>
<article><h1>Harbour</h1>
<p>The harbour of Norvik will open again in spring, after a long night of talks with the town.</p>
<p>“The harbour will open in spring,” said Mara Lindqvist, chief economist of the Harbour Bank. “We have the money.”</p>
<p>The boats have waited for two years, and the fishermen who own them have waited longer than they wanted to.</p>
</article><footer>Imprint, cookies, and much else that is no article.</footer></body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        made.pages["/page/0"] = Page(PAGE, "text/html")
        publish(made, SHORT)
        yield made


def publish(site: Site, text: str) -> None:
    site.pages["/feed"] = Page(rss("Coast", ("Harbour", f"<p>{text}</p>"), link=f"{site.url}/page/"))


@pytest.fixture
def places(tmp_path) -> Places:
    return Places.below(tmp_path)


@pytest.fixture
def library(places: Places, site: Site) -> Iterator[Library]:
    with Library.open(places) as opened:
        opened.feeds.add(f"{site.url}/feed")
        yield opened


def the_article(library: Library) -> int:
    (article_id,) = library.listing.ids(View())
    return article_id


def test_the_page_takes_the_place_of_the_text_and_gives_it_back(library: Library, site: Site) -> None:
    key = the_article(library)
    assert not library.articles.open(key).analysis.quotes
    library.full_texts.show_page(key)
    opened = library.articles.open(key)
    assert "waited for two years" in opened.document.text
    assert "Imprint" not in opened.document.text
    assert opened.article.full_text
    assert opened.analysis.quotes[0].speaker == "Mara Lindqvist"
    assert opened.article.quoted == 1
    for quote in opened.analysis.quotes:
        assert all(opened.document.text[span.start : span.end].strip() for span in quote.spans)
    assert list(library.listing.ids(View(query="fishermen"))) == [key]

    library.full_texts.show_own(key)
    opened = library.articles.open(key)
    assert opened.document.text == SHORT
    assert not opened.analysis.quotes
    assert list(library.listing.ids(View(query="fishermen"))) == []
    asked = len(site.asked)
    library.full_texts.show_page(key)
    assert "waited for two years" in library.articles.open(key).document.text
    assert len(site.asked) == asked


def test_both_texts_survive_a_restart_and_a_revision_of_the_feed(library: Library, places: Places, site: Site) -> None:
    key = the_article(library)
    library.full_texts.show_page(key)
    publish(site, "The harbour of the town not opens.")
    library.refresh.run()
    opened = library.articles.open(key)
    assert "waited for two years" in opened.document.text
    assert opened.analysis.quotes
    library.maintenance.compact()
    assert not library.maintenance.doctor()
    library.close()
    with Library.open(places) as again:
        assert "waited for two years" in again.articles.open(key).document.text
        (change,) = again.articles.changes(key)
        assert any(edit.text.strip() == "not" for block in change.blocks for edit in block)
        again.full_texts.show_own(key)
        assert again.articles.open(key).document.text == "The harbour of the town not opens."
        site.pages["/page/0"] = Page(PAGE.replace("two years", "ten years"), "text/html")
        again.full_texts.show_page(key)
        assert "ten years" in again.articles.open(key).document.text
        publish(site, "The harbour of the town may open.")
        again.refresh.run()
        del site.pages["/page/0"]
        again.full_texts.show_page(key)
        assert "ten years" in again.articles.open(key).document.text


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page("gone", "text/plain", 404), "404"),
        (Page("<html><body><p>Please log in.</p></body></html>", "text/html"), "No article was found"),
        (Page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "image/png"), ""),
    ],
)
def test_a_page_without_an_article_is_one_sentence_and_changes_nothing(
    library: Library, site: Site, page: Page, reason: str
) -> None:
    key = the_article(library)
    site.pages["/page/0"] = page
    with pytest.raises(FeedError) as failure:
        library.full_texts.show_page(key)
    assert reason in failure.value.message
    assert failure.value.message.endswith(".")
    assert library.articles.open(key).document.text == SHORT
    assert not library.articles.open(key).article.full_text
    with pytest.raises(NotFoundError):
        library.full_texts.show_page(9999)


def test_always_fetches_the_pages_of_new_articles_only(library: Library, site: Site) -> None:
    key = the_article(library)
    (feed,) = library.feeds.all()
    library.feeds.edit(feed.feed.id, FeedEdit(full_text=True))
    site.pages["/page/1"] = Page(PAGE.replace("two years", "three years"), "text/html")
    items = (("Harbour", f"<p>{SHORT}</p>"), ("Storm", "<p>A storm came.</p>"))
    site.pages["/feed"] = Page(rss("Coast", *items, link=f"{site.url}/page/"))
    library.refresh.run()
    new = next(article for article in library.listing.ids(View()) if article != key)
    assert "three years" in library.articles.open(new).document.text
    assert library.articles.open(new).analysis.quotes
    assert library.articles.open(key).document.text == SHORT


def test_a_page_that_fails_is_tried_again_by_later_refreshes_and_then_left(library: Library, site: Site) -> None:
    (feed,) = library.feeds.all()
    library.feeds.edit(feed.feed.id, FeedEdit(full_text=True))
    items = (("Harbour", f"<p>{SHORT}</p>"), ("Storm", "<p>A storm came.</p>"))
    site.pages["/feed"] = Page(rss("Coast", *items, link=f"{site.url}/page/"))
    for _ in range(5):
        library.refresh.run()
    assert [path for path, _ in site.asked].count("/page/1") == 3
    items = (*items, ("Third", "<p>A third thing.</p>"))
    site.pages["/feed"] = Page(rss("Coast", *items, link=f"{site.url}/page/"))
    library.refresh.run()
    site.pages["/page/2"] = Page(PAGE, "text/html")
    library.refresh.run()
    (third,) = library.listing.ids(View(query="title:third"))
    assert library.articles.open(third).article.full_text


def test_a_page_shorter_than_the_feeds_own_text_is_not_put_in_its_place(library: Library, site: Site) -> None:
    (feed,) = library.feeds.all()
    library.feeds.edit(feed.feed.id, FeedEdit(full_text=True))
    site.pages["/page/1"] = Page(PAGE, "text/html")
    items = (("Harbour", f"<p>{SHORT}</p>"), ("Long", f"<p>{'A long story of the coast. ' * 100}</p>"))
    site.pages["/feed"] = Page(rss("Coast", *items, link=f"{site.url}/page/"))
    library.refresh.run()
    (long,) = library.listing.ids(View(query="title:long"))
    assert not library.articles.open(long).article.full_text


def test_a_password_of_the_feed_is_not_sent_to_another_server(library: Library, site: Site) -> None:
    with Site() as other:
        other.pages["/page/0"] = Page(PAGE, "text/html")
        for linked in (site, other):
            site.pages["/private"] = Page(rss("Coast", ("Harbour", f"<p>{SHORT}</p>"), link=f"{linked.url}/page/"))
            feed = library.feeds.add(f"http://ann:s3cret@{site.url.removeprefix('http://')}/private")
            (article_id,) = library.listing.ids(View(Scope.FEED, feed.id))
            library.full_texts.show_page(article_id)
            assert ("authorization" in linked.asked[-1][1]) is (linked is site)
            library.feeds.remove(feed.id)
