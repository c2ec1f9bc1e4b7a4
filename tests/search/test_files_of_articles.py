"""Searching for articles by the files that come with them."""

from __future__ import annotations

import pytest
from support.small_site import Page, Site

from store.library import Library
from store.models import View
from store.paths import Places


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("has:audio", {"talk"}),
        ("has:video", {"film"}),
        ("has:enclosure", {"talk", "film", "view"}),
        ("has:enclosure -has:audio -has:video", {"view"}),
        ("-has:enclosure", {"words"}),
    ],
)
def test_files_to_hear_and_to_watch(tmp_path, query, found) -> None:
    files = {"talk": "mp3", "film": "mp4", "view": "png"}
    items = "".join(
        f"<item><title>{name}</title><enclosure url='http://a.example/{name}.{end}'/></item>"
        for name, end in files.items()
    )
    with Site() as site, Library.open(Places.below(tmp_path)) as library:
        channel = f"<channel><title>A</title>{items}<item><title>words</title></item></channel>"
        site.pages["/feed"] = Page(f"<rss version='2.0'>{channel}</rss>")
        library.feeds.add(f"{site.url}/feed")
        ids = library.listing.ids(View(query=query))
        assert {library.articles.get(article_id).article.title for article_id in ids} == found
