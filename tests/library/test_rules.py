"""Rules: what is done with articles by themselves when they arrive, and only then."""

from __future__ import annotations

import pytest
from support.small_site import Page, rss

from store.errors import NotFoundError, QueryError, StoreError
from store.library import Library
from store.models import Rule, RuleAction, Scope, View

HARBOUR = ("Harbour opens", "<p>“The harbour is open,” said Mayor Ana Horvat.</p>")
STARS = ("Your horoscope", "<p>Stay in bed.</p>")
SPORT = ("Match lost", "<p>They lost again, by a goal, in the rain.</p>")


def rule(name: str, query: str, action: str, tag: str = "") -> Rule:
    return Rule(name, query, RuleAction(action), tag)


def titles(library: Library, view: View | None = None) -> set[str]:
    return {library.articles.get(article_id).article.title for article_id in library.listing.ids(view or View())}


def test_rules_mute_star_mark_read_and_tag_what_arrives(library, site) -> None:
    library.rules.save(rule("stars", "title:horoscope", "mute"))
    library.rules.save(rule("sport", "match OR goal", "read"))
    library.rules.save(rule("harbour", "title:harbour", "star"))
    library.rules.save(rule("town", "harbour is:starred", "tag", "Town"))
    site.pages["/feed"] = Page(rss("News", HARBOUR, STARS, SPORT))
    feed = library.feeds.add(f"{site.url}/feed")
    assert titles(library) == {"Harbour opens", "Match lost"}
    assert titles(library, View(query="is:muted")) == {"Your horoscope"}
    assert titles(library, View(Scope.STARRED)) == {"Harbour opens"}
    assert titles(library, View(Scope.UNREAD)) == {"Harbour opens"}
    assert titles(library, View(query="tag:town")) == {"Harbour opens"}
    assert library.feeds.counts().feeds[feed.id] == (3, 1)


def test_only_new_articles_are_tried(library, site) -> None:
    site.pages["/feed"] = Page(rss("News", STARS))
    feed = library.feeds.add(f"{site.url}/feed")
    library.rules.save(rule("stars", "title:horoscope", "mute"))
    site.pages["/feed"] = Page(rss("News", (STARS[0], "<p>Stay in bed all day.</p>"), HARBOUR))
    library.refresh.run([feed.id])
    assert titles(library) == {"Your horoscope", "Harbour opens"}


def test_rules_of_the_configuration_come_first_and_are_not_changed_here(library, site) -> None:
    configured = Rule("first", "harbour", RuleAction.TAG, "sea", configured=True)
    library.rules.save(rule("second", "tag:sea", "star"))
    library.rules.use([configured])
    assert [each.name for each in library.rules.all()] == ["first", "second"]
    site.pages["/feed"] = Page(rss("News", HARBOUR, SPORT))
    library.feeds.add(f"{site.url}/feed")
    assert titles(library, View(Scope.STARRED)) == {"Harbour opens"}
    with pytest.raises(StoreError, match="written in config"):
        library.rules.remove("first")
    with pytest.raises(StoreError, match="written in config"):
        library.rules.save(rule("first", "x", "star"))


def test_rules_on_who_said_what_wait_for_the_analysis_of_a_long_feed(library, site) -> None:
    library.rules.save(rule("mayor", "said:horvat", "star"))
    library.rules.save(rule("others", "-said:horvat", "read"))
    many = [(f"Item {number}", f"<p>Text {number} of many.</p>") for number in range(70)]
    site.pages["/feed"] = Page(rss("News", HARBOUR, *many))
    library.feeds.add(f"{site.url}/feed")
    assert not library.listing.ids(View(Scope.STARRED))
    library.analysis.analyse_waiting()
    assert titles(library, View(Scope.STARRED)) == {"Harbour opens"}
    assert titles(library, View(Scope.UNREAD)) == {"Harbour opens"}


def test_a_dry_run_counts_and_changes_nothing(library, site) -> None:
    site.pages["/feed"] = Page(rss("News", HARBOUR, STARS, SPORT))
    library.feeds.add(f"{site.url}/feed")
    (muted,) = library.listing.matching("title:horoscope")
    library.articles.mark([muted], muted=True)
    assert list(library.listing.matching("title:horoscope")) == [muted]
    assert len(library.listing.matching("-zebra")) == 3
    with pytest.raises(QueryError):
        library.listing.matching("is:odd")


def test_rules_are_kept_renamed_and_forgotten(library) -> None:
    library.rules.save(rule("one", "a1", "mute"))
    library.rules.save(rule("two", "b2", "star"))
    library.rules.save(rule("uno", "a1 OR c3", "tag", " x\n"), instead_of="one")
    assert [(each.name, each.tag) for each in library.rules.all()] == [("uno", "x"), ("two", "")]
    with pytest.raises(StoreError, match="Another rule"):
        library.rules.save(rule("two", "a1", "mute"), instead_of="uno")
    for wrong in (rule("", "a1", "mute"), rule("three", "a1", "tag"), rule("x" * 200, "a1", "mute")):
        with pytest.raises(StoreError):
            library.rules.save(wrong)
    for query in ("", "is:odd", "(a"):
        with pytest.raises(QueryError):
            library.rules.save(rule("three", query, "mute"))
    library.rules.remove("uno")
    assert [each.name for each in library.rules.all()] == ["two"]
    with pytest.raises(NotFoundError):
        library.rules.remove("uno")


def test_a_rule_written_by_a_newer_program_is_passed_over(library, site) -> None:
    library.maintenance.save_setting("rules", [{"name": "new", "query": "x", "action": "shout"}, 3, {"name": "half"}])
    assert library.rules.all() == []
    site.pages["/feed"] = Page(rss("News", HARBOUR))
    library.feeds.add(f"{site.url}/feed")
    assert titles(library) == {"Harbour opens"}
