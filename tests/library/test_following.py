"""Following feeds through the library, from a real server into a real store."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from support.small_site import Page, rss

from store.errors import FeedError, NotFoundError
from store.library import Library
from store.models import Scope, View

BRIDGE = ("Bridge opens", "<p>“The bridge is open,” said Mayor Ana Horvat.</p>")
FERRY = ("Ferry stops", "<p>The ferry made its last trip.</p>")


def titles(library: Library, view: View | None = None) -> list[str]:
    return [library.articles.get(article_id).article.title for article_id in library.listing.ids(view or View())]


def test_a_feed_is_added_with_its_articles_and_their_people(library, site) -> None:
    site.pages["/feed"] = Page(rss("Harbour News", BRIDGE, FERRY))
    feed = library.feeds.add(f"{site.url}/feed")
    assert feed.title == "Harbour News"
    assert titles(library, View(Scope.FEED, feed.id)) == ["Bridge opens", "Ferry stops"]
    opened = library.articles.open(library.listing.ids(View(Scope.FEED, feed.id))[0])
    assert opened.document.text == "“The bridge is open,” said Mayor Ana Horvat."
    assert [quote.speaker for quote in opened.analysis.quotes] == ["Ana Horvat"]
    assert opened.article.quoted == 1


def test_what_a_program_has_between_marks_nobody_has_said(library, site) -> None:
    program = (
        "<p>Set the state:</p><pre>next = {\n  Target: 'The turn is over now.',\n  said: “hello there, Ana”\n}</pre>"
    )
    told = "<p>“The <code>print(“all is well”)</code> line is wrong,” said Ana Horvat.</p>"
    site.pages["/feed"] = Page(rss("Machine News", ("States", program + told)))
    feed = library.feeds.add(f"{site.url}/feed")
    opened = library.articles.open(library.listing.ids(View(Scope.FEED, feed.id))[0])
    text, (quote,) = opened.document.text, opened.analysis.quotes
    assert (quote.speaker, text[quote.start : quote.end]) == (
        "Ana Horvat",
        "The print(“all is well”) line is wrong,",
    )


def test_a_page_leads_to_its_feed(library, site) -> None:
    site.pages["/"] = Page('<html><head><link rel="alternate" type="application/rss+xml" href="/feed">', "text/html")
    site.pages["/feed"] = Page(rss("Harbour News", BRIDGE))
    assert [candidate.url for candidate in library.feeds.discover(site.url)] == [f"{site.url}/feed"]
    assert library.feeds.add(site.url).url == f"{site.url}/feed"


def test_the_same_feed_is_not_followed_twice(library, site) -> None:
    site.pages["/feed"] = Page(rss("Harbour News", BRIDGE))
    site.pages["/feed/"] = site.pages["/feed"]
    library.feeds.add(f"{site.url}/feed")
    with pytest.raises(FeedError, match="followed already: “Harbour News”"):
        library.feeds.add(f"{site.url}/feed/")


def test_an_address_without_a_feed_is_refused_in_one_sentence(library, site) -> None:
    with pytest.raises(FeedError) as caught:
        library.feeds.add(f"{site.url}/nowhere")
    assert "404" in caught.value.message
    assert "\n" not in caught.value.message
    assert [row.feed.title for row in library.feeds.all() if row.feed.url.startswith("http")] == []


def test_refresh_stores_what_is_new_and_revises_what_changed(library, site) -> None:
    site.pages["/feed"] = Page(rss("Harbour News", FERRY))
    feed = library.feeds.add(f"{site.url}/feed")
    (article,) = library.listing.ids(View(Scope.FEED, feed.id))
    library.articles.mark([article], read=True, starred=True)
    site.pages["/feed"] = Page(rss("Harbour News", BRIDGE, (FERRY[0], "<p>The ferry will run again.</p>")))
    (result,) = library.refresh.run().results
    assert (result.new, result.updated, result.error) == (1, 1, "")
    opened = library.articles.open(article)
    assert opened.document.text == "The ferry will run again."
    assert opened.status.starred
    assert titles(library, View(Scope.FEED, feed.id)) == ["Bridge opens", "Ferry stops"]


def test_an_edited_article_keeps_what_it_said_before(library, site) -> None:
    texts = ("<p>The ferry made its last trip.</p><p>So they say.</p>", "<p>The ferry made its very last trip.</p>")
    for title, text in ((FERRY[0], texts[0]), (FERRY[0], texts[1]), ("Ferry stops for good", texts[1])):
        items = f"<item><title>{title}</title><guid>ferry</guid><description>{escape(text)}</description></item>"
        site.pages["/feed"] = Page(f"<rss version='2.0'><channel><title>Harbour</title>{items}</channel></rss>")
        if not library.listing.ids(View()):
            library.feeds.add(f"{site.url}/feed")
        library.refresh.run()
    (article,) = library.listing.ids(View())
    first, second = library.articles.revisions(article)
    assert (first.title, first.document.text) == (FERRY[0], "The ferry made its last trip.\n\nSo they say.")
    assert (second.title, second.document.text) == (FERRY[0], "The ferry made its very last trip.")
    latest, earliest = library.articles.changes(article)
    assert [edit.text for edit in latest.title] == ["Ferry stops", " for good"]
    assert earliest.title == ()
    assert [[(str(edit.kind), edit.text) for edit in block] for block in earliest.blocks] == [
        [("same", "The ferry made its"), ("added", " very"), ("same", " last trip.")],
        [("removed", "So they say.")],
    ]


def test_entries_under_a_new_name_are_not_new(library, site) -> None:
    item = "<item><title>{0}</title><link>https://a.example/{0}</link><guid>{1}</guid><pubDate>{2}</pubDate></item>"
    days = ("Mon, 02 Jan 2023 10:00:00 GMT", "Tue, 03 Jan 2023 10:00:00 GMT")

    def serve(*entries: tuple[str, str, str]) -> None:
        items = "".join(item.format(*entry) for entry in entries)
        site.pages["/feed"] = Page(f"<rss version='2.0'><channel><title>A</title>{items}</channel></rss>")

    serve(("one", "g1", days[0]), ("two", "g2", ""))
    feed = library.feeds.add(f"{site.url}/feed")
    library.articles.mark(library.listing.ids(View()), read=True)
    serve(("one", "g3", days[0]), ("two", "g4", ""))
    assert library.refresh.run().new == 0
    serve(("one", "g5", days[1]))  # on a page of its own it is the same entry on another day, too
    assert library.refresh.run().new == 0
    assert len(library.listing.ids(View(Scope.FEED, feed.id))) == 2


def test_the_same_notice_on_another_day_is_another_one_where_it_has_no_page_of_its_own(library, site) -> None:
    for number, day in enumerate(("Mon, 02 Jan 2023 10:00:00 GMT", "Tue, 03 Jan 2023 10:00:00 GMT")):
        item = f"<item><title>All works</title><description>Again.</description><guid>{number}</guid>"
        item += f"<pubDate>{day}</pubDate>"
        link = "<link>https://a.example/</link>"
        site.pages["/feed"] = Page(
            f"<rss version='2.0'><channel><title>A</title>{link}{item}{link}</item></channel></rss>"
        )
        if not number:
            library.feeds.add(f"{site.url}/feed")
    assert library.refresh.run().new == 1


def test_a_guid_that_is_shared_at_times_overwrites_nothing(library, site) -> None:
    item = "<item><title>{0}</title><link>https://a.example/{0}</link><guid>same</guid><description>{1}</description></item>"

    def serve(*entries: tuple[str, str]) -> None:
        items = "".join(item.format(*entry) for entry in entries)
        site.pages["/feed"] = Page(f"<rss version='2.0'><channel><title>A</title>{items}</channel></rss>")

    serve(("one", "First."))
    library.feeds.add(f"{site.url}/feed")
    for entries in ((("two", "Second."), ("one", "First.")), (("two", "Second."),), (("two", "Second, edited."),)):
        serve(*entries)
        library.refresh.run()
    assert sorted(titles(library)) == ["one", "two"]
    texts = [library.articles.open(article_id).document.text for article_id in library.listing.ids(View())]
    assert sorted(texts) == ["First.", "Second, edited."]


def test_an_unchanged_feed_is_asked_conditionally(library, site) -> None:
    site.pages["/feed"] = Page(rss("Harbour News", FERRY), headers={"ETag": '"one"'})
    library.feeds.add(f"{site.url}/feed")
    (result,) = library.refresh.run().results
    assert result.unchanged
    assert site.asked[-1][1]["if-none-match"] == '"one"'


def test_a_failing_feed_keeps_its_articles_and_shows_its_reason(library, site) -> None:
    site.pages["/feed"] = Page(rss("Harbour News", FERRY))
    feed = library.feeds.add(f"{site.url}/feed")
    site.pages["/feed"] = Page("<html>gone fishing</html>", "text/html", 500)
    report = library.refresh.run([feed.id])
    assert [result.title for result in report.failed] == ["Harbour News"]
    (row,) = [row for row in library.feeds.all() if row.feed.id == feed.id]
    assert "500" in row.state.error
    assert row.total == 1
    site.pages["/feed"] = Page(rss("Harbour News", FERRY))
    library.refresh.run([feed.id])
    (row,) = [row for row in library.feeds.all() if row.feed.id == feed.id]
    assert row.state.error == ""


def test_a_removed_feed_takes_its_articles_but_not_the_starred_ones(library, site) -> None:
    site.pages["/feed"] = Page(rss("Harbour News", BRIDGE, FERRY))
    feed = library.feeds.add(f"{site.url}/feed")
    kept = library.listing.ids(View(Scope.FEED, feed.id))[0]
    library.articles.mark([kept], starred=True)
    assert library.feeds.remove(feed.id) == 1
    assert titles(library, View(Scope.STARRED)) == ["Bridge opens"]
    with pytest.raises(NotFoundError):
        library.feeds.find("Harbour News")


def test_a_cancelled_refresh_says_so(library, site) -> None:
    site.pages["/feed"] = Page(rss("Harbour News", FERRY))
    library.feeds.add(f"{site.url}/feed")
    report = library.refresh.run(cancelled=lambda: True)
    assert report.cancelled


def test_feeds_are_there_after_a_restart(library, places, site) -> None:
    site.pages["/feed"] = Page(rss("Harbour News", BRIDGE))
    feed = library.feeds.add(f"{site.url}/feed")
    library.close()
    with Library.open(places) as again:
        assert again.feeds.find("harbour news").id == feed.id
        assert titles(again) == ["Bridge opens"]


def test_a_long_feed_is_stored_first_and_analysed_after(library, site) -> None:
    items = [(f"Story {number}", f"<p>“It is day {number},” said Ana Horvat.</p>") for number in range(70)]
    site.pages["/feed"] = Page(rss("Harbour News", *items))
    library.feeds.add(f"{site.url}/feed")
    steps = []
    assert library.analysis.analyse_waiting(on_progress=steps.append) == 70
    assert steps[-1].done == steps[-1].total == 70
    assert library.analysis.analyse_waiting() == 0
    assert len(list(library.quotes.search("horvat"))) == 70


def test_passwords_in_an_address_are_sent_and_never_shown(library, site) -> None:
    site.pages["/feed"] = Page(rss("Harbour News", BRIDGE))
    feed = library.feeds.add(f"http://ann:secret@{site.url.removeprefix('http://')}/feed")
    assert site.asked[-1][1]["authorization"].startswith("Basic ")
    assert "secret" not in feed.url
    assert "secret" not in repr(library.feeds.all())
