"""Rules: what is done with articles by themselves when they arrive, and only then."""

from __future__ import annotations

import pytest
from small_site import Page, rss

from store.errors import NotFoundError, QueryError, StoreError
from store.library import Library
from store.models import Rule, RuleAction, Scope, View

HARBOUR = ("Harbour opens", "<p>“The harbour is open,” said Mayor Ana Horvat.</p>")
STARS = ("Your horoscope", "<p>Stay in bed.</p>")
SPORT = ("Match lost", "<p>They lost again, by a goal, in the rain.</p>")


def rule(name: str, query: str, action: str, tag: str = "") -> Rule:
    return Rule(name, query, RuleAction(action), tag)


def titles(library: Library, view: View | None = None) -> set[str]:
    return {library.headline(article_id).article.title for article_id in library.view(view or View())}


def test_rules_mute_star_mark_read_and_tag_what_arrives(library, site) -> None:
    library.save_rule(rule("stars", "title:horoscope", "mute"))
    library.save_rule(rule("sport", "match OR goal", "read"))
    library.save_rule(rule("harbour", "title:harbour", "star"))
    library.save_rule(rule("town", "harbour is:starred", "tag", "Town"))
    site.pages["/feed"] = Page(rss("News", HARBOUR, STARS, SPORT))
    feed = library.add_feed(f"{site.url}/feed")
    assert titles(library) == {"Harbour opens", "Match lost"}
    assert titles(library, View(query="is:muted")) == {"Your horoscope"}
    assert titles(library, View(Scope.STARRED)) == {"Harbour opens"}
    assert titles(library, View(Scope.UNREAD)) == {"Harbour opens"}
    assert titles(library, View(query="tag:town")) == {"Harbour opens"}
    assert library.counts().feeds[feed.id] == (3, 1)


def test_only_new_articles_are_tried(library, site) -> None:
    site.pages["/feed"] = Page(rss("News", STARS))
    feed = library.add_feed(f"{site.url}/feed")
    library.save_rule(rule("stars", "title:horoscope", "mute"))
    site.pages["/feed"] = Page(rss("News", (STARS[0], "<p>Stay in bed all day.</p>"), HARBOUR))
    library.refresh([feed.id])
    assert titles(library) == {"Your horoscope", "Harbour opens"}


def test_rules_of_the_configuration_come_first_and_are_not_changed_here(library, site) -> None:
    configured = Rule("first", "harbour", RuleAction.TAG, "sea", configured=True)
    library.save_rule(rule("second", "tag:sea", "star"))
    library.use_rules([configured])
    assert [each.name for each in library.rules()] == ["first", "second"]
    site.pages["/feed"] = Page(rss("News", HARBOUR, SPORT))
    library.add_feed(f"{site.url}/feed")
    assert titles(library, View(Scope.STARRED)) == {"Harbour opens"}
    with pytest.raises(StoreError, match="written in config"):
        library.remove_rule("first")
    with pytest.raises(StoreError, match="written in config"):
        library.save_rule(rule("first", "x", "star"))


def test_rules_on_who_said_what_wait_for_the_analysis_of_a_long_feed(library, site) -> None:
    library.save_rule(rule("mayor", "said:horvat", "star"))
    library.save_rule(rule("others", "-said:horvat", "read"))
    many = [(f"Item {number}", f"<p>Text {number} of many.</p>") for number in range(70)]
    site.pages["/feed"] = Page(rss("News", HARBOUR, *many))
    library.add_feed(f"{site.url}/feed")
    assert not library.view(View(Scope.STARRED))
    library.analyse_waiting()
    assert titles(library, View(Scope.STARRED)) == {"Harbour opens"}
    assert titles(library, View(Scope.UNREAD)) == {"Harbour opens"}


def test_a_dry_run_counts_and_changes_nothing(library, site) -> None:
    site.pages["/feed"] = Page(rss("News", HARBOUR, STARS, SPORT))
    library.add_feed(f"{site.url}/feed")
    (muted,) = library.try_rule("title:horoscope")
    library.mark([muted], muted=True)
    assert list(library.try_rule("title:horoscope")) == [muted]
    assert len(library.try_rule("-zebra")) == 3
    with pytest.raises(QueryError):
        library.try_rule("is:odd")


def test_rules_are_kept_renamed_and_forgotten(library) -> None:
    library.save_rule(rule("one", "a1", "mute"))
    library.save_rule(rule("two", "b2", "star"))
    library.save_rule(rule("uno", "a1 OR c3", "tag", " x\n"), instead_of="one")
    assert [(each.name, each.tag) for each in library.rules()] == [("uno", "x"), ("two", "")]
    with pytest.raises(StoreError, match="Another rule"):
        library.save_rule(rule("two", "a1", "mute"), instead_of="uno")
    for wrong in (rule("", "a1", "mute"), rule("three", "a1", "tag"), rule("x" * 200, "a1", "mute")):
        with pytest.raises(StoreError):
            library.save_rule(wrong)
    for query in ("", "is:odd", "(a"):
        with pytest.raises(QueryError):
            library.save_rule(rule("three", query, "mute"))
    library.remove_rule("uno")
    assert [each.name for each in library.rules()] == ["two"]
    with pytest.raises(NotFoundError):
        library.remove_rule("uno")


def test_a_rule_written_by_a_newer_program_is_passed_over(library, site) -> None:
    library.save_setting("rules", [{"name": "new", "query": "x", "action": "shout"}, 3, {"name": "half"}])
    assert library.rules() == []
    site.pages["/feed"] = Page(rss("News", HARBOUR))
    library.add_feed(f"{site.url}/feed")
    assert titles(library) == {"Harbour opens"}
