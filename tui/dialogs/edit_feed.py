"""The dialogs that change what is set for a feed, and the tags of a feed or an article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from store.models import SEEDS_URL, Feed, FeedEdit
from store.text.tags import join_tags, split_tags
from store.text.urls import shown
from tui.config.problems import WrongValueError
from tui.config.value_types import Duration, short_duration
from tui.dialogs.base import plain
from tui.dialogs.form import Form, TagSuggester

INTERVAL = Duration("how often it changes", timedelta(minutes=5), timedelta(days=30))
TITLE, TAGS, EVERY, FULL_TEXT, HIDDEN = "feed-title", "feed-tags", "feed-interval", "feed-full-text", "feed-hidden"


class EditFeedScreen(Form[FeedEdit]):
    """Asks what is to be set for a feed; answers with what was changed."""

    def __init__(self, feed: Feed, known_tags: Sequence[str]) -> None:
        super().__init__()
        self._feed, self._known = feed, known_tags

    def compose(self) -> ComposeResult:
        feed = self._feed
        with self.box("Edit a feed"):
            if feed.url != SEEDS_URL:
                yield plain(shown(feed.url), "dialog--text form--about")
            yield self.line("Title", feed.title, TITLE, "the feed's own")
            yield self.line("Tags", join_tags(feed.tags), TAGS, "news, science", TagSuggester(self._known))
            if feed.url != SEEDS_URL:
                every = short_duration(timedelta(minutes=feed.interval))
                yield self.line("Fetch every", every, EVERY, "30m, 2h, 1d; empty adapts to the feed")
                yield self.box_to_tick("Fetch the full text of new articles", feed.full_text, FULL_TEXT)
            yield self.box_to_tick("Hide it from the sidebar and other lists", feed.hidden, HIDDEN)
            yield from self.ending()

    def on_mount(self) -> None:
        self.set_focus(self.query_one(f"#{TITLE}"))

    def save(self) -> None:
        feed, title = self._feed, self.text_of(TITLE)
        tags, hidden = split_tags(self.text_of(TAGS)), self.is_ticked(HIDDEN)
        interval, full_text = feed.interval, feed.full_text
        if feed.url != SEEDS_URL:
            try:
                interval = int(INTERVAL.read(self.text_of(EVERY)).total_seconds() // 60)
            except WrongValueError as error:
                self.wrong(f"Fetch every: {error}.", EVERY)
                return
            full_text = self.is_ticked(FULL_TEXT)
        self.dismiss(
            FeedEdit(
                title=title if title != feed.title else None,
                tags=tags if tags != feed.tags else None,
                interval=interval if interval != feed.interval else None,
                full_text=full_text if full_text != feed.full_text else None,
                hidden=hidden if hidden != feed.hidden else None,
            )
        )


class TagsScreen(Form[tuple[str, ...]]):
    """Asks for the tags of something; answers with all that it is to have."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Complete", show=False, priority=True)]

    def __init__(self, title: str, about: str, tags: Sequence[str], known_tags: Sequence[str]) -> None:
        super().__init__()
        self._title, self._about, self._tags, self._known = title, about, tags, known_tags

    def compose(self) -> ComposeResult:
        with self.box(self._title):
            yield plain(self._about, "dialog--text form--about")
            yield self.line("Tags", join_tags(self._tags), TAGS, "news, science", TagSuggester(self._known))
            if self._known:
                yield plain(f"Known: {join_tags(self._known[:30])}", "dialog--hint form--known")
            yield from self.ending("Enter saves · a comma between tags · Tab completes · Esc closes")

    def on_mount(self) -> None:
        entry = self.query_one(Input)
        entry.focus()
        # Another tag can be typed at once.
        entry.value = f"{entry.value}, " if entry.value else ""
        entry.cursor_position = len(entry.value)

    def action_complete(self) -> None:
        entry = self.query_one(Input)
        entry.cursor_position = len(entry.value)
        entry.action_cursor_right()

    def save(self) -> None:
        self.dismiss(split_tags(self.text_of(TAGS)))
