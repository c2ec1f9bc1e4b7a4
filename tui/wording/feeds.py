"""What there is to say of a feed, in words: for its page on the screen and for ``newsdash feed``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from store.models import SEEDS_URL, FeedPage, FeedState
from store.text.tags import join_tags
from store.text.urls import shown

Fact = tuple[str, str]
"""What it is about, and one or two sentences."""


def facts(page: FeedPage, now: datetime) -> Iterator[Fact]:
    """All there is to say of a feed, the most important first."""
    feed, state = page.summary.feed, page.summary.state
    if feed.url == SEEDS_URL:
        yield "Source", "Files of yours and those that came with newsdash."
    else:
        yield "State", state_in_words(state)
        yield "Address", shown(feed.url)
        if state.moved_to:
            yield "Moving", f"It says that it moved to {shown(state.moved_to)}. A second answer like that moves it."
        if feed.site and shown(feed.site) != shown(feed.url):
            yield "Site", shown(feed.site)
    yield "Tags", join_tags(feed.tags) or "none"
    yield "Articles", articles_in_words(page)
    if feed.url != SEEDS_URL:
        yield "Last try", moment(state.checked, now) or "never"
        yield "Last success", moment(state.succeeded, now) or "never"
        yield "Last news", moment(state.changed, now) or "never"
        yield "Next try", next_try(state, now)
        yield "Interval", interval_in_words(page)
        yield "Full text", "Fetched from the page of each new article." if feed.full_text else "As the feed gives it."
        if feed.credentials:
            yield "Sign-in", "With a name and a password, which are never shown."
        yield "Followed", f"since {moment(feed.added, now)}"
    if feed.hidden:
        yield "Hidden", "Not in the sidebar; its articles are in no list of several feeds."


def state_in_words(state: FeedState) -> str:
    """How the last fetch went, and since when it has gone wrong."""
    if state.gone:
        return f"It has ended, and is no longer fetched by itself. {state.error}".strip()
    if state.error:
        again = f" This was failure {state.failures} in a row." if state.failures > 1 else ""
        return f"{state.error}{again}"
    return "All is well." if state.succeeded else "It was not fetched yet."


def articles_in_words(page: FeedPage) -> str:
    summary = page.summary
    parts = [f"{summary.total:,}", f"{summary.unread:,} unread"]
    parts += [f"{page.starred:,} starred"] if page.starred else []
    parts += [f"{page.muted:,} muted"] if page.muted else []
    text = ", ".join(parts)
    if page.oldest and page.newest:
        first, last = page.oldest.astimezone(), page.newest.astimezone()
        text += f"; from {date(first)} to {date(last)}" if date(first) != date(last) else f"; of {date(last)}"
    return text if summary.total else "none yet"


def next_try(state: FeedState, now: datetime) -> str:
    if state.gone:
        return "only when you refresh it"
    if state.next_check is None or state.next_check <= now:
        return "with the next refresh"
    return moment(state.next_check, now)


def interval_in_words(page: FeedPage) -> str:
    state = page.summary.state
    if page.interval:
        whose = "config.toml" if page.configured else "you"
        return f"every {span(timedelta(minutes=page.interval))}, set by {whose}"
    text = "adapts to how often it changes"
    if state.checked and state.next_check and not state.failures:
        text += f", now every {span(state.next_check - state.checked)}"
    if state.minutes_between:
        text += f"; the feed asks for {span(timedelta(minutes=state.minutes_between))} or more"
    return text


def moment(when: datetime | None, now: datetime) -> str:
    """``17 May 2024 at 12:00, 3 hours ago``; '' for None."""
    if when is None:
        return ""
    local, past = when.astimezone(), when <= now
    away = span(now - when if past else when - now)
    relative = "now" if away == "0 minutes" else f"{away} ago" if past else f"in {away}"
    return f"{date(local)} at {local:%H:%M}, {relative}"


def date(when: datetime) -> str:
    return f"{when.day} {when:%B %Y}"


def span(time: timedelta) -> str:
    """A length of time in its largest unit: ``45 minutes``, ``2 hours``, ``3 days``."""
    minutes = round(time.total_seconds() / 60)
    for length, name, enough in ((1440, "day", 2880), (60, "hour", 120)):
        if minutes >= enough or minutes == length:
            return _count(round(minutes / length), name)
    return _count(minutes, "minute")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
