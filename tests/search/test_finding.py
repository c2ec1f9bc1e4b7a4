"""What a search finds, through the library's door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from store.library import Library
from store.models import Scope, View

CLINTON = """\
“Syria must not use chemical weapons,” Secretary of State Hillary Rodham Clinton said in Dublin.

“The winter will be long,” said Foreign Minister Sergei Lavrov.
"""
LAVROV = """\
US Secretary of State Hillary Clinton arrived in Dublin on Thursday.

“Nobody has chemical weapons here,” said Foreign Minister Sergei Lavrov.
"""


@pytest.fixture
def news(put) -> None:
    put("Clinton on Syria", CLINTON, "07 December 2012 09:00")
    put("Lavrov on Syria", LAVROV, "06 December 2012 09:00")
    put("Élections au Sénat", "Le château a été vendu.", "05 December 2012 09:00")
    put("Harbour storm", "Ships in the harbour wait. Chemical plants close.", "04 December 2012 09:00")


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("chemical", ["Clinton", "Lavrov", "Harbour"]),
        ("chemical weapons", ["Clinton", "Lavrov"]),
        ('"chemical plants"', ["Harbour"]),
        ('"plants chemical"', []),
        ("harb*", ["Harbour"]),
        ("harb", []),
        ("title:syria", ["Clinton", "Lavrov"]),
        ("title:chemical", []),
        ("said:clinton chemical weapons", ["Clinton"]),
        ("about:clinton chemical weapons", ["Clinton", "Lavrov"]),
        ('said:"Hillary Clinton"', ["Clinton"]),
        ("about:clinton -said:clinton", ["Lavrov"]),
        ("chemical -weapons", ["Harbour"]),
        ("-chemical -us-russia", ["Élections"]),
        ("senat OR storm", ["Élections", "Harbour"]),
        ("(senat OR syria) -said:clinton", ["Lavrov", "Élections"]),
        ("elections", ["Élections"]),
        ("CHÂTEAU", ["Élections"]),
        ("after:2012-12-06", ["Clinton", "Lavrov"]),
        ("before:2012-12-05", ["Harbour"]),
        ("after:2012-12-05 before:2012-12-06", ["Élections"]),
        ("has:quotes", ["Clinton", "Lavrov"]),
        ("has:enclosure", []),
        ("feed:nosuchfeed", []),
        ("feed:1 storm", ["Harbour"]),
        (r"/sh[i1]ps in/", ["Harbour"]),
        (r"chemical /wea.ons,/", ["Clinton"]),
        ("is:read", []),
        ("is:starred OR storm", ["Harbour"]),
        ("older:1d syria", ["Clinton", "Lavrov"]),
        ("newer:1d", []),
    ],
)
def test_what_a_query_finds(titles, query, found) -> None:
    assert [title.split()[0] for title in titles(query)] == found


@pytest.mark.usefixtures("news")
def test_marks_are_searched_as_they_are_now(library, titles) -> None:
    library.articles.mark(library.listing.ids(View(query="storm")), read=True, starred=True)
    assert titles("is:read") == titles("is:starred") == ["Harbour storm"]
    assert "Harbour storm" not in titles("is:unread")
    assert titles("storm", Scope.STARRED) == ["Harbour storm"]
    assert titles("storm", Scope.UNREAD) == []


def test_newer_counts_from_now(put, titles) -> None:
    put("Yesterday", date=f"{datetime.now(UTC) - timedelta(days=1):%d %B %Y %H:%M}")
    put("Last month", date=f"{datetime.now(UTC) - timedelta(days=30):%d %B %Y %H:%M}")
    assert titles("newer:7d") == ["Yesterday"]
    assert titles("older:7d") == ["Last month"]


def test_an_updated_article_is_found_by_its_new_words_only(put, titles) -> None:
    put("Harbour storm", "The pier is closed.", name="one")
    assert titles("pier") == ["Harbour storm"]
    put("Harbour calm", "The beach is open.", name="one")
    assert titles("beach") == ["Harbour calm"]
    assert titles("pier") == titles("storm") == []


def test_scripts_without_spaces(put, titles) -> None:
    put("日本銀行、金利を据え置き", "市場は次の会合に注目している。")
    put("Кабинет министров", "Совет решил иначе.")
    assert titles("金利") == ["日本銀行、金利を据え置き"]
    assert titles("利金") == []
    assert titles("КАБИНЕТ реш*") == ["Кабинет министров"]


@pytest.mark.usefixtures("news")
def test_snippets_show_why(library) -> None:
    ids = library.listing.ids(View(query="said:clinton chemical weapons"))
    (snippet,) = library.search.snippets(ids, "said:clinton chemical weapons")
    marked = [snippet.text[span.start : span.end] for span in snippet.spans]
    assert {"chemical", "weapons"} <= set(marked)
    title = library.articles.get(ids[0]).article.title
    assert [title[span.start : span.end] for span in snippet.title_spans] == ["Clinton"]


def test_a_long_text_is_cut_around_what_was_found(put, library) -> None:
    put("Long", f"{'before ' * 300}the needle here {'after ' * 300}")
    (snippet,) = library.search.snippets(library.listing.ids(View(query="needle")), "needle")
    assert len(snippet.text) < 200
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert [snippet.text[span.start : span.end] for span in snippet.spans] == ["needle"]


@pytest.mark.usefixtures("news")
def test_a_second_process_finds_what_the_first_indexed(library, titles, places) -> None:
    assert titles("storm") == ["Harbour storm"]
    with Library.open(places, read_only=True) as second:
        assert list(second.listing.ids(View(query="storm"))) == list(library.listing.ids(View(query="storm")))
        assert second.search.notice == ""


@pytest.mark.usefixtures("news")
def test_a_second_process_searches_without_an_index_of_the_first(library, places) -> None:
    with Library.open(places, read_only=True) as second:
        assert len(second.listing.ids(View(query="storm"))) == 1
        assert "newest" in second.search.notice
    assert library.listing.ids(View(query="storm"))
